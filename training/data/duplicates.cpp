#include "training/data/duplicates.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/core/geometry.h"
#include "tracker/sources/picture_file.h"

namespace nosetip {
namespace {

constexpr int kCropPx = 64;
constexpr float kCropMargin = 1.2F;  // of the box's longer side
constexpr int kShiftPx = 5;          // two annotators' boxes of one face differ by this much
// Slow changes of brightness make any two faces alike; copies agree in the detail.
constexpr double kDetailSigmaPx = 5.0;
constexpr int kThumbnailPx = 16;
// Pairs whose thumbnails agree less than this are not looked at closely.
constexpr float kThumbnailCorrelation = 0.6F;
// On the 2009 training faces of 300-W, all pairs above this are one photograph or shots of one
// person in one session, seen by eye; the best pair of two persons has 0.700.
constexpr float kMinimumCorrelation = 0.72F;

struct Fingerprint {
  cv::Mat detail;     // kCropPx square of floats, high-pass; empty where there is none
  cv::Mat thumbnail;  // one row of floats with mean 0 and length 1
};

cv::Mat NormalizedRow(const cv::Mat& gray) {
  cv::Mat row;
  gray.reshape(1, 1).convertTo(row, CV_32F);
  row -= cv::mean(row)[0];
  const double length = cv::norm(row);
  if (length < 1.0) return {};  // a flat picture looks like nothing
  return row / length;
}

cv::Mat DetailOf(const cv::Mat& gray) {
  cv::Mat all;
  gray.convertTo(all, CV_32F);
  cv::Mat slow;
  cv::GaussianBlur(all, slow, {}, kDetailSigmaPx);
  return all - slow;
}

// A box beside its picture shows nothing, and one much larger would ask for a crop of gigabytes.
bool ShowsAFace(const RectF& box, const cv::Mat& picture) {
  const RectF all{-0.5F, -0.5F, static_cast<float>(picture.cols), static_cast<float>(picture.rows)};
  const float longest_px = 4.0F * std::max(all.width, all.height);
  return Intersection(box, all).Area() > 0.0F && std::max(box.width, box.height) <= longest_px;
}

Fingerprint FingerprintOf(const AnnotatedFace& face) {
  if (face.box.Area() <= 0.0F) return {};
  cv::Mat picture;
  try {
    picture = DecodePictureFile(face.picture.string(), cv::IMREAD_GRAYSCALE);
  } catch (const Error&) {
    return {};
  }
  if (!ShowsAFace(face.box, picture)) return {};
  const RectF square = SquareAround(face.box, kCropMargin);
  const int side_px = std::max(2, NearestWhole(square.width));
  cv::Mat patch;
  cv::getRectSubPix(picture, {side_px, side_px}, {square.Center().x, square.Center().y}, patch);
  cv::Mat crop;
  cv::resize(patch, crop, {kCropPx, kCropPx}, 0, 0, cv::INTER_AREA);
  cv::Mat thumbnail;
  cv::resize(crop, thumbnail, {kThumbnailPx, kThumbnailPx}, 0, 0, cv::INTER_AREA);
  Fingerprint print;
  print.thumbnail = NormalizedRow(thumbnail);
  if (!print.thumbnail.empty()) print.detail = DetailOf(crop);
  return print;
}

// The best correlation of the middle of one picture within the other.
float DetailCorrelation(const cv::Mat& a, const cv::Mat& b) {
  const int inner = kCropPx - 2 * kShiftPx;
  cv::Mat scores;
  cv::matchTemplate(a, b(cv::Rect(kShiftPx, kShiftPx, inner, inner)), scores, cv::TM_CCOEFF_NORMED);
  double best = 0.0;
  cv::minMaxLoc(scores, nullptr, &best);
  return static_cast<float>(best);
}

// Union-find over indices; the smallest index of a set stands for it.
class DisjointSets {
 public:
  explicit DisjointSets(size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }

  size_t Find(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void Join(size_t a, size_t b) {
    const auto [low, high] = std::minmax({Find(a), Find(b)});
    parent_[high] = low;
  }

 private:
  std::vector<size_t> parent_;
};

}  // namespace

std::vector<DuplicatePair> FindNearDuplicates(const DataSet& data) {
  std::vector<Fingerprint> prints;
  for (const AnnotatedFace& face : data.faces) prints.push_back(FingerprintOf(face));
  std::vector<DuplicatePair> pairs;
  for (size_t i = 0; i < prints.size(); ++i) {
    if (prints[i].detail.empty()) continue;
    for (size_t j = i + 1; j < prints.size(); ++j) {
      if (prints[j].detail.empty()) continue;
      if (prints[i].thumbnail.dot(prints[j].thumbnail) < kThumbnailCorrelation) continue;
      const float correlation = DetailCorrelation(prints[i].detail, prints[j].detail);
      if (correlation >= kMinimumCorrelation) pairs.push_back({i, j, correlation});
    }
  }
  std::ranges::stable_sort(pairs, std::greater{}, &DuplicatePair::correlation);
  return pairs;
}

DataSet GroupNearDuplicates(DataSet data) {
  DisjointSets sets(data.faces.size());
  std::map<std::string, size_t> first_of_group;
  for (size_t i = 0; i < data.faces.size(); ++i) {
    sets.Join(i, first_of_group.emplace(data.faces[i].group, i).first->second);
  }
  for (const DuplicatePair& pair : FindNearDuplicates(data)) sets.Join(pair.first, pair.second);
  // The first face of a set comes before the others, so its name is still its own.
  for (size_t i = 0; i < data.faces.size(); ++i)
    data.faces[i].group = data.faces[sets.Find(i)].group;
  return data;
}

DataSet ReadGroupedDataSet(const std::filesystem::path& path) {
  return GroupForSplits(ReadDataSet(path));
}

DataSet GroupForSplits(DataSet data) {
  return data.schema == &Imm58() ? data : GroupNearDuplicates(std::move(data));
}

}  // namespace nosetip
