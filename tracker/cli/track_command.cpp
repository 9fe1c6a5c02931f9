#include "tracker/cli/track_command.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <unistd.h>

#include "tracker/cli/done_records.h"
#include "tracker/cli/find_camera_paths.h"
#include "tracker/cli/load_parts.h"
#include "tracker/cli/messages.h"
#include "tracker/cli/output_plan.h"
#include "tracker/cli/progress.h"
#include "tracker/cli/shard.h"
#include "tracker/cli/stdout_rows.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/cli/track_run.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/measure/stability_report.h"
#include "tracker/signals/signal_meter.h"
#include "tracker/sources/input_list.h"

namespace nosetip {
namespace {

void Note(const TrackOptions& options, const std::string& text) {
  if (!options.run.quiet) PrintNote(text);
}

struct FoundInputs {
  std::vector<Input> inputs;
  int missing = 0;  // arguments that are none; each was reported
};

FoundInputs FindInputs(const TrackOptions& options) {
  FoundInputs found;
  for (const std::string& argument : options.inputs) {
    try {
      InputList list = ListInputs({&argument, 1});
      std::ranges::move(list.inputs, std::back_inserter(found.inputs));
      for (const std::string& note : list.notes) Note(options, note);
    } catch (const Error& error) {
      PrintError(error.what());
      ++found.missing;
    }
  }
  return found;
}

// What a run has written into a folder of inputs would be an input of the next run.
void CheckInputsStay(const TrackOptions& options) {
  if (!options.run.resume && options.run.shard.empty()) return;
  for (const std::string& input : options.inputs) {
    std::error_code ignored;
    if (!std::filesystem::equivalent(input, options.run.out, ignored)) continue;
    throw Error(
        fmt::format("--out is the folder of the inputs, {}, so its files would be inputs of "
                    "the next run; name another folder",
                    input));
  }
}

ResultSettings SettingsOfResults(const TrackOptions& options, const OutputPlan& plan) {
  ResultSettings settings;
  settings.Add("version of nosetip-track", ThisEnvironment().nosetip_version);
  settings.Add("number of inputs (one or several)", HasFileColumn(plan) ? "several" : "one");
  settings.Add("--signals", options.outputs.signals ? "on" : "off");
  settings.Add("--unix-time", options.outputs.unix_time ? "on" : "off");
  settings.Add("--max-frames", fmt::format("{}", options.run.max_frames));
  settings.Add("--precision", options.run.precision);
  settings.AddOptions(options.detector);
  settings.AddOptions(options.tracker);
  settings.AddOptions(options.tracker.smoothing);
  settings.AddOptions(options.tracker.intrinsics);
  if (options.outputs.video || options.outputs.sheet || options.outputs.report)
    settings.AddOptions(options.overlay);
  settings.AddFile("--model", LandmarkFile(options.run.model));
  settings.AddFile("--detector", options.detector.detector);
  return settings;
}

// All that needs no model.
RunSettings PlanRun(const TrackOptions& options, const std::vector<Input>& inputs,
                    const std::stop_token& stop) {
  RunSettings run;
  // Names are given before the list is split, so that they do not depend on the split.
  OutputPlan plan = PlanOutputs(inputs);
  run.tables = TablesOfShard(ParseShard(options.run.shard), plan.tables.size());
  run.outputs = {options.outputs, options.run.out, std::move(plan), {}, options.overlay};
  run.camera = options.camera;
  run.max_frames = options.run.max_frames;
  run.sensor_noise = options.stability.sensor_noise;
  run.stop = stop;
  run.on_error = PrintError;
  run.on_note = PrintWarning;
  return run;
}

// No more than there are tables, as the others would have nothing to do.
size_t JobsFor(const TrackOptions& options, size_t tables) {
  const int wanted = options.run.jobs > 0 ? options.run.jobs : ThisEnvironment().cores;
  return std::clamp<size_t>(static_cast<size_t>(wanted), 1, tables);
}

Progress MakeProgress(const TrackOptions& options) {
  Progress::Options progress = Progress::OnStderr();
  // Rows and a line that is rewritten would mix on a terminal.
  const bool rows_are_shown = options.outputs.ToStdout() && isatty(STDOUT_FILENO) == 1;
  if (options.run.quiet || rows_are_shown) progress.write = [](std::string_view) {};
  return Progress(progress);
}

// To standard error where standard output is a table.
void PrintResult(const TrackOptions& options, const std::string& lines) {
  std::FILE* const out = options.outputs.ToStdout() ? stderr : stdout;
  std::fputs(SafeText(lines).c_str(), out);
  std::fflush(out);
}

void PrintSummary(const TrackOptions& options, const TableSummary& summary) {
  if (options.run.quiet) return;
  PrintResult(options, fmt::format("{}\n{}", SummaryText(summary), WrittenText(summary)));
}

void ListReports(const TrackOptions& options, const OutputSetup& outputs) {
  try {
    const auto index = WriteReportIndex(outputs);
    if (index && !options.run.quiet) PrintResult(options, index->string() + "\n");
  } catch (const Error& error) {
    PrintWarning(error.what());  // of another shard, say, that writes it as well
  }
}

// Null where no table goes to standard output. A closed pipe requests a stop of `run`.
std::unique_ptr<StdoutRows> RowsOf(const TrackOptions& options, const OutputSetup& setup,
                                   std::stop_source& run) {
  if (!options.outputs.ToStdout()) return nullptr;
  const auto form =
      options.outputs.csv_to_stdout ? StdoutRows::Form::kCsv : StdoutRows::Form::kJsonLines;
  const CsvOptions csv{.point_count = setup.schema.count,
                       .signals = setup.kinds.signals,
                       .file_column = HasFileColumn(setup.plan),
                       .unix_time_column = setup.kinds.unix_time};
  return std::make_unique<StdoutRows>(
      form, csv, [&run] { run.request_stop(); }, run.get_token());
}

// Null where nothing is sent.
std::unique_ptr<Streams> BeginStreams(const TrackOptions& options, const LandmarkSchema& schema) {
  if (!options.streams.Any()) return nullptr;
  auto streams = std::make_unique<Streams>(options.streams, schema);
  // Also with --quiet, and without PrintNote, which would mask the token.
  const std::string address = streams->ServerAddress();
  if (!address.empty()) std::fputs(fmt::format("serving at {}\n", address).c_str(), stderr);
  return streams;
}

void EndStreams(const TrackOptions& options, Streams& streams) {
  const std::vector<std::string> lines = streams.Finish();
  for (const std::string& note : streams.TakeNotes()) PrintWarning(note);
  for (const std::string& line : lines) Note(options, line);
}

// `records` may be null. `stop` is that of `run`.
RunOutcome Track(const TrackOptions& options, RunSettings& run, DoneRecords* records,
                 std::stop_source& stop) {
  std::map<size_t, CameraPath> paths;
  if (options.outputs.stability) {
    paths = FindCameraPaths(run.outputs.plan, run.tables, options.stability.camera_path);
  }
  const Pace pace = HasLiveInput(run.outputs.plan) ? Pace::kLive : Pace::kReproducible;
  std::vector<TrackingParts> jobs =
      LoadTrackingParts(options, JobsFor(options, run.tables.size()), pace);
  run.outputs.schema = jobs.front().tracker.schema();
  const std::unique_ptr<Streams> streams = BeginStreams(options, run.outputs.schema);
  run.streams = streams.get();
  const std::unique_ptr<StdoutRows> rows = RowsOf(options, run.outputs, stop);
  run.outputs.rows = rows.get();
  if (options.outputs.MeasureSignals()) SignalMeter::CheckSchema(run.outputs.schema);
  std::optional<StabilityReport> stability;
  if (options.outputs.stability) {
    stability.emplace(run.outputs.schema, options.tracker.smoothing, std::move(paths));
  }
  run.on_begin = [&](size_t table) {
    if (records != nullptr) records->Begin(table);
    if (records == nullptr && options.outputs.Files()) ForgetDone(run.outputs, table);
  };
  run.on_result = [&](const TrackResult& result) {
    if (stability) stability->Add(result);
  };
  run.on_summary = [&](const TableSummary& summary) {
    if (records != nullptr && summary.complete) records->Finish(summary.table, summary.written);
    PrintSummary(options, summary);
    if (!stability) return;
    const bool to_its_end = summary.complete && options.run.max_frames == 0;
    Print("{}", stability->Finish(summary.table, to_its_end));
  };
  Progress progress = MakeProgress(options);
  const RunOutcome outcome = TrackTables(run, jobs, progress);
  if (streams) EndStreams(options, *streams);
  return outcome;
}

// Where none is named, the video and the table.
void ChooseOutputs(TrackOptions& options) {
  OutputOptions& outputs = options.outputs;
  if (outputs.csv_to_stdout) outputs.csv = false;
  if (outputs.jsonl_to_stdout) outputs.jsonl = false;
  if (outputs.stability) {
    options.tracker.smoothing.smooth = false;  // the report smooths by itself
  } else if (!outputs.Files() && !outputs.ToStdout() && !options.streams.Any()) {
    outputs.video = outputs.csv = true;
    Note(options, "no output selected; writing --video and --csv");
  }
}

}  // namespace

int RunTrackCommand(TrackOptions options, const std::stop_token& stop) {
  ChooseOutputs(options);
  CheckInputsStay(options);
  const FoundInputs found = FindInputs(options);
  if (found.inputs.empty()) return kExitFailed;
  std::stop_source run_stop;  // by the user, or by a closed pipe
  const std::stop_callback by_user(stop, [&run_stop] { run_stop.request_stop(); });
  RunSettings run = PlanRun(options, found.inputs, run_stop.get_token());
  std::optional<DoneRecords> records;
  if (options.run.resume && !run.tables.empty()) {
    records.emplace(run.outputs, SettingsOfResults(options, run.outputs.plan));
    run.tables = records->LeftOf(run.tables, [&](const std::string& text) { Note(options, text); });
  }
  RunOutcome outcome;
  if (run.tables.empty()) {
    Note(options, "nothing left to do");
  } else {
    outcome = Track(options, run, records ? &*records : nullptr, run_stop);
  }
  if (options.outputs.report) ListReports(options, run.outputs);
  if (stop.stop_requested() && outcome.stopped) return kExitStopped;
  return found.missing + outcome.failed_inputs > 0 ? kExitFailed : 0;
}

}  // namespace nosetip
