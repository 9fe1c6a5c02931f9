#include "training/report/html_report.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>

#include <fmt/core.h>
#include <opencv2/imgcodecs.hpp>

#include "tracker/core/error.h"
#include "tracker/output/number_text.h"
#include "tracker/output/text_output.h"
#include "tracker/vision/image_ops.h"
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

std::vector<uint8_t> PngOf(const Image& image) {
  Check(!image.Empty(), "a picture for the report");
  return WithOpenCv("a picture of the report", [&] {
    std::vector<uint8_t> bytes;
    cv::imencode(".png", BgrFromImage(image), bytes, {cv::IMWRITE_PNG_COMPRESSION, 9});
    return bytes;
  });
}

std::string SectionId(size_t section) { return fmt::format("section{}", section + 1); }

void AppendContents(std::string& html, const std::vector<ReportSection>& sections) {
  html += "<nav aria-label=\"Contents\"><h2>Contents</h2>\n<ol>\n";
  for (size_t i = 0; i < sections.size(); ++i) {
    html += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", SectionId(i),
                        MarkupText(sections[i].title));
  }
  html += "</ol></nav>\n";
}

void AppendPicture(std::string& html, const ReportPicture& picture, std::span<const uint8_t> png) {
  html += fmt::format(
      "<figure><img width=\"{}\" height=\"{}\" alt=\"{}\" src=\"data:image/png;base64,{}\">",
      picture.image.width_px, picture.image.height_px, MarkupText(picture.alt), Base64(png));
  html += HtmlElement("figcaption", picture.caption);
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
  html += HtmlElement("h2", section.title);
  for (const std::string& paragraph : section.paragraphs) html += HtmlElement("p", paragraph);
  if (!section.code.empty()) html += HtmlElement("pre", section.code);
  for (const ReportPicture& picture : section.pictures) {
    const std::vector<uint8_t> png = PngOf(picture.image);
    on_png(picture.file, png);
    AppendPicture(html, picture, png);
  }
  for (const ReportTable& table : section.tables) html += HtmlTable(table);
}

std::string PageText(const HtmlReport& report, const OnPng& on_png) {
  std::string html = HtmlStart(report.title, report.subtitle) + HtmlSummary(report.summary);
  AppendContents(html, report.sections);
  html += "<main>\n";
  for (size_t i = 0; i < report.sections.size(); ++i) {
    html += fmt::format("<section id=\"{}\">\n", SectionId(i));
    AppendSection(html, report.sections[i], on_png);
    html += "</section>\n";
  }
  html += "</main>\n";
  if (HasSortableTable(report)) html += fmt::format("<script>{}</script>\n", kSortScript);
  return html + HtmlEnd();
}

}  // namespace

std::string ThumbnailHtml(const Image& image) {
  return fmt::format("<img width=\"{}\" height=\"{}\" alt=\"\" src=\"data:image/jpeg;base64,{}\">",
                     2 * image.width_px / 3, 2 * image.height_px / 3, Base64(JpegOf(image)));
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
