// Which cameras there are, what they can send by their drivers (Video4Linux), and what to ask for.
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

// One mode per size, that of the highest rate; MJPG where they are equal. For a list to choose
// from.
std::vector<CameraMode> BestModes(std::span<const CameraMode> modes);

// The mode to open a camera in: the best one of the wanted size; nothing where no size is wanted or
// the camera does not have it, and the driver has to choose.
std::optional<CameraMode> ModeFor(std::span<const CameraMode> modes, const CameraOptions& options);

// For the user: what a camera sends in place of what it was asked for. Empty where it is the same.
std::string CameraMismatch(const CameraOptions& asked, const SourceInfo& given);

// A camera of this machine.
struct CameraEntry {
  int index = 0;     // as in /dev/video0
  std::string name;  // by the driver, such as "Integrated Camera"; may be empty
};

// Where the kernel lists cameras; other folders in tests.
struct CameraFolders {
  std::filesystem::path devices = "/dev";
  std::filesystem::path names = "/sys/class/video4linux";
};

// By ascending index. A camera's further nodes, which carry metadata and no pictures, are left out.
std::vector<CameraEntry> ListCameras(const CameraFolders& folders = {});

// "cameras here: 0 (Integrated Camera), 2; choose one by its number" or that there is none.
std::string DescribeCameras(const std::vector<CameraEntry>& cameras);

}  // namespace nosetip
