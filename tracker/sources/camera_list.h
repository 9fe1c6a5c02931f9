// The cameras of this machine.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nosetip {

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
