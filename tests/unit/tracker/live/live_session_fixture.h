// A live session whose sources, detectors and landmarkers a test arranges. Its pictures say
// themselves which faces are in them, so the fakes share nothing with the test while threads run.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/fake_detector.h"
#include "tests/support/fake_landmarker.h"
#include "tests/support/scripted_source.h"
#include "tracker/core/error.h"
#include "tracker/live/live_session.h"

namespace nosetip {

// Faces are told by the picture's first row: center and a mark for each.
inline Image CodedPicture(const std::vector<Point2f>& centers) {
  constexpr int kSizePx = 256;
  Image image(kSizePx, kSizePx);
  for (size_t i = 0; i < centers.size(); ++i) {
    uint8_t* rgb = image.At(static_cast<int>(i), 0);
    rgb[0] = static_cast<uint8_t>(centers[i].x);
    rgb[1] = static_cast<uint8_t>(centers[i].y);
    rgb[2] = 1;
  }
  return image;
}

inline std::shared_ptr<FakeScene> SceneOf(const Image& image) {
  auto scene = std::make_shared<FakeScene>();
  for (int i = 0; image.At(i, 0)[2] == 1; ++i) {
    const uint8_t* rgb = image.At(i, 0);
    scene->faces.push_back({BoxAt(rgb[0], rgb[1], 40.0F)});
  }
  return scene;
}

inline std::shared_ptr<Frame> CodedFrame(int64_t id, double pts_s,
                                         const std::vector<Point2f>& centers) {
  auto frame = std::make_shared<Frame>();
  frame->id = id;
  frame->pts_s = pts_s;
  frame->captured_at = std::chrono::steady_clock::now();
  frame->image = CodedPicture(centers);
  return frame;
}

// One face, in the middle.
inline std::shared_ptr<Frame> PlainFrame(int64_t id, double pts_s) {
  return CodedFrame(id, pts_s, {{128.0F, 128.0F}});
}

// Any thread may read and write.
struct DetectorCalls {
  std::atomic<int> whole_frame = 0;
  std::mutex mutex;
  std::set<std::thread::id> threads;
};

class CodedDetector final : public FaceDetector {
 public:
  explicit CodedDetector(std::shared_ptr<DetectorCalls> calls, std::string problem = "")
      : calls_(std::move(calls)), problem_(std::move(problem)) {}

  std::vector<FaceBox> Detect(const Image& image) override {
    ++calls_->whole_frame;
    {
      const std::lock_guard lock(calls_->mutex);
      calls_->threads.insert(std::this_thread::get_id());
    }
    if (!problem_.empty()) throw Error(problem_);
    return FakeDetector(SceneOf(image)).Detect(image);
  }
  std::vector<FaceBox> DetectIn(const Image& image, const RectF& region, int input_px,
                                float min_score) override {
    return FakeDetector(SceneOf(image)).DetectIn(image, region, input_px, min_score);
  }

 private:
  std::shared_ptr<DetectorCalls> calls_;
  std::string problem_;
};

class CodedLandmarker final : public Landmarker {
 public:
  // Calls `before` for each picture, on the thread that tracks.
  explicit CodedLandmarker(const LandmarkSchema& schema = Ibug68(),
                           std::function<void()> before = nullptr)
      : schema_(schema), before_(std::move(before)) {}

  const LandmarkSchema& schema() const override { return schema_; }
  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    if (before_) before_();
    return FakeLandmarker(SceneOf(image), schema_).Locate(image, boxes);
  }

 private:
  const LandmarkSchema& schema_;
  std::function<void()> before_;
};

class LiveSessionTest : public ::testing::Test {
 protected:
  static LiveParts Parts(std::function<void()> before = nullptr,
                         const LandmarkSchema& schema = Ibug68()) {
    LiveParts parts;
    parts.detector = std::make_unique<CodedDetector>(std::make_shared<DetectorCalls>());
    parts.landmarker = std::make_unique<CodedLandmarker>(schema, std::move(before));
    return parts;
  }

  // Each source that is opened asks `script`.
  static LiveSetup Setup(std::string source, ScriptedSource::Script script) {
    LiveSetup setup;
    setup.source = std::move(source);
    setup.make_parts = [] { return Parts(); };
    setup.capture.open_source = [script = std::move(script)](const std::string& name,
                                                             const CameraOptions&,
                                                             const std::stop_token&) {
      return std::make_unique<ScriptedSource>(name, script);
    };
    setup.capture.retry = {std::chrono::milliseconds(1), std::chrono::milliseconds(4)};
    return setup;
  }

  // `count` frames that are `frame_s` apart.
  static ScriptedSource::Script Clip(int64_t count, double frame_s = 0.001) {
    return [=](int64_t id) -> FramePtr {
      return id < count ? PlainFrame(id, frame_s * static_cast<double>(id)) : nullptr;
    };
  }

  // Far more time than it takes; false is a failure whatever the machine.
  static bool Eventually(const std::function<bool()>& holds) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > give_up) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
  }
  static bool Reaches(const LiveSession& session, LiveState state) {
    return Eventually([&] { return session.Status().state == state; });
  }
  static bool Tracks(const LiveSession& session, int64_t frames) {
    return Eventually([&] { return session.Status().tracked >= frames; });
  }
  // For what must not happen: it gets this long to happen.
  static void GiveItAChance() { std::this_thread::sleep_for(std::chrono::milliseconds(30)); }

  // The next result of any source, waited for.
  static LiveFrame NextResult(LiveSession& session) {
    std::optional<LiveFrame> latest;
    EXPECT_TRUE(Eventually([&] {
      latest = session.TakeLatest();
      return latest.has_value();
    }));
    return latest.value_or(LiveFrame{});
  }
};

}  // namespace nosetip
