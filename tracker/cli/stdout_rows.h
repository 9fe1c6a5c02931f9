// A table of faces on standard output, for the next program of a pipe.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>

#include "tracker/core/face.h"
#include "tracker/output/csv_writer.h"

namespace nosetip {

// One table for all inputs of a run: JSON lines as those of JsonlWriter, or CSV with one header.
// Each frame is handed to the system at once. One thread at a time.
class StdoutRows {
 public:
  enum class Form { kCsv, kJsonLines };

  // `on_closed` runs once, when the reader has gone (`| head -1`); later frames are dropped. From
  // here on a closed pipe is no signal that ends the program.
  StdoutRows(Form form, const CsvOptions& options, std::function<void()> on_closed,
             std::stop_token stop);

  // Waits where the reader is behind. After a stop no longer: once the reader takes nothing for a
  // moment, the rest is dropped, which may leave half a row. Throws Error where writing fails for
  // another reason.
  void Write(const TrackResult& result, std::string_view file_name,
             std::optional<double> unix_time_s);

 private:
  void WriteAll(std::string_view text);
  // False where there is to be no more, as the reader stalls after a stop.
  bool WaitForReader();

  Form form_;
  CsvOptions options_;
  std::function<void()> on_closed_;
  std::stop_token stop_;
  bool begun_ = false;
  bool closed_ = false;
};

}  // namespace nosetip
