#include "tracker/stream/opentrack.h"

#include <numbers>

#include "tracker/stream/little_endian.h"

namespace nosetip {

std::string OpentrackDatagram(const StreamFrame& frame) {
  const TrackedFace* main = MainFace(frame);
  if (main == nullptr || !main->pose) return "";
  constexpr double kCmPerMm = 0.1, kDegPerRad = 180.0 / std::numbers::pi;
  const auto& [x, y, z] = main->pose->translation_mm;
  const auto& [pitch, yaw, roll] = main->pose->rotation_rad;
  LittleEndian datagram;
  for (const float mm : {-x, -y, z}) datagram.Float64(kCmPerMm * static_cast<double>(mm));
  for (const float rad : {yaw, -pitch, -roll}) {
    datagram.Float64(kDegPerRad * static_cast<double>(rad));
  }
  return datagram.bytes();
}

}  // namespace nosetip
