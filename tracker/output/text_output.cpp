#include "tracker/output/text_output.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kFlushInterval{1};

}  // namespace

TextOutput::TextOutput(fs::path path)
    : file_(std::move(path), {.keep_part = true}), flushed_at_(std::chrono::steady_clock::now()) {}

void TextOutput::Write(std::string_view text) {
  file_.Write(text);
  const auto now = std::chrono::steady_clock::now();
  if (now - flushed_at_ < kFlushInterval) return;
  file_.Flush();
  flushed_at_ = now;
}

GrowingText::GrowingText(fs::path path) : path_(std::move(path)) {
  errno = 0;
  file_.reset(std::fopen(path_.c_str(), "wbx"));
  if (!file_) ThrowWriteError(path_, errno);
  // So that a Write reaches the file whole or says that it did not.
  std::setvbuf(file_.get(), nullptr, _IONBF, 0);
}

void GrowingText::Write(std::string_view text) {
  Check(file_ != nullptr, "writing to a file that failed");
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size()) {
    bytes_ += static_cast<int64_t>(text.size());
    return;
  }
  const int problem = errno;
  file_.reset();
  std::error_code ignored;
  fs::resize_file(path_, static_cast<uintmax_t>(bytes_), ignored);
  ThrowWriteError(path_, problem);
}

void SaveText(const fs::path& path, std::string_view text, const AtomicFileOptions& options) {
  AtomicFile file(path, options);
  file.Write(text);
  file.Commit();
}

void CheckFolderOf(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : ".";
  std::error_code ignored;
  if (fs::is_directory(folder, ignored)) return;
  throw Error(
      fmt::format("there is no folder {} for --out; create it or choose another", folder.string()));
}

}  // namespace nosetip
