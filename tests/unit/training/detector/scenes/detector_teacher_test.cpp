#include "training/detector/scenes/detector_teacher.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "tracker/vision/face_detector.h"
#include "training/detector/cell_assignment.h"

namespace nosetip {
namespace {

const std::string& ShippedDetector() {
  static const std::string kFile = AssetPath("models/face_detector.onnx").string();
  return kFile;
}

TEST(DetectorTeacher, SaysOfEachCellWhatTheDetectorFinds) {
  Scene scene;
  scene.image = ReadPicture(AssetPath("samples/astronaut.png").string());
  ASSERT_EQ(scene.image.width_px % 32, 0);
  ASSERT_EQ(scene.image.height_px % 32, 0);
  DetectorTeacher(ShippedDetector()).Teach(scene);
  const std::vector<Cell> cells = CellsOf(scene.image.width_px, scene.image.height_px);
  ASSERT_EQ(scene.taught.size(), cells.size() * kTaughtNumbers);
  size_t best = 0;
  const auto chance = [&](size_t cell) {
    return scene.taught[cell * kTaughtNumbers] * scene.taught[cell * kTaughtNumbers + 1];
  };
  for (size_t i = 0; i < cells.size(); ++i) best = chance(i) > chance(best) ? i : best;
  DetectorOptions options;
  options.detector = ShippedDetector();
  options.detector_input_px = scene.image.width_px;
  const FaceBox face = CreateYuNetDetector(options)->Detect(scene.image).at(0);
  EXPECT_NEAR(std::sqrt(chance(best)), face.score, 1e-3F);
  const float* box = scene.taught.data() + best * kTaughtNumbers + 2;
  const Cell& cell = cells[best];
  EXPECT_NEAR(cell.x_px + cell.stride_px * box[0] - 0.5F, face.rect.Center().x, 0.05F);
  EXPECT_NEAR(cell.y_px + cell.stride_px * box[1] - 0.5F, face.rect.Center().y, 0.05F);
  EXPECT_NEAR(cell.stride_px * std::exp(box[2]), face.rect.width, 0.05F);
  EXPECT_NEAR(cell.stride_px * std::exp(box[3]), face.rect.height, 0.05F);
}

TEST(DetectorTeacher, RefusesAFileOfAnotherKind) {
  const TempFolder folder;
  const std::string file = (folder / "teacher.onnx").string();
  WriteText(file, "no network");
  EXPECT_THROW(DetectorTeacher{file}, Error);
  EXPECT_THROW(DetectorTeacher{(folder / "missing.onnx").string()}, Error);
}

}  // namespace
}  // namespace nosetip
