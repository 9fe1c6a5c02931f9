// The page that lists the reports of a folder.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace nosetip {

// The <meta> element of a report with its figures: "Frames=1337;Faces=1;".
inline constexpr std::string_view kReportMeta = "nosetip-report";

// A report and what its clip is called.
struct ListedReport {
  std::filesystem::path file;
  std::string title;
};

// Links to those of the reports that exist, by their file names, with the figures that each holds.
// Reports may be of other runs over the same inputs.
std::string ReportIndex(std::string_view title, std::span<const ListedReport> reports);

}  // namespace nosetip
