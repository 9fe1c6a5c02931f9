#include "gui/live_parts.h"

#include <utility>

#include "training/options_json.h"

namespace nosetip {

PartsFactory MakeParts(const Settings& settings, std::shared_ptr<DeviceNote> note) {
  return [model = settings.model, detector = settings.detector, tracker = settings.tracker,
          smoothing = settings.smoothing, note = std::move(note)] {
    Validate(model);
    const DeviceChoice device = ChooseDevice(model.device);
    LiveParts parts;
    parts.detector = CreateYuNetDetector(detector);
    parts.search_detector = CreateYuNetDetector(detector);
    parts.landmarker = LoadLandmarker(model.model, device, model.threads);
    parts.options = tracker;
    parts.options.smoothing = smoothing;
    DeviceChoice noted = device;
    noted.reason += "; " + parts.landmarker->HowItRuns();
    note->Write(noted);
    return parts;
  };
}

bool NeedsOtherTracker(const Settings& before, const Settings& after) {
  return JsonFromOptions(before.model) != JsonFromOptions(after.model) ||
         JsonFromOptions(before.detector) != JsonFromOptions(after.detector) ||
         JsonFromOptions(before.tracker) != JsonFromOptions(after.tracker) ||
         JsonFromOptions(before.smoothing) != JsonFromOptions(after.smoothing);
}

}  // namespace nosetip
