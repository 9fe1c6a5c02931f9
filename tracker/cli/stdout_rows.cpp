#include "tracker/cli/stdout_rows.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <poll.h>
#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/output/json_writers.h"

namespace nosetip {
namespace {

constexpr int kWaitMs = 200;

}  // namespace

StdoutRows::StdoutRows(Form form, const CsvOptions& options, std::function<void()> on_closed,
                       std::stop_token stop)
    : form_(form), options_(options), on_closed_(std::move(on_closed)), stop_(std::move(stop)) {
  std::signal(SIGPIPE, SIG_IGN);
}

void StdoutRows::Write(const TrackResult& result, std::string_view file_name,
                       std::optional<double> unix_time_s) {
  if (closed_) return;
  if (form_ == Form::kJsonLines) {
    WriteAll(JsonLine(result, file_name,
                      {.signals = options_.signals, .unix_time = options_.unix_time_column},
                      unix_time_s));
    return;
  }
  const std::string header = std::exchange(begun_, true) ? "" : CsvHeader(options_);
  WriteAll(header +
           CsvRows(options_, result, {.file_name = file_name, .unix_time_s = unix_time_s}));
}

void StdoutRows::WriteAll(std::string_view text) {
  while (!text.empty()) {
    if (!WaitForReader()) return;
    // As much as a pipe that takes anything takes without a wait, of which no signal would wake us.
    const ssize_t written =
        write(STDOUT_FILENO, text.data(), std::min<size_t>(text.size(), PIPE_BUF));
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      closed_ = true;
      on_closed_();
      return;
    } else if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
      throw Error(fmt::format("cannot write to standard output: {}",
                              std::generic_category().message(errno)));
    }
  }
}

bool StdoutRows::WaitForReader() {
  while (true) {
    pollfd out{STDOUT_FILENO, POLLOUT, 0};
    const int ready = poll(&out, 1, kWaitMs);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // which the write tells
    if (ready == 0 && stop_.stop_requested()) break;
  }
  closed_ = true;
  return false;
}

}  // namespace nosetip
