// Where the points of each face were lately.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <vector>

#include "tracker/core/face.h"

namespace nosetip {

// Of each face that is in the latest result; one that is gone is forgotten.
class Trails {
 public:
  // Results in order. Keeps the latest `frames`.
  void Add(const TrackResult& result, size_t frames) {
    std::map<int, std::deque<std::vector<Point2f>>> kept;
    for (const TrackedFace& face : result.faces) {
      auto& trail = kept[face.id];
      if (const auto before = of_.find(face.id); before != of_.end()) {
        trail = std::move(before->second);
      }
      trail.push_back(face.landmarks.points_px);
      while (trail.size() > frames) trail.pop_front();
    }
    of_ = std::move(kept);
  }
  void Clear() { of_.clear(); }

  // Frame pixels, oldest first, the face's latest points last; null for an id that is not there.
  const std::deque<std::vector<Point2f>>* Of(int id) const {
    const auto found = of_.find(id);
    return found == of_.end() ? nullptr : &found->second;
  }

 private:
  std::map<int, std::deque<std::vector<Point2f>>> of_;
};

}  // namespace nosetip
