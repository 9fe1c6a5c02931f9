#include "tracker/stream/osc_bundle.h"

#include <cstddef>

#include <lo/lo_lowlevel.h>

namespace nosetip {

OscBundle::OscBundle() : bundle_(lo_bundle_new(LO_TT_IMMEDIATE)) {}

OscBundle::~OscBundle() { lo_bundle_free_recursive(static_cast<lo_bundle>(bundle_)); }

void OscBundle::AddInt(const std::string& address, int value) {
  lo_message const message = lo_message_new();
  lo_message_add_int32(message, value);
  lo_bundle_add_message(static_cast<lo_bundle>(bundle_), address.c_str(), message);
}

void OscBundle::AddFloats(const std::string& address, std::span<const float> values,
                          const std::string& text) {
  lo_message const message = lo_message_new();
  if (!text.empty()) lo_message_add_string(message, text.c_str());
  for (const float value : values) lo_message_add_float(message, value);
  lo_bundle_add_message(static_cast<lo_bundle>(bundle_), address.c_str(), message);
}

std::string OscBundle::Bytes() const {
  const auto bundle = static_cast<lo_bundle>(bundle_);
  size_t size = lo_bundle_length(bundle);
  std::string bytes(size, '\0');
  lo_bundle_serialise(bundle, bytes.data(), &size);
  return bytes;
}

}  // namespace nosetip
