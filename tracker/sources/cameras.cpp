#include "tracker/sources/cameras.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>
#include <string_view>

#include <fmt/core.h>
#include <linux/videodev2.h>

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMotionJpeg = "MJPG";
constexpr uint32_t kMaxListLength = 256;  // in case a driver never ends its list

// The formats that OpenCV's capture decodes; H.264 from a camera is not among them.
bool CanBeDecoded(std::string_view format) {
  constexpr std::array<std::string_view, 12> kKnown = {"MJPG", "JPEG", "YUYV", "UYVY",
                                                       "NV12", "NV21", "YU12", "YV12",
                                                       "RGB3", "BGR3", "GREY", "Y16 "};
  return std::find(kKnown.begin(), kKnown.end(), format) != kKnown.end();
}

std::string LettersOf(uint32_t format) {
  std::string letters;
  for (int shift = 0; shift < 32; shift += 8) {
    letters += static_cast<char>(format >> shift & 0xFFU);
  }
  return letters;
}

double RateOf(const v4l2_fract& interval_s) {
  return interval_s.numerator == 0 ? 0.0
                                   : static_cast<double>(interval_s.denominator) /
                                         static_cast<double>(interval_s.numerator);
}

std::vector<double> RatesInRange(double low_hz, double high_hz) {
  std::vector<double> rates_hz = {high_hz};
  for (const double common_hz : {120.0, 60.0, 50.0, 30.0, 25.0, 20.0, 15.0, 10.0, 5.0}) {
    if (common_hz >= low_hz && common_hz < high_hz) rates_hz.push_back(common_hz);
  }
  return rates_hz;
}

std::vector<double> RatesOf(const CameraQuery& query, uint32_t format, SizePx size_px) {
  std::vector<double> rates_hz;
  for (uint32_t i = 0; i < kMaxListLength; ++i) {
    v4l2_frmivalenum interval{};
    interval.index = i;
    interval.pixel_format = format;
    interval.width = static_cast<uint32_t>(size_px.width);
    interval.height = static_cast<uint32_t>(size_px.height);
    if (!query(VIDIOC_ENUM_FRAMEINTERVALS, &interval)) break;
    if (interval.type != V4L2_FRMIVAL_TYPE_DISCRETE) {
      const double high_hz = RateOf(interval.stepwise.min);
      return high_hz > 0.0 ? RatesInRange(RateOf(interval.stepwise.max), high_hz) : rates_hz;
    }
    if (const double rate_hz = RateOf(interval.discrete); rate_hz > 0.0) {
      rates_hz.push_back(rate_hz);
    }
  }
  std::sort(rates_hz.begin(), rates_hz.end(), std::greater<>());
  rates_hz.erase(std::unique(rates_hz.begin(), rates_hz.end()), rates_hz.end());
  return rates_hz;
}

std::vector<SizePx> SizesInRange(const v4l2_frmsize_stepwise& range) {
  constexpr std::array<SizePx, 10> kCommon = {{{320, 240},
                                               {640, 360},
                                               {640, 480},
                                               {800, 600},
                                               {1024, 768},
                                               {1280, 720},
                                               {1280, 960},
                                               {1920, 1080},
                                               {2560, 1440},
                                               {3840, 2160}}};
  const auto fits = [](int value, uint32_t low, uint32_t high, uint32_t step) {
    const auto v = static_cast<uint32_t>(value);
    return v >= low && v <= high && (step <= 1 || (v - low) % step == 0);
  };
  const SizePx largest = {static_cast<int>(range.max_width), static_cast<int>(range.max_height)};
  std::vector<SizePx> sizes = {largest};
  for (const SizePx& size : kCommon) {
    if (size != largest && fits(size.width, range.min_width, range.max_width, range.step_width) &&
        fits(size.height, range.min_height, range.max_height, range.step_height)) {
      sizes.push_back(size);
    }
  }
  return sizes;
}

std::vector<SizePx> SizesOf(const CameraQuery& query, uint32_t format) {
  std::vector<SizePx> sizes;
  for (uint32_t i = 0; i < kMaxListLength; ++i) {
    v4l2_frmsizeenum size{};
    size.index = i;
    size.pixel_format = format;
    if (!query(VIDIOC_ENUM_FRAMESIZES, &size)) break;
    if (size.type != V4L2_FRMSIZE_TYPE_DISCRETE) return SizesInRange(size.stepwise);
    const SizePx known = {static_cast<int>(size.discrete.width),
                          static_cast<int>(size.discrete.height)};
    if (known.Area() > 0) sizes.push_back(known);
  }
  return sizes;
}

// MJPG before others: it gives most cameras their full rate.
bool IsBetter(const CameraMode& a, const CameraMode& b) {
  if (a.BestRateHz() != b.BestRateHz()) return a.BestRateHz() > b.BestRateHz();
  return a.format == kMotionJpeg && b.format != kMotionJpeg;
}

// "1280 x 720", "a height of 720"
std::string AskedSize(const CameraOptions& asked) {
  if (asked.camera_height <= 0) return fmt::format("a width of {}", asked.camera_width);
  if (asked.camera_width <= 0) return fmt::format("a height of {}", asked.camera_height);
  return fmt::format("{} x {}", asked.camera_width, asked.camera_height);
}

std::string ReadFirstLine(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::optional<int> IndexOfDevice(const std::string& name) {
  constexpr std::string_view kPrefix = "video";
  if (!name.starts_with(kPrefix)) return std::nullopt;
  int index = -1;
  const char* end = name.data() + name.size();
  const auto [stop, problem] = std::from_chars(name.data() + kPrefix.size(), end, index);
  if (problem != std::errc() || stop != end || index < 0) return std::nullopt;
  return index;
}

}  // namespace

std::vector<CameraMode> QueryCameraModes(const CameraQuery& query) {
  std::vector<CameraMode> modes;
  for (uint32_t i = 0; i < kMaxListLength; ++i) {
    v4l2_fmtdesc format{};
    format.index = i;
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (!query(VIDIOC_ENUM_FMT, &format)) break;
    const std::string letters = LettersOf(format.pixelformat);
    if (!CanBeDecoded(letters)) continue;
    for (const SizePx& size : SizesOf(query, format.pixelformat)) {
      modes.push_back({letters, size, RatesOf(query, format.pixelformat, size)});
    }
  }
  std::stable_sort(modes.begin(), modes.end(), [](const CameraMode& a, const CameraMode& b) {
    if (a.size_px.Area() != b.size_px.Area()) return a.size_px.Area() > b.size_px.Area();
    if (a.size_px.width != b.size_px.width) return a.size_px.width > b.size_px.width;
    return a.format == kMotionJpeg && b.format != kMotionJpeg;
  });
  return modes;
}

std::vector<CameraMode> BestModes(std::span<const CameraMode> modes) {
  std::vector<CameraMode> best;
  for (const CameraMode& mode : modes) {
    const auto same = std::find_if(best.begin(), best.end(), [&](const CameraMode& known) {
      return known.size_px == mode.size_px;
    });
    if (same == best.end()) {
      best.push_back(mode);
    } else if (IsBetter(mode, *same)) {
      *same = mode;
    }
  }
  return best;
}

std::optional<CameraMode> ModeFor(std::span<const CameraMode> modes, const CameraOptions& options) {
  if (options.camera_width <= 0 || options.camera_height <= 0) return std::nullopt;
  std::optional<CameraMode> best;
  for (const CameraMode& mode : modes) {
    if (mode.size_px != SizePx{options.camera_width, options.camera_height}) continue;
    if (!best || IsBetter(mode, *best)) best = mode;
  }
  return best;
}

std::string CameraMismatch(const CameraOptions& asked, const SourceInfo& given) {
  std::string text;
  const bool other_width = asked.camera_width > 0 && asked.camera_width != given.width_px;
  const bool other_height = asked.camera_height > 0 && asked.camera_height != given.height_px;
  if (other_width || other_height) {
    text = fmt::format("camera {} was asked for {} and sends {} x {}", given.name, AskedSize(asked),
                       given.width_px, given.height_px);
  }
  constexpr double kTolerance = 0.05;  // 30 stands for 30000/1001, too
  const auto asked_hz = static_cast<double>(asked.camera_rate);
  const bool other_rate = asked_hz > 0.0 && given.frame_rate_hz > 0.0 &&
                          std::abs(given.frame_rate_hz - asked_hz) > kTolerance * asked_hz;
  if (other_rate) {
    text += text.empty() ? fmt::format("camera {}", given.name) : ", and";
    text += fmt::format(" was asked for {} frames per second and reports {}", std::lround(asked_hz),
                        std::lround(given.frame_rate_hz));
  }
  return text.empty() ? text : text + "; choose one of its own modes";
}

std::vector<CameraEntry> ListCameras(const CameraFolders& folders) {
  std::vector<CameraEntry> cameras;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folders.devices, problem)) {
    const std::string device = entry.path().filename().string();
    const auto index = IndexOfDevice(device);
    if (!index) continue;
    // A camera may have several nodes, which the kernel numbers; the first one gives the pictures.
    const std::string node = ReadFirstLine(folders.names / device / "index");
    if (!node.empty() && node != "0") continue;
    cameras.push_back({*index, ReadFirstLine(folders.names / device / "name")});
  }
  std::sort(cameras.begin(), cameras.end(),
            [](const CameraEntry& a, const CameraEntry& b) { return a.index < b.index; });
  return cameras;
}

std::string DescribeCameras(const std::vector<CameraEntry>& cameras) {
  if (cameras.empty()) {
    return "no camera is connected to this machine (there is no /dev/video*); connect one or give "
           "a video file";
  }
  std::string text = "cameras here: ";
  for (const CameraEntry& camera : cameras) {
    if (&camera != &cameras.front()) text += ", ";
    text += camera.name.empty() ? fmt::format("{}", camera.index)
                                : fmt::format("{} ({})", camera.index, camera.name);
  }
  return text + "; choose one by its number";
}

}  // namespace nosetip
