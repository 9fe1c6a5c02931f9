#include "tracker/sources/ffmpeg.h"

#include <array>
#include <cstdlib>
#include <mutex>

extern "C" {
#include <libavutil/error.h>
#include <libavutil/log.h>
}

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {

void QuietFfmpeg() {
  static std::once_flag once;
  std::call_once(once, [] {
    QuietOpenCv();
    const char* level = std::getenv("OPENCV_FFMPEG_LOGLEVEL");
    av_log_set_level(level == nullptr ? AV_LOG_QUIET : std::atoi(level));
  });
}

std::string FfmpegReason(int problem) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(problem, text.data(), text.size());
  return text.data();
}

}  // namespace nosetip
