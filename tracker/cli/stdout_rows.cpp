#include "tracker/cli/stdout_rows.h"

#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/output/json_writers.h"

namespace nosetip {

StdoutRows::StdoutRows(Form form, const CsvOptions& options, std::function<void()> on_closed)
    : form_(form), options_(options), on_closed_(std::move(on_closed)) {
  std::signal(SIGPIPE, SIG_IGN);
}

void StdoutRows::Write(const TrackResult& result, std::string_view file_name,
                       std::optional<double> unix_time_s) {
  if (closed_) return;
  if (form_ == Form::kJsonLines) {
    WriteAll(JsonLine(result, file_name, options_.unix_time_column, unix_time_s));
    return;
  }
  const std::string header = std::exchange(begun_, true) ? "" : CsvHeader(options_);
  WriteAll(header +
           CsvRows(options_, result, {.file_name = file_name, .unix_time_s = unix_time_s}));
}

void StdoutRows::WriteAll(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      closed_ = true;
      on_closed_();
      return;
    } else if (errno != EINTR) {
      throw Error(fmt::format("cannot write to standard output: {}",
                              std::generic_category().message(errno)));
    }
  }
}

}  // namespace nosetip
