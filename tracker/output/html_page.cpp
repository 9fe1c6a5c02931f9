#include "tracker/output/html_page.h"

#include <algorithm>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

std::string HeaderRow(const ReportTable& table) {
  std::string html = "<thead><tr>";
  if (!table.row_pictures.empty()) html += "<th class=\"picture\">picture</th>";
  for (size_t i = 0; i < table.header.size(); ++i) {
    html += fmt::format("<th{}>{}</th>", table.sorted_by == i ? " aria-sort=\"descending\"" : "",
                        MarkupText(table.header[i]));
  }
  return html + "</tr></thead>\n";
}

std::string TableRow(const ReportTable& table, size_t row) {
  const std::vector<std::string>& cells = table.rows[row];
  Check(cells.size() == table.header.size(), "a row as long as its table's header");
  std::string html = "<tr>";
  if (!table.row_pictures.empty()) {
    html += fmt::format("<td class=\"picture\">{}</td>",
                        row < table.row_pictures.size() ? table.row_pictures[row] : "");
  }
  for (const std::string& cell : cells) html += HtmlElement("td", cell);
  return html + "</tr>\n";
}

}  // namespace

std::string HtmlStart(std::string_view title, std::string_view subtitle, std::string_view style,
                      std::string_view head) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n{4}<title>{0}</title>\n"
      "<style>\n{1}{2}</style>\n</head>\n<body>\n<header><h1>{0}</h1>\n<p>{3}</p></header>\n",
      MarkupText(title), kPageStyle, style, MarkupText(subtitle), head);
}

std::string HtmlEnd() { return "</body>\n</html>\n"; }

std::string HtmlElement(std::string_view tag, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>", tag, MarkupText(text));
}

std::string HtmlSummary(const std::vector<ReportFigure>& figures) {
  if (figures.empty()) return "";
  std::string html = "<dl class=\"summary\">\n";
  for (const ReportFigure& figure : figures) {
    html += "<div>" + HtmlElement("dt", figure.name) + HtmlElement("dd", figure.value) + "</div>\n";
  }
  return html + "</dl>\n";
}

std::string HtmlTable(const ReportTable& table) {
  std::string html = table.folded ? "<details>" : "<div class=\"titled\">";
  html += HtmlElement(table.folded ? "summary" : "h3", table.caption);
  // The box can have the keyboard's focus, to scroll it without a mouse.
  html += fmt::format(
      "\n<div class=\"scroll{}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table{}>\n",
      table.row_pictures.empty() ? "" : " high", MarkupText(table.caption),
      table.sorted_by ? " class=\"sortable\"" : "");
  html += HeaderRow(table) + "<tbody>\n";
  for (size_t i = 0; i < table.rows.size(); ++i) html += TableRow(table, i);
  html += "</tbody></table></div>";
  return html + (table.folded ? "</details>\n" : "</div>\n");
}

std::string Base64(std::span<const uint8_t> bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    uint32_t bits = 0;
    for (size_t k = 0; k < 3; ++k) bits = (bits << 8U) | (k < count ? bytes[i + k] : 0U);
    for (size_t k = 0; k < 4; ++k) {
      text += k <= count ? kDigits[(bits >> (18U - 6U * k)) & 63U] : '=';
    }
  }
  return text;
}

}  // namespace nosetip
