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

std::vector<uint8_t> PngOf(const ReportPicture& picture) {
  Check(!picture.image.Empty(), "a picture for the report");
  return WithOpenCv(picture.file, [&] {
    std::vector<uint8_t> bytes;
    cv::imencode(".png", BgrFromImage(picture.image), bytes, {cv::IMWRITE_PNG_COMPRESSION, 9});
    return bytes;
  });
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

void AppendTable(std::string& html, const ReportTable& table) {
  html += table.folded ? "<details>" : "<div class=\"titled\">";
  AppendElement(html, table.folded ? "summary" : "h3", table.caption);
  // The box can have the keyboard's focus, to scroll it without a mouse.
  html += fmt::format(
      "\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"{}\"><table>\n<thead><tr>",
      MarkupText(table.caption));
  for (const std::string& cell : table.header) AppendElement(html, "th", cell);
  html += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : table.rows) {
    Check(row.size() == table.header.size(), "a row as long as its table's header");
    html += "<tr>";
    for (const std::string& cell : row) AppendElement(html, "td", cell);
    html += "</tr>\n";
  }
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

using OnPng = std::function<void(const std::string& file, std::span<const uint8_t> png)>;

void AppendSection(std::string& html, const ReportSection& section, const OnPng& on_png) {
  AppendElement(html, "h2", section.title);
  for (const std::string& paragraph : section.paragraphs) AppendElement(html, "p", paragraph);
  if (!section.code.empty()) AppendElement(html, "pre", section.code);
  for (const ReportPicture& picture : section.pictures) {
    const std::vector<uint8_t> png = PngOf(picture);
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
  return html + "</main>\n</body>\n</html>\n";
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
