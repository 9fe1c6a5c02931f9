// How much the signals of photographs of one person change with the head's direction, with and
// without turning the points to face the camera.
#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <optional>
#include <string>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tests/support/upright_points.h"
#include "tracker/core/environment.h"
#include "tracker/signals/neutral_face.h"
#include "tracker/signals/signal_meter.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

using Values = std::array<double, kExpressionSignals>;

struct Measured {
  Values turned{};  // by the head pose, as SignalMeter does
  Values plain{};   // only upright, and scaled by the distance of the eyes
};

std::optional<Measured> Measure(Tracker& tracker, const std::string& picture) {
  tracker.Reset();
  TrackResult result = tracker.Step(*OpenFrameSource(picture)->Next());
  SignalMeter(tracker.schema()).Measure(result);
  if (result.faces.empty() || !result.faces[0].signals) return std::nullopt;
  Measured measured;
  for (size_t i = 0; i < kExpressionSignals; ++i) {
    measured.turned[i] = result.faces[0].signals->values[i];
    const SignalInfo& info = SignalInfos()[i];
    const auto plain =
        NeutralFace().Compare(MeasuresOf(UprightPoints(result.faces[0].landmarks.points_px)));
    measured.plain[i] =
        std::clamp(plain[i], static_cast<double>(info.low), static_cast<double>(info.high));
  }
  return measured;
}

TEST(TurnedFaces, ChangeTheirSignalsLessThanPlainPointsDo) {
  const auto folder = SharedPath("data/imm58");
  if (!folder) GTEST_SKIP() << "needs ../shared/data/imm58";
  DetectorOptions detector;
  detector.detector = AssetPath("models/face_detector.onnx").string();
  Tracker tracker(
      CreateYuNetDetector(detector),
      LoadLandmarker(AssetPath("models/face68.safetensors").string(), ChooseDevice("cpu"), 1), {});
  Values turned{}, plain{};
  int pairs = 0;
  for (int person = 1; person <= 40; ++person) {
    const auto photograph = [&](int type) {
      for (const char* sex : {"m", "f"}) {
        const auto path = *folder / fmt::format("{:02}-{}{}.jpg", person, type, sex);
        if (std::filesystem::exists(path)) return Measure(tracker, path.string());
      }
      return std::optional<Measured>();
    };
    const auto facing = photograph(1);
    for (const int type : {3, 4}) {  // about 30 degrees to the right and to the left
      const auto side = photograph(type);
      if (!facing || !side) continue;
      ++pairs;
      for (size_t i = 0; i < kExpressionSignals; ++i) {
        turned[i] += std::abs(side->turned[i] - facing->turned[i]);
        plain[i] += std::abs(side->plain[i] - facing->plain[i]);
      }
    }
  }
  ASSERT_GT(pairs, 70);
  for (size_t i = 0; i < kExpressionSignals; ++i) {
    turned[i] /= pairs;
    plain[i] /= pairs;
    std::cout << fmt::format("{:<15}  {:.3f}  {:.3f}\n", SignalInfos()[i].name, turned[i],
                             plain[i]);
    EXPECT_LT(turned[i], 0.2) << SignalInfos()[i].name;
  }
  for (const Signal signal : {Signal::kBrowUpRight, Signal::kBrowUpLeft, Signal::kJawLeftRight}) {
    EXPECT_LT(turned[static_cast<size_t>(signal)], 0.6 * plain[static_cast<size_t>(signal)])
        << SignalInfos()[static_cast<size_t>(signal)].name;
  }
}

}  // namespace
}  // namespace nosetip
