#include "training/data/face_names.h"

#include <algorithm>

namespace nosetip {
namespace {

bool AllDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// What follows the last underscore of the file's name, where something stands before it.
std::string_view LastWord(std::string_view name) {
  const size_t at = name.rfind('_');
  const size_t start = name.rfind('/') + 1;  // 0 where there is no '/'
  if (at == std::string_view::npos || at <= start) return {};
  return name.substr(at + 1);
}

std::string_view WithoutLastWord(std::string_view name) { return name.substr(0, name.rfind('_')); }

}  // namespace

std::string PhotographOf(std::string_view name) {
  if (LastWord(name) == "mirror") name = WithoutLastWord(name);
  const std::string_view number = LastWord(name);
  const bool counts_faces = AllDigits(number) && number.size() <= 2 && number.front() != '0';
  return std::string(counts_faces ? WithoutLastWord(name) : name);
}

std::string PersonOfFrame(std::string_view name) {
  const std::string_view number = LastWord(name);
  return std::string(AllDigits(number) && number.size() <= 2 ? WithoutLastWord(name) : name);
}

std::string PersonOfImm(std::string_view name) {
  const size_t dash = name.find('-', name.rfind('/') + 1);
  return std::string(name.substr(0, dash));
}

std::string TopFolderOf(std::string_view name) {
  const size_t slash = name.find('/');
  return std::string(slash == std::string_view::npos ? "" : name.substr(0, slash));
}

}  // namespace nosetip
