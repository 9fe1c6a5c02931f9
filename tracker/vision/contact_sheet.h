// Thumbnails of a whole clip in one picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tracker/core/image.h"

namespace nosetip {

struct ContactSheetOptions {
  int columns = 6;
  int max_frames = 48;     // of a long clip at least half as many are shown
  int thumbnail_px = 240;  // width of one
};

// Frames are offered one after another without knowing how many will come. Small copies of evenly
// spaced ones are kept, never more than `max_frames`: when there are more, every other one is
// dropped and the spacing doubles.
class ContactSheet {
 public:
  explicit ContactSheet(const ContactSheetOptions& options = {});

  // Whether the next frame will be kept; where not, it need not be drawn. Call Add or Skip next.
  bool WantsNext() const { return offered_ % spacing_ == 0; }
  void Add(const Image& image, int64_t frame_id, double pts_s);
  void Skip() { ++offered_; }

  size_t Count() const { return cells_.size(); }
  // The kept frames in rows, each with its number and time; an empty picture where there are none.
  Image Render() const;

 private:
  struct Cell {
    Image thumbnail;
    int64_t frame_id = 0;
    double pts_s = 0.0;
  };

  ContactSheetOptions options_;
  std::vector<Cell> cells_;
  int64_t offered_ = 0;
  int64_t spacing_ = 1;
};

}  // namespace nosetip
