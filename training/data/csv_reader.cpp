#include "training/data/csv_reader.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/text_file.h"
#include "tracker/sources/file_kinds.h"
#include "training/data/annotation_text.h"
#include "training/data/data_set_builder.h"
#include "training/data/picture_names.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// Two faces of one picture hardly overlap.
constexpr float kSamePlaceIou = 0.1F;
// Each is compared with the others of its picture.
constexpr size_t kMaxFacesOfPicture = 50'000;

std::optional<NamedFile> FindPicture(const fs::path& csv, const std::string& name) {
  return FileNamed(name, {csv.parent_path() / "images", csv.parent_path()});
}

bool NamesPicture(const fs::path& csv, const std::string& name) {
  return KindByExtension(name) == SourceKind::kPicture || FindPicture(csv, name);
}

void CheckFieldCount(const fs::path& csv, const TextLine& line) {
  const auto commas = static_cast<size_t>(std::ranges::count(line.text, ','));
  if (commas <= 2 * kMaxFacePoints) return;
  FailAt(csv, line.number,
         fmt::format("found {} fields; a face has at most {} points here", commas + 1,
                     kMaxFacePoints));
}

std::vector<Point2f> ParsePoints(const fs::path& csv, const TextLine& line,
                                 const std::vector<std::string>& fields) {
  if (fields.size() < 3 || fields.size() % 2 == 0) {
    FailAt(
        csv, line.number,
        fmt::format("expected a picture and x, y of each point, but found {} fields; check whether "
                    "the row is cut off",
                    fields.size()));
  }
  std::vector<Point2f> points_px;
  for (size_t i = 1; i < fields.size(); i += 2) {
    const auto x = ParseNumber(fields[i]);
    const auto y = ParseNumber(fields[i + 1]);
    if (!x || !y) {
      FailAt(csv, line.number,
             fmt::format("point {} is '{}, {}', which is not a pair of numbers", i / 2,
                         Excerpt(fields[i]), Excerpt(fields[i + 1])));
    }
    points_px.push_back({*x, *y});
  }
  return points_px;
}

AnnotatedFace ParseFace(const fs::path& csv, const TextLine& line,
                        const std::vector<std::string>& fields) {
  AnnotatedFace face;
  face.points_px = ParsePoints(csv, line, fields);
  const auto picture = FindPicture(csv, fields[0]);
  if (!picture) {
    FailAt(csv, line.number,
           fmt::format("the picture {} is neither beside the table nor in images/",
                       Excerpt(fields[0])));
  }
  face.picture = picture->path;
  face.name = NameBelow("", picture->name);
  face.group = PersonOfFrame(face.name);
  face.part = TopFolderOf(face.name);
  face.box = BoundsOf(face.points_px);
  return face;
}

// Faces by picture, a later one in the place of an earlier one.
class FacesByPicture {
 public:
  void Add(AnnotatedFace face) {
    face.order = added_++;
    std::vector<AnnotatedFace>& faces = faces_[face.picture];
    for (AnnotatedFace& earlier : faces) {
      if (IntersectionOverUnion(earlier.box, face.box) <= kSamePlaceIou) continue;
      if (replaced_++ == 0) first_replaced_ = face.picture.filename().string();
      face.order = earlier.order;
      earlier = std::move(face);
      return;
    }
    if (faces.size() == kMaxFacesOfPicture) {
      throw Error(fmt::format("{} has more than {} faces; remove repeated rows",
                              face.picture.string(), kMaxFacesOfPicture));
    }
    faces.push_back(std::move(face));
  }

  void MoveInto(DataSetBuilder& builder, const fs::path& csv) && {
    std::vector<AnnotatedFace> in_order;
    for (auto& [picture, faces] : faces_) std::ranges::move(faces, std::back_inserter(in_order));
    std::ranges::sort(in_order, {}, &AnnotatedFace::order);
    for (AnnotatedFace& face : in_order) builder.Add(std::move(face));
    if (replaced_ == 0) return;
    builder.AddProblem(
        fmt::format("{}: {} rows are left out because a later row describes the same face of the "
                    "same picture (the first: {})",
                    csv.string(), replaced_, first_replaced_));
  }

 private:
  std::map<fs::path, std::vector<AnnotatedFace>> faces_;
  size_t added_ = 0;
  int replaced_ = 0;
  std::string first_replaced_;
};

}  // namespace

DataSet ReadKeypointsCsv(const fs::path& csv, const OnWork& on_work) {
  return ParseKeypointsCsv(csv, ReadTextFile(csv.string()), on_work);
}

DataSet ParseKeypointsCsv(const fs::path& csv, std::string_view text, const OnWork& on_work) {
  DataSetBuilder builder(csv);
  FacesByPicture faces;
  bool first = true;
  const std::vector<TextLine> lines = TextLinesOf(csv, text);
  for (const TextLine& line : lines) {
    TellWork(on_work, kReadingLabels, static_cast<size_t>(&line - lines.data()), lines.size());
    builder.Try([&] {
      CheckFieldCount(csv, line);
      const std::vector<std::string> fields = CommaSeparated(line.text);
      const bool header = std::exchange(first, false) && !NamesPicture(csv, fields.front());
      if (!header) faces.Add(ParseFace(csv, line, fields));
    });
  }
  std::move(faces).MoveInto(builder, csv);
  return std::move(builder).Build();
}

}  // namespace nosetip
