#include "training/data/box_set.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/text_file.h"
#include "tracker/sources/file_kinds.h"
#include "training/data/annotation_text.h"
#include "training/data/box_fault.h"
#include "training/data/data_set_builder.h"
#include "training/data/picture_names.h"
#include "training/data/problem_list.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBoxTable = "boxes.csv";
constexpr std::array<const char*, 5> kColumns = {"file", "x", "y", "width", "height"};
// In WIDER FACE's rows.
constexpr size_t kWiderFields = 10;
constexpr size_t kWiderInvalid = 7;
// Each is compared with the others of its picture.
constexpr size_t kMaxBoxesOfPicture = 10'000;

bool IsHeader(std::string_view line) {
  const std::vector<std::string> fields = CommaSeparated(line);
  return fields.size() >= kColumns.size() &&
         std::equal(kColumns.begin(), kColumns.end(), fields.begin());
}

bool NamesBoxedPicture(const std::string& line) {
  return KindByExtension(line) == SourceKind::kPicture;
}

// Of a file that may be large.
std::string FirstLine(const fs::path& path) {
  std::string start(4096, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<size_t>(file.gcount()));
  if (start.starts_with("\xEF\xBB\xBF")) start.erase(0, 3);
  return start.substr(0, start.find_first_of("\r\n"));
}

// Collects what a file says about its pictures.
class BoxSetBuilder {
 public:
  explicit BoxSetBuilder(fs::path file) : file_(std::move(file)) {}

  void AddProblem(const std::string& problem) { problems_.Add(problem); }
  // An Error that `read` throws becomes a problem.
  void Try(const std::function<void()>& read) { problems_.Try(read); }
  // The same for a face of this picture, which is left out then: a face without its label would
  // count as background.
  void TryFace(const std::string& picture, const std::function<void()>& read) {
    try {
      read();
    } catch (const Error& error) {
      problems_.Add(fmt::format("{}; the picture is left out", error.what()));
      broken_.insert(picture);
    }
  }

  // The picture that a line names. Throws Error where there is none.
  BoxPicture& Picture(const std::string& name, int line) {
    const auto known = places_.find(name);
    if (known != places_.end()) return pictures_[known->second];
    const fs::path beside = file_.parent_path();
    const fs::path above = beside / "..";
    const auto found = FileNamed(name, {beside, beside / "images", above / "WIDER_train/images",
                                        above / "WIDER_val/images"});
    if (!found) {
      FailAt(
          file_, line,
          fmt::format("the picture {} is neither beside the file nor in images/", Excerpt(name)));
    }
    places_[name] = pictures_.size();
    BoxPicture picture{found->path, NameBelow("", found->name), "", {}};
    return pictures_.emplace_back(std::move(picture));
  }

  void AddBox(BoxPicture& picture, std::span<const std::optional<float>> numbers, bool ignored,
              int line) {
    for (size_t i = 0; i < 4; ++i) {
      if (numbers[i]) continue;
      FailAt(file_, line, fmt::format("the {} of a box is not a number", kColumns[i + 1]));
    }
    // The files count from the outer edge of the first pixel.
    const RectF box{*numbers[0] - 0.5F, *numbers[1] - 0.5F, *numbers[2], *numbers[3]};
    if (const auto fault = FaultOfBox(box, {})) {
      if (ignored) return;  // WIDER FACE calls boxes without a size invalid
      FailAt(file_, line, fault->remark);
    }
    if (picture.boxes.size() == kMaxBoxesOfPicture) {
      FailAt(file_, line, fmt::format("the picture has more than {} faces", kMaxBoxesOfPicture));
    }
    if (std::ranges::find(picture.boxes, box, &LabeledBox::box) != picture.boxes.end()) {
      Try([&] { FailAt(file_, line, "the picture has a face with exactly this box already"); });
      return;
    }
    picture.boxes.push_back({box, ignored});
  }

  BoxSet Build() && {
    for (const std::string& name : broken_) pictures_[places_.at(name)].name.clear();
    std::erase_if(pictures_, [](const BoxPicture& picture) { return picture.name.empty(); });
    if (pictures_.empty()) {
      const std::string why = problems_.Summary();
      throw Error(file_.string() + " has no usable picture" +
                  (why.empty() ? ": there is no row below the header" : why));
    }
    std::ranges::sort(pictures_, {}, [](const BoxPicture& p) { return std::tie(p.name, p.path); });
    std::map<std::string, int> times;  // that a name came: "a.jpg" and "a.png"
    for (BoxPicture& picture : pictures_) {
      const int time = ++times[picture.name];
      picture.group = picture.name;
      if (time > 1) picture.name += fmt::format("#{}", time);
    }
    return {std::move(pictures_), std::move(problems_).Take()};
  }

 private:
  fs::path file_;
  std::vector<BoxPicture> pictures_;
  std::map<std::string, size_t> places_;  // in pictures_, by the name in the file
  std::set<std::string> broken_;          // names in the file
  ProblemList problems_;
};

BoxSet ParseTable(const fs::path& csv, std::span<const TextLine> lines) {
  BoxSetBuilder builder(csv);
  for (const TextLine& line : lines.subspan(1)) {
    builder.Try([&] {
      std::vector<std::string> fields = CommaSeparated(line.text);
      fields.resize(std::max(fields.size(), kColumns.size()));
      BoxPicture& picture = builder.Picture(fields[0], line.number);
      const auto of_box = std::span(fields).subspan(1, 4);
      if (std::ranges::all_of(of_box, [](const std::string& f) { return f.empty(); })) return;
      std::array<std::optional<float>, 4> numbers;
      std::ranges::transform(of_box, numbers.begin(), ParseNumber);
      builder.TryFace(fields[0], [&] { builder.AddBox(picture, numbers, false, line.number); });
    });
  }
  return std::move(builder).Build();
}

// A line with a picture's name and those that follow up to the next.
using WiderEntry = std::span<const TextLine>;

std::vector<WiderEntry> WiderEntries(std::span<const TextLine> lines) {
  std::vector<WiderEntry> entries;
  while (!lines.empty()) {
    const auto next = std::ranges::find_if(lines.subspan(1), NamesBoxedPicture, &TextLine::text);
    entries.push_back(lines.first(static_cast<size_t>(next - lines.begin())));
    lines = lines.subspan(entries.back().size());
  }
  return entries;
}

// The rows of an entry's faces. Throws Error where some seem to be missing: a picture with
// unlabeled faces teaches what is wrong.
WiderEntry RowsOf(const fs::path& file, WiderEntry entry) {
  const std::string& name = entry[0].text;
  const auto count = entry.size() > 1 ? ParseWholeNumber(entry[1].text) : std::nullopt;
  if (!count || *count < 0) {
    FailAt(file, entry[0].number,
           fmt::format("the number of faces does not follow the picture {}", Excerpt(name)));
  }
  const WiderEntry rows = entry.subspan(2);
  // A picture without faces has one row of zeros.
  if (*count == 0 && rows.size() <= 1) return {};
  if (rows.size() != static_cast<size_t>(*count)) {
    FailAt(file, entry[0].number,
           fmt::format("the picture {} has {} faces, but {} rows follow", Excerpt(name), *count,
                       rows.size()));
  }
  return rows;
}

BoxSet ParseWider(const fs::path& file, std::span<const TextLine> lines) {
  BoxSetBuilder builder(file);
  for (const WiderEntry entry : WiderEntries(lines)) {
    builder.Try([&] {
      const WiderEntry rows = RowsOf(file, entry);
      BoxPicture& picture = builder.Picture(entry[0].text, entry[0].number);
      for (const TextLine& row : rows) {
        builder.TryFace(entry[0].text, [&] {
          const std::vector<std::string_view> fields = BlankSeparated(row.text);
          if (fields.size() != kWiderFields) {
            FailAt(file, row.number,
                   fmt::format("expected {} numbers of a face, but found {}", kWiderFields,
                               fields.size()));
          }
          std::array<std::optional<float>, 4> numbers;
          std::transform(fields.begin(), fields.begin() + 4, numbers.begin(), ParseNumber);
          builder.AddBox(picture, numbers, fields[kWiderInvalid] == "1", row.number);
        });
      }
    });
  }
  return std::move(builder).Build();
}

}  // namespace

bool IsBoxSet(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return fs::is_regular_file(path / kBoxTable, ignored) &&
           !fs::exists(path / "keypoints.csv", ignored);
  }
  if (!fs::is_regular_file(path, ignored)) return false;
  if (LowerExtension(path) == ".txt") return NamesBoxedPicture(FirstLine(path));
  return LowerExtension(path) == ".csv" && IsHeader(FirstLine(path));
}

BoxSet ReadBoxSet(const fs::path& path) {
  std::error_code ignored;
  const fs::path file = fs::is_directory(path, ignored) ? path / kBoxTable : path;
  return ParseBoxSet(file, ReadTextFile(file.string()));
}

BoxSet ParseBoxSet(const fs::path& file, std::string_view text) {
  const std::vector<TextLine> lines = TextLinesOf(file, text);
  if (IsHeader(lines.front().text)) return ParseTable(file, lines);
  if (NamesBoxedPicture(lines.front().text)) return ParseWider(file, lines);
  FailAt(file, lines.front().number,
         "expected the header file,x,y,width,height, or a picture's name as in WIDER FACE's "
         "wider_face_train_bbx_gt.txt");
}

void IgnoreSmallFaces(BoxSet& set, float least_px) {
  for (BoxPicture& picture : set.pictures) {
    for (LabeledBox& face : picture.boxes) {
      if (face.box.height < least_px) face.ignored = true;
    }
  }
}

}  // namespace nosetip
