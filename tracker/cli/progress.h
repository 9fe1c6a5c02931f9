// How far a long run is, as lines of text.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nosetip {

// On a terminal: one line that is written over, with a bar, the rate and the time left, ten times a
// second. Elsewhere, in a log: a plain line every ten seconds. The text goes to `write`, as it is.
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

  // To the terminal or log that the program's stderr is.
  static Options OnStderr();

  // `total` of the unit are ahead; nothing where that is unknown.
  void Start(std::string name, std::optional<int64_t> total);
  // From now on; what was started goes on.
  void Rename(std::string name) { name_ = std::move(name); }
  // `done` of them are done. `part` of all (0 to 1), where something else than `total` tells it.
  void Update(int64_t done, std::optional<double> part = std::nullopt);
  // Takes the line off the terminal, so that other text can follow.
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
