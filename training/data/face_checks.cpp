#include "training/data/face_checks.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "training/data/picture_size.h"

namespace nosetip {
namespace {

// Points that span less than this are in one place.
constexpr float kOnePlace_px = 1.0F;

static_assert(kTinyFace_px == 16.0F, "the title of kTinyBox says so");

// Labels can be any number that a float can.
std::string Whole(float value) {
  return fmt::format("{:.7g}", std::round(static_cast<double>(value)));
}

float DistanceOutside(const RectF& box, const RectF& rect) {
  return std::max(DistanceOutside(Point2f{box.x, box.y}, rect),
                  DistanceOutside(Point2f{box.x + box.width, box.y + box.height}, rect));
}

bool InOnePlace(const AnnotatedFace& face) {
  return face.points_px.size() > 1 && LongerSide(BoundsOf(face.points_px)) < kOnePlace_px;
}

ProblemKind KindOf(BoxFault fault) {
  switch (fault) {
    case BoxFault::kNoNumber:
      return ProblemKind::kBoxNoNumber;
    case BoxFault::kNegative:
      return ProblemKind::kBoxNegative;
    case BoxFault::kNoArea:
      return ProblemKind::kBoxNoArea;
    case BoxFault::kApart:
      return ProblemKind::kBoxApart;
    case BoxFault::kWrongSize:
      break;
  }
  return ProblemKind::kBoxWrongSize;
}

// Collects what is wrong with one face.
class FaceCheck {
 public:
  FaceCheck(const DataSet& data, size_t index, const std::optional<PictureSize>& picture)
      : face_(data.faces[index]), index_(index) {
    if (!picture) return;
    picture_ = {-0.5F, -0.5F, static_cast<float>(picture->width_px),
                static_cast<float>(picture->height_px)};
  }

  std::vector<FoundProblem> Run() && {
    CheckBox();
    if (InOnePlace(face_)) Add(ProblemKind::kPointsCoincide, "all points are in one place");
    CheckPoints();
    return std::move(problems_);
  }

 private:
  void Add(ProblemKind kind, const std::string& what) {
    problems_.push_back({kind, index_, face_.name + ": " + what});
  }

  bool HasOwnBox() const {
    return face_.box.Area() > 0.0F && face_.box != BoundsOf(face_.points_px);
  }

  void CheckBox() {
    if (face_.rejected_box) Add(KindOf(face_.rejected_box->fault), face_.rejected_box->remark);
    if (face_.points_px.size() == 1 && face_.box.Area() <= 0.0F) {
      Add(ProblemKind::kNoBox, "its size is not known");
    }
    if (picture_ && HasOwnBox()) CheckBoxInPicture(*picture_);
    if (face_.box.Area() > 0.0F && LongerSide(face_.box) < kTinyFace_px) {
      Add(ProblemKind::kTinyBox,
          fmt::format("its box is {} x {} px", Whole(face_.box.width), Whole(face_.box.height)));
    }
  }

  void CheckBoxInPicture(const RectF& picture) {
    if (Intersection(face_.box, picture).Area() <= 0.0F) {
      Add(ProblemKind::kBoxOutside, "its box is outside the picture");
      return;
    }
    const float outside_px = DistanceOutside(face_.box, picture);
    if (outside_px > kEdgeTolerance_px) {
      Add(ProblemKind::kBoxReachesOut,
          fmt::format("its box reaches out by {} px", Whole(outside_px)));
    }
  }

  void CheckPoints() {
    if (HasOwnBox()) {
      AddPointsOutside(ProblemKind::kPointsFarFromBox, face_.box, kFarShare * LongerSide(face_.box),
                       "outside its box");
    }
    if (picture_) {
      AddPointsOutside(ProblemKind::kPointsOutside, *picture_, kEdgeTolerance_px,
                       "outside the picture");
    }
  }

  void AddPointsOutside(ProblemKind kind, const RectF& rect, float allowed_px,
                        const std::string& where) {
    int count = 0;
    float farthest_px = 0.0F;
    for (const Point2f p : face_.points_px) {
      const float outside_px = DistanceOutside(p, rect);
      if (outside_px > allowed_px) ++count;
      farthest_px = std::max(farthest_px, outside_px);
    }
    if (count == 0) return;
    Add(kind, fmt::format("{} {} up to {} px {}", count, count == 1 ? "point is" : "points are",
                          Whole(farthest_px), where));
  }

  const AnnotatedFace& face_;
  size_t index_ = 0;
  std::optional<RectF> picture_;
  std::vector<FoundProblem> problems_;
};

float Dot(Point2f a, Point2f b) { return a.x * b.x + a.y * b.y; }
float Cross(Point2f a, Point2f b) { return a.x * b.y - a.y * b.x; }

// Which way the mirrored pairs of a face's points lie. Lengths are in units of the face's size.
struct SideOrder {
  float face_below_eyes = 0.0F;   // below 0 where the face lies to the wrong side of the eyes
  std::vector<float> along_eyes;  // of each pair: how far the second is to the left of the first
};

using PointPairs = std::vector<std::pair<size_t, size_t>>;

PointPairs MirroredPairs(const LandmarkSchema& schema) {
  PointPairs pairs;
  for (size_t i = 0; i < schema.mirror.size(); ++i) {
    const auto j = static_cast<size_t>(schema.mirror[i]);
    if (i < j) pairs.emplace_back(i, j);
  }
  return pairs;
}

// Nothing where there are no points or both eyes are in one place.
std::optional<SideOrder> OrderOf(const AnnotatedFace& face, const LandmarkSchema& schema,
                                 const PointPairs& pairs) {
  if (face.points_px.empty() || InOnePlace(face)) return std::nullopt;
  const Point2f right = face.points_px[static_cast<size_t>(schema.outer_eye_corners->first)];
  const Point2f left = face.points_px[static_cast<size_t>(schema.outer_eye_corners->second)];
  const float eyes_px = Distance(right, left);
  if (eyes_px <= 0.0F) return std::nullopt;
  const Point2f to_left = (1.0F / eyes_px) * (left - right);
  const float size_px = LongerSide(BoundsOf(face.points_px));
  SideOrder order;
  order.face_below_eyes =
      Cross(left - right, Mean(face.points_px) - 0.5F * (left + right)) / (size_px * size_px);
  for (const auto& [i, j] : pairs) {
    order.along_eyes.push_back(Dot(face.points_px[j] - face.points_px[i], to_left) / size_px);
  }
  return order;
}

// Of each pair, the direction that it has in most faces: 1 or -1.
std::vector<float> UsualDirections(const std::vector<std::optional<SideOrder>>& orders,
                                   size_t pairs) {
  std::vector<float> votes(pairs, 0.0F);
  for (const auto& order : orders) {
    if (!order) continue;
    for (size_t k = 0; k < pairs; ++k) votes[k] += std::copysign(1.0F, order->along_eyes[k]);
  }
  for (float& vote : votes) vote = std::copysign(1.0F, vote);
  return votes;
}

// What looks swapped; empty where nothing does.
std::string SwapIn(const SideOrder& order, const std::vector<float>& usual) {
  // In profile both eyes, and the points of a pair, are nearly above each other.
  constexpr float kClear = 0.01F;
  if (order.face_below_eyes < -kClear) return "its eyes are the wrong way round for its face";
  size_t wrong = 0;
  for (size_t k = 0; k < usual.size(); ++k) {
    if (order.along_eyes[k] * usual[k] < -kClear) ++wrong;
  }
  if (2 * wrong <= usual.size()) return "";
  return fmt::format("{} of {} mirrored pairs are the wrong way round for its eyes", wrong,
                     usual.size());
}

}  // namespace

std::vector<FoundProblem> CheckFace(const DataSet& data, size_t face,
                                    const std::optional<PictureSize>& picture) {
  return FaceCheck(data, face, picture).Run();
}

std::vector<FoundProblem> FindSwappedSides(const DataSet& data) {
  if (data.schema == nullptr || !data.schema->outer_eye_corners) return {};
  const PointPairs pairs = MirroredPairs(*data.schema);
  std::vector<std::optional<SideOrder>> orders;
  for (const AnnotatedFace& face : data.faces) {
    orders.push_back(OrderOf(face, *data.schema, pairs));
  }
  const std::vector<float> usual = UsualDirections(orders, pairs.size());
  std::vector<FoundProblem> problems;
  for (size_t i = 0; i < orders.size(); ++i) {
    const std::string swap = orders[i] ? SwapIn(*orders[i], usual) : "";
    if (swap.empty()) continue;
    problems.push_back({ProblemKind::kSidesSwapped, i, data.faces[i].name + ": " + swap});
  }
  return problems;
}

std::vector<FoundProblem> FindSamePoints(const DataSet& data) {
  using Key = std::pair<std::string, std::vector<std::pair<float, float>>>;
  std::map<Key, size_t> seen;
  std::vector<FoundProblem> problems;
  for (size_t i = 0; i < data.faces.size(); ++i) {
    const AnnotatedFace& face = data.faces[i];
    if (face.points_px.empty() || InOnePlace(face)) continue;
    Key key;
    if (face.points_px.size() == 1) key.first = face.picture.string();
    for (const Point2f p : face.points_px) key.second.emplace_back(p.x, p.y);
    const auto [place, is_new] = seen.emplace(std::move(key), i);
    if (is_new) continue;
    problems.push_back(
        {ProblemKind::kSamePoints, i,
         fmt::format("{}: its points are those of {}", face.name, data.faces[place->second].name)});
  }
  return problems;
}

}  // namespace nosetip
