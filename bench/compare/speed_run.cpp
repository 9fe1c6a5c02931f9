#include "bench/compare/speed_run.h"

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "bench/compare/raw_clip.h"
#include "tracker/core/error.h"
#include "tracker/core/metrics.h"
#include "tracker/measure/benchmark.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {
namespace {

constexpr std::array kSizes = {SizePx{400, 300}, SizePx{640, 480}, SizePx{1280, 720}};

struct Layout {
  int columns;
  int rows;
};
constexpr std::array kLayouts = {Layout{1, 1}, Layout{2, 1}, Layout{2, 2}};

// The kernel's count since this program was loaded (VmHWM). getrusage would include the memory of
// the process that started it.
double PeakMemoryMb() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    double kib = 0.0;
    if (word == "VmHWM:" && status >> kib) return kib * 1024.0 / 1e6;
  }
  return 0.0;
}

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void ForEachFrame(const std::string& path, int count,
                  const std::function<void(int, const Frame&)>& use) {
  std::unique_ptr<FrameSource> source = OpenFrameSource(path);
  for (int i = 0; i < count; ++i) {
    FramePtr frame = source->Next();
    if (!frame) {
      source = OpenFrameSource(path);
      frame = source->Next();
    }
    if (!frame) throw Error(path + " has no frames; name a clip that shows a face");
    use(i, *frame);
  }
}

// The box of the face in each frame; where none was found, that of the frame before, or the first.
std::vector<RectF> FollowFace(const SpeedSettings& settings, int count) {
  DetectorOptions detector;
  detector.detector = settings.follower.detector;
  Tracker tracker(
      CreateYuNetDetector(detector),
      LoadLandmarker(settings.follower.model, ChooseDevice("cpu"), settings.follower.threads), {});
  std::vector<RectF> boxes;
  size_t missing = 0;
  ForEachFrame(settings.source, count, [&](int, const Frame& frame) {
    const TrackResult result = tracker.Step(frame);
    if (!result.faces.empty()) {
      boxes.resize(boxes.size() + std::exchange(missing, 0) + 1, result.faces.front().box.rect);
    } else if (boxes.empty()) {
      ++missing;
    } else {
      boxes.push_back(boxes.back());
    }
  });
  if (boxes.empty())
    throw Error("no face was found in " + settings.source + "; name a clip that shows one");
  return boxes;
}

// Nothing where Ctrl-C also ended the process that measured.
std::optional<SpeedFigures> Measured(const SpeedSettings& settings, const ContenderFiles& files,
                                     const ClipToMeasure& clip) {
  try {
    return settings.measure(files, clip);
  } catch (const Error&) {
    if (!settings.stop.stop_requested()) throw;
    return std::nullopt;
  }
}

Point2f MiddleOf(const std::vector<RectF>& boxes) {
  std::vector<Point2f> middles;
  for (const RectF& box : boxes) middles.push_back(box.Center());
  return Mean(middles);
}

}  // namespace

SpeedFigures MeasureSpeed(const ContenderFiles& files, const ClipToMeasure& clip) {
  using Clock = std::chrono::steady_clock;
  const Contender contender = MakeContender(files);
  RawClipReader reader(clip.path, clip.frame_px);
  std::vector<double> ms;
  SpeedFigures figures;
  while (const Frame* frame = reader.Next()) {
    contender.take(*frame);
    const double cpu_before = CpuSeconds();
    const auto before = Clock::now();
    const int found = contender.find();
    const std::chrono::duration<double, std::milli> passed = Clock::now() - before;
    const double cpu_s = CpuSeconds() - cpu_before;
    if (frame->id < clip.warm_up_frames) continue;
    ms.push_back(passed.count());
    figures.cpu_s_per_frame += cpu_s;
    figures.found += found;
  }
  if (ms.empty()) throw Error(clip.path + " has no frames to measure");
  const auto count = static_cast<double>(ms.size());
  figures.frames = static_cast<int>(ms.size());
  figures.frames_per_s = 1000.0 * count / std::accumulate(ms.begin(), ms.end(), 0.0);
  figures.p50_ms = Percentile(ms, 50.0);
  figures.p99_ms = Percentile(ms, 99.0);
  figures.cpu_s_per_frame /= count;
  figures.found /= count;
  figures.peak_mb = PeakMemoryMb();
  figures.how = contender.how;
  return figures;
}

std::vector<SpeedRow> CompareSpeed(const SpeedSettings& settings) {
  const int count = settings.warm_up_frames + settings.frames;
  const std::vector<RectF> boxes = FollowFace(settings, count);
  const Point2f middle = MiddleOf(boxes);
  std::vector<SpeedRow> rows;
  for (const SizePx frame_px : kSizes) {
    for (const Layout& layout : kLayouts) {
      const int faces = layout.columns * layout.rows;
      RawClip clip;
      ForEachFrame(settings.source, count, [&](int i, const Frame& frame) {
        clip.Add(faces == 1 ? FilledWith(frame.image, frame_px, middle)
                            : CopiesOfFace(frame.image, boxes[static_cast<size_t>(i)],
                                           FaceGrid{layout.columns, layout.rows, frame_px}));
      });
      for (const ContenderFiles& files : settings.contenders) {
        if (settings.stop.stop_requested()) return rows;
        const auto figures =
            Measured(settings, files, {clip.path(), frame_px, settings.warm_up_frames});
        if (!figures) return rows;
        rows.push_back({frame_px, faces, ContenderName(files), *figures});
        settings.on_row(rows.back());
      }
    }
  }
  return rows;
}

}  // namespace nosetip
