// OSC bundles (opensoundcontrol.org, 1.0) as datagrams. liblo is behind this.
#pragma once

#include <span>
#include <string>

namespace nosetip {

// To be read at once by the receiver.
class OscBundle {
 public:
  OscBundle();
  ~OscBundle();
  OscBundle(const OscBundle&) = delete;
  OscBundle& operator=(const OscBundle&) = delete;

  void AddInt(const std::string& address, int value);
  // `text` first where it is not empty.
  void AddFloats(const std::string& address, std::span<const float> values,
                 const std::string& text = "");

  std::string Bytes() const;

 private:
  void* bundle_;  // lo_bundle
};

}  // namespace nosetip
