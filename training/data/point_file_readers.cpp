#include "training/data/point_file_readers.h"

#include <span>
#include <system_error>
#include <utility>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "training/data/annotation_text.h"
#include "training/data/data_set_builder.h"
#include "training/data/face_names.h"
#include "training/data/picture_names.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

std::vector<TextLine> LinesWithoutComments(const fs::path& path) {
  std::vector<TextLine> lines = ReadTextLines(path);
  std::erase_if(lines, [](const TextLine& line) { return line.text.front() == '#'; });
  if (lines.empty()) throw Error(path.string() + " holds comments only; take a fresh copy");
  return lines;
}

Point2f ParseRow(const fs::path& path, const TextLine& line, size_t index) {
  const auto fields = BlankSeparated(line.text);
  const bool complete = fields.size() >= 7;
  const auto x = complete ? ParseNumber(fields[2]) : std::nullopt;
  const auto y = complete ? ParseNumber(fields[3]) : std::nullopt;
  const auto number = complete ? ParseWholeNumber(fields[4]) : std::nullopt;
  if (!x || !y || !number) {
    FailAt(path, line.number,
           "expected 'path type x y point from to' of point " + std::to_string(index) +
               ", but found '" + line.text + "'");
  }
  if (static_cast<size_t>(*number) != index) {
    FailAt(path, line.number,
           "expected point " + std::to_string(index) + ", but found " + std::to_string(*number));
  }
  return {*x, *y};
}

fs::path PictureOf(const fs::path& asf, const std::string& named) {
  const fs::path beside = asf.parent_path() / named;
  std::error_code ignored;
  if (!named.empty() && fs::is_regular_file(beside, ignored)) return beside;
  if (const auto picture = PictureBeside(asf)) return *picture;
  throw Error(asf.string() + " has no picture beside it" +
              (named.empty() ? "" : "; it belongs to " + named));
}

AnnotatedFace ReadFace(const fs::path& root, const fs::path& path) {
  const AsfShape shape = ReadAsf(path);
  AnnotatedFace face;
  face.picture = PictureOf(path, shape.picture);
  const PictureSize size = SizeOfPicture(face.picture);
  for (const Point2f& p : shape.points_rel) {
    face.points_px.push_back(PixelFromRelative(p, size.width_px, size.height_px));
  }
  face.name = NameBelow(root, path);
  face.group = PersonOfImm(face.name);
  face.part = TopFolderOf(face.name);
  face.box = BoundsOf(face.points_px);
  return face;
}

}  // namespace

AsfShape ReadAsf(const fs::path& path) {
  const std::vector<TextLine> lines = LinesWithoutComments(path);
  const auto count = ParseWholeNumber(lines.front().text);
  if (!count || *count <= 0) {
    FailAt(path, lines.front().number,
           "expected the number of points, but found '" + lines.front().text + "'");
  }
  const auto wanted = static_cast<size_t>(*count);
  AsfShape shape;
  for (const TextLine& line : std::span(lines).subspan(1)) {
    const size_t found = shape.points_rel.size();
    if (found < wanted) {
      shape.points_rel.push_back(ParseRow(path, line, found));
    } else {
      shape.picture = line.text;
    }
  }
  if (shape.points_rel.size() < wanted) {
    FailAt(path, lines.back().number,
           "the file ends after " + std::to_string(shape.points_rel.size()) + " of " +
               std::to_string(wanted) + " points; take a fresh copy from its data set");
  }
  return shape;
}

Point2f PixelFromRelative(Point2f relative, int width_px, int height_px) {
  return {PixelFromUnit(relative.x, width_px), PixelFromUnit(relative.y, height_px)};
}

DataSet ReadAsfFolder(const fs::path& root) {
  DataSetBuilder builder(root);
  for (const fs::path& path : FilesBelow(root, ".asf")) {
    builder.Try([&] { builder.Add(ReadFace(root, path)); });
  }
  return std::move(builder).Build();
}

}  // namespace nosetip
