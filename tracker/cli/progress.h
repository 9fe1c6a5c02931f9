// Shows the progress of a long run as lines of text.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nosetip {

// On a terminal: one line that is rewritten ten times per second, with a bar, the rate and the time
// left. In a log: a plain line every ten seconds.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  struct Options {
    bool terminal = false;
    int width = 80;  // columns of the terminal
    std::string unit = "frames";
    std::function<void(std::string_view)> write;
    std::function<Clock::time_point()> now = Clock::now;
  };

  explicit Progress(Options options);

  // Writes to stderr, whether that is a terminal or a log.
  static Options OnStderr();

  // A task of `total` units begins; nothing where the number is unknown.
  void Start(const std::string& name, std::optional<int64_t> total);
  // Changes the name of the task; its progress continues.
  void Rename(std::string name) { name_ = std::move(name); }
  // `done` units are done. `part` of the task (0 to 1) where that does not follow from `total`.
  void Update(int64_t done, std::optional<double> part = std::nullopt);
  // Erases the line on a terminal, so that other text can follow.
  void Clear();

 private:
  struct State {
    int64_t done = 0;
    double spent_s = 0.0;
    std::optional<double> part;
  };
  std::string BarLine(const State& state) const;
  std::string PlainLine(const State& state) const;

  Options options_;
  std::string name_;
  std::optional<int64_t> total_;
  Clock::time_point started_;
  Clock::time_point shown_;
  bool line_shown_ = false;
};

// "8 s", "3 min 05 s" or "2 h 07 min".
std::string DurationText(double seconds);

}  // namespace nosetip
