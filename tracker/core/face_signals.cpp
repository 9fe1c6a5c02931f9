#include "tracker/core/face_signals.h"

namespace nosetip {

std::span<const SignalInfo, kSignals> SignalInfos() {
  static constexpr std::array<SignalInfo, kSignals> kInfos = {
      SignalInfo{"eye_open_right", "Right eye open"},
      SignalInfo{"eye_open_left", "Left eye open"},
      SignalInfo{"mouth_open", "Mouth open"},
      SignalInfo{"mouth_width", "Mouth width", -1.0F},
      SignalInfo{"smile", "Smile"},
      SignalInfo{"brow_up_right", "Right brow up", -1.0F},
      SignalInfo{"brow_up_left", "Left brow up", -1.0F},
      SignalInfo{"jaw_left_right", "Jaw right to left", -1.0F},
      SignalInfo{"head_yaw", "Head yaw", -90.0F, 90.0F, 2},
      SignalInfo{"head_pitch", "Head pitch", -90.0F, 90.0F, 2},
      SignalInfo{"head_roll", "Head roll", -180.0F, 180.0F, 2},
  };
  return kInfos;
}

}  // namespace nosetip
