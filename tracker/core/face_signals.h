// What a face does, as numbers per frame; tracker/signals measures them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace nosetip {

// Right and left are the person's: the right eye has points 36 to 41 of ibug68 and is on the left
// in a picture that is not mirrored.
//
// All but the head's angles are measured on points that are turned to face the camera
// (FrontalPoints) and compared with the person's neutral face (NeutralFace). Lengths are in
// millimeters of an average head. 1 stands for what 1 % of the labeled faces of 300-W (Sagonas et
// al., ICCV-W 2013) exceed, measured in the same way, unless noted. "p" is a point, "p|q" a
// distance.
enum class Signal {
  // 0 shut to 1 as open as usual: (e - s) / (o - s), cut to 0...1. e is the eye aspect ratio
  // (37|41 + 38|40) / (2 36|39) of Soukupova and Cech (CVWW 2016), o this person's usual one and s
  // this person's shut one.
  kEyeOpenRight,
  kEyeOpenLeft,  // points 42 to 47
  // 0 shut to 1: 62|66 beyond neutral, over 27 mm.
  kMouthOpen,
  // -1 narrow to 1 wide: 48|54 beyond neutral, over 24 mm.
  kMouthWidth,
  // 0 to 1: how far the corners of the mouth, 48 and 54, have moved outward and up at 45 degrees,
  // which is where the zygomatic muscle pulls them; the mean of both beyond neutral, over 15 mm.
  kSmile,
  // -1 lowered to 1 raised: the mean height of the brow's points over the line through the eyes'
  // outer corners, beyond neutral, over 11.5 mm.
  kBrowUpRight,
  kBrowUpLeft,
  // -1 to the person's right to 1 to the left: the mean x of the chin (8) and the lower lip (57)
  // less that of the nose (27, 33), beyond neutral, over 10 mm, which is about as far as jaws go.
  kJawLeftRight,
  // Degrees, the angles of HeadPose. Positive: to the person's right, down, clockwise on the
  // screen. Against the camera's axes, not the neutral face.
  kHeadYaw,
  kHeadPitch,
  kHeadRoll,
};

inline constexpr size_t kSignals = 11;
inline constexpr size_t kExpressionSignals = 8;  // those before the head's angles

struct SignalInfo {
  std::string_view name;   // of columns: "eye_open_right"
  std::string_view label;  // for people: "Right eye open"
  float low = 0.0F;
  float high = 1.0F;
  int decimals = 3;
};

// In the order of Signal.
std::span<const SignalInfo, kSignals> SignalInfos();

// Both eyes shut for a moment. Times are those of the frames' timestamps, between two frames where
// the eyes cross half of their usual opening.
struct Blink {
  double start_s = 0.0;
  double end_s = 0.0;
  float depth = 0.0F;  // 1 less the mean of both eyes' signals at the lowest: 1 for shut eyes

  double Seconds() const { return end_s - start_s; }
};

struct FaceSignals {
  std::array<float, kSignals> values{};
  // 0 to 1: the mean confidence of the points that each is measured on; 1 where the model gives
  // none.
  std::array<float, kSignals> confidence{};
  std::optional<Blink> blink{};  // that ended with this frame

  float operator[](Signal signal) const { return values[static_cast<size_t>(signal)]; }
};

}  // namespace nosetip
