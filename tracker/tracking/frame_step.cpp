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

// The detector's score from near that makes a face without points of what a search has found. In
// 647 photographs of WIDER FACE (YuNet 2023 at 640 px) 145 of the 172 labeled faces of 40 px and
// more whose points are unsure reach it, and 35 of 116 other places with such points; then 1.9 % of
// all reported faces are not labeled.
constexpr float kMinNewBoxScore = 0.65F;
// That of a face that is followed already, so that it does not come and go.
constexpr float kMinFollowedBoxScore = 0.5F;

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
    if (!track.landmarks.Empty()) places.push_back(PredictedPlace(track, locator_.schema()));
  }
  std::vector<Landmarks> located = locator_.Locate(places);
  std::vector<Followed> followed;
  size_t next = 0;
  for (const FaceTrack& track : memory_.tracks) {
    if (track.landmarks.Empty()) {
      followed.push_back({track, {PredictedBox(track)}});
      continue;
    }
    followed.push_back({MovedTo(track, std::move(located[next])), places[next]});
    ++next;
  }
  LocateOffCenterAgain(followed);
  for (size_t i = 0; i < followed.size(); ++i) {
    Followed& face = followed[i];
    if (face.track.landmarks.Empty() || !IsUsable(face.track, locator_.image())) continue;
    if (MeanConfidence(face.track.landmarks) < kMinFaceConfidence) continue;
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
    const bool has_points = MeanConfidence(track.landmarks) >= kMinFaceConfidence;
    if (!has_points && detection->score < kMinFollowedBoxScore) {
      search_.AddLost({track.id, face.expected.box});
      continue;
    }
    const float agreement = Agreement(face.found.box, detection->rect);
    if (is_trusted && agreement >= kMinTrust) {
      Accept(std::move(track), *detection, agreement);
    } else {
      search_.AddSeed({{detection->rect, face.Whereabouts().roll_rad}, track.id, detection->score});
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
    if (!SettleWithPoints(located[i], seeds[i])) SettleBoxAlone(seeds[i]);
  }
  std::ranges::sort(memory_.tracks, {}, &FaceTrack::id);
}

bool FrameStep::SettleWithPoints(FaceTrack& track, const Seed& seed) {
  if (!IsUsable(track, locator_.image()) || !locator_.IsInRegion(track.box)) return false;
  const FacePlace place = PlaceOf(track, locator_.schema());
  if (Agreement(place.box, seed.place.box) < kMinTrust) return false;
  if (MeanConfidence(track.landmarks) < kMinNewFaceConfidence) return false;
  // A detector may see a face in what fills the frame, but then not again in the middle of what it
  // looks at.
  const std::optional<FaceBox> confirmed = locator_.FindAround(place, {});
  if (!confirmed) return false;
  const float agreement = Agreement(place.box, confirmed->rect);
  if (agreement < kMinTrust) return false;
  track.id = IdOf(seed);
  Accept(std::move(track), *confirmed, agreement);
  return true;
}

void FrameStep::SettleBoxAlone(const Seed& seed) {
  FaceBox face{seed.place.box, seed.near_score.value_or(0.0F)};
  if (!seed.near_score) {
    // In a turned frame the detector errs more, so that points have to show that it is right.
    if (seed.place.roll_rad != 0.0F) return;
    face = locator_.FindAround(seed.place, {}).value_or(FaceBox{});
  }
  if (face.score < (seed.near_score ? kMinFollowedBoxScore : kMinNewBoxScore)) return;
  FaceTrack track;
  track.box = face.rect;
  if (!IsUsable(track, locator_.image()) || !locator_.IsInRegion(track.box)) return;
  track.id = IdOf(seed);
  Accept(std::move(track), face, 1.0F);
}

void FrameStep::SearchTurned() {
  // Points that are found on a face without points become its own.
  for (const FaceTrack& track : memory_.tracks) search_.AddLost({track.id, track.box});
  for (const float turn_rad : kTurnedSearchRad) {
    search_.RunTurned(turn_rad);
    Settle();
    if (AnyHasPoints(memory_.tracks)) break;
  }
}

// Of two tracks that have ended up on one face, the older one stays, with the points of either.
void FrameStep::DropDuplicates() {
  std::vector<FaceTrack> kept;
  for (FaceTrack& track : memory_.tracks) {
    const auto older = std::ranges::find_if(kept, [&](const FaceTrack& other) {
      return other.id == track.id || AreOnSameFace(other, track);
    });
    if (older == kept.end()) {
      kept.push_back(std::move(track));
    } else if (older->landmarks.Empty() && !track.landmarks.Empty()) {
      track.id = older->id;
      *older = std::move(track);
    }
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
