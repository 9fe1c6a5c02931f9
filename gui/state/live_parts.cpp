#include "gui/state/live_parts.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "tracker/output/options_json.h"

namespace nosetip {

PartsFactory MakeParts(const Settings& settings, std::shared_ptr<PartsNote> note) {
  return [model = settings.model, detector = settings.detector, tracker = settings.tracker,
          smoothing = settings.smoothing, note = std::move(note)] {
    Validate(model);
    DeviceChoice device = ChooseDevice(model.device, model.precision);
    // The note holds the device, so the device must not hold the note.
    device.on_fallback = [noted = std::weak_ptr(note)](const std::string& how_it_runs) {
      const std::shared_ptr<PartsNote> still_there = noted.lock();
      if (!still_there) return;
      PartsInUse parts = still_there->Read();
      parts.how_it_runs = how_it_runs;
      still_there->Write(std::move(parts));
    };
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
