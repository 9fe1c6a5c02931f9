#include "training/report/html_report.h"

#include <algorithm>
#include <functional>

#include <fmt/core.h>
#include <opencv2/imgcodecs.hpp>

#include "tracker/core/error.h"
#include "tracker/output/number_text.h"
#include "tracker/output/text_output.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// Sorts a table by the column whose header is clicked; a second click turns the order around.
// Without it the headers are plain text.
constexpr std::string_view kSortScript = R"js(
const collator = new Intl.Collator("en", { numeric: true });
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const sortBy = (head, column) => {
    const falls = head.getAttribute("aria-sort") !== "descending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", falls ? "descending" : "ascending");
    const compare = (a, b) =>
      collator.compare(a.cells[column].textContent, b.cells[column].textContent);
    const rows = [...body.rows].sort((a, b) => (falls ? compare(b, a) : compare(a, b)));
    for (const row of rows) body.append(row);
  };
  heads.forEach((head, column) => {
    if (head.classList.contains("picture")) return;
    const button = document.createElement("button");
    button.textContent = head.textContent;
    button.addEventListener("click", () => sortBy(head, column));
    head.replaceChildren(button);
  });
}
)js";

std::vector<uint8_t> Encoded(const char* extension, const Image& image, int parameter, int value) {
  Check(!image.Empty(), "a picture for the report");
  return WithOpenCv("a picture of the report", [&] {
    std::vector<uint8_t> bytes;
    cv::imencode(extension, BgrFromImage(image), bytes, {parameter, value});
    return bytes;
  });
}

std::vector<uint8_t> PngOf(const Image& image) {
  return Encoded(".png", image, cv::IMWRITE_PNG_COMPRESSION, 9);
}

std::vector<uint8_t> JpegOf(const Image& image) {
  return Encoded(".jpg", image, cv::IMWRITE_JPEG_QUALITY, 80);
}

std::string SectionId(size_t section) { return fmt::format("section{}", section + 1); }

void AppendElement(std::string& html, std::string_view tag, std::string_view text) {
  html += fmt::format("<{0}>{1}</{0}>", tag, MarkupText(text));
}

void AppendSummary(std::string& html, const std::vector<ReportFigure>& figures) {
  if (figures.empty()) return;
  html += "<dl class=\"summary\">\n";
  for (const ReportFigure& figure : figures) {
    html += "<div>";
    AppendElement(html, "dt", figure.name);
    AppendElement(html, "dd", figure.value);
    html += "</div>\n";
  }
  html += "</dl>\n";
}

void AppendContents(std::string& html, const std::vector<ReportSection>& sections) {
  html += "<nav aria-label=\"Contents\"><h2>Contents</h2>\n<ol>\n";
  for (size_t i = 0; i < sections.size(); ++i) {
    html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", SectionId(i),
                        MarkupText(sections[i].title));
  }
  html += "</ol></nav>\n";
}

void AppendHeader(std::string& html, const ReportTable& table) {
  html += "<thead><tr>";
  if (!table.row_pictures.empty()) html += "<th class=\"picture\">picture</th>";
  for (size_t i = 0; i < table.header.size(); ++i) {
    html += fmt::format("<th{}>{}</th>", table.sorted_by == i ? " aria-sort=\"descending\"" : "",
                        MarkupText(table.header[i]));
  }
  html += "</tr></thead>\n";
}

void AppendRow(std::string& html, const ReportTable& table, size_t row) {
  const std::vector<std::string>& cells = table.rows[row];
  Check(cells.size() == table.header.size(), "a row as long as its table's header");
  html += "<tr>";
  if (row < table.row_pictures.size()) {
    const Image& image = table.row_pictures[row];
    html += fmt::format(
        "<td class=\"picture\"><img width=\"{}\" height=\"{}\" alt=\"\" "
        "src=\"data:image/jpeg;base64,{}\"></td>",
        2 * image.width_px / 3, 2 * image.height_px / 3, Base64(JpegOf(image)));
  } else if (!table.row_pictures.empty()) {
    html += "<td class=\"picture\"></td>";
  }
  for (const std::string& cell : cells) AppendElement(html, "td", cell);
  html += "</tr>\n";
}

void AppendTable(std::string& html, const ReportTable& table) {
  html += table.folded ? "<details>" : "<div class=\"titled\">";
  AppendElement(html, table.folded ? "summary" : "h3", table.caption);
  // The box can have the keyboard's focus, to scroll it without a mouse.
  html += fmt::format(
      "\n<div class=\"scroll{}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table{}>\n",
      table.row_pictures.empty() ? "" : " high", MarkupText(table.caption),
      table.sorted_by ? " class=\"sortable\"" : "");
  AppendHeader(html, table);
  html += "<tbody>\n";
  for (size_t i = 0; i < table.rows.size(); ++i) AppendRow(html, table, i);
  html += "</tbody></table></div>";
  html += table.folded ? "</details>\n" : "</div>\n";
}

void AppendPicture(std::string& html, const ReportPicture& picture, std::span<const uint8_t> png) {
  html += fmt::format(
      "<figure><img width=\"{}\" height=\"{}\" alt=\"{}\" src=\"data:image/png;base64,{}\">",
      picture.image.width_px, picture.image.height_px, MarkupText(picture.alt), Base64(png));
  AppendElement(html, "figcaption", picture.caption);
  html += "</figure>\n";
}

bool HasSortableTable(const HtmlReport& report) {
  return std::ranges::any_of(report.sections, [](const ReportSection& section) {
    return std::ranges::any_of(
        section.tables, [](const ReportTable& table) { return table.sorted_by.has_value(); });
  });
}

using OnPng = std::function<void(const std::string& file, std::span<const uint8_t> png)>;

void AppendSection(std::string& html, const ReportSection& section, const OnPng& on_png) {
  AppendElement(html, "h2", section.title);
  for (const std::string& paragraph : section.paragraphs) AppendElement(html, "p", paragraph);
  if (!section.code.empty()) AppendElement(html, "pre", section.code);
  for (const ReportPicture& picture : section.pictures) {
    const std::vector<uint8_t> png = PngOf(picture.image);
    on_png(picture.file, png);
    AppendPicture(html, picture, png);
  }
  for (const ReportTable& table : section.tables) AppendTable(html, table);
}

std::string PageText(const HtmlReport& report, const OnPng& on_png) {
  const std::string title = MarkupText(report.title);
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>{0}</title>\n"
      "<style>\n{1}</style>\n</head>\n<body>\n<header><h1>{0}</h1>\n<p>{2}</p></header>\n",
      title, kReportStyle, MarkupText(report.subtitle));
  AppendSummary(html, report.summary);
  AppendContents(html, report.sections);
  html += "<main>\n";
  for (size_t i = 0; i < report.sections.size(); ++i) {
    html += fmt::format("<section id=\"{}\">\n", SectionId(i));
    AppendSection(html, report.sections[i], on_png);
    html += "</section>\n";
  }
  html += "</main>\n";
  if (HasSortableTable(report)) html += fmt::format("<script>{}</script>\n", kSortScript);
  return html + "</body>\n</html>\n";
}

}  // namespace

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

std::string HtmlText(const HtmlReport& report) {
  return PageText(report, [](const std::string&, std::span<const uint8_t>) {});
}

std::vector<std::filesystem::path> WriteHtmlReport(const std::filesystem::path& folder,
                                                   const HtmlReport& report) {
  std::vector<std::filesystem::path> written = {folder / "report.html"};
  const std::string page =
      PageText(report, [&](const std::string& file, std::span<const uint8_t> png) {
        written.push_back(folder / file);
        SaveText(written.back(), {reinterpret_cast<const char*>(png.data()), png.size()});
      });
  SaveText(written.front(), page);
  return written;
}

}  // namespace nosetip
