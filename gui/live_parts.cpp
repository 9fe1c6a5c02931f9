#include "gui/live_parts.h"

#include <utility>

#include "training/options_json.h"

namespace nosetip {

PartsFactory MakeParts(const Settings& settings, std::shared_ptr<PartsNote> note) {
  return [model = settings.model, detector = settings.detector, tracker = settings.tracker,
          smoothing = settings.smoothing, note = std::move(note)] {
    Validate(model);
    const DeviceChoice device = ChooseDevice(model.device, model.precision);
    LiveParts parts;
    parts.detector = CreateYuNetDetector(detector);
    parts.search_detector = CreateYuNetDetector(detector);
    LoadedModel loaded = LoadModelFor(model.model, device, 1, model.threads, Pace::kLive);
    note->Write({device, loaded.landmarkers.front()->HowItRuns(), loaded.path, loaded.reason});
    parts.landmarker = std::move(loaded.landmarkers.front());
    parts.options = tracker;
    parts.options.smoothing = smoothing;
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
