// What a reader of a data set had to leave out, each with the reason.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace nosetip {

inline constexpr size_t kMaxProblems = 10'000;

class ProblemList {
 public:
  // Of more than kMaxProblems only the number is kept.
  void Add(std::string problem);
  // Runs `read`; an Error that it throws becomes a problem.
  void Try(const std::function<void()>& read);

  // ": FIRST (and N more problems)"; empty without problems.
  std::string Summary() const;
  std::vector<std::string> Take() &&;

 private:
  std::vector<std::string> problems_;
  size_t unlisted_ = 0;
};

}  // namespace nosetip
