#include "tracker/model/fallback_landmarker.h"

#include <stdexcept>
#include <utility>

#include "tracker/core/error.h"

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
    failure = FirstLine(error);
  }
  std::unique_ptr<Landmarker> other = replace_(failure);
  replace_ = nullptr;
  // Left in memory on purpose: a GPU that has failed may fail again when it frees memory, which
  // would end the program.
  static_cast<void>(now_.release());
  now_ = std::move(other);
  if (replaced_) replaced_(now_->HowItRuns());
  return now_->Locate(image, boxes);
}

}  // namespace nosetip
