#include "tracker/core/printable_text.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/core.h>

namespace nosetip {
namespace {

constexpr std::string_view kMask = "***";
constexpr std::string_view kEndsOfAddress = " \t\n\r'\"<>";

// The values of the query's secrets become ***.
std::string MaskedQuery(std::string_view query) {
  constexpr std::array<std::string_view, 6> kSecrets = {"password", "passwd", "pwd",
                                                        "pass",     "token",  "key"};
  std::string masked;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&', 1));
    query.remove_prefix(pair.size());
    const size_t equals = pair.find('=');
    std::string name(pair.substr(0, equals));
    name.erase(0, name.find_first_not_of("?&"));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (equals == std::string_view::npos || std::ranges::find(kSecrets, name) == kSecrets.end()) {
      masked += pair;
    } else {
      masked.append(pair.substr(0, equals + 1)).append(kMask);
    }
  }
  return masked;
}

// What follows the "://".
std::string Masked(std::string_view address) {
  const size_t authority_end = std::min(address.find_first_of("/?#"), address.size());
  const std::string_view authority = address.substr(0, authority_end);
  std::string masked;
  std::string_view rest = address;
  const size_t at = authority.rfind('@');
  const size_t colon = authority.find(':');
  if (at != std::string_view::npos && colon < at) {
    masked.append(authority.substr(0, colon + 1)).append(kMask);
    rest.remove_prefix(at);
  }
  const size_t query = std::min(rest.find('?'), rest.size());
  return masked.append(rest.substr(0, query)).append(MaskedQuery(rest.substr(query)));
}

}  // namespace

std::string PrintableText(std::string_view text) {
  std::string printable;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    // U+0080 to U+009F in UTF-8 are control characters, too.
    const bool second_set = c == 0xC2 && i + 1 < text.size() &&
                            static_cast<unsigned char>(text[i + 1]) >= 0x80 &&
                            static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (second_set) {
      printable += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[++i]));
    } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      printable += fmt::format("\\x{:02x}", c);
    } else {
      printable += static_cast<char>(c);
    }
  }
  return printable;
}

std::string WithoutPasswords(std::string_view text) {
  constexpr std::string_view kScheme = "://";
  std::string masked;
  for (size_t at = text.find(kScheme); at != std::string_view::npos; at = text.find(kScheme)) {
    masked += text.substr(0, at + kScheme.size());
    text.remove_prefix(at + kScheme.size());
    const std::string_view address = text.substr(0, text.find_first_of(kEndsOfAddress));
    masked += Masked(address);
    text.remove_prefix(address.size());
  }
  return masked.append(text);
}

}  // namespace nosetip
