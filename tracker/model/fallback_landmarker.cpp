#include "tracker/model/fallback_landmarker.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nosetip {

FallbackLandmarker::FallbackLandmarker(std::unique_ptr<Landmarker> first, Replace replace,
                                       Replaced replaced)
    : now_(std::move(first)), replace_(std::move(replace)), replaced_(std::move(replaced)) {}

std::vector<Landmarks> FallbackLandmarker::Locate(const Image& image,
                                                  std::span<const RectF> boxes) {
  if (!replace_) return now_->Locate(image, boxes);
  std::string failure;
  try {
    return now_->Locate(image, boxes);
  } catch (const std::logic_error&) {
    throw;
  } catch (const std::exception& error) {
    failure = error.what();
    failure.resize(std::min(failure.size(), failure.find('\n')));
  }
  std::unique_ptr<Landmarker> other = replace_(failure);
  replace_ = nullptr;
  // It is left in memory: a GPU that has failed may fail again while it is asked to free what it
  // holds, which would end the program.
  static_cast<void>(now_.release());
  now_ = std::move(other);
  if (replaced_) replaced_(now_->HowItRuns());
  return now_->Locate(image, boxes);
}

}  // namespace nosetip
