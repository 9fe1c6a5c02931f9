#include "tracker/cli/progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tracker/core/printable_text.h"

namespace nosetip {
namespace {

constexpr std::chrono::milliseconds kTerminalInterval{100};
constexpr std::chrono::seconds kLogInterval{10};
constexpr int kBarColumns = 24;
constexpr std::string_view kEraseLine = "\r\x1b[K";

}  // namespace

Progress::Options Progress::OnStderr() {
  Options options;
  options.terminal = isatty(STDERR_FILENO) == 1;
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) options.width = size.ws_col;
  options.write = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
  };
  return options;
}

Progress::Progress(Options options) : options_(std::move(options)) {}

void Progress::Start(const std::string& name, std::optional<int64_t> total) {
  name_ = PrintableText(name);
  total_ = total && *total > 0 ? total : std::nullopt;
  started_ = options_.now();
  shown_ = started_;
}

void Progress::Update(int64_t done, std::optional<double> part) {
  const auto now = options_.now();
  if (now - shown_ < (options_.terminal ? Clock::duration(kTerminalInterval) : kLogInterval)) {
    return;
  }
  shown_ = now;
  const double spent_s = std::max(std::chrono::duration<double>(now - started_).count(), 1e-6);
  if (!part && total_) part = static_cast<double>(done) / static_cast<double>(*total_);
  if (part) part = std::clamp(*part, 0.0, 1.0);
  const State state{done, spent_s, part};
  if (options_.terminal) {
    options_.write(std::string(kEraseLine) + BarLine(state));
    line_shown_ = true;
  } else {
    options_.write(PlainLine(state) + '\n');
  }
}

void Progress::Clear() {
  if (std::exchange(line_shown_, false)) options_.write(kEraseLine);
}

std::string Progress::BarLine(const State& state) const {
  std::string line;
  if (state.part) {
    const auto filled = static_cast<size_t>(std::lround(*state.part * kBarColumns));
    line = fmt::format("[{:.<{}}] ", std::string(filled, '#'), kBarColumns);
  }
  line += PlainLine(state);
  // A line that wraps could not be written over.
  return line.substr(0, static_cast<size_t>(std::max(options_.width - 1, 1)));
}

std::string Progress::PlainLine(const State& state) const {
  const double rate_hz = static_cast<double>(state.done) / state.spent_s;
  std::string line = fmt::format("{}: {}", name_, state.done);
  if (total_) line += fmt::format(" of {}", std::max(*total_, state.done));
  line += fmt::format(" {0}, {1:.{2}f} {0}/s", options_.unit, rate_hz, rate_hz < 10.0 ? 1 : 0);
  if (state.part && *state.part > 0.0) {
    line +=
        fmt::format(", {} left", DurationText(state.spent_s * (1.0 - *state.part) / *state.part));
  }
  return line;
}

std::string DurationText(double seconds) {
  const auto whole_s = static_cast<int64_t>(std::ceil(seconds));
  if (whole_s < 60) return fmt::format("{} s", whole_s);
  const int64_t whole_min = whole_s / 60;
  if (whole_min < 60) return fmt::format("{} min {:02} s", whole_min, whole_s % 60);
  return fmt::format("{} h {:02} min", whole_min / 60, whole_min % 60);
}

}  // namespace nosetip
