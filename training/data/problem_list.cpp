#include "training/data/problem_list.h"

#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {

void ProblemList::Add(std::string problem) {
  if (problems_.size() < kMaxProblems) {
    problems_.push_back(std::move(problem));
  } else {
    ++unlisted_;
  }
}

void ProblemList::Try(const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    Add(error.what());
  }
}

std::string ProblemList::Summary() const {
  if (problems_.empty()) return "";
  const size_t more = problems_.size() + unlisted_ - 1;
  return ": " + problems_.front() + (more > 0 ? fmt::format(" (and {} more problems)", more) : "");
}

std::vector<std::string> ProblemList::Take() && {
  if (unlisted_ > 0) problems_.push_back(fmt::format("{} more problems", unlisted_));
  return std::move(problems_);
}

}  // namespace nosetip
