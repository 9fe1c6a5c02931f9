// nosetip-compare: compares Nosetip with dlib and YuNet, by speed and by error. See
// docs/benchmarks.md.
#include <array>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "bench/compare/dlib_faces.h"
#include "bench/compare/landmark_run.h"
#include "bench/compare/speed_run.h"
#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"
#include "tracker/output/text_output.h"
#include "tracker/sources/pictures.h"
#include "training/commands/command_line.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string input;
  std::vector<std::string> models = {"face68"};
  std::string dlib_model = kDebiansDlibModel;
  std::vector<std::string> yunet;
  std::string detector = AssetPath("models/face_detector.onnx").string();
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  int frames = 100;
  std::string json;
  std::string plots;
  ContenderFiles contender;
  ClipToMeasure clip;
};

void AddSharedOptions(CLI::App& app, Options& options) {
  app.add_option(
         "--model", options.models,
         "Compare these Nosetip models with 68 points: .safetensors files, face68 or face68-fast.")
      ->capture_default_str();
  app.add_option("--dlib-model", options.dlib_model, "Use this 68-point model of dlib.")
      ->capture_default_str();
  app.add_option("--detector", options.detector, "Use this face detector of Nosetip.")
      ->capture_default_str();
  app.add_option("--device", options.device,
                 "Run Nosetip's landmark network here; auto uses a GPU if one works.")
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
      ->capture_default_str();
  app.add_option(
         "--precision", options.precision,
         "Compute in this precision; auto uses a lower one where the device is faster in it.")
      ->check(CLI::IsMember({"auto", "float32"}))
      ->capture_default_str();
  app.add_option(
         "--threads", options.threads,
         "Use this many threads for Nosetip's landmark network; 0 picks the fastest number.")
      ->capture_default_str();
}

CLI::App* AddSpeed(CLI::App& app, Options& options) {
  CLI::App* speed = app.add_subcommand(
      "speed",
      "Measure time, processor time and memory at three frame sizes with 1, 2 and 4 faces");
  options.input = SampleClipPath().string();
  speed->add_option("clip", options.input, "A video that shows one face.")->capture_default_str();
  AddSharedOptions(*speed, options);
  speed->add_option("--yunet", options.yunet, "Measure these ONNX files of YuNet as well.")
      ->check(CLI::ExistingFile);
  speed->add_option("--frames", options.frames, "Measure this many frames for each row.")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  speed->add_option("--json", options.json, "Write the results to this JSON file.");
  speed->add_option("--plots", options.plots,
                    "Write cost_by_faces.png and cost_by_size.png to this folder.");
  return speed;
}

CLI::App* AddLandmarks(CLI::App& app, Options& options) {
  CLI::App* landmarks =
      app.add_subcommand("landmarks", "Measure errors on a labeled data set, in the same boxes");
  landmarks->add_option("data", options.input, "A data set with IMM's 58 or iBUG's 68 points.")
      ->required();
  AddSharedOptions(*landmarks, options);
  return landmarks;
}

// Hidden: `speed` starts it for each row.
CLI::App* AddMeasure(CLI::App& app, Options& options) {
  CLI::App* measure = app.add_subcommand("measure", "")->group("");
  measure->add_option("kind", options.contender.kind)->required();
  measure->add_option("--model", options.contender.model)->required();
  measure->add_option("--detector", options.contender.detector);
  measure->add_option("--device", options.contender.device);
  measure->add_option("--precision", options.contender.precision);
  measure->add_option("--threads", options.contender.threads);
  measure->add_option("--clip", options.clip.path)->required();
  measure->add_option("--width", options.clip.frame_px.width)->required();
  measure->add_option("--height", options.clip.frame_px.height)->required();
  measure->add_option("--warm-up", options.clip.warm_up_frames)->required();
  return measure;
}

// The output of this program, started with other arguments.
std::string OutputOfSelf(const std::vector<std::string>& arguments) {
  const std::string self = fs::read_symlink("/proc/self/exe").string();
  std::vector<const char*> words = {self.c_str()};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  std::FILE* pipe = ::popen(ShellCommand(words).c_str(), "r");
  if (pipe == nullptr) throw Error("cannot start a process to measure in; close other programs");
  std::string output;
  std::array<char, 4096> part{};
  while (const size_t length = std::fread(part.data(), 1, part.size(), pipe)) {
    output.append(part.data(), length);
  }
  if (::pclose(pipe) != 0)
    throw Error(fmt::format("measuring {} failed; see the error above", arguments.at(1)));
  return output;
}

SpeedFigures MeasureInOwnProcess(const ContenderFiles& files, const ClipToMeasure& clip) {
  const auto text = [](int number) { return fmt::format("{}", number); };
  return ParseSpeedFigures(OutputOfSelf({"measure",     files.kind,
                                         "--model",     files.model,
                                         "--detector",  files.detector,
                                         "--device",    files.device,
                                         "--precision", files.precision,
                                         "--threads",   text(files.threads),
                                         "--clip",      clip.path,
                                         "--width",     text(clip.frame_px.width),
                                         "--height",    text(clip.frame_px.height),
                                         "--warm-up",   text(clip.warm_up_frames)}));
}

std::vector<ContenderFiles> ContendersOf(const Options& options) {
  std::vector<ContenderFiles> contenders;
  for (const std::string& model : options.models) {
    contenders.push_back({"nosetip", LandmarkFile(model), options.detector, options.device,
                          options.precision, options.threads});
  }
  contenders.push_back({.kind = "dlib", .model = options.dlib_model, .detector = {}});
  for (const std::string& file : options.yunet) {
    contenders.push_back({.kind = "yunet", .model = file, .detector = {}});
  }
  return contenders;
}

// For the table.
std::string GpuOf(const Options& options) {
  const DeviceChoice device = ChooseDevice(options.device);
  if (device.kind == DeviceKind::kCuda) return device.name;
  return fmt::format("not run ({})", options.device == "cpu" ? "--device cpu" : device.reason);
}

SpeedSettings SpeedSettingsFor(const Options& options, const std::stop_token& stop) {
  SpeedSettings settings;
  settings.stop = stop;
  settings.source = options.input;
  settings.contenders = ContendersOf(options);
  settings.follower = settings.contenders.front();
  settings.frames = options.frames;
  settings.measure = MeasureInOwnProcess;
  settings.on_row = [](const SpeedRow& row) {
    PrintNote(fmt::format("{}x{}, {} faces, {}: {:.2f} ms", row.frame_px.width, row.frame_px.height,
                          row.faces, row.program, row.figures.p50_ms));
  };
  return settings;
}

void WritePlots(const SpeedComparison& comparison, const fs::path& folder) {
  fs::create_directories(folder);
  WritePicture((folder / "cost_by_faces.png").string(), DrawPlot(CostByFaces(comparison)));
  WritePicture((folder / "cost_by_size.png").string(), DrawPlot(CostBySize(comparison)));
}

int RunSpeed(const Options& options) {
  const StopOnSignal on_signal([] { PrintNote("stopping; printing the rows so far"); });
  const SpeedSettings settings = SpeedSettingsFor(options, on_signal.token());
  // Opened first, so that files that cannot be used fail before minutes of measuring.
  for (const ContenderFiles& files : settings.contenders) MakeContender(files);
  std::optional<TextOutput> json;
  if (!options.json.empty()) json.emplace(options.json);
  SpeedComparison comparison;
  comparison.environment = ThisEnvironment();
  comparison.dlib_version = DlibFaces::Version();
  comparison.gpu = GpuOf(options);
  comparison.source = settings.source;
  comparison.warm_up_frames = settings.warm_up_frames;
  comparison.rows = CompareSpeed(settings);
  const bool stopped = settings.stop.stop_requested();
  if (stopped && comparison.rows.empty()) return kExitStopped;
  std::fputs(SpeedText(comparison).c_str(), stdout);
  if (json) {
    json->Write(SpeedJson(comparison));
    json->Finish();
  }
  if (stopped) return kExitStopped;
  if (!options.plots.empty()) WritePlots(comparison, options.plots);
  return 0;
}

int RunLandmarks(const Options& options) {
  LandmarkSettings settings;
  settings.data = options.input;
  for (const std::string& model : options.models) settings.models.push_back(LandmarkFile(model));
  settings.dlib_model = options.dlib_model;
  settings.detector = options.detector;
  settings.device = ChooseDevice(options.device, options.precision);
  settings.threads = options.threads;
  settings.on_picture = [](size_t done, size_t all) {
    if (done % 40 == 0) PrintNote(fmt::format("{} of {}", done, all));
  };
  const LandmarkComparison comparison = CompareLandmarks(settings);
  for (const std::string& problem : comparison.problems) PrintNote("skipped: " + problem);
  Print("{}, {} points per face, percent of the outer-eye distance; dlib {}\n", options.input,
        comparison.points, DlibFaces::Version());
  Print("device: {} ({})\n\n", settings.device.name, settings.device.reason);
  for (const std::string& how : comparison.how) Print("- {}\n", how);
  Print("\n{}", LandmarkText(comparison.rows));
  return 0;
}

int RunMeasure(const Options& options) {
  Print("{}", SpeedFiguresJson(MeasureSpeed(options.contender, options.clip)));
  return 0;
}

}  // namespace
}  // namespace nosetip

int main(int argc, char** argv) {
  nosetip::Options options;
  CLI::App app("Compares Nosetip with dlib and YuNet");
  app.require_subcommand(1);
  const CLI::App* speed = nosetip::AddSpeed(app, options);
  const CLI::App* landmarks = nosetip::AddLandmarks(app, options);
  nosetip::AddMeasure(app, options);
  CLI11_PARSE(app, argc, argv);
  try {
    if (speed->parsed()) return nosetip::RunSpeed(options);
    if (landmarks->parsed()) return nosetip::RunLandmarks(options);
    return nosetip::RunMeasure(options);
  } catch (const nosetip::Error& error) {
    nosetip::PrintError(error.what());
  } catch (const std::exception& error) {
    nosetip::PrintError(fmt::format("internal error: {}", nosetip::FirstLine(error)));
  }
  return nosetip::kExitFailed;
}
