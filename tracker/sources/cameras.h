// What a camera can send, by its driver (Video4Linux), and which of it to ask for.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

struct CameraMode {
  std::string format;  // the driver's four letters: "MJPG", "YUYV"
  SizePx size_px;
  std::vector<double> rates_hz;  // highest first; empty where the driver does not say

  double BestRateHz() const { return rates_hz.empty() ? 0.0 : rates_hz.front(); }
};

// A system call VIDIOC_...: its request and the structure for it. False at the end of a list.
using CameraQuery = std::function<bool(unsigned long request, void* argument)>;

// The modes that can be decoded here, largest first; of one size MJPG first. A driver that names
// ranges in place of sizes or rates gets the common ones in them.
std::vector<CameraMode> QueryCameraModes(const CameraQuery& query);

// Those of /dev/videoINDEX, also while it is in use. Throws Error as OpenCamera does where it is
// not there or may not be opened. May take some tenths of a second.
std::vector<CameraMode> ListCameraModes(int index);

// One mode of each size, that of the highest rate; MJPG where they are equal. For a list to choose
// from.
std::vector<CameraMode> BestModes(std::span<const CameraMode> modes);

// The mode to open a camera in: the best of the size that is asked for, if there is one; nothing
// where no size is asked for or the camera has none such, which the driver then decides on.
std::optional<CameraMode> ModeFor(std::span<const CameraMode> modes, const CameraOptions& options);

// Where a camera sends something else than it was asked for: what, in the user's words. Else empty.
std::string CameraMismatch(const CameraOptions& asked, const SourceInfo& given);

// The cameras of this machine.

struct CameraEntry {
  int index = 0;     // as in /dev/video0
  std::string name;  // the driver's, such as "Integrated Camera"; empty where it gives none
};

// Where the kernel lists them; other folders in tests.
struct CameraFolders {
  std::filesystem::path devices = "/dev";
  std::filesystem::path names = "/sys/class/video4linux";
};

// By ascending index. A camera's further nodes, which carry metadata and no pictures, are left out.
std::vector<CameraEntry> ListCameras(const CameraFolders& folders = {});

// "cameras here: 0 (Integrated Camera), 2; choose one by its number" or that there is none.
std::string DescribeCameras(const std::vector<CameraEntry>& cameras);

}  // namespace nosetip
