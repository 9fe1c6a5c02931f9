#include "tracker/cli/frame_pipeline.h"

#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "tracker/core/start_thread.h"

namespace nosetip {
namespace {

// Enough for a stage to continue while another takes longer for a frame, few enough to keep large
// frames from filling the memory.
constexpr size_t kFramesBetweenStages = 3;

constexpr size_t kOtherStages = 4;

struct Job {
  FramePtr frame;
  FrameStages::Found found;
  TrackResult result;
  std::optional<Image> drawn;
};

class Pipeline {
 public:
  Pipeline(const FrameStages& stages, const std::stop_token& stop) : stages_(stages), stop_(stop) {}

  void Run() {
    {
      std::vector<std::jthread> others;
      Guarded([&] {
        for (const auto stage :
             {&Pipeline::Read, &Pipeline::Search, &Pipeline::Draw, &Pipeline::Write}) {
          others.push_back(StartThread([this, stage] { (this->*stage)(); }));
        }
      });
      // Where one could not start, those that did would wait for it.
      if (others.size() < kOtherStages) Abandon();
      Track();
    }
    if (first_error_) std::rethrow_exception(first_error_);
  }

 private:
  using JobPtr = std::unique_ptr<Job>;
  using Queue = BoundedQueue<JobPtr>;

  void Abandon() {
    for (Queue* queue : {&read_, &searched_, &tracked_, &drawn_}) queue->Abandon();
  }

  void Read() {
    Guarded([this] {
      while (FramePtr frame = stages_.read()) {
        auto job = std::make_unique<Job>();
        job->frame = std::move(frame);
        if (!read_.Push(std::move(job))) return;
      }
    });
    read_.Close();
  }

  void Search() {
    Each(read_, [this](JobPtr job) {
      job->found = stages_.search(*job->frame);
      return searched_.Push(std::move(job));
    });
    searched_.Close();
  }

  void Track() {
    Each(searched_, [this](JobPtr job) {
      if (stop_.stop_requested()) return false;
      job->result = stages_.track(*job->frame, std::move(job->found));
      if (stages_.publish) stages_.publish(job->frame, job->result);
      return tracked_.Push(std::move(job));
    });
    tracked_.Close();
  }

  void Draw() {
    Each(tracked_, [this](JobPtr job) {
      job->drawn = stages_.draw(*job->frame, job->result);
      return drawn_.Push(std::move(job));
    });
    drawn_.Close();
  }

  void Write() {
    Each(drawn_, [this](JobPtr job) {
      stages_.write(*job->frame, job->result, std::move(job->drawn));
      return true;
    });
  }

  // Runs until the queue ends, `work` returns false, or it throws.
  template <typename Work>
  void Each(Queue& jobs, Work work) {
    Guarded([&] {
      while (std::optional<JobPtr> job = jobs.Pop()) {
        if (!work(std::move(*job))) return;
      }
    });
    jobs.Abandon();
  }

  template <typename Work>
  void Guarded(Work work) {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!first_error_) first_error_ = std::current_exception();
    }
  }

  const FrameStages& stages_;
  const std::stop_token& stop_;
  Queue read_{kFramesBetweenStages};
  Queue searched_{kFramesBetweenStages};
  Queue tracked_{kFramesBetweenStages};
  Queue drawn_{kFramesBetweenStages};
  std::mutex mutex_;
  std::exception_ptr first_error_;
};

}  // namespace

void RunFrames(const FrameStages& stages, const std::stop_token& stop) {
  Pipeline(stages, stop).Run();
}

}  // namespace nosetip
