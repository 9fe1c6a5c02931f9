// Which faces are never trained on.
#pragma once

#include <string>

namespace nosetip {

// True for the faces held out for validation: about `percent` of the groups, chosen by a hash of
// the group's name alone, so that the choice is the same on every machine and in every run, and
// does not change for other groups when faces are added.
bool IsHeldOut(const std::string& group, int percent);

// True where `part` is one of the comma-separated `list`, or the list is empty.
bool IsListed(const std::string& part, const std::string& list);

}  // namespace nosetip
