// A landmarker whose device may fail in the middle of a run. Free of LibTorch.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tracker/model/landmarker.h"

namespace nosetip {

// Answers as `first` does until that fails; then another landmarker takes over for good, with the
// picture that failed. A mistake of the caller (std::logic_error) is not a failure.
class FallbackLandmarker final : public Landmarker {
 public:
  // Makes the other one; `failure` is the first line of the error. Throws, where there is none,
  // what Locate is to throw.
  using Replace = std::function<std::unique_ptr<Landmarker>(const std::string& failure)>;
  // Called once, in the first Locate of the other one, with its HowItRuns; may be empty.
  using Replaced = std::function<void(const std::string& how_it_runs)>;

  FallbackLandmarker(std::unique_ptr<Landmarker> first, Replace replace, Replaced replaced = {});

  const LandmarkSchema& schema() const override { return now_->schema(); }
  bool WantsUprightFaces() const override { return now_->WantsUprightFaces(); }
  std::string HowItRuns() const override { return now_->HowItRuns(); }
  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override;
  double MeasureFaceMs() override { return now_->MeasureFaceMs(); }
  double last_crop_ms() const override { return now_->last_crop_ms(); }

 private:
  std::unique_ptr<Landmarker> now_;
  Replace replace_;  // empty once it has been used
  Replaced replaced_;
};

}  // namespace nosetip
