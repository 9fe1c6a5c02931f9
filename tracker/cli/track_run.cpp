#include "tracker/cli/track_run.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/core.h>

#include "tracker/cli/frame_pipeline.h"
#include "tracker/cli/run_reporter.h"
#include "tracker/core/error.h"
#include "tracker/core/start_thread.h"
#include "tracker/measure/path_stability.h"
#include "tracker/signals/signal_meter.h"

namespace nosetip {
namespace {

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

SizePx SizeOf(const Image& image) { return {image.width_px, image.height_px}; }

// Frames of one source, up to --max-frames. Keeps the errors of the source, so that they are told
// apart from those of an output. A frame that has nothing of the region to search is one.
class Reader {
 public:
  Reader(const RunSettings& settings, const std::string& source,
         const std::optional<Region>& region)
      : settings_(settings), region_(region) {
    Guard([&] { source_ = OpenFrameSource(source, settings_.camera, settings_.stop); });
  }

  const FrameSource* source() const { return source_.get(); }
  const std::string& error() const { return error_; }
  // There are no more frames, for another reason than --max-frames or a stop.
  bool AtEnd() const { return at_end_ && !settings_.stop.stop_requested(); }

  FramePtr Next() {
    FramePtr frame;
    const bool enough = settings_.max_frames > 0 && read_ >= settings_.max_frames;
    if (!source_ || enough || settings_.stop.stop_requested()) return frame;
    Guard([&] {
      FramePtr next = source_->Next();
      if (next) CheckRegion(next->image);
      frame = std::move(next);
    });
    ++read_;
    at_end_ = frame == nullptr && error_.empty();
    if (!frame || settings_.sensor_noise == 0.0) return frame;
    return WithSensorNoise(*frame, settings_.sensor_noise);
  }

 private:
  template <typename Work>
  void Guard(Work work) {
    try {
      work();
    } catch (const Error& error) {
      // A wait that a stop has ended is no failure.
      if (!settings_.stop.stop_requested()) error_ = error.what();
    }
  }

  void CheckRegion(const Image& image) const {
    try {
      RegionIn(region_, SizeOf(image));
    } catch (const Error& error) {
      throw Error(fmt::format("{}: {}", source_->info().name, error.what()));
    }
  }

  const RunSettings& settings_;
  const std::optional<Region>& region_;
  std::unique_ptr<FrameSource> source_;
  std::string error_;
  int64_t read_ = 0;
  bool at_end_ = false;
};

std::optional<int64_t> FramesAhead(const SourceInfo& info, int64_t max_frames) {
  if (max_frames <= 0) return info.frame_count;
  return info.frame_count ? std::min(*info.frame_count, max_frames) : max_frames;
}

// All inputs of one table through one tracker.
class TableRun {
 public:
  TableRun(const RunSettings& settings, const OutputPaths& paths, RunReporter& reporter,
           TrackingParts& parts, size_t table)
      : settings_(settings),
        reporter_(reporter),
        parts_(parts),
        table_(settings.outputs.plan.tables[table]),
        outputs_(settings.outputs, paths, table, settings.stop) {
    summary_.table = table;
    const LandmarkSchema& schema = settings.outputs.schema;
    const bool sent = settings.streams != nullptr && schema.name == Ibug68().name;
    if (sent || settings.outputs.kinds.MeasureSignals()) meter_.emplace(schema);
  }

  // Returns how many inputs failed.
  int Run() {
    reporter_.Begin(summary_.table);
    parts_.tracker.StartOver();
    for (const size_t input : table_.inputs) {
      if (settings_.stop.stop_requested()) break;
      TrackOne(input);
    }
    summary_.written = outputs_.Finish();
    summary_.complete = failed_inputs_ == 0 && !settings_.stop.stop_requested();
    reporter_.End(summary_);
    return failed_inputs_;
  }

 private:
  void TrackOne(size_t index) {
    const PlannedInput& planned = settings_.outputs.plan.inputs[index];
    const auto start = std::chrono::steady_clock::now();
    Reader reader(settings_, planned.input.source, parts_.tracker.region());
    if (reader.source() != nullptr) {
      Expect(planned, reader.source()->info());
      parts_.tracker.Reset();
      if (meter_) meter_->Reset();
      outputs_.Begin(index, reader.source()->info());
      TrackFrames(reader);
      outputs_.End(reader.AtEnd());
      const SourceInfo& info = reader.source()->info();
      if (!info.note.empty()) reporter_.Note(fmt::format("{}: {}", info.name, info.note));
    }
    summary_.seconds += SecondsSince(start);
    if (reader.error().empty()) return;
    ++failed_inputs_;
    reporter_.Fail(reader.error());
  }

  void TrackFrames(Reader& reader) {
    FrameStages stages;
    stages.read = [&] { return reader.Next(); };
    stages.search = [&](const Frame& frame) { return SearchFrame(frame); };
    stages.track = [&](const Frame& frame, FrameStages::Found found) {
      return TrackFrame(frame, std::move(found));
    };
    if (settings_.streams != nullptr) {
      stages.publish = [&](const FramePtr& frame, const TrackResult& result) {
        settings_.streams->Offer(frame, result, outputs_.name_in_rows());
        for (const std::string& note : settings_.streams->TakeNotes()) reporter_.Note(note);
      };
    }
    stages.draw = [&](const Frame& frame, const TrackResult& result) {
      return outputs_.Draw(frame, result);
    };
    stages.write = [&](const Frame& frame, const TrackResult& result, std::optional<Image> drawn) {
      outputs_.Write(frame, result, std::move(drawn));
    };
    RunFrames(stages, settings_.stop);
  }

  FrameStages::Found SearchFrame(const Frame& frame) const {
    const auto& detector = parts_.search_detector;
    if (!detector || frame.id % parts_.search_interval != 0) return std::nullopt;
    return DetectWithin(*detector, frame.image,
                        RegionIn(parts_.tracker.region(), SizeOf(frame.image)), frame.is_picture);
  }

  TrackResult TrackFrame(const Frame& frame, FrameStages::Found found) {
    TrackResult result = parts_.tracker.Step(frame, std::move(found));
    if (meter_) meter_->Measure(result);
    ++summary_.frames;
    if (!result.faces.empty()) ++summary_.frames_with_face;
    if (result.left_out > summary_.left_out) {
      summary_.left_out = result.left_out;
      summary_.max_faces = parts_.tracker.max_faces();
    }
    reporter_.Tracked(summary_.table, summary_.frames, result);
    return result;
  }

  // The pictures of a table count as the frames of one input.
  void Expect(const PlannedInput& planned, const SourceInfo& info) {
    if (!summary_.name.empty()) return;
    const bool shared = table_.inputs.size() > 1;
    summary_.name = shared ? table_.name : planned.input.source;
    summary_.pictures = info.kind == SourceKind::kPicture;
    reporter_.Expect(summary_.table, shared ? static_cast<int64_t>(table_.inputs.size())
                                            : FramesAhead(info, settings_.max_frames));
  }

  const RunSettings& settings_;
  RunReporter& reporter_;
  TrackingParts& parts_;
  const PlannedTable& table_;
  TableOutputs outputs_;
  std::optional<SignalMeter> meter_;
  TableSummary summary_;
  int failed_inputs_ = 0;
};

// One run over all tables.
class JobRun {
 public:
  JobRun(const RunSettings& settings, size_t jobs, Progress& progress)
      : settings_(settings),
        paths_(settings.outputs.folder, settings.outputs.plan.inputs),
        reporter_(settings, jobs, progress) {
    if (settings.outputs.kinds.Files()) MakeOutputFolder(settings.outputs.folder);
  }

  RunOutcome TrackAll(std::span<TrackingParts> jobs) {
    {
      std::vector<std::jthread> threads;
      try {
        for (TrackingParts& parts : jobs.subspan(1)) {
          threads.push_back(StartThread([this, &parts] { TrackTablesWith(parts); }));
        }
        TrackTablesWith(jobs.front());
      } catch (const Error&) {
        End(std::current_exception());
      }
    }
    if (unexpected_) std::rethrow_exception(unexpected_);
    return {failed_inputs_, settings_.stop.stop_requested()};
  }

 private:
  void TrackTablesWith(TrackingParts& parts) {
    try {
      while (const std::optional<size_t> table = NextTable()) {
        failed_inputs_ += TableRun(settings_, paths_, reporter_, parts, *table).Run();
      }
    } catch (const Error& error) {
      // Reported now, as the tables of other jobs may take long.
      ++failed_inputs_;
      End(nullptr);
      reporter_.Fail(error.what());
    } catch (...) {
      End(std::current_exception());
    }
  }

  void End(std::exception_ptr unexpected) {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    if (!unexpected_) unexpected_ = std::move(unexpected);
  }

  std::optional<size_t> NextTable() {
    const std::lock_guard lock(mutex_);
    const bool over = ending_ || settings_.stop.stop_requested();
    if (over || next_ == settings_.tables.size()) return std::nullopt;
    return settings_.tables[next_++];
  }

  const RunSettings& settings_;
  const OutputPaths paths_;
  RunReporter reporter_;
  std::atomic<int> failed_inputs_ = 0;
  std::mutex mutex_;
  size_t next_ = 0;
  bool ending_ = false;
  std::exception_ptr unexpected_;
};

}  // namespace

RunOutcome TrackTables(const RunSettings& settings, std::span<TrackingParts> jobs,
                       Progress& progress) {
  Check(!jobs.empty(), "a tracker at least");
  return JobRun(settings, jobs.size(), progress).TrackAll(jobs);
}

}  // namespace nosetip
