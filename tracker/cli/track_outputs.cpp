#include "tracker/cli/track_outputs.h"

#include <system_error>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/output/pts_writer.h"
#include "tracker/vision/picture_file.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

void MakeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder)) {
    throw Error("the folder " + folder.string() + " for the outputs cannot be made" +
                (error ? ": " + error.message() : "") + "; name another one with --out");
  }
}

// A stream's address may hold a password; its name does not.
std::string_view NameInRows(const PlannedInput& planned) {
  return planned.input.kind == SourceKind::kStream ? planned.name : planned.input.source;
}

std::string FrameStem(const std::string& name, int64_t frame) {
  std::string number = std::to_string(frame);
  if (number.size() < 6) number.insert(0, 6 - number.size(), '0');
  return name + '_' + number;
}

}  // namespace

TrackOutputs::TrackOutputs(Setup setup)
    : setup_(std::move(setup)),
      paths_(setup_.folder, setup_.plan.inputs),
      tables_(setup_.plan.tables.size()),
      complete_(setup_.plan.tables.size()) {
  MakeFolder(setup_.folder);
}

TrackOutputs::~TrackOutputs() = default;

void TrackOutputs::Begin(size_t input, const SourceInfo& info) {
  input_ = input;
  info_ = info;
}

std::optional<Image> TrackOutputs::Draw(const Frame& frame, const TrackResult& result) const {
  if (!setup_.kinds.video) return std::nullopt;
  return DrawOverlay(frame.image, result, setup_.schema, setup_.overlay);
}

void TrackOutputs::Write(const Frame& frame, const TrackResult& result,
                         std::optional<Image> drawn) {
  const PlannedInput& planned = Current();
  std::optional<Table>& table = tables_[planned.table];
  if (!table) table.emplace(OpenTable(setup_.plan.tables[planned.table].name));
  if (table->csv) table->csv->Write(result, NameInRows(planned));
  if (table->jsonl) table->jsonl->Write(result, NameInRows(planned));
  if (setup_.kinds.pts) WritePtsOf(frame, result);
  WriteDrawn(*table, frame, result, std::move(drawn));
  ++table->frames;
}

void TrackOutputs::WriteDrawn(Table& table, const Frame& frame, const TrackResult& result,
                              std::optional<Image> drawn) {
  const bool on_sheet = table.sheet && table.sheet->WantsNext();
  if (table.sheet && !on_sheet) table.sheet->Skip();
  if (!setup_.kinds.video && !on_sheet) return;
  if (!drawn) drawn = DrawOverlay(frame.image, result, setup_.schema, setup_.overlay);
  if (on_sheet) table.sheet->Add(*drawn, table.frames, frame.pts_s);
  if (!setup_.kinds.video) return;
  if (!overlay_) overlay_.emplace(paths_, Current().name, info_);
  overlay_->Write(*drawn);
}

void TrackOutputs::End() {
  if (!overlay_) return;
  complete_[Current().table].push_back(overlay_->Finish());
  overlay_.reset();
}

std::vector<WrittenFile> TrackOutputs::FinishTable(size_t index) {
  std::vector<WrittenFile> files = std::exchange(complete_[index], {});
  if (!tables_[index]) return files;
  Table& table = *tables_[index];
  if (table.csv) table.csv->Finish();
  if (table.jsonl) table.jsonl->Finish();
  if (table.sheet) WritePicture(table.paths.back().string(), table.sheet->Render());
  for (const fs::path& path : table.paths) files.push_back({path, ""});
  tables_[index].reset();
  return files;
}

TrackOutputs::Table TrackOutputs::OpenTable(const std::string& name) {
  Table table;
  const auto claim = [&](const std::string& stem, const char* extension) {
    return table.paths.emplace_back(paths_.Claim(stem, extension));
  };
  if (setup_.kinds.csv) {
    table.csv.emplace(claim(name, ".csv"),
                      CsvOptions{.point_count = setup_.schema.count,
                                 .file_column = setup_.plan.inputs.size() > 1});
  }
  if (setup_.kinds.jsonl) table.jsonl.emplace(claim(name, ".jsonl"));
  if (setup_.kinds.sheet) {
    table.sheet.emplace();
    claim(name + "_sheet", ".png");
  }
  return table;
}

void TrackOutputs::WritePtsOf(const Frame& frame, const TrackResult& result) {
  const std::string& name = Current().name;
  const bool picture = Current().input.kind == SourceKind::kPicture;
  const std::string stem = picture ? name : FrameStem(name, frame.id);
  for (size_t i = 0; i < result.faces.size(); ++i) {
    const fs::path path = paths_.Claim(PtsStem(stem, i, result.faces.size()), ".pts");
    WritePts(path, result.faces[i].landmarks.points_px);
    if (picture) complete_[Current().table].push_back({path, ""});
  }
}

}  // namespace nosetip
