// Runs a live session for a while and does to it what users do: recordings and screenshots, other
// sources, other models, pauses, seeks. Prints how much memory it takes as it goes; fails where
// that grows, where a recording does not hold its frames or something was said to be wrong.
//
//   live_soak SECONDS      memory is judged in runs of five minutes and more
//
// For leaks and races build it with the presets asan and tsan.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "gui/media/gallery.h"
#include "gui/media/recorder.h"
#include "gui/media/screenshot.h"
#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/live/live_session.h"
#include "tracker/model/landmarker.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kSecondsForMemory = 300;
const char* const kClips[] = {NOSETIP_SAMPLE_FOLDER "/sample.mp4",
                              NOSETIP_SAMPLE_FOLDER "/sample_leave.mp4"};

std::unique_ptr<FaceDetector> MakeDetector() {
  DetectorOptions options;
  options.detector = AssetPath("models/face_detector.onnx").string();
  return CreateYuNetDetector(options);
}

LiveParts MakeParts(const std::string& model) {
  constexpr int kThreads = 1;
  const std::string path = AssetPath("models/" + model).string();
  return {MakeDetector(), MakeDetector(), LoadLandmarker(path, ChooseDevice("cpu"), kThreads), {}};
}

double ResidentMb() {
  std::ifstream file("/proc/self/statm");
  int64_t size = 0;
  int64_t resident = 0;
  file >> size >> resident;
  return static_cast<double>(resident * sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

ptrdiff_t OpenFiles() {
  return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
}

double Mean(const std::vector<double>& values, size_t from, size_t to) {
  const auto begin = values.begin() + static_cast<ptrdiff_t>(from);
  const auto end = values.begin() + static_cast<ptrdiff_t>(to);
  return std::accumulate(begin, end, 0.0) / static_cast<double>(to - from);
}

class Soak {
 public:
  explicit Soak(int seconds)
      : seconds_(seconds),
        gallery_(folder_.path()),
        session_(std::make_unique<LiveSession>(Setup())) {
    session_->SetLoop(true);
  }

  // How many things went wrong.
  int Run() {
    for (int second = 0; second < seconds_; ++second) {
      const auto until = start_ + std::chrono::seconds(second + 1);
      while (Clock::now() < until) {
        if (auto live = session_->TakeLatest()) latest_ = std::move(live);
        std::this_thread::sleep_for(std::chrono::milliseconds(16));
      }
      Meddle(second);
      Look(second);
    }
    Close();
    JudgeMemory();
    return problems_;
  }

 private:
  LiveSetup Setup() {
    LiveSetup setup;
    setup.source = kClips[0];
    setup.make_parts = [] { return MakeParts("face68.safetensors"); };
    setup.on_tracked = [this](const LiveFrame& live) { recorder_.OnTracked(live); };
    return setup;
  }

  // Periods without a common factor, so that everything meets everything.
  void Meddle(int second) {
    if (second % 5 == 1) recorder_.Start({.folder = folder_.path(), .view = {}});
    if (second % 5 == 4) recorder_.Stop();
    if (second % 3 == 2 && latest_) {
      saver_.Save(*latest_, {.folder = folder_.path(), .view = {{}, second % 2 == 0}});
    }
    if (second % 7 == 6) session_->SetSource(kClips[second / 7 % 2]);
    if (second % 11 == 5) session_->SeekTo(1.0);
    if (second % 13 == 7) session_->Pause();
    if (second % 13 == 8) session_->Resume();
    if (second % 17 == 3) {
      session_->SetTracker([nose = second % 2 == 0] {
        return MakeParts(nose ? "nose.safetensors" : "face68.safetensors");
      });
    }
    if (second % 4 == 3) {
      CheckMedia();
      gallery_.Refresh();
    }
  }

  void Look(int second) {
    const LiveStatus status = session_->Status();
    for (const std::string& message :
         {status.message, status.tracker_message, status.tracking_message,
          recorder_.Status().message, saver_.Status().message, gallery_.Contents()->message}) {
      if (!message.empty()) Complain(message);
    }
    memory_mb_.push_back(ResidentMb());
    const int every = std::max(1, seconds_ / 30);
    if (second % every != every - 1) return;
    std::printf(
        "%5d s  %7.1f MB  %3td files open  %lld frames of source %lld tracked, %d recordings, "
        "%d screenshots\n",
        second + 1, memory_mb_.back(), OpenFiles(), static_cast<long long>(status.tracked),
        static_cast<long long>(status.source_serial), recordings_, saver_.Status().saved);
    std::fflush(stdout);
  }

  // Finished recordings have as many rows as frames; old files make room for new ones.
  void CheckMedia() {
    const RecorderStatus status = recorder_.Status();
    if (status.state != RecorderState::kIdle || status.parts.empty()) return;
    int64_t frames = 0;
    for (const RecordingPart& part : status.parts) {
      const auto video = OpenFrameSource(part.video.string());
      while (video->Next()) ++frames;
    }
    if (frames != status.frames) {
      Complain("a recording has " + std::to_string(frames) + " of " +
               std::to_string(status.frames) + " frames");
    }
    ++recordings_;
    const std::vector<MediaFiles> media = ListMedia(folder_.path());
    constexpr size_t kKept = 20;
    for (size_t i = kKept; i < media.size(); ++i) {
      for (const fs::path& path : {media[i].path, media[i].clean, media[i].data}) fs::remove(path);
    }
  }

  void Close() {
    recorder_.Start({.folder = folder_.path(), .view = {}});
    const auto start = Clock::now();
    // The machine may be a slow one: how long it took is for the reader to judge.
    if (!session_->Close(std::chrono::minutes(1))) Complain("closing left something behind");
    recorder_.Stop();
    std::printf("closed in %.3f s while recording\n",
                std::chrono::duration<double>(Clock::now() - start).count());
  }

  void JudgeMemory() {
    const size_t half = memory_mb_.size() / 2;
    if (half < 2) return;
    const double early_mb = Mean(memory_mb_, half / 2, half);
    const double late_mb = Mean(memory_mb_, half + half / 2, memory_mb_.size());
    std::printf("memory: %.1f MB in the second quarter, %.1f MB in the last, %.1f MB at most\n",
                early_mb, late_mb, *std::max_element(memory_mb_.begin(), memory_mb_.end()));
    const bool grows = late_mb > 1.05 * early_mb + 10.0;
    if (grows && seconds_ >= kSecondsForMemory) Complain("memory grows");
  }

  void Complain(const std::string& problem) {
    ++problems_;
    std::printf("problem: %s\n", problem.c_str());
  }

  const int seconds_;
  const Clock::time_point start_ = Clock::now();
  const TempFolder folder_;
  Recorder recorder_;
  ScreenshotSaver saver_;
  Gallery gallery_;
  std::optional<LiveFrame> latest_;
  std::vector<double> memory_mb_;
  int recordings_ = 0;
  int problems_ = 0;
  std::unique_ptr<LiveSession> session_;  // last: it calls the recorder
};

}  // namespace
}  // namespace nosetip

int main(int count, char** arguments) {
  try {
    const int seconds = count > 1 ? std::atoi(arguments[1]) : 60;
    return nosetip::Soak(seconds).Run() == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::printf("live_soak: %s\n", error.what());
    return 2;
  }
}
