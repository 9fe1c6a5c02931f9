// A page of text, pictures and tables: one HTML file that needs nothing else, neither files beside
// it nor the net nor scripts.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/image.h"

namespace nosetip {

struct ReportFigure {
  std::string name;
  std::string value;
};

struct ReportPicture {
  std::string file;  // the picture's own file beside the page: "loss.png"
  Image image;
  std::string alt;  // says what the picture shows to whom cannot see it
  std::string caption;
};

struct ReportTable {
  std::string caption;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // each as long as the header
  bool folded = false;                         // only its caption is seen until it is clicked on
};

// What a section has of these is shown in this order.
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

// Writes report.html, into which the pictures are embedded, and each picture's PNG file beside it.
// All strings are plain text: characters that mean something in HTML are escaped. Returns the paths
// that it wrote, the page first. Throws Error that names a file which cannot be written.
std::vector<std::filesystem::path> WriteHtmlReport(const std::filesystem::path& folder,
                                                   const HtmlReport& report);

// RFC 4648, with padding.
std::string Base64(std::span<const uint8_t> bytes);

}  // namespace nosetip
