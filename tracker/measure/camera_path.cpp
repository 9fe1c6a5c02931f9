#include "tracker/measure/camera_path.h"

#include <charconv>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr std::string_view kHeader = "frame,width_px,height_px,m00,m01,m02,m10,m11,m12";
constexpr size_t kFields = 9;
const char* const kForm = "see 'Camera path' in docs/formats.md";

std::string WithoutReturn(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

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

std::string Text(SizePx size) {
  return std::to_string(size.width) + "x" + std::to_string(size.height);
}

// Takes one row after the other.
class RowReader {
 public:
  explicit RowReader(CameraPath& path) : path_(path) {}

  void Add(std::string_view line, int line_number) {
    line_ = line_number;
    const std::vector<std::string_view> fields = Fields(line);
    if (fields.size() != kFields) {
      Fail("has " + std::to_string(fields.size()) + " fields where " + std::to_string(kFields) +
           " belong; " + kForm);
    }
    std::vector<float> numbers;
    for (const std::string_view field : fields) {
      const std::optional<float> number = Number(field);
      if (!number) Fail("has '" + std::string(field) + "' where a number belongs; " + kForm);
      numbers.push_back(*number);
    }
    const size_t frame = path_.frame_from_picture.size();
    if (numbers[0] != static_cast<float>(frame)) {
      Fail("is of frame " + std::string(fields[0]) + " where " + std::to_string(frame) +
           " belongs; each frame has a row, in order, from 0 on");
    }
    TakeSize({static_cast<int>(numbers[1]), static_cast<int>(numbers[2])});
    Affine2 frame_from_picture;
    std::copy(numbers.begin() + 3, numbers.end(), frame_from_picture.m.begin());
    const auto& m = frame_from_picture.m;
    if (m[0] * m[4] - m[1] * m[3] == 0.0F) {
      Fail("has a transform without inverse, which makes a line or a point of the picture");
    }
    path_.frame_from_picture.push_back(frame_from_picture);
  }

 private:
  void TakeSize(SizePx size) {
    if (path_.frame_from_picture.empty()) path_.frame_px = size;
    if (size.width < 1 || size.height < 1) Fail("is of frames of " + Text(size) + " pixels");
    if (size == path_.frame_px) return;
    Fail("is of frames of " + Text(size) + " pixels, those before of " + Text(path_.frame_px) +
         "; a path is of one clip");
  }
  [[noreturn]] void Fail(const std::string& what) const {
    throw Error("line " + std::to_string(line_) + " of the camera path " + path_.file + " " + what);
  }

  CameraPath& path_;
  int line_ = 0;
};

std::optional<SizePx> FrameSizeOf(const Input& input) {
  try {
    const SourceInfo info = OpenFrameSource(input.source)->info();
    return SizePx{info.width_px, info.height_px};
  } catch (const Error&) {
    return std::nullopt;
  }
}

CameraPath PathOf(const Input& input, const std::string& file) {
  CameraPath path = ReadCameraPath(file);
  const std::optional<SizePx> size = FrameSizeOf(input);
  if (size && *size != path.frame_px) {
    throw Error("the camera path " + file + " is of frames of " + Text(path.frame_px) +
                " pixels, but those of " + input.source + " have " + Text(*size) +
                "; name the path of this clip with --camera-path");
  }
  return path;
}

}  // namespace

CameraPath ReadCameraPath(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) {
    throw Error("the camera path " + file + " cannot be read, or is empty; name a CSV file, " +
                kForm);
  }
  if (WithoutReturn(line) != kHeader) {
    throw Error("the camera path " + file + " does not begin with the line '" +
                std::string(kHeader) + "'; " + kForm);
  }
  CameraPath path{file, {}, {}};
  RowReader rows(path);
  for (int number = 2; std::getline(in, line); ++number) rows.Add(WithoutReturn(line), number);
  if (path.frame_from_picture.empty()) {
    throw Error("the camera path " + file + " has no rows; it must have one for each frame");
  }
  return path;
}

std::filesystem::path CameraPathBeside(const std::string& source) {
  return std::filesystem::path(source).replace_extension(".path.csv");
}

std::map<size_t, CameraPath> FindCameraPaths(const OutputPlan& plan, std::span<const size_t> tables,
                                             const std::string& named) {
  if (!named.empty() && plan.inputs.size() != 1) {
    throw Error("--camera-path is of one clip, and there are " +
                std::to_string(plan.inputs.size()) +
                " inputs; name one, or put the path of each clip.mp4 beside it as clip.path.csv");
  }
  std::map<size_t, CameraPath> paths;
  for (const size_t table : tables) {
    const Input& input = plan.inputs[plan.tables[table].inputs.front()].input;
    const std::filesystem::path beside = CameraPathBeside(input.source);
    std::error_code ignored;
    if (!named.empty()) {
      paths.emplace(table, PathOf(input, named));
    } else if (input.kind == SourceKind::kVideoFile && std::filesystem::exists(beside, ignored)) {
      paths.emplace(table, PathOf(input, beside.string()));
    }
  }
  return paths;
}

void CheckFrameCount(const CameraPath& path, int64_t frames, bool to_its_end) {
  const auto rows = static_cast<int64_t>(path.frame_from_picture.size());
  if (frames == rows || (frames < rows && !to_its_end)) return;
  throw Error("the camera path " + path.file + " has " + std::to_string(rows) +
              " rows, but the clip has " + std::to_string(frames) +
              " frames; it must have a row for each, so name the path of this clip with "
              "--camera-path");
}

}  // namespace nosetip
