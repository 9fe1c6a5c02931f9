#include "tracker/core/crop_taps.h"

#include <algorithm>
#include <limits>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

struct Place {
  int32_t first = 0;  // of the window's first row or column
  int32_t step = 1;   // to the next one
  int origin = 0;     // the window's first row or column in the picture
};

// Where a side's numbers lie in a table.
struct Slots {
  size_t first = 0;
  size_t to_next_tap = 0;
};

void WriteSide(const std::vector<Tap>& taps, int samples, int room, const Place& place,
               const Slots& slots, const CropTaps::Tables& tables) {
  const float share = 1.0F / static_cast<float>(samples);
  const auto at = [&](int p) { return place.first + place.step * (p - place.origin); };
  const auto side = taps.size() / static_cast<size_t>(samples);
  for (size_t i = 0; i < side; ++i) {
    size_t to = slots.first + i;
    const auto write = [&](int p, float weight) {
      tables.places[to] = at(p);
      tables.weights[to] = weight;
      to += slots.to_next_tap;
    };
    for (int s = 0; s < room; ++s) {
      // The place of a tap of weight 0 must only be in the window.
      const Tap& tap =
          taps[i * static_cast<size_t>(samples) + static_cast<size_t>(s < samples ? s : 0)];
      const float weight = s < samples ? share : 0.0F;
      write(tap.first, weight * (1.0F - tap.weight));
      write(tap.second, weight * tap.weight);
    }
  }
}

}  // namespace

CropTaps::CropTaps(SizePx picture_px, const Affine2& crop_from_frame, SizePx size_px)
    : size_px_(size_px) {
  Check(picture_px.width > 0 && picture_px.height > 0, "a crop of an empty picture");
  const Affine2 frame_from_crop = crop_from_frame.Inverse();
  Check(frame_from_crop.m[1] == 0.0F && frame_from_crop.m[3] == 0.0F, "a crop that is upright");
  const SampleGrid grid(frame_from_crop.Scale());
  samples_ = grid.n;
  rows_.reserve(static_cast<size_t>(size_px.height * grid.n));
  for (int y = 0; y < size_px.height; ++y) {
    for (int s = 0; s < grid.n; ++s) {
      rows_.emplace_back(frame_from_crop.Apply({0.0F, grid.At(y, s)}).y, picture_px.height);
    }
  }
  columns_.reserve(static_cast<size_t>(size_px.width * grid.n));
  for (int x = 0; x < size_px.width; ++x) {
    for (int s = 0; s < grid.n; ++s) {
      columns_.emplace_back(frame_from_crop.Apply({grid.At(x, s), 0.0F}).x, picture_px.width);
    }
  }
}

PixelWindow CropTaps::Window() const {
  // Taps are in order, one way or the other where the crop is a mirror image.
  const auto [left, right] = std::minmax(columns_.front().first, columns_.back().first);
  const auto [top, bottom] = std::minmax(rows_.front().first, rows_.back().first);
  const int last_x = std::max(columns_.front().second, columns_.back().second);
  const int last_y = std::max(rows_.front().second, rows_.back().second);
  return {left, top, std::max(right, last_x) - left + 1, std::max(bottom, last_y) - top + 1};
}

void CropTaps::Write(const PixelWindow& window, int32_t first_px, int samples,
                     const Tables& tables) const {
  const size_t size = TableSize(size_px_, samples);
  Check(samples >= samples_, "room for all samples");
  Check(tables.places.size() == size && tables.weights.size() == size, "tables of the right size");
  const auto height = static_cast<size_t>(size_px_.height);
  const size_t both = height + static_cast<size_t>(size_px_.width);
  WriteSide(rows_, samples_, samples, {first_px, window.width, window.y}, {0, both}, tables);
  WriteSide(columns_, samples_, samples, {0, 1, window.x}, {height, both}, tables);
}

CropPacking::CropPacking(SizePx picture_px, std::span<const CropTaps> crops) {
  for (const CropTaps& crop : crops) {
    windows_.push_back(crop.Window());
    first_px_.push_back(static_cast<int32_t>(pixels_));
    pixels_ += windows_.back().Area();
    if (pixels_ > picture_px.Area()) {
      is_whole_ = true;
      pixels_ = picture_px.Area();
      windows_ = {{0, 0, picture_px.width, picture_px.height}};
      break;
    }
  }
  Check(pixels_ <= std::numeric_limits<int32_t>::max(), "a picture of fewer than 2^31 pixels");
}

void CropPacking::Copy(const Image& picture, std::span<uint8_t> out) const {
  Check(out.size() == 3 * pixels_, "room for the pixels of all crops");
  auto to = out.begin();
  for (const PixelWindow& window : windows_) {
    for (int y = window.y; y < window.y + window.height; ++y) {
      to = std::copy_n(picture.At(window.x, y), 3 * static_cast<size_t>(window.width), to);
    }
  }
}

}  // namespace nosetip
