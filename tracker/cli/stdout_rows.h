// A table of faces on standard output, for the next program of a pipe.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "tracker/core/face.h"
#include "tracker/output/csv_writer.h"

namespace nosetip {

// One table for all inputs of a run: JSON lines as those of JsonlWriter, or CSV with one header.
// Each frame is handed to the system at once and whole. One thread at a time.
class StdoutRows {
 public:
  enum class Form { kCsv, kJsonLines };

  // `on_closed` runs once, when the reader has gone (`| head -1`); later frames are dropped. From
  // here on a closed pipe is no signal that ends the program.
  StdoutRows(Form form, const CsvOptions& options, std::function<void()> on_closed);

  // Waits where the reader is behind. Throws Error where writing fails for another reason.
  void Write(const TrackResult& result, std::string_view file_name,
             std::optional<double> unix_time_s);

 private:
  void WriteAll(std::string_view text);

  Form form_;
  CsvOptions options_;
  std::function<void()> on_closed_;
  bool begun_ = false;
  bool closed_ = false;
};

}  // namespace nosetip
