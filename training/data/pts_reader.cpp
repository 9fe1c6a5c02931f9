#include "training/data/pts_reader.h"

#include <span>
#include <string>
#include <utility>

#include "tracker/core/error.h"
#include "training/data/annotation_text.h"
#include "training/data/data_set_builder.h"
#include "training/data/face_names.h"
#include "training/data/picture_names.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

Point2f ParseRow(const fs::path& path, const TextLine& line) {
  const auto fields = BlankSeparated(line.text);
  const auto x = fields.empty() ? std::nullopt : ParseNumber(fields[0]);
  const auto y = fields.size() < 2 ? std::nullopt : ParseNumber(fields[1]);
  if (fields.size() != 2 || !x || !y) {
    FailAt(path, line.number, "expected two numbers, x and y, but found '" + line.text + "'");
  }
  return {*x - 1.0F, *y - 1.0F};
}

std::vector<Point2f> ParseRows(const fs::path& path, std::span<const TextLine> lines) {
  std::vector<Point2f> points_px;
  points_px.reserve(lines.size());
  for (const TextLine& line : lines) points_px.push_back(ParseRow(path, line));
  return points_px;
}

// The number after "n_points:".
int ParseCount(const fs::path& path, const TextLine& line) {
  const size_t colon = line.text.find(':');
  const auto fields =
      BlankSeparated(colon == std::string::npos ? std::string_view{}
                                                : std::string_view(line.text).substr(colon + 1));
  const int count = fields.size() == 1 ? ParseWholeNumber(fields[0]).value_or(0) : 0;
  if (!line.text.starts_with("n_points") || count <= 0) {
    FailAt(path, line.number, "expected 'n_points: N', but found '" + line.text + "'");
  }
  return count;
}

[[noreturn]] void FailTruncated(const fs::path& path, const TextLine& last, size_t found,
                                int wanted) {
  FailAt(path, last.number,
         "the file ends after " + std::to_string(found) + " of " + std::to_string(wanted) +
             " points or without the closing brace; take a fresh copy from its data set");
}

std::vector<Point2f> ParseBraced(const fs::path& path, std::span<const TextLine> lines) {
  if (lines.size() < 3) FailAt(path, lines.back().number, "the file ends before its points");
  const int count = ParseCount(path, lines[1]);
  if (lines[2].text != "{") {
    FailAt(path, lines[2].number, "expected '{', but found '" + lines[2].text + "'");
  }
  const auto rows = lines.subspan(3);
  size_t end = 0;
  while (end < rows.size() && rows[end].text != "}") ++end;
  if (end == rows.size()) FailTruncated(path, lines.back(), end, count);
  if (end != static_cast<size_t>(count)) {
    FailAt(path, rows[end].number,
           "found " + std::to_string(end) + " points where n_points says " + std::to_string(count));
  }
  return ParseRows(path, rows.first(end));
}

AnnotatedFace ReadFace(const fs::path& root, const fs::path& path) {
  AnnotatedFace face;
  face.points_px = ReadPts(path);
  const auto picture = PictureBeside(path);
  if (!picture) {
    throw Error(path.string() + " has no picture of the same name beside it (jpg, png, jpeg, bmp)");
  }
  face.picture = *picture;
  face.name = NameBelow(root, path);
  face.group = PhotographOf(face.name);
  face.part = TopFolderOf(face.name);
  face.box = BoundsOf(face.points_px);
  return face;
}

}  // namespace

std::vector<Point2f> ReadPts(const fs::path& path) {
  const std::vector<TextLine> lines = ReadTextLines(path);
  return lines.front().text.starts_with("version") ? ParseBraced(path, lines)
                                                   : ParseRows(path, lines);
}

DataSet ReadPtsFolder(const fs::path& root) {
  DataSetBuilder builder(root);
  for (const fs::path& path : FilesBelow(root, ".pts")) {
    builder.Try([&] { builder.Add(ReadFace(root, path)); });
  }
  return std::move(builder).Build();
}

}  // namespace nosetip
