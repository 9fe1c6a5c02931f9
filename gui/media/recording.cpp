#include "gui/media/recording.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/output/csv_writer.h"
#include "tracker/output/text_output.h"
#include "tracker/output/video_writer.h"
#include "tracker/signals/signal_meter.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// What must stay the same within a part.
struct PartKind {
  explicit PartKind(const LiveFrame& live)
      : source_serial(live.source_serial),
        size_px{live.frame->image.width_px, live.frame->image.height_px},
        schema(live.schema) {}
  bool operator==(const PartKind&) const = default;

  int64_t source_serial;
  SizePx size_px;
  const LandmarkSchema* schema;
};

// The pair of files that is being written.
class PartFiles {
 public:
  PartFiles(const RecordingPart& paths, GrowingText table, const LiveFrame& first)
      : kind_(first),
        csv_{.point_count = first.schema != nullptr ? first.schema->count : 0,
             .signals = first.schema != nullptr && SignalMeter::Measures(*first.schema),
             .source_columns = true},
        video_({.path = paths.video.string(),
                .size_px = kind_.size_px,
                .named = VideoWriter::Named::kFromStart}),
        table_(std::move(table)) {
    table_.Write(CsvHeader(csv_));
  }

  bool Fits(const LiveFrame& live) const { return PartKind(live) == kind_; }

  void Write(const LiveFrame& live, const DrawnView& view) {
    TrackResult in_video = live.result;
    in_video.frame_id = frames_;
    in_video.pts_s = clock_.TimeOf(live);
    video_.Write(DrawView(live, view), in_video.pts_s);
    table_.Write(
        CsvRows(csv_, in_video,
                {.source_frame = live.result.frame_id, .source_time_s = live.result.pts_s}));
    ++frames_;
  }
  void Finish() { video_.Finish(); }

  int64_t frames() const { return frames_; }
  int64_t bytes() const { return video_.bytes() + table_.bytes(); }

 private:
  PartKind kind_;
  CsvOptions csv_;
  RecordingClock clock_;
  VideoWriter video_;
  GrowingText table_;
  int64_t frames_ = 0;
};

}  // namespace

struct Recording::State {
  DrawnView view;
  fs::path stem;
  std::vector<RecordingPart> parts;
  std::optional<GrowingText> claimed;  // the table of the next part
  std::optional<PartFiles> current;
  int64_t frames_before = 0;  // in finished parts
  int64_t bytes_before = 0;

  RecordingPart PathsOf(size_t part) const {
    const std::string number = part == 0 ? "" : fmt::format("_part{}", part + 1);
    const std::string name = stem.string() + number;
    return {name + ".mp4", name + ".csv"};
  }
  void Claim() { claimed.emplace(PathsOf(parts.size()).table); }
  void BeginPart(const LiveFrame& first);
  void EndPart();
  void DropClaimed();
};

void Recording::State::BeginPart(const LiveFrame& first) {
  if (!claimed) Claim();
  const RecordingPart paths = PathsOf(parts.size());
  try {
    GrowingText table = std::move(*claimed);
    claimed.reset();
    current.emplace(paths, std::move(table), first);
  } catch (...) {
    for (const fs::path& path : {paths.video, paths.table}) {
      std::error_code ignored;
      fs::remove(path, ignored);
    }
    throw;
  }
  parts.push_back(paths);
}

void Recording::State::EndPart() {
  if (!current) return;
  PartFiles& part = *current;
  frames_before += part.frames();
  std::exception_ptr problem;
  try {
    part.Finish();
  } catch (const Error&) {
    problem = std::current_exception();
  }
  bytes_before += part.bytes();
  current.reset();
  if (problem) std::rethrow_exception(problem);
}

void Recording::State::DropClaimed() {
  if (!claimed) return;
  std::error_code ignored;
  fs::remove(claimed->path(), ignored);
  claimed.reset();
}

Recording::Recording(const RecordingOptions& options) : state_(std::make_unique<State>()) {
  MakeMediaFolder(options.folder);
  state_->view = options.view;
  state_->stem = FreshStem(options.folder, kRecordingPrefix, options.started_at);
  state_->Claim();
}

Recording::~Recording() {
  try {
    Finish();
  } catch (const std::exception&) {
    // Nobody is left to report to; earlier frames are kept.
  }
}

void Recording::Write(const LiveFrame& live) {
  State& s = *state_;
  Check(live.frame != nullptr && !live.frame->image.Empty(), "a frame to record");
  if (s.current && !s.current->Fits(live)) s.EndPart();
  if (!s.current) s.BeginPart(live);
  s.current->Write(live, s.view);
}

void Recording::Finish() {
  state_->DropClaimed();
  state_->EndPart();
}

int64_t Recording::frames() const {
  return state_->frames_before + (state_->current ? state_->current->frames() : 0);
}

int64_t Recording::bytes() const {
  return state_->bytes_before + (state_->current ? state_->current->bytes() : 0);
}

const std::vector<RecordingPart>& Recording::parts() const { return state_->parts; }

double RecordingClock::TimeOf(const LiveFrame& live) {
  if (!last_) {
    last_ = Place(live);
    return 0.0;
  }
  const Place place(live);
  const double by_clock_s =
      std::chrono::duration<double>(place.captured_at - last_->captured_at).count();
  const double by_source_s = place.pts_s - last_->pts_s;
  const bool follows = place.run == last_->run && by_source_s > 0.0;
  if (live.is_live) {
    step_s_ = by_clock_s;
  } else if (follows) {
    step_s_ = by_source_s;
  }
  time_s_ += std::max(kMinStepS, step_s_);
  last_ = place;
  return time_s_;
}

}  // namespace nosetip
