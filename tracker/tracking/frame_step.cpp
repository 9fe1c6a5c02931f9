#include "tracker/tracking/frame_step.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nosetip {
namespace {

// A face located this far from its crop's middle is located again from where it is.
constexpr float kOffCenterIou = 0.6F;

// Where the upright frame shows no face, it is searched turned by the first of these angles and,
// where that shows none either, by the next. The detector finds nearly all faces that lean by up to
// 20 degrees and four of five that lean by 40.
constexpr std::array kTurnedSearchRad = {0.785F, 1.571F};  // 45 and 90 degrees

}  // namespace

StageTimings FrameStep::Run(std::optional<std::vector<FaceBox>> found) {
  const int first_new_id = memory_.next_id;
  memory_.left_out = 0;
  std::vector<Followed> followed = Follow();
  memory_.tracks.clear();
  Confirm(std::move(followed));
  search_.Run(std::move(found));
  Settle();
  if (search_.TurnedIsDue()) SearchTurned();
  DropDuplicates();
  if (memory_.options.FollowsLargest()) KeepLargest(first_new_id);
  return locator_.timings();
}

std::vector<FrameStep::Followed> FrameStep::Follow() {
  std::vector<FacePlace> places;
  places.reserve(memory_.tracks.size());
  for (FaceTrack& track : memory_.tracks) {
    track.leans = locator_.Leans(track);
    places.push_back(PredictedPlace(track, locator_.schema()));
  }
  std::vector<Landmarks> located = locator_.Locate(places);
  std::vector<Followed> followed;
  for (size_t i = 0; i < places.size(); ++i) {
    followed.push_back({MovedTo(memory_.tracks[i], std::move(located[i])), places[i]});
  }
  LocateOffCenterAgain(followed);
  for (size_t i = 0; i < followed.size(); ++i) {
    Followed& face = followed[i];
    if (!IsUsable(face.track, locator_.image())) continue;
    face.continuity = Continuity(memory_.tracks[i], face.track);
    face.found = PlaceOf(face.track, locator_.schema());
  }
  return followed;
}

void FrameStep::LocateOffCenterAgain(std::vector<Followed>& followed) {
  std::vector<size_t> which;
  std::vector<FacePlace> places;
  for (size_t i = 0; i < followed.size(); ++i) {
    const Followed& face = followed[i];
    if (!IsUsable(face.track, locator_.image())) continue;
    const FacePlace found = PlaceOf(face.track, locator_.schema());
    if (IntersectionOverUnion(found.box, face.expected.box) >= kOffCenterIou) continue;
    which.push_back(i);
    places.push_back(found);
  }
  std::vector<Landmarks> located = locator_.Locate(places);
  for (size_t i = 0; i < which.size(); ++i) {
    followed[which[i]].track = MovedTo(memory_.tracks[which[i]], std::move(located[i]));
  }
}

void FrameStep::Confirm(std::vector<Followed> followed) {
  std::vector<RectF> places;
  places.reserve(followed.size());
  for (const Followed& face : followed) places.push_back(face.Whereabouts().box);
  for (Followed& face : followed) {
    FaceTrack& track = face.track;
    const bool is_trusted = face.continuity >= kMinTrust;
    // A face on the edge of the region would come and go with each pixel that it moves.
    const float margin_px = 0.1F * std::min(track.box.width, track.box.height);
    if (is_trusted && !locator_.IsInRegion(track.box, margin_px)) continue;  // it has left
    if (MeanConfidence(track.landmarks) < kMinFaceConfidence) {
      search_.AddLost({track.id, face.expected.box});
      continue;
    }
    if (!IsToConfirm(face)) {
      track.trust = face.continuity;
      memory_.tracks.push_back(std::move(track));
      continue;
    }
    const std::optional<FaceBox> detection = locator_.FindAround(face.Whereabouts(), places);
    if (!detection) {
      search_.AddLost({track.id, face.expected.box});
      continue;
    }
    const float agreement = Agreement(face.found.box, detection->rect);
    if (is_trusted && agreement >= kMinTrust) {
      Accept(std::move(track), *detection, agreement);
    } else {
      search_.AddSeed({{detection->rect, face.Whereabouts().roll_rad}, track.id});
    }
  }
}

bool FrameStep::IsToConfirm(const Followed& face) const {
  if (face.continuity < kMinTrust) return true;
  // A model that does not say how sure it is looks the same where there is no face.
  const Landmarks& landmarks = face.track.landmarks;
  if (landmarks.confidence.empty() || MeanConfidence(landmarks) < kSureFaceConfidence) return true;
  return face.track.frames_since_confirmed >= memory_.options.confirm_interval;
}

void FrameStep::Accept(FaceTrack track, const FaceBox& detection, float agreement) {
  track.detector_score = detection.score;
  track.trust = agreement;
  track.frames_since_confirmed = 0;
  // Points that bound nothing do not tell the face's size; the detector does.
  if (track.landmarks.points_px.size() < kPointsThatBound) track.box = detection.rect;
  memory_.tracks.push_back(std::move(track));
}

void FrameStep::Settle() {
  const std::vector<Seed> seeds = search_.TakeSeeds();
  std::vector<FacePlace> places;
  for (const Seed& seed : seeds) places.push_back(seed.place);
  std::vector<FaceTrack> located = locator_.LocateTwice(places);
  for (size_t i = 0; i < seeds.size(); ++i) {
    FaceTrack& track = located[i];
    if (!IsUsable(track, locator_.image()) || !locator_.IsInRegion(track.box)) continue;
    const FacePlace place = PlaceOf(track, locator_.schema());
    if (Agreement(place.box, seeds[i].place.box) < kMinTrust) continue;
    if (MeanConfidence(track.landmarks) < kMinNewFaceConfidence) continue;
    // A detector may see a face in what fills the frame, but then not again in the middle of what
    // it looks at.
    const std::optional<FaceBox> confirmed = locator_.FindAround(place, {});
    if (!confirmed) continue;
    const float agreement = Agreement(place.box, confirmed->rect);
    if (agreement < kMinTrust) continue;
    track.id = seeds[i].id ? *seeds[i].id : memory_.next_id++;
    Accept(std::move(track), *confirmed, agreement);
  }
  std::ranges::sort(memory_.tracks, {}, &FaceTrack::id);
}

void FrameStep::SearchTurned() {
  for (const float turn_rad : kTurnedSearchRad) {
    search_.RunTurned(turn_rad);
    Settle();
    if (!memory_.tracks.empty()) break;
  }
}

// Of two tracks that have ended up on one face, the older one stays.
void FrameStep::DropDuplicates() {
  std::vector<FaceTrack> kept;
  for (FaceTrack& track : memory_.tracks) {
    const bool again = std::ranges::any_of(
        kept, [&](const FaceTrack& older) { return AreOnSameFace(older, track); });
    if (!again) kept.push_back(std::move(track));
  }
  memory_.tracks = std::move(kept);
}

void FrameStep::KeepLargest(int first_new_id) {
  std::vector<FaceTrack>& tracks = memory_.tracks;
  memory_.next_id = first_new_id;
  if (tracks.empty()) return;
  const auto largest =
      std::ranges::max_element(tracks, {}, [](const FaceTrack& track) { return track.box.Area(); });
  const FaceTrack& oldest = tracks.front();
  const bool changes = oldest.id >= first_new_id || IsMuchLarger(largest->box, oldest.box);
  if (changes) std::iter_swap(tracks.begin(), largest);
  tracks.resize(1);
  // The others have not been reported, so that their ids are free.
  if (tracks.front().id >= first_new_id) tracks.front().id = memory_.next_id++;
}

}  // namespace nosetip
