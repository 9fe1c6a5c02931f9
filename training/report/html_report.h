// A page of text, pictures and tables: one HTML file that needs no other files and no network. Its
// only script sorts tables, whose rows are in an order without it, too.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "tracker/output/html_page.h"

namespace nosetip {

struct ReportPicture {
  std::string file;  // the picture's own file beside the page: "loss.png"
  Image image;
  std::string alt;  // what the picture shows, for screen readers
  std::string caption;
};

// Shown in this order; each may be empty.
struct ReportSection {
  std::string title;
  std::vector<std::string> paragraphs;
  std::string code;
  std::vector<ReportPicture> pictures;
  std::vector<ReportTable> tables;
};

struct HtmlReport {
  std::string title;
  std::string subtitle;
  std::vector<ReportFigure> summary;
  std::vector<ReportSection> sections;
};

// A picture for ReportTable::row_pictures: as JPEG at two thirds of its size, for screens with fine
// pixels.
std::string ThumbnailHtml(const Image& image);

// The page with its pictures embedded. All strings of the report are plain text: characters with a
// meaning in HTML are escaped.
std::string HtmlText(const HtmlReport& report);

// Writes report.html with the pictures embedded, and each picture's PNG file beside it. Returns the
// paths of the files, the page first. Throws Error that names a file which cannot be written.
std::vector<std::filesystem::path> WriteHtmlReport(const std::filesystem::path& folder,
                                                   const HtmlReport& report);

}  // namespace nosetip
