#include "training/data/duplicates.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/core/geometry.h"
#include "tracker/sources/picture_file.h"
#include "training/data/on_all_cores.h"

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

// Smaller faces of a picture with many are blurs, which look alike.
constexpr float kLeastFacePx = 40.0F;
// A larger crop, of a picture of gigabytes, is not looked at.
constexpr int kMaxCropPx = 8192;

struct Fingerprint {
  cv::Mat crop;       // kCropPx square of bytes; empty where there is none
  cv::Mat thumbnail;  // one row of floats with mean 0 and length 1
  cv::Mat detail;     // `crop` as floats, high-pass; made when it is needed
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
  const float longest_px = std::min(4.0F * LongerSide(all), kMaxCropPx / kCropMargin);
  return Intersection(box, all).Area() > 0.0F && LongerSide(box) <= longest_px;
}

Fingerprint FingerprintOf(const RectF& box, const cv::Mat& picture) {
  if (!(box.Area() > 0.0F) || !ShowsAFace(box, picture)) return {};
  const RectF square = SquareAround(box, kCropMargin);
  const int side_px = std::max(2, NearestWhole(square.width));
  cv::Mat patch;
  cv::getRectSubPix(picture, {side_px, side_px}, {square.Center().x, square.Center().y}, patch);
  Fingerprint print;
  cv::resize(patch, print.crop, {kCropPx, kCropPx}, 0, 0, cv::INTER_AREA);
  cv::Mat thumbnail;
  cv::resize(print.crop, thumbnail, {kThumbnailPx, kThumbnailPx}, 0, 0, cv::INTER_AREA);
  print.thumbnail = NormalizedRow(thumbnail);
  if (print.thumbnail.empty()) print.crop.release();
  return print;
}

cv::Mat GrayPicture(const std::filesystem::path& path) {
  try {
    return DecodePictureFile(path.string(), cv::IMREAD_GRAYSCALE);
  } catch (const Error&) {
    return {};
  }
}

// What is compared: a face, or the middle of a picture.
struct Part {
  const std::filesystem::path* picture;
  const std::string* group;
  std::optional<RectF> box;  // nothing for the middle of the picture
};

RectF MiddleOf(const cv::Mat& picture) {
  const auto width = static_cast<float>(picture.cols);
  const auto height = static_cast<float>(picture.rows);
  const float side = std::min({width, height, static_cast<float>(kMaxCropPx)}) / kCropMargin;
  return {0.5F * (width - side) - 0.5F, 0.5F * (height - side) - 0.5F, side, side};
}

using PartsOfPictures = std::map<std::filesystem::path, std::vector<size_t>>;

// One of each part, empty where its picture cannot be read.
std::vector<Fingerprint> FingerprintsOf(std::span<const Part> parts,
                                        const PartsOfPictures& pictures, const OnWork& on_work) {
  std::vector<Fingerprint> prints(parts.size());
  std::vector<const PartsOfPictures::value_type*> all;
  for (const auto& picture : pictures) all.push_back(&picture);
  constexpr std::string_view kOpening = "opening pictures to find near-duplicates";
  on_work(kOpening, 0, all.size());
  OnAllCores(
      all.size(),
      [&](size_t i) {
        const cv::Mat picture = GrayPicture(all[i]->first);
        if (picture.empty()) return;
        for (const size_t part : all[i]->second) {
          prints[part] = FingerprintOf(parts[part].box.value_or(MiddleOf(picture)), picture);
        }
      },
      [&](size_t done) { on_work(kOpening, done, all.size()); });
  return prints;
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

// What one of a set stands for: all parts of a group, of a picture, and with the same pixels.
// Gives the first part of each kind of pixels.
std::vector<size_t> JoinWithoutComparing(std::span<const Part> parts,
                                         const PartsOfPictures& pictures,
                                         const std::vector<Fingerprint>& prints,
                                         DisjointSets& sets) {
  for (const auto& [path, numbers] : pictures) {
    for (const size_t i : numbers) sets.Join(numbers.front(), i);
  }
  std::unordered_map<std::string_view, size_t> first_of_group;
  std::unordered_map<std::string_view, size_t> first_of_pixels;
  std::vector<size_t> distinct;
  for (size_t i = 0; i < prints.size(); ++i) {
    sets.Join(i, first_of_group.emplace(*parts[i].group, i).first->second);
    const cv::Mat& crop = prints[i].crop;
    if (crop.empty()) continue;
    const std::string_view pixels(reinterpret_cast<const char*>(crop.data), crop.total());
    const auto [first, is_new] = first_of_pixels.emplace(pixels, i);
    sets.Join(i, first->second);
    if (is_new) distinct.push_back(i);
  }
  return distinct;
}

// Compares parts of different sets, and joins those that look the same.
class PairSearch {
 public:
  PairSearch(std::vector<Fingerprint>& prints, DisjointSets& sets, const OnWork& on_work)
      : prints_(prints), sets_(sets), on_work_(on_work) {}

  void Run(std::vector<size_t> parts) {
    // Side by side, so that the parts of a set are passed over at once.
    std::ranges::stable_sort(parts, {}, [&](size_t part) { return sets_.Find(part); });
    std::vector<size_t> set_of;
    for (const size_t part : parts) set_of.push_back(sets_.Find(part));
    total_ = parts.size();
    for (size_t i = 0, next = 0; i < parts.size(); ++i) {
      done_ = i;
      Report();
      while (next < parts.size() && set_of[next] == set_of[i]) ++next;
      for (size_t j = next; j < parts.size(); ++j) Compare(parts[i], parts[j]);
    }
  }

 private:
  void Report() const { on_work_("looking for near-duplicates", done_, total_); }

  void Compare(size_t a, size_t b) {
    if (sets_.Find(a) == sets_.Find(b)) return;
    if (prints_[a].thumbnail.dot(prints_[b].thumbnail) < kThumbnailCorrelation) return;
    Report();
    const auto [first, second] = std::minmax(a, b);
    if (DetailCorrelation(DetailOf(first), DetailOf(second)) >= kMinimumCorrelation) {
      sets_.Join(a, b);
    }
  }

  const cv::Mat& DetailOf(size_t part) {
    Fingerprint& print = prints_[part];
    if (print.detail.empty()) print.detail = nosetip::DetailOf(print.crop);
    return print.detail;
  }

  std::vector<Fingerprint>& prints_;
  DisjointSets& sets_;
  const OnWork& on_work_;
  size_t done_ = 0;
  size_t total_ = 0;
};

// For each part the first one that looks the same, itself where none does.
std::vector<size_t> FirstsOf(std::span<const Part> parts, const OnWork& on_work) {
  const OnWork watched = on_work ? on_work : [](std::string_view, size_t, size_t) {};
  PartsOfPictures pictures;
  for (size_t i = 0; i < parts.size(); ++i) pictures[*parts[i].picture].push_back(i);
  std::vector<Fingerprint> prints = FingerprintsOf(parts, pictures, watched);
  DisjointSets sets(parts.size());
  PairSearch(prints, sets, watched).Run(JoinWithoutComparing(parts, pictures, prints, sets));
  std::vector<size_t> firsts;
  for (size_t i = 0; i < parts.size(); ++i) firsts.push_back(sets.Find(i));
  return firsts;
}

}  // namespace

DataSet GroupNearDuplicates(DataSet data, const OnWork& on_work) {
  std::vector<Part> parts;
  for (const AnnotatedFace& face : data.faces) {
    parts.push_back({&face.picture, &face.group, face.box});
  }
  const std::vector<size_t> firsts = FirstsOf(parts, on_work);
  // The first face of a set comes before the others, so its name is still its own.
  for (size_t i = 0; i < firsts.size(); ++i) data.faces[i].group = data.faces[firsts[i]].group;
  return data;
}

BoxSet GroupNearDuplicates(BoxSet set, const OnWork& on_work) {
  std::vector<Part> parts;
  std::vector<size_t> picture_of;  // for each part
  for (size_t i = 0; i < set.pictures.size(); ++i) {
    const BoxPicture& picture = set.pictures[i];
    const auto add = [&](std::optional<RectF> box) {
      parts.push_back({&picture.path, &picture.group, box});
      picture_of.push_back(i);
    };
    add(std::nullopt);
    for (const LabeledBox& face : picture.boxes) {
      if (LongerSide(face.box) >= kLeastFacePx) add(face.box);
    }
  }
  const std::vector<size_t> firsts = FirstsOf(parts, on_work);
  for (size_t i = 0; i < firsts.size(); ++i) {
    set.pictures[picture_of[i]].group = set.pictures[picture_of[firsts[i]]].group;
  }
  return set;
}

DataSet ReadGroupedDataSet(const std::filesystem::path& path, const OnWork& on_work) {
  return GroupForSplits(ReadDataSet(path, on_work), on_work);
}

BoxSet ReadGroupedBoxSet(const std::filesystem::path& path, const OnWork& on_work) {
  return GroupNearDuplicates(ReadBoxSet(path), on_work);
}

DataSet GroupForSplits(DataSet data, const OnWork& on_work) {
  return data.schema == &Imm58() ? data : GroupNearDuplicates(std::move(data), on_work);
}

}  // namespace nosetip
