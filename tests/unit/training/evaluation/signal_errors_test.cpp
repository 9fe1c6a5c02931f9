#include "training/evaluation/signal_errors.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/support/turned_head.h"
#include "tracker/core/face_shape.h"
#include "tracker/signals/frontal_face.h"

namespace nosetip {
namespace {

// Mean heads whose mouths are 0, 6, 12 and 18 mm wider open, and found half as far open.
struct Faces {
  std::vector<FaceToMeasure> given;
  Evaluation evaluation;

  Faces() {
    for (size_t i = 0; i < 4; ++i) {
      FaceToMeasure face;
      face.truth_px = WithMouth(6.0 * static_cast<double>(i));
      face.box = BoundsOf(face.truth_px);
      given.push_back(face);
      evaluation.faces.push_back({i, 1.0, WithMouth(3.0 * static_cast<double>(i))});
    }
  }

  static std::vector<Point2f> WithMouth(double more_mm) {
    auto head = LearnedFaceShape().neutral_mm;
    head[66][1] += more_mm;
    return ProjectedHead(head, PoseOf(15.0F, 0.0F, 0.0F));
  }
};

TEST(SignalErrorsOf, ComparesEachSignal) {
  const Faces faces;
  const auto errors = SignalErrorsOf(faces.given, faces.evaluation, Ibug68());
  ASSERT_EQ(errors.size(), kSignals);
  const MeasureErrors& mouth = errors[static_cast<size_t>(Signal::kMouthOpen)];
  EXPECT_EQ(mouth.name, "mouth_open");
  EXPECT_EQ(mouth.count, 4U);
  EXPECT_NEAR(mouth.correlation.value_or(0.0), 1.0, 1e-3);
  EXPECT_NEAR(mouth.slope.value_or(0.0), 0.5, 0.01);
  EXPECT_NEAR(mouth.mean_absolute_error, (0.0 + 3.0 + 6.0 + 9.0) / 4.0 / 27.0, 0.01);
  EXPECT_NEAR(errors[static_cast<size_t>(Signal::kHeadYaw)].mean_absolute_error, 0.0, 1e-3);
}

TEST(SignalErrorsOf, LeavesOutFacesThatWereNotFoundAndOtherSchemas) {
  Faces faces;
  faces.evaluation.faces[2].predicted.clear();
  EXPECT_EQ(SignalErrorsOf(faces.given, faces.evaluation, Ibug68())[0].count, 3U);
  EXPECT_TRUE(SignalErrorsOf(faces.given, faces.evaluation, Imm58()).empty());
}

}  // namespace
}  // namespace nosetip
