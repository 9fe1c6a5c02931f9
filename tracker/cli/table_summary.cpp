#include "tracker/cli/table_summary.h"

#include <algorithm>
#include <cstddef>

#include <fmt/core.h>

namespace nosetip {

std::string SummaryText(const TableSummary& summary) {
  const auto frames = static_cast<double>(std::max<int64_t>(summary.frames, 1));
  const char* const unit = summary.pictures ? "picture" : "frame";
  std::string text =
      fmt::format("{}: {} {}{}, {} with a face ({:.1f} %), {:.1f} {}s/s", summary.name,
                  summary.frames, unit, summary.frames == 1 ? "" : "s", summary.frames_with_face,
                  100.0 * static_cast<double>(summary.frames_with_face) / frames,
                  frames / std::max(summary.seconds, 1e-6), unit);
  if (summary.left_out > 0) {
    text += fmt::format("\n  --max-faces {} left out {}{} face{} in a {}; raise it to include all",
                        summary.max_faces, summary.frames == 1 ? "" : "up to ", summary.left_out,
                        summary.left_out == 1 ? "" : "s", unit);
  }
  return text;
}

std::string WrittenText(const TableSummary& summary) {
  constexpr size_t kMaxFiles = 10;
  const size_t shown = std::min(summary.written.size(), kMaxFiles);
  std::string text;
  for (size_t i = 0; i < shown; ++i) {
    const WrittenFile& file = summary.written[i];
    const std::string note = file.note.empty() ? "" : fmt::format(" ({})", file.note);
    text += fmt::format("  {}{}\n", file.path.string(), note);
  }
  if (shown < summary.written.size()) {
    text += fmt::format("  and {} more\n", summary.written.size() - shown);
  }
  return text;
}

}  // namespace nosetip
