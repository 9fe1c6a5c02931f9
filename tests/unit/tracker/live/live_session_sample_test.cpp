// A live session with the shipped models on the sample clip.
#include <gtest/gtest.h>

#include "tests/unit/tracker/live/live_session_fixture.h"
#include "tracker/core/environment.h"
#include "tracker/signals/signal_meter.h"

namespace nosetip {
namespace {

constexpr int64_t kFrames = 45;
constexpr int kThreads = 1;
const char* const kClip = NOSETIP_SAMPLE_FOLDER "/sample.mp4";

std::unique_ptr<FaceDetector> OwnDetector() {
  DetectorOptions options;
  options.detector = AssetPath("models/face_detector.onnx").string();
  return CreateYuNetDetector(options);
}

std::unique_ptr<Landmarker> OwnLandmarker() {
  return LoadLandmarker(AssetPath("models/face68.safetensors").string(), ChooseDevice("cpu"),
                        kThreads);
}

// The clip's first frames.
std::unique_ptr<FrameSource> OpenStart(const std::string& name, const CameraOptions& camera,
                                       const std::stop_token& stop) {
  std::shared_ptr<FrameSource> whole = OpenFrameSource(name, camera, stop);
  return std::make_unique<ScriptedSource>(
      name, [whole](int64_t id) { return id < kFrames ? whole->Next() : nullptr; });
}

using LiveSessionSample = LiveSessionTest;

TEST_F(LiveSessionSample, GivesThePointsAndSignalsThatATrackerGivesFrameByFrame) {
  std::vector<TrackResult> expected;
  Tracker tracker(OwnDetector(), OwnLandmarker(), {});
  const auto source = OpenStart(kClip, {}, {});
  SignalMeter meter(tracker.schema());
  while (const FramePtr frame = source->Next()) {
    expected.push_back(tracker.Step(*frame));
    meter.Measure(expected.back());
  }
  ASSERT_EQ(expected.size(), static_cast<size_t>(kFrames));

  LiveSetup setup = Setup(kClip, nullptr);
  setup.capture.open_source = OpenStart;
  setup.make_parts = [] { return LiveParts{OwnDetector(), OwnDetector(), OwnLandmarker(), {}}; };
  LiveSession session(std::move(setup));
  int64_t last_id = -1;
  int results = 0;
  while (last_id + 1 < kFrames && !HasFailure()) {
    const LiveFrame live = NextResult(session);
    ASSERT_NE(live.frame, nullptr) << session.Status().message << session.Status().tracker_message;
    last_id = live.frame->id;
    ++results;
    const TrackResult& wanted = expected.at(static_cast<size_t>(last_id));
    ASSERT_EQ(live.result.faces.size(), 1U) << "frame " << last_id;
    ASSERT_EQ(wanted.faces.size(), 1U);
    EXPECT_EQ(live.result.faces[0].id, wanted.faces[0].id);
    for (size_t k = 0; k < 68; ++k) {
      EXPECT_LT(Distance(live.result.faces[0].landmarks.points_px.at(k),
                         wanted.faces[0].landmarks.points_px.at(k)),
                0.01F)
          << "point " << k << " of frame " << last_id;
    }
    ASSERT_TRUE(live.result.faces[0].signals) << "frame " << last_id;
    for (size_t i = 0; i < kSignals; ++i) {
      EXPECT_NEAR(live.result.faces[0].signals->values[i], wanted.faces[0].signals->values[i], 0.01)
          << SignalInfos()[i].name << " of frame " << last_id;
    }
  }
  EXPECT_TRUE(Tracks(session, kFrames));
  EXPECT_EQ(session.Status().dropped, 0);
  EXPECT_GT(results, 1);
}

}  // namespace
}  // namespace nosetip
