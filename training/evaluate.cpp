#include "training/evaluate.h"

#include <algorithm>

#include "tracker/core/error.h"
#include "training/held_out.h"

namespace nosetip {
namespace {

Image PackedPicture(const FacePack& pack, size_t face) {
  Image image(pack.size_px, pack.size_px);
  const size_t area = image.rgb.size() / 3;
  const uint8_t* grey = pack.pixels.data() + face * area;
  for (size_t i = 0; i < area; ++i) {
    image.rgb[3 * i] = image.rgb[3 * i + 1] = image.rgb[3 * i + 2] = grey[i];
  }
  return image;
}

std::vector<Point2f> PackedPoints(const FacePack& pack, size_t face, int count) {
  std::vector<Point2f> points;
  const float* xy = pack.points_px.data() + face * 2 * static_cast<size_t>(count);
  for (int k = 0; k < count; ++k) points.push_back({xy[2 * k], xy[2 * k + 1]});
  return points;
}

}  // namespace

std::vector<FaceToMeasure> FacesOfPack(const std::shared_ptr<const FacePack>& pack,
                                       int held_out_percent, const std::string& parts) {
  const int count = SchemaByName(pack->schema).count;
  std::vector<FaceToMeasure> faces;
  for (size_t i = 0; i < pack->FaceCount(); ++i) {
    if (held_out_percent > 0 && !IsHeldOut(pack->groups[i], held_out_percent)) continue;
    if (!IsListed(pack->parts[i], parts)) continue;
    faces.push_back({pack->names[i], [pack, i] { return PackedPicture(*pack, i); },
                     PackedPoints(*pack, i, count)});
  }
  return faces;
}

Evaluation Evaluate(const std::vector<FaceToMeasure>& faces, const LandmarkSchema& schema,
                    const FaceLocator& locate, const std::function<void(size_t)>& on_face) {
  if (!schema.outer_eye_corners) {
    throw Error("the points of " + schema.name + " have no eye corners to measure the error by");
  }
  const auto [left, right] = *schema.outer_eye_corners;
  Evaluation result;
  result.landmark_error.assign(static_cast<size_t>(schema.count), 0.0);
  std::vector<std::optional<double>> errors;
  size_t found = 0;
  for (size_t i = 0; i < faces.size(); ++i) {
    const std::vector<Point2f>& truth = faces[i].truth_px;
    on_face(i);
    const float eye_distance =
        Distance(truth[static_cast<size_t>(left)], truth[static_cast<size_t>(right)]);
    if (!(eye_distance > 0.0F)) {
      result.problems.push_back(faces[i].name + ": both eye corners are one point");
      continue;
    }
    MeasuredFace measured{i, std::nullopt, {}};
    try {
      if (auto points = locate(faces[i].picture(), BoundsOf(truth))) {
        measured.predicted = std::move(*points);
        measured.nme = NmePercent(measured.predicted, truth, schema);
        ++found;
        for (size_t k = 0; k < truth.size(); ++k) {
          result.landmark_error[k] +=
              100.0 * Distance(measured.predicted[k], truth[k]) / eye_distance;
        }
      }
    } catch (const Error& error) {
      result.problems.push_back(faces[i].name + ": " + error.what());
      continue;
    }
    errors.push_back(measured.nme);
    result.faces.push_back(std::move(measured));
  }
  if (errors.empty()) {
    throw Error("no face could be measured" +
                (result.problems.empty() ? std::string("; the data set has none of the wanted part")
                                         : "; the first problem is: " + result.problems.front()));
  }
  for (double& error : result.landmark_error)
    error /= static_cast<double>(std::max<size_t>(found, 1));
  result.summary = Summarize(errors);
  return result;
}

}  // namespace nosetip
