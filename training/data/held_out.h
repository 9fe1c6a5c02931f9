// Which faces are held out of a training to measure it. Free of LibTorch and OpenCV.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace nosetip {

// The same on every machine and in every version: splits depend on it.
uint64_t GroupHash(const std::string& group);

// True for the faces held out for validation: about `percent` of the groups, chosen by a hash of
// the group's name alone, so that the choice is the same on every machine and in every run, and
// does not change for other groups when faces are added.
bool IsHeldOut(const std::string& group, int percent);

// Which faces to hold out.
struct HoldOut {
  int percent = 0;     // of the groups, by their hash
  std::string groups;  // instead: a list as IsListed takes it
  std::string parts;   // only these parts of the data count in validation; empty for all

  bool HoldsOut() const { return percent > 0 || !groups.empty(); }
};

bool IsHeldOut(const std::string& group, const HoldOut& hold_out);

// True for the faces that are measured: of the wanted parts those held out, or all where `hold_out`
// holds out none.
bool IsMeasured(const std::string& group, const std::string& part, const HoldOut& hold_out);

// True where `name` is in `list`, or the list is empty. A list has names and ranges of numbers,
// separated by commas, such as "33-40, x". Spaces around them do not count, and numbers are
// compared as numbers: 5 is 05.
bool IsListed(const std::string& name, const std::string& list);

// Throws Error that names `option` where an entry of `list` is none of `names`, since what was
// meant would not be held out. `kind` is what they name, such as "groups".
void CheckListed(std::string_view option, const std::string& list, std::string_view kind,
                 const std::set<std::string>& names);

// What the faces of some data are named by.
struct NamesOfFaces {
  std::set<std::string> groups;
  std::set<std::string> parts;
};

// CheckListed for the groups and parts of `hold_out`. The options' names start with `prefix`, such
// as "--validation-".
void CheckNames(const HoldOut& hold_out, const NamesOfFaces& names, const std::string& prefix);

// For one line: "33, 34, 35", or the first few and how many there are.
std::string NamesText(const std::set<std::string>& names);

}  // namespace nosetip
