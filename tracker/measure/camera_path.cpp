#include "tracker/measure/camera_path.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/core/text_file.h"

namespace nosetip {
namespace {

constexpr std::string_view kHeader = "frame,width_px,height_px,m00,m01,m02,m10,m11,m12";
constexpr size_t kFields = 9;
constexpr std::string_view kForm = "see 'Camera path' in docs/formats.md";

// The lines of a text one after the other, without line ends of either kind.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> Next() {
    if (rest_.empty()) return std::nullopt;
    const size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

 private:
  std::string_view rest_;
};

std::optional<float> Number(std::string_view text) {
  float number = 0.0F;
  const char* end = text.data() + text.size();
  const auto [after, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || after != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::vector<std::string_view> Fields(std::string_view line) {
  std::vector<std::string_view> fields;
  for (size_t comma = line.find(','); comma != std::string_view::npos; comma = line.find(',')) {
    fields.push_back(line.substr(0, comma));
    line.remove_prefix(comma + 1);
  }
  fields.push_back(line);
  return fields;
}

// 0 for what is no side of a frame, as a number beyond the range of an int must not become one.
int SideOf(float number) {
  constexpr float kMaxSide = 1 << 16;
  return number >= 1.0F && number <= kMaxSide ? static_cast<int>(number) : 0;
}

std::string Text(SizePx size) { return fmt::format("{}x{}", size.width, size.height); }

// Adds one row after the other.
class RowReader {
 public:
  explicit RowReader(CameraPath& path) : path_(path) {}

  void Add(std::string_view line, int line_number) {
    line_ = line_number;
    const auto found = static_cast<size_t>(std::ranges::count(line, ',')) + 1;
    if (found != kFields) {
      Fail(fmt::format("has {} fields in place of {}; {}", found, kFields, kForm));
    }
    const std::vector<std::string_view> fields = Fields(line);
    std::vector<float> numbers;
    for (const std::string_view field : fields) {
      const std::optional<float> number = Number(field);
      if (!number) Fail(fmt::format("has '{}' in place of a number; {}", Excerpt(field), kForm));
      numbers.push_back(*number);
    }
    const size_t frame = path_.frame_from_picture.size();
    if (numbers[0] != static_cast<float>(frame)) {
      Fail(fmt::format("is for frame {} in place of {}; write one row per frame, in order, from 0",
                       Excerpt(fields[0]), frame));
    }
    TakeSize({SideOf(numbers[1]), SideOf(numbers[2])});
    Affine2 frame_from_picture;
    std::copy(numbers.begin() + 3, numbers.end(), frame_from_picture.m.begin());
    const auto& m = frame_from_picture.m;
    if (m[0] * m[4] - m[1] * m[3] == 0.0F) {
      Fail("has a transform without an inverse, which maps the picture to a line or a point");
    }
    path_.frame_from_picture.push_back(frame_from_picture);
  }

 private:
  void TakeSize(SizePx size) {
    if (path_.frame_from_picture.empty()) path_.frame_px = size;
    if (size.width < 1 || size.height < 1)
      Fail(fmt::format("is for frames of {} pixels", Text(size)));
    if (size == path_.frame_px) return;
    Fail(fmt::format("is for frames of {} pixels, the rows before for {}; a path is for one clip",
                     Text(size), Text(path_.frame_px)));
  }
  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(fmt::format("line {} of the camera path {} {}", line_, path_.file, what));
  }

  CameraPath& path_;
  int line_ = 0;
};

}  // namespace

CameraPath ReadCameraPath(const std::string& file) {
  return ParseCameraPath(file, ReadTextFile(file));
}

CameraPath ParseCameraPath(const std::string& file, std::string_view text) {
  Lines lines(text);
  if (lines.Next() != kHeader) {
    throw Error(fmt::format("the camera path {} does not begin with the line '{}'; {}", file,
                            kHeader, kForm));
  }
  CameraPath path{file, {}, {}};
  RowReader rows(path);
  for (int number = 2; const auto line = lines.Next(); ++number) rows.Add(*line, number);
  if (path.frame_from_picture.empty()) {
    throw Error(fmt::format("the camera path {} has no rows; write one per frame", file));
  }
  return path;
}

std::filesystem::path CameraPathBeside(const std::string& source) {
  return std::filesystem::path(source).replace_extension(".path.csv");
}

void CheckFrameCount(const CameraPath& path, int64_t frames, bool to_its_end) {
  const auto rows = static_cast<int64_t>(path.frame_from_picture.size());
  if (frames == rows || (frames < rows && !to_its_end)) return;
  throw Error(
      fmt::format("the camera path {} has {} rows, but the clip has {} frames; name the path "
                  "of this clip with --camera-path",
                  path.file, rows, frames));
}

}  // namespace nosetip
