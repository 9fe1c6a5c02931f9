// Which faces are held out of a training to measure it. Free of LibTorch and OpenCV.
#pragma once

#include <string>

namespace nosetip {

// True for the faces held out for validation: about `percent` of the groups, chosen by a hash of
// the group's name alone, so that the choice is the same on every machine and in every run, and
// does not change for other groups when faces are added.
bool IsHeldOut(const std::string& group, int percent);

// Which faces to hold out.
struct HoldOut {
  int percent = 0;     // of the groups, by their hash
  std::string groups;  // instead: a comma-separated list of names and ranges of numbers, "33-40,x"
  std::string parts;   // only these parts of the data count in validation; empty for all

  bool HoldsOut() const { return percent > 0 || !groups.empty(); }
};

bool IsHeldOut(const std::string& group, const HoldOut& hold_out);

// True for the faces that are measured: of the wanted parts those held out, or all where `hold_out`
// holds out none.
bool IsMeasured(const std::string& group, const std::string& part, const HoldOut& hold_out);

// True where `part` is one of the comma-separated `list`, or the list is empty.
bool IsListed(const std::string& part, const std::string& list);

}  // namespace nosetip
