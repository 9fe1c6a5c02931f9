#include "training/data/point_files.h"

#include <cstdint>
#include <iterator>
#include <optional>
#include <span>

#include <fmt/core.h>

#include "tracker/core/crop.h"
#include "tracker/core/error.h"
#include "tracker/core/text_file.h"
#include "training/data/annotation_text.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

std::vector<TextLine> LinesWithoutComments(const fs::path& path, std::string_view text) {
  std::vector<TextLine> lines = TextLinesOf(path, text);
  std::erase_if(lines, [](const TextLine& line) { return line.text.front() == '#'; });
  if (lines.empty()) throw Error(path.string() + " holds comments only; take a fresh copy");
  return lines;
}

void CheckPointCount(const fs::path& path, const TextLine& line, int64_t count) {
  if (count <= static_cast<int64_t>(kMaxFacePoints)) return;
  FailAt(path, line.number,
         fmt::format("found {} points; a face has at most {} here", count, kMaxFacePoints));
}

Point2f ParseAsfRow(const fs::path& path, const TextLine& line, size_t index) {
  const auto fields = BlankSeparated(line.text);
  const bool complete = fields.size() >= 7;
  const auto x = complete ? ParseNumber(fields[2]) : std::nullopt;
  const auto y = complete ? ParseNumber(fields[3]) : std::nullopt;
  const auto number = complete ? ParseWholeNumber(fields[4]) : std::nullopt;
  if (!x || !y || !number) {
    FailAt(path, line.number,
           fmt::format("expected 'path type x y point from to' of point {}, but found '{}'", index,
                       Excerpt(line.text)));
  }
  if (static_cast<size_t>(*number) != index) {
    FailAt(path, line.number, fmt::format("expected point {}, but found {}", index, *number));
  }
  return {*x, *y};
}

Point2f ParsePtsRow(const fs::path& path, const TextLine& line) {
  const auto fields = BlankSeparated(line.text);
  const auto x = fields.empty() ? std::nullopt : ParseNumber(fields[0]);
  const auto y = fields.size() < 2 ? std::nullopt : ParseNumber(fields[1]);
  if (fields.size() != 2 || !x || !y) {
    FailAt(path, line.number,
           fmt::format("expected two numbers, x and y, but found '{}'", Excerpt(line.text)));
  }
  return {*x - 1.0F, *y - 1.0F};
}

std::vector<Point2f> ParsePtsRows(const fs::path& path, std::span<const TextLine> lines) {
  if (!lines.empty()) CheckPointCount(path, lines.back(), std::ssize(lines));
  std::vector<Point2f> points_px;
  points_px.reserve(lines.size());
  for (const TextLine& line : lines) points_px.push_back(ParsePtsRow(path, line));
  return points_px;
}

// The number after "n_points:".
int ParsePtsCount(const fs::path& path, const TextLine& line) {
  const size_t colon = line.text.find(':');
  const auto fields =
      BlankSeparated(colon == std::string::npos ? std::string_view{}
                                                : std::string_view(line.text).substr(colon + 1));
  const int count = fields.size() == 1 ? ParseWholeNumber(fields[0]).value_or(0) : 0;
  if (!line.text.starts_with("n_points") || count <= 0) {
    FailAt(path, line.number,
           fmt::format("expected 'n_points: N', but found '{}'", Excerpt(line.text)));
  }
  CheckPointCount(path, line, count);
  return count;
}

[[noreturn]] void FailTruncated(const fs::path& path, const TextLine& last, size_t found,
                                int wanted) {
  FailAt(
      path, last.number,
      fmt::format("the file ends after {} of {} points or without the closing brace; take a fresh "
                  "copy from its data set",
                  found, wanted));
}

std::vector<Point2f> ParseBracedPts(const fs::path& path, std::span<const TextLine> lines) {
  if (lines.size() < 3) FailAt(path, lines.back().number, "the file ends before its points");
  const int count = ParsePtsCount(path, lines[1]);
  if (lines[2].text != "{") {
    FailAt(path, lines[2].number,
           fmt::format("expected '{{', but found '{}'", Excerpt(lines[2].text)));
  }
  const auto rows = lines.subspan(3);
  size_t end = 0;
  while (end < rows.size() && rows[end].text != "}") ++end;
  if (end == rows.size()) FailTruncated(path, lines.back(), end, count);
  if (end != static_cast<size_t>(count)) {
    FailAt(path, rows[end].number, fmt::format("found {} points where n_points is {}", end, count));
  }
  return ParsePtsRows(path, rows.first(end));
}

}  // namespace

AsfShape ParseAsf(const fs::path& path, std::string_view text) {
  const std::vector<TextLine> lines = LinesWithoutComments(path, text);
  const auto count = ParseWholeNumber(lines.front().text);
  if (!count || *count <= 0) {
    FailAt(
        path, lines.front().number,
        fmt::format("expected the number of points, but found '{}'", Excerpt(lines.front().text)));
  }
  CheckPointCount(path, lines.front(), *count);
  const auto wanted = static_cast<size_t>(*count);
  AsfShape shape;
  for (const TextLine& line : std::span(lines).subspan(1)) {
    const size_t found = shape.points_rel.size();
    if (found < wanted) {
      shape.points_rel.push_back(ParseAsfRow(path, line, found));
    } else {
      shape.picture = line.text;
    }
  }
  if (shape.points_rel.size() < wanted) {
    FailAt(path, lines.back().number,
           fmt::format("the file ends after {} of {} points; take a fresh copy from its data set",
                       shape.points_rel.size(), wanted));
  }
  return shape;
}

AsfShape ReadAsf(const fs::path& path) { return ParseAsf(path, ReadTextFile(path.string())); }

Point2f PixelFromRelative(Point2f relative, int width_px, int height_px) {
  return {PixelFromUnit(relative.x, width_px), PixelFromUnit(relative.y, height_px)};
}

std::vector<Point2f> ParsePts(const fs::path& path, std::string_view text) {
  const std::vector<TextLine> lines = TextLinesOf(path, text);
  return lines.front().text.starts_with("version") ? ParseBracedPts(path, lines)
                                                   : ParsePtsRows(path, lines);
}

std::vector<Point2f> ReadPts(const fs::path& path) {
  return ParsePts(path, ReadTextFile(path.string()));
}

}  // namespace nosetip
