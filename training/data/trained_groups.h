// The groups that a model was trained on, as its file keeps them: by a hash, so that a measurement
// can tell which of its faces the model knows, and names of people stay with the data. Free of
// LibTorch and OpenCV.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace nosetip {

// 32 bits of a group's hash. Of 3,000 groups that were trained on, one in 1.4 million others is
// taken for one of them.
class TrainedGroups {
 public:
  TrainedGroups() = default;
  // As Text gives it; empty where the model's file has none. Throws Error where it is something
  // else.
  explicit TrainedGroups(std::string_view text);

  void Add(const std::string& group);
  void Add(const TrainedGroups& others);
  bool Has(const std::string& group) const;
  // False where the model may have been trained on others, too.
  bool AreAll() const { return are_all_; }
  // Eight hexadecimal digits per group, in order, then "+" where these are not all.
  std::string Text() const;

 private:
  std::set<uint32_t> hashes_;
  bool are_all_ = true;
};

}  // namespace nosetip
