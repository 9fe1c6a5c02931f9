#include "tracker/stream/http_request.h"

#include <algorithm>
#include <cctype>

#include <fmt/core.h>

namespace nosetip {
namespace {

// The text up to `end`, which is removed together with it; nothing where `end` is missing.
std::optional<std::string_view> TakeUntil(std::string_view& text, std::string_view end) {
  const size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return taken;
}

bool SameWord(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char c, unsigned char d) { return std::tolower(c) == std::tolower(d); });
}

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool IsPrintable(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

std::string TokenOf(std::string_view query) {
  constexpr std::string_view kName = "token=";
  while (!query.empty()) {
    const std::string_view parameter = query.substr(0, query.find('&'));
    if (parameter.starts_with(kName)) return std::string(parameter.substr(kName.size()));
    query.remove_prefix(std::min(parameter.size() + 1, query.size()));
  }
  return "";
}

std::string_view ReasonOf(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 414:
      return "URI Too Long";
    case 421:
      return "Misdirected Request";
    case 431:
      return "Request Header Fields Too Large";
    default:
      return "Service Unavailable";
  }
}

}  // namespace

std::optional<HttpRequest> ParseRequest(std::string_view head) {
  if (head.size() > kMaxRequestBytes) return std::nullopt;
  HttpRequest request;
  const auto method = TakeUntil(head, " ");
  const auto target = method ? TakeUntil(head, " ") : std::nullopt;
  const auto version = target ? TakeUntil(head, "\r\n") : std::nullopt;
  if (!version || (*version != "HTTP/1.1" && *version != "HTTP/1.0")) return std::nullopt;
  if (method->empty() || !target->starts_with('/')) return std::nullopt;
  if (!IsPrintable(*method) || !IsPrintable(*target)) return std::nullopt;
  int hosts = 0;
  while (true) {
    const auto line = TakeUntil(head, "\r\n");
    if (!line) return std::nullopt;
    if (line->empty()) break;
    const size_t colon = line->find(':');
    if (colon == 0 || colon == std::string_view::npos) return std::nullopt;
    if (!SameWord(line->substr(0, colon), "host")) continue;
    ++hosts;
    request.host = Trimmed(line->substr(colon + 1));
  }
  if (hosts != 1) return std::nullopt;
  request.method = *method;
  request.target = *target;
  const size_t query = std::min(target->find('?'), target->size());
  request.path = target->substr(0, query);
  if (query < target->size()) request.token = TokenOf(target->substr(query + 1));
  return request;
}

std::string HttpHead(int status, std::string_view type, std::optional<size_t> length,
                     std::string_view headers) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nConnection: close\r\n",
                                 status, ReasonOf(status), type);
  if (length) head += fmt::format("Content-Length: {}\r\n", *length);
  if (status == 405) head += "Allow: GET, HEAD\r\n";
  head +=
      "Cache-Control: no-store\r\n"
      "X-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: no-referrer\r\n"
      "Cross-Origin-Resource-Policy: same-origin\r\n"
      "Content-Security-Policy: default-src 'none'; script-src 'unsafe-inline'; "
      "style-src 'unsafe-inline'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'\r\n";
  return head.append(headers).append("\r\n");
}

}  // namespace nosetip
