// What the results of a run depend on, but for its inputs.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace nosetip {

// Texts by name, to be compared with those of an earlier run. A name goes into "tracked with
// another NAME": "--smooth".
class ResultSettings {
 public:
  void Add(const std::string& name, const std::string& value) { texts_[name] = value; }
  // What the file holds, wherever it lies. Throws Error where it cannot be read.
  void AddFile(const std::string& name, const std::string& path);
  // Every member of a table of options.
  template <typename Options>
  void AddOptions(const Options& options) {
    for (const auto& field : Options::Fields()) {
      std::visit([&](auto member) { Add("--" + std::string(field.name), Text(options.*member)); },
                 field.member);
    }
  }

  const std::map<std::string, std::string>& texts() const { return texts_; }

 private:
  static std::string Text(bool value) { return value ? "on" : "off"; }
  static std::string Text(int value) { return std::to_string(value); }
  static std::string Text(float value);
  static std::string Text(double value);
  static std::string Text(const std::string& value) { return value; }
  static std::string Text(const std::vector<std::string>& values);

  std::map<std::string, std::string> texts_;
};

}  // namespace nosetip
