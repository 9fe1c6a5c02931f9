#include "tracker/report/report_index.h"

#include <fstream>
#include <map>
#include <optional>
#include <vector>

#include <fmt/core.h>

#include "tracker/output/html_page.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

using Figures = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view kColumns[] = {
    "Frames", "Pictures", "Faces", "Without a face", "Length", "Blinks", "Blinks per minute"};

// The figures stand before the style sheet.
constexpr size_t kHeadBytes = 2048;

// Nothing where the file is not there or no report.
std::optional<Figures> FiguresIn(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string head(kHeadBytes, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(in.gcount()));
  const std::string start = fmt::format("<meta name=\"{}\" content=\"", kReportMeta);
  size_t at = head.find(start);
  if (at == std::string::npos) return std::nullopt;
  at += start.size();
  const std::string_view content = std::string_view(head).substr(at, head.find('"', at) - at);
  Figures figures;
  for (size_t from = 0; from < content.size();) {
    const size_t equals = content.find('=', from);
    const size_t end = content.find(';', from);
    if (equals == std::string_view::npos || end == std::string_view::npos || equals > end) break;
    figures.emplace(content.substr(from, equals - from),
                    content.substr(equals + 1, end - equals - 1));
    from = end + 1;
  }
  return figures;
}

// All but the unreserved characters of RFC 3986 as %XX.
std::string UrlOf(std::string_view name) {
  std::string url;
  for (const unsigned char c : name) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    url += plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
  }
  return url;
}

std::string Cell(const Figures& figures, std::string_view name) {
  const auto figure = figures.find(name);
  return HtmlElement("td", figure == figures.end() ? std::string_view("") : figure->second);
}

}  // namespace

std::string ReportIndex(std::string_view title, std::span<const ListedReport> reports) {
  std::string rows;
  int count = 0;
  for (const ListedReport& report : reports) {
    const auto figures = FiguresIn(report.file);
    if (!figures) continue;
    ++count;
    rows += fmt::format("<tr><td><a href=\"{}\">{}</a></td>",
                        UrlOf(report.file.filename().string()), MarkupText(report.title));
    for (const std::string_view column : kColumns) rows += Cell(*figures, column);
    rows += "</tr>\n";
  }
  std::string html = HtmlStart(title, fmt::format("{} report{}", count, count == 1 ? "" : "s"));
  html += "<main><section><div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>";
  html += HtmlElement("th", "Clip");
  for (const std::string_view column : kColumns) html += HtmlElement("th", column);
  return html + "</tr></thead>\n<tbody>\n" + rows + "</tbody></table></div></section></main>\n" +
         HtmlEnd();
}

}  // namespace nosetip
