#include "training/report/job_views.h"

#include <algorithm>

#include "training/data/held_out.h"

namespace nosetip {

std::vector<PackedFace> FacesOf(const TrainJob& job, Side side) {
  const HoldOut hold_out = job.options.Validation();
  std::vector<PackedFace> faces;
  for (size_t p = 0; p < job.packs.size(); ++p) {
    const FacePack& pack = job.packs[p];
    for (size_t i = 0; i < pack.FaceCount(); ++i) {
      const bool wanted = side == Side::kTraining
                              ? !IsHeldOut(pack.groups[i], hold_out)
                              : IsMeasured(pack.groups[i], pack.parts[i], hold_out);
      if (wanted) faces.push_back({p, i});
    }
  }
  return faces;
}

std::vector<PackedFace> Spaced(const std::vector<PackedFace>& faces, size_t count) {
  std::vector<PackedFace> chosen;
  const size_t wanted = std::min(count, faces.size());
  for (size_t i = 0; i < wanted; ++i) chosen.push_back(faces[i * faces.size() / wanted]);
  return chosen;
}

std::vector<SampleView> ViewsOf(const TrainJob& job, const std::vector<PackedFace>& faces,
                                const SampleRequest& request) {
  std::vector<SampleView> views;
  for (size_t p = 0; p < job.packs.size(); ++p) {
    std::vector<size_t> chosen;
    for (const PackedFace& face : faces) {
      if (face.pack == p) chosen.push_back(face.face);
    }
    if (chosen.empty()) continue;
    for (SampleView& view : SampleViews(job.packs[p], chosen, request)) {
      views.push_back(std::move(view));
    }
  }
  return views;
}

SampleRequest RequestOf(const TrainJob& job, const AugmentOptions& augment) {
  return {job.options.View(), augment, job.options.seed};
}

}  // namespace nosetip
