#include "tracker/output/growing_text.h"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "tracker/core/error.h"

namespace nosetip {

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
