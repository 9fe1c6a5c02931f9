// Numbers as the bytes of a datagram, least significant first.
#pragma once

#include <bit>
#include <cstdint>
#include <string>

namespace nosetip {

class LittleEndian {
 public:
  void Byte(uint8_t value) { Append(value, 1); }
  void Int32(int32_t value) { Append(static_cast<uint32_t>(value), 4); }
  void Float32(double value) { Append(std::bit_cast<uint32_t>(static_cast<float>(value)), 4); }
  void Float64(double value) { Append(std::bit_cast<uint64_t>(value), 8); }

  const std::string& bytes() const { return bytes_; }

 private:
  void Append(uint64_t bits, int count) {
    for (int i = 0; i < count; ++i) bytes_ += static_cast<char>(bits >> (8 * i) & 0xFF);
  }

  std::string bytes_;
};

}  // namespace nosetip
