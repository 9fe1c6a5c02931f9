#include "tracker/signals/blink_detector.h"

#include <algorithm>

namespace nosetip {
namespace {

constexpr double kOpen = 0.6;
constexpr double kShut = 0.25;
constexpr double kShortest_s = 0.03;
constexpr double kLongestHalfShut_s = 0.5;
constexpr double kLongest_s = 1.5;
constexpr double kLongestGap_s = 0.5;

bool IsBlink(const Blink& blink, double lowest) {
  const double longest_s = lowest < kShut ? kLongest_s : kLongestHalfShut_s;
  return blink.Seconds() >= kShortest_s && blink.Seconds() <= longest_s;
}

}  // namespace

double BlinkDetector::Crossing(const Sample& from, const Sample& to) {
  return from.time_s +
         (to.time_s - from.time_s) * (from.openness - kHalfOpen) / (from.openness - to.openness);
}

std::optional<Blink> BlinkDetector::Step(double time_s, double openness) {
  const Sample now{time_s, openness};
  const std::optional<Sample> before = last_;
  last_ = now;
  if (!before || time_s <= before->time_s || time_s - before->time_s > kLongestGap_s) {
    start_s_.reset();
    return std::nullopt;
  }
  const bool was_open = before->openness >= kHalfOpen;
  const bool is_open = openness >= kHalfOpen;
  if (was_open && !is_open && !start_s_) {
    start_s_ = Crossing(*before, now);
    lowest_ = openness;
  }
  if (!was_open && is_open) end_s_ = Crossing(*before, now);
  if (!start_s_) return std::nullopt;
  lowest_ = std::min(lowest_, openness);
  if (openness < kOpen) return std::nullopt;
  const Blink blink{*start_s_, end_s_, static_cast<float>(1.0 - lowest_)};
  start_s_.reset();
  return IsBlink(blink, lowest_) ? std::optional(blink) : std::nullopt;
}

}  // namespace nosetip
