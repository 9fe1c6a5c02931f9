// Pictures of high dynamic range for a usual screen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace nosetip {

enum class HdrTransfer { kPq, kHlg };  // SMPTE ST 2084; ARIB STD-B67

// Maps BT.2020 with either transfer function to BT.709 with sRGB's: diffuse white (203 cd/m2, ITU-R
// BT.2408) becomes nearly white, and what is brighter is compressed. Tables only, so that a 1080p
// frame takes a few milliseconds.
class ToneMap {
 public:
  explicit ToneMap(HdrTransfer transfer);

  HdrTransfer transfer() const { return transfer_; }
  // `count` pixels: three values of 16 bits each to three of 8.
  void Map(const uint16_t* rgb48, uint8_t* rgb, size_t count) const;

 private:
  HdrTransfer transfer_;
  std::vector<float> light_;  // by code value: 1 for diffuse white
  std::vector<float> scale_;  // by the greatest code value of a pixel
  std::vector<uint8_t> code_;
};

}  // namespace nosetip
