#include "tracker/sources/camera_source.h"

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/core.h>
#include <linux/videodev2.h>
#include <opencv2/videoio.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

class FileDescriptor {
 public:
  explicit FileDescriptor(const std::string& path)
      : fd_(open(path.c_str(), O_RDWR | O_NONBLOCK)), problem_(fd_ < 0 ? errno : 0) {}
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }
  int problem() const { return problem_; }  // errno of the opening

 private:
  int fd_;
  int problem_;
};

std::string DeviceOf(int index) { return fmt::format("/dev/video{}", index); }
std::string NameOf(int index) { return fmt::format("camera {} ({})", index, DeviceOf(index)); }

bool Ask(const FileDescriptor& device, unsigned long request, void* argument) {
  int result = 0;
  do {
    result = ioctl(device.get(), request, argument);
  } while (result < 0 && errno == EINTR);
  return result == 0;
}

// OpenCV only reports that a camera did not open; the system calls tell why.
void CheckIsCamera(const FileDescriptor& device, int index) {
  const int problem = device.problem();
  if (device.get() < 0 && (problem == ENOENT || problem == ENXIO || problem == ENODEV)) {
    throw Error(fmt::format("there is no {}; {}", NameOf(index), DescribeCameras(ListCameras())));
  }
  if (device.get() < 0 && (problem == EACCES || problem == EPERM)) {
    throw Error(NameOf(index) +
                ": you have no permission to use it; add yourself to the group "
                "video ('sudo usermod -aG video $USER') and log in again");
  }
  if (device.get() < 0 && problem == EBUSY) {
    throw Error(NameOf(index) + ": another program uses it; close that program");
  }
  if (device.get() < 0) {
    throw Error(fmt::format("{}: cannot be opened: {}; unplug it and plug it in again",
                            NameOf(index), std::strerror(problem)));
  }
  v4l2_capability capability{};
  const bool answers = Ask(device, VIDIOC_QUERYCAP, &capability);
  const bool per_node = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0;
  const auto abilities = per_node ? capability.device_caps : capability.capabilities;
  if (!answers || (abilities & (V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_VIDEO_CAPTURE_MPLANE)) == 0) {
    throw Error(
        fmt::format("{}: sends no pictures; {}", NameOf(index), DescribeCameras(ListCameras())));
  }
}

void CheckIsFree(const FileDescriptor& device, int index) {
  v4l2_requestbuffers none{};
  none.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  none.memory = V4L2_MEMORY_MMAP;
  if (!Ask(device, VIDIOC_REQBUFS, &none) && errno == EBUSY) {
    throw Error(NameOf(index) + ": another program uses it; close that program");
  }
}

std::vector<CameraMode> ModesOf(const FileDescriptor& device) {
  return QueryCameraModes(
      [&](unsigned long request, void* argument) { return Ask(device, request, argument); });
}

int FourccOf(const std::optional<CameraMode>& mode) {
  const std::string letters = mode ? mode->format : "MJPG";
  return cv::VideoWriter::fourcc(letters[0], letters[1], letters[2], letters[3]);
}

class CameraSource : public FrameSource {
 public:
  CameraSource(int index, const CameraOptions& options, const std::optional<CameraMode>& mode) {
    info_.kind = SourceKind::kCamera;
    info_.name = fmt::format("{}", index);
    if (!capture_.open(index, cv::CAP_V4L2)) {
      throw Error(NameOf(index) +
                  ": cannot be opened; close other programs that use it, or "
                  "unplug it and plug it in again");
    }
    capture_.set(cv::CAP_PROP_FOURCC, FourccOf(mode));
    if (options.camera_width > 0) capture_.set(cv::CAP_PROP_FRAME_WIDTH, options.camera_width);
    if (options.camera_height > 0) capture_.set(cv::CAP_PROP_FRAME_HEIGHT, options.camera_height);
    if (options.camera_rate > 0.0F) capture_.set(cv::CAP_PROP_FPS, options.camera_rate);
    first_ = Capture();
    info_.width_px = first_->image.width_px;
    info_.height_px = first_->image.height_px;
    const double rate_hz = capture_.get(cv::CAP_PROP_FPS);
    if (rate_hz > 0.0) info_.frame_rate_hz = rate_hz;
    info_.note = CameraMismatch(options, info_);
  }

  const SourceInfo& info() const override { return info_; }
  FramePtr Next() override {
    if (first_) return std::exchange(first_, nullptr);
    return WithOpenCv("camera " + info_.name, [&] { return Capture(); });
  }

 private:
  FramePtr Capture() {
    cv::Mat bgr;
    if (!capture_.grab()) {
      throw Error(fmt::format("camera {} {}; check its cable and that no other program uses it",
                              info_.name, frames_ == 0 ? "sends no picture" : "was disconnected"));
    }
    auto frame = std::make_shared<Frame>();
    frame->captured_at = std::chrono::steady_clock::now();
    if (!capture_.retrieve(bgr) || bgr.empty()) {
      throw Error(fmt::format(
          "camera {} sent a picture that cannot be decoded; unplug it and plug it in again",
          info_.name));
    }
    frame->id = frames_++;
    const double taken_ms = capture_.get(cv::CAP_PROP_POS_MSEC);  // 0 or less where unknown
    frame->pts_s = clock_.TimeOf(taken_ms > 0.0 ? std::optional(taken_ms / 1000.0) : std::nullopt);
    frame->image = ImageFromBgr(bgr);
    return frame;
  }

  SourceInfo info_;
  cv::VideoCapture capture_;
  FrameClock clock_;
  FramePtr first_;
  int64_t frames_ = 0;
};

}  // namespace

std::vector<CameraMode> ListCameraModes(int index) {
  const FileDescriptor device(DeviceOf(index));
  CheckIsCamera(device, index);
  return ModesOf(device);
}

std::unique_ptr<FrameSource> OpenCamera(int index, const CameraOptions& options) {
  Validate(options);
  std::optional<CameraMode> mode;
  {
    const FileDescriptor device(DeviceOf(index));
    CheckIsCamera(device, index);
    CheckIsFree(device, index);
    mode = ModeFor(ModesOf(device), options);
  }
  return WithOpenCv(NameOf(index), [&]() -> std::unique_ptr<FrameSource> {
    return std::make_unique<CameraSource>(index, options, mode);
  });
}

}  // namespace nosetip
