#include "tracker/measure/benchmark.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <opencv2/imgproc.hpp>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/output/video_writer.h"
#include "tracker/sources/frame_source.h"
#include "tracker/tracking/stage_timer.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr std::array kCopiesPerSide = {1, 2, 4};

enum Stage : size_t { kDecode, kDetect, kCrop, kLandmark, kSmooth, kDraw, kEncode, kAll, kStages };
constexpr std::array<const char*, kStages> kNames = {"decode", "detect", "crop",   "landmark",
                                                     "smooth", "draw",   "encode", "all"};

// The frames of a source over and over.
class EndlessClip {
 public:
  explicit EndlessClip(std::string path)
      : path_(std::move(path)), source_(OpenFrameSource(path_)) {}

  FramePtr Next(double& decode_ms) {
    FramePtr frame = Decode(decode_ms);
    if (frame) return frame;
    source_ = OpenFrameSource(path_);
    decode_ms = 0.0;
    frame = Decode(decode_ms);
    if (!frame) throw Error(path_ + " has no frames; name a clip that shows a face");
    return frame;
  }

 private:
  FramePtr Decode(double& decode_ms) {
    const StageTimer timer(decode_ms);
    return source_->Next();
  }

  std::string path_;
  std::unique_ptr<FrameSource> source_;
};

// Holds the video, which is deleted in the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    path_ = fs::temp_directory_path() / fmt::format("nosetip-benchmark-{}", ::getpid());
    fs::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string Video() const { return (path_ / "benchmark.mp4").string(); }

 private:
  fs::path path_;
};

class Measurement {
 public:
  Measurement(const BenchmarkSettings& settings, Tracker& tracker)
      : settings_(settings), tracker_(tracker) {}

  Benchmark Run() {
    Benchmark benchmark;
    for (const int per_side : kCopiesPerSide) {
      std::optional<BenchmarkRun> run = Measure(per_side);
      if (!run) break;
      benchmark.runs.push_back(std::move(*run));
    }
    benchmark.frame_px = frame_px_;
    return benchmark;
  }

 private:
  std::optional<BenchmarkRun> Measure(int per_side) {
    BenchmarkRun run;
    run.faces = per_side * per_side;
    for (const char* name : kNames) run.stages.push_back({name, {}});
    EndlessClip clip(settings_.source);
    std::optional<VideoWriter> writer;
    tracker_.Reset();
    for (int i = 0; i < settings_.warm_up_frames + settings_.frames; ++i) {
      if (settings_.stop.stop_requested()) return std::nullopt;
      std::array<double, kStages> ms{};
      const FramePtr frame = clip.Next(ms[kDecode]);
      const TrackResult result = TrackAndWrite(*Copied(frame, per_side), writer, ms);
      if (per_side == 1) Remember(result);
      if (i < settings_.warm_up_frames) continue;
      run.followed += static_cast<double>(result.faces.size()) / settings_.frames;
      for (size_t stage = 0; stage < kStages; ++stage) run.stages[stage].ms.push_back(ms[stage]);
    }
    return run;
  }

  // The frame itself, or copies of the face that was followed in it.
  FramePtr Copied(const FramePtr& frame, int per_side) {
    if (per_side == 1) return frame;
    auto copied = std::make_shared<Frame>();
    copied->id = frame->id;
    copied->captured_at = frame->captured_at;
    copied->pts_s = frame->pts_s;
    copied->image = CopiesOfFace(frame->image, FaceIn(frame->id), per_side);
    return copied;
  }

  TrackResult TrackAndWrite(const Frame& frame, std::optional<VideoWriter>& writer,
                            std::array<double, kStages>& ms) {
    frame_px_ = {frame.image.width_px, frame.image.height_px};
    if (!writer) writer.emplace(WriterOptions());
    ms[kAll] = ms[kDecode];
    const StageTimer all(ms[kAll]);
    TrackResult result = tracker_.Step(frame);
    const StageTimings& timings = result.timings;
    ms[kDetect] = timings.detect_ms;
    ms[kCrop] = timings.crop_ms;
    ms[kLandmark] = timings.landmark_ms - timings.crop_ms;
    ms[kSmooth] = timings.smooth_ms;
    Image drawn;
    {
      const StageTimer timer(ms[kDraw]);
      drawn = DrawOverlay(frame.image, result, tracker_.schema(), settings_.overlay);
    }
    const StageTimer timer(ms[kEncode]);
    writer->Write(drawn, 0.04 * static_cast<double>(written_++));
    return result;
  }

  VideoOptions WriterOptions() const { return {.path = folder_.Video(), .size_px = frame_px_}; }

  void Remember(const TrackResult& result) {
    const auto index = static_cast<size_t>(result.frame_id);
    if (index >= faces_.size()) faces_.resize(index + 1);
    if (!result.faces.empty()) faces_[index] = result.faces.front().box.rect;
  }

  // The face of the frame; where none was found, that of the nearest frame before, else the first.
  RectF FaceIn(int64_t frame_id) const {
    for (size_t i = std::min(static_cast<size_t>(frame_id) + 1, faces_.size()); i-- > 0;) {
      if (faces_[i]) return *faces_[i];
    }
    for (const auto& face : faces_) {
      if (face) return *face;
    }
    throw Error(
        fmt::format("no face was found in the first {} frames of {}; name a clip that shows "
                    "one",
                    faces_.size(), settings_.source));
  }

  const BenchmarkSettings& settings_;
  Tracker& tracker_;
  TemporaryFolder folder_;
  SizePx frame_px_;
  int64_t written_ = 0;                      // frames, over all runs
  std::vector<std::optional<RectF>> faces_;  // by the frame's id
};

}  // namespace

std::span<const Field<BenchmarkOptions>> BenchmarkOptions::Fields() {
  static const auto kFields = std::to_array<Field<BenchmarkOptions>>({
      {"benchmark", &BenchmarkOptions::benchmark,
       "Print the time per stage with 1, 4 and 16 faces, on the input or the sample clip; write no "
       "files."},
      {"no-smooth", &BenchmarkOptions::no_smooth,
       "Run --benchmark without smoothing, which it measures by default."},
      {"json", &BenchmarkOptions::json, "Write the results of --benchmark to this JSON file."},
  });
  return kFields;
}

Benchmark RunBenchmark(const BenchmarkSettings& settings, Tracker& tracker) {
  const SourceKind kind = KindOfSource(settings.source);
  if (kind == SourceKind::kCamera || kind == SourceKind::kStream) {
    throw Error(
        "--benchmark reads its frames more than once, which a camera or stream cannot repeat; name "
        "a clip, or none for the sample clip");
  }
  return Measurement(settings, tracker).Run();
}

Image CopiesOfFace(const Image& image, const RectF& face, int per_side) {
  return CopiesOfFace(image, face, {per_side, per_side, {image.width_px, image.height_px}});
}

Image CopiesOfFace(const Image& image, const RectF& face, const FaceGrid& grid) {
  Check(!image.Empty() && grid.columns > 0 && grid.rows > 0 && face.Area() > 0.0F,
        "a face in a picture to copy");
  constexpr float kSurroundings = 1.8F;  // sides of the face
  Image copies(grid.frame_px.width, grid.frame_px.height);
  const cv::Mat target = MatView(copies);
  const auto corner = [&](int column, int row) {
    return cv::Point{column * target.cols / grid.columns, row * target.rows / grid.rows};
  };
  WithOpenCv("copies of a face", [&] {
    for (int row = 0; row < grid.rows; ++row) {
      for (int column = 0; column < grid.columns; ++column) {
        const cv::Rect cell(corner(column, row), corner(column + 1, row + 1));
        const float scale = static_cast<float>(std::min(cell.width, cell.height)) /
                            (kSurroundings * std::max(face.width, face.height));
        const Point2f middle{0.5F * static_cast<float>(cell.width - 1),
                             0.5F * static_cast<float>(cell.height - 1)};
        const Affine2 cell_from_image =
            Affine2::Similarity(scale, 0.0F, middle - scale * face.Center());
        const cv::Mat matrix(2, 3, CV_32F, const_cast<float*>(cell_from_image.m.data()));
        cv::Mat part = target(cell);
        cv::warpAffine(MatView(image), part, matrix, part.size(), cv::INTER_LINEAR,
                       cv::BORDER_REPLICATE);
      }
    }
  });
  return copies;
}

Image FilledWith(const Image& image, SizePx frame_px, Point2f middle) {
  Check(!image.Empty() && frame_px.width > 0 && frame_px.height > 0, "a picture to fill a frame");
  const float scale =
      std::max(static_cast<float>(frame_px.width) / static_cast<float>(image.width_px),
               static_cast<float>(frame_px.height) / static_cast<float>(image.height_px));
  const auto side = [scale](int frame_side, int image_side) {
    const auto part = std::lround(static_cast<float>(frame_side) / scale);
    return std::clamp(static_cast<int>(part), 1, image_side);
  };
  const auto start = [](float middle_at, int part, int whole) {
    return std::clamp(static_cast<int>(std::lround(middle_at)) - part / 2, 0, whole - part);
  };
  const int width = side(frame_px.width, image.width_px);
  const int height = side(frame_px.height, image.height_px);
  const cv::Rect part(start(middle.x, width, image.width_px),
                      start(middle.y, height, image.height_px), width, height);
  Image filled(frame_px.width, frame_px.height);
  cv::Mat target = MatView(filled);
  WithOpenCv("a picture of another size", [&] {
    cv::resize(MatView(image)(part), target, target.size(), 0, 0,
               scale < 1.0F ? cv::INTER_AREA : cv::INTER_LINEAR);
  });
  return filled;
}

}  // namespace nosetip
