#include "gui/media/screenshot_saver.h"

#include <exception>
#include <utility>

namespace nosetip {

ScreenshotSaver::ScreenshotSaver() : thread_([this](const std::stop_token& stop) { Run(stop); }) {}

ScreenshotSaver::~ScreenshotSaver() = default;

void ScreenshotSaver::Save(LiveFrame live, ScreenshotOptions options) {
  const std::lock_guard lock(mutex_);
  if (status_.waiting >= kMostWaiting) {
    status_.message = "the screenshots before are still being saved; try again in a moment";
    return;
  }
  jobs_.push_back({std::move(live), std::move(options)});
  ++status_.waiting;
  changed_.notify_all();
}

ScreenshotStatus ScreenshotSaver::Status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void ScreenshotSaver::Run(const std::stop_token& stop) {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [&] { return !jobs_.empty(); });
    if (jobs_.empty()) return;  // a stop leaves none undone
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    Do(job);
  }
}

void ScreenshotSaver::Do(const Job& job) {
  std::optional<ScreenshotFiles> files;
  std::string problem;
  try {
    files = SaveScreenshot(job.live, job.options);
  } catch (const std::exception& error) {
    problem = error.what();
  }
  const std::lock_guard lock(mutex_);
  --status_.waiting;
  if (files) {
    ++status_.saved;
    status_.latest = std::move(files);
  }
  status_.message = std::move(problem);
}

}  // namespace nosetip
