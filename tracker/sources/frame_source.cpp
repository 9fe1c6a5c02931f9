#include "tracker/sources/frame_source.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "tracker/core/error.h"
#include "tracker/core/readable_file.h"
#include "tracker/sources/camera_source.h"
#include "tracker/sources/pictures.h"
#include "tracker/sources/sequence_pattern.h"
#include "tracker/sources/video_source.h"

namespace nosetip {

std::unique_ptr<FrameSource> OpenFrameSource(const std::string& given, const CameraOptions& camera,
                                             const std::stop_token& stop) {
  const std::string source = WithoutFileScheme(given);
  switch (KindOfSource(source)) {
    case SourceKind::kCamera:
      return OpenCamera(CameraIndex(source).value(), camera);
    case SourceKind::kStream:
      return OpenStream(source, {.stop = stop});
    case SourceKind::kPictureSequence:
      return OpenPictureSequence(source);
    case SourceKind::kPicture:
      return OpenPicture(source);
    case SourceKind::kVideoFile:
      return OpenVideoFile(source, stop);
  }
  throw std::logic_error("an unknown kind of source");
}

std::string WithoutFileScheme(const std::string& source) {
  constexpr std::string_view kScheme = "file://";
  if (!source.starts_with(kScheme)) return source;
  const size_t path = source.find('/', kScheme.size());
  const std::string host = source.substr(kScheme.size(), path - kScheme.size());
  if (path == std::string::npos || (!host.empty() && host != "localhost")) {
    throw Error(source + " names a file on another machine; give its path on this one");
  }
  std::string decoded;
  for (size_t at = path; at < source.size(); ++at) {
    unsigned value = 0;
    const char* digits = source.data() + at + 1;
    const bool escaped = source[at] == '%' && at + 2 < source.size() &&
                         std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2;
    decoded += escaped ? static_cast<char>(value) : source[at];
    if (escaped) at += 2;
  }
  return decoded;
}

std::optional<int> CameraIndex(const std::string& source) {
  constexpr std::string_view kDevice = "/dev/video";
  std::string_view digits = source;
  if (digits.starts_with(kDevice)) digits.remove_prefix(kDevice.size());
  int index = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  const bool all_read = end == digits.data() + digits.size();
  if (problem != std::errc() || !all_read || index < 0) return std::nullopt;
  return index;
}

SourceKind KindOfSource(const std::string& given) {
  if (given.empty())
    throw Error("no source is given; give a file, a folder, a camera index or an address");
  const std::string source = WithoutFileScheme(given);
  if (CameraIndex(source)) return SourceKind::kCamera;
  if (source.find("://") != std::string::npos) return SourceKind::kStream;
  std::error_code ignored;
  if (!std::filesystem::exists(source, ignored) && ParseSequencePattern(source)) {
    return SourceKind::kPictureSequence;
  }
  CheckReadableFile(source);
  return IsPictureFile(source) ? SourceKind::kPicture : SourceKind::kVideoFile;
}

}  // namespace nosetip
