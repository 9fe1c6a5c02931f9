// The shipped model on photographs, through a dlib XML file: is anything off by half a pixel?
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/output/annotation_writers.h"
#include "tracker/sources/pictures.h"
#include "training/data/point_file_readers.h"
#include "training/evaluation/predict.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

Image Mirrored(const Image& image) {
  Image mirrored(image.width_px, image.height_px);
  for (int y = 0; y < image.height_px; ++y) {
    for (int x = 0; x < image.width_px; ++x) {
      std::copy_n(image.At(x, y), 3, mirrored.At(image.width_px - 1 - x, y));
    }
  }
  return mirrored;
}

struct Means {
  double shift_x_px = 0.0;
  double shift_y_px = 0.0;
  double distance_px = 0.0;  // of a point from the truth
};

// Predicts each face in its picture and in the mirrored picture, from its box in whole pixels.
Means Measure(const std::vector<AnnotatedFace>& faces, FacePredictor& predictor) {
  const TempFolder folder;
  const std::string xml = (folder / "labels.xml").string();
  DlibXmlWriter writer(xml);
  std::vector<int> widths_px;
  for (const AnnotatedFace& face : faces) {
    const Image image = ReadPicture(face.picture.string());
    const std::string mirrored = std::to_string(widths_px.size()) + ".png";
    WritePicture((folder / mirrored).string(), Mirrored(image));
    widths_px.push_back(image.width_px);
    const RectF& box = face.box;
    const auto right = static_cast<float>(image.width_px - 1) - box.x - box.width;
    writer.Write(fs::absolute(face.picture).string(), 0, 0, {{box, {}}});
    writer.Write(mirrored, 0, 0, {{{right, box.y, box.width, box.height}, {}}});
  }
  writer.Finish();
  const PredictOptions options = {.kaggle = folder / "k.csv"};
  PredictPictures(ListPredictInputs({&xml, 1}, options.out).pictures, predictor, options);
  std::vector<double> rows;
  for (const std::string& line : ReadLines(options.kaggle)) {
    if (line != "Id,Predicted") rows.push_back(std::stod(line.substr(line.find(',') + 1)));
  }
  Means sum;
  if (rows.size() != faces.size() * 272) return {1e6, 1e6, 1e6};
  for (size_t f = 0; f < faces.size(); ++f) {
    for (size_t k = 0; k < 68; ++k) {
      const double* p = rows.data() + 272 * f + 2 * k;
      const double* mirrored =
          rows.data() + 272 * f + 136 + 2 * static_cast<size_t>(Ibug68().mirror[k]);
      const Point2f truth = faces[f].points_px[k];
      sum.shift_x_px += 0.5 * (p[0] - (widths_px[f] - 1 - mirrored[0]));
      sum.shift_y_px += p[1] - double{truth.y};
      sum.distance_px += std::hypot(p[0] - double{truth.x}, p[1] - double{truth.y});
    }
  }
  const double points = 68.0 * static_cast<double>(faces.size());
  return {sum.shift_x_px / points, sum.shift_y_px / points, sum.distance_px / points};
}

// A mix of 0-based and 1-based coordinates anywhere between file and row shifts all points by a
// pixel. From left to right that is measured without labels: what is found in the mirrored picture
// must be the mirror image, and a shift counts in full. The labels of this copy of 300-W lie 0.95
// px to the right of that, and the shipped model was trained to answer so in both kinds of picture
// (--mirror-offset-px): that much is expected, and a pixel more or less is an error. From top to
// bottom there is only the truth; one face's mean is off by about 1.5 px (standard deviation), so
// that of 60 by 0.2 px.
TEST(PredictWithFace68, ShiftsNothingByAPixel) {
  const auto photographs = SharedPath("data/300w/lfpw");
  if (!photographs) GTEST_SKIP() << "needs ../shared/data/300w";
  const DataSet data = ReadPtsFolder(*photographs);
  constexpr size_t kFaces = 60;
  std::vector<AnnotatedFace> faces;
  for (size_t i = 0; i < kFaces; ++i) faces.push_back(data.faces[i * data.faces.size() / kFaces]);
  FacePredictor predictor(
      LoadLandmarker(AssetPath("models/face68.safetensors").string(), ChooseDevice("cpu"), 1),
      []() -> std::unique_ptr<FaceDetector> { throw std::logic_error("all boxes are usable"); });
  const Means means = Measure(faces, predictor);
  constexpr double kTrainedOffsetPx = 0.95;  // see MODEL_CARD.md
  EXPECT_NEAR(means.shift_x_px, kTrainedOffsetPx, 0.25);
  EXPECT_LT(std::abs(means.shift_y_px), 0.6);
  EXPECT_LT(means.distance_px, 8.0);  // rows of another face would be off by far more
  RecordProperty("shift_x_px", std::to_string(means.shift_x_px));
  RecordProperty("shift_y_px", std::to_string(means.shift_y_px));
  RecordProperty("distance_px", std::to_string(means.distance_px));
}

}  // namespace
}  // namespace nosetip
