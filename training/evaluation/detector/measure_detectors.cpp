#include "training/evaluation/detector/measure_detectors.h"

#include <chrono>

namespace nosetip {

std::vector<DetectorRecord> ExaminePictures(Detectors detectors, const PictureSequence& next,
                                            const std::stop_token& stop,
                                            const std::function<void(size_t)>& on_picture) {
  using Clock = std::chrono::steady_clock;
  std::vector<DetectorRecord> records(detectors.size());
  size_t done = 0;
  while (!stop.stop_requested()) {
    std::optional<PictureToExamine> picture = next();
    if (!picture) break;
    if (done == 0) {
      for (const auto& detector : detectors) detector->Detect(picture->image);
    }
    for (size_t turn = 0; turn < detectors.size(); ++turn) {
      const size_t i = (turn + done) % detectors.size();
      const auto start = Clock::now();
      std::vector<FaceBox> boxes = detectors[i]->Detect(picture->image);
      records[i].times_ms.push_back(
          std::chrono::duration<double, std::milli>(Clock::now() - start).count());
      records[i].pictures.push_back({picture->name, std::move(boxes), picture->faces});
    }
    on_picture(++done);
  }
  return records;
}

}  // namespace nosetip
