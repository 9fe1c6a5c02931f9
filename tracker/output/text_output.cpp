#include "tracker/output/text_output.h"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr std::chrono::seconds kFlushInterval{1};

}  // namespace

TextOutput::TextOutput(std::filesystem::path path)
    : path_(std::move(path)),
      part_path_(path_.string() + ".part"),
      flushed_at_(std::chrono::steady_clock::now()) {
  std::error_code ignored;
  if (std::filesystem::exists(path_, ignored) &&
      !std::filesystem::is_regular_file(path_, ignored)) {
    throw Error(path_.string() + " is a folder or a device, not a file; choose another name");
  }
  errno = 0;
  file_.reset(std::fopen(part_path_.c_str(), "wb"));
  if (!file_) Fail("cannot be created");
}

TextOutput::~TextOutput() {
  if (!file_) return;
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(part_path_, ignored);
}

void TextOutput::Write(std::string_view text) {
  Check(file_ != nullptr, "writing to a finished file");
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    Fail("cannot be written");
  }
  const auto now = std::chrono::steady_clock::now();
  if (now - flushed_at_ < kFlushInterval) return;
  if (std::fflush(file_.get()) != 0) Fail("cannot be written");
  flushed_at_ = now;
}

void TextOutput::Finish() {
  Check(file_ != nullptr, "finishing a finished file");
  errno = 0;
  if (std::fflush(file_.get()) != 0) Fail("cannot be written");
  if (std::fclose(file_.release()) != 0) {
    const int reason = errno;
    std::error_code ignored;
    std::filesystem::remove(part_path_, ignored);
    errno = reason;
    Fail("cannot be written");
  }
  std::error_code error;
  std::filesystem::rename(part_path_, path_, error);
  if (!error) return;
  std::error_code ignored;
  std::filesystem::remove(part_path_, ignored);
  errno = error.value();
  Fail("cannot be put in its place");
}

void TextOutput::Fail(std::string_view what) const {
  const int reason = errno;
  std::string message = path_.string() + " " + std::string(what);
  if (reason != 0) message += ": " + std::generic_category().message(reason);
  if (reason == ENOSPC) {
    message += "; free some space or choose another folder";
  } else {
    message += "; check that its folder is there and may be written to";
  }
  throw Error(message);
}

GrowingText::GrowingText(std::filesystem::path path) : path_(std::move(path)) {
  errno = 0;
  file_.reset(std::fopen(path_.c_str(), "wbx"));
  if (!file_) Fail("cannot be created");
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
  const int reason = errno;
  file_.reset();
  std::error_code ignored;
  std::filesystem::resize_file(path_, static_cast<uintmax_t>(bytes_), ignored);
  errno = reason;
  Fail("cannot be written");
}

void GrowingText::Fail(std::string_view what) const {
  const int reason = errno;
  std::string message = path_.string() + " " + std::string(what);
  if (reason != 0) message += ": " + std::generic_category().message(reason);
  if (reason == ENOSPC || reason == EFBIG) {
    message += "; the disk is full: make room or choose another folder";
  } else {
    message += "; choose another folder";
  }
  throw Error(message);
}

}  // namespace nosetip
