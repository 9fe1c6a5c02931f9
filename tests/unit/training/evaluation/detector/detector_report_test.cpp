#include "training/evaluation/detector/detector_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/training/evaluation/detector/same_detector.h"

namespace nosetip {
namespace {

using testing::HasSubstr;
using testing::Not;

Measurement Measure(bool with_empty) {
  const auto detectors = TwoDetectors(std::make_shared<std::vector<int>>());
  Measurement measurement{{"first.onnx", "second.onnx"}, {}, 0.6F};
  const std::vector<FaceToFind> face = {{kFace, false, "a face"}};
  measurement.sets.push_back(
      {SetKind::kFaces, "photographs", ExaminePictures(detectors, BlackPictures(4, face))});
  if (with_empty) {
    measurement.sets.push_back(
        {SetKind::kEmpty, "landscapes", ExaminePictures(detectors, BlackPictures(2, {}))});
  }
  return measurement;
}

TEST(ScoresForFewFalseAlarms, ComeFromThePicturesWithoutFaces) {
  const auto scores = ScoresForFewFalseAlarms(Measure(true));
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_GT(scores[0], 0.9F);
  EXPECT_GT(scores[1], 0.7F);
  EXPECT_LT(scores[1], 0.71F);
  EXPECT_TRUE(ScoresForFewFalseAlarms(Measure(false)).empty());
}

TEST(MeasurementJson, HoldsTheFiguresOfEachDetectorOnEachSet) {
  const auto json = nlohmann::json::parse(MeasurementJson(Measure(true), {{"opencv", "4.6.0"}}));
  EXPECT_EQ(json["opencv"], "4.6.0");
  const auto& faces = json["sets"][0];
  EXPECT_EQ(faces["kind"], "faces");
  EXPECT_EQ(faces["faces"], 4);
  EXPECT_EQ(faces["detectors"][0]["recall_percent"], 100.0);
  EXPECT_EQ(faces["detectors"][0]["mean_iou"], 1.0);
  EXPECT_EQ(faces["detectors"][0]["recall_at_few_alarms_percent"], 0.0);
  EXPECT_EQ(faces["detectors"][1]["detector"], "second.onnx");
  EXPECT_EQ(faces["detectors"][1]["recall_percent"], 0.0);
  EXPECT_TRUE(faces["detectors"][1]["mean_iou"].is_null());
  EXPECT_EQ(faces["detectors"][1]["other_boxes_per_picture"], 1.0);
  EXPECT_EQ(json["sets"][1]["detectors"][1]["false_alarms_per_picture"], 1.0);
  EXPECT_EQ(json["sets"][1]["detectors"][1]["pictures_with_alarm_percent"], 100.0);
}

TEST(MeasurementText, HasALineADetectorInEachSet) {
  const std::string text = MeasurementText(Measure(true));
  EXPECT_THAT(text, HasSubstr("Faces of photographs: 4 pictures, 4 faces\n"));
  EXPECT_THAT(text, HasSubstr("Without faces: landscapes: 2 pictures\n"));
  EXPECT_THAT(text, HasSubstr("  first.onnx     100.00       0.00     1.000        0.000"));
  EXPECT_THAT(text, HasSubstr("  second.onnx      0.00       0.00         -        1.000"));
}

TEST(MistakesText, NamesFacesMissedAndEmptyPicturesWithAFace) {
  const std::string text = MistakesText(Measure(true));
  EXPECT_THAT(text, HasSubstr("second.onnx misses in photographs:\n  a face\n"));
  EXPECT_THAT(text, HasSubstr("first.onnx finds faces in landscapes:\n  picture 0\n"));
  EXPECT_THAT(text, Not(HasSubstr("first.onnx misses")));
}

// A face that both see, one 8 px high that is ignored, and one that both miss.
Measurement MeasureLabeled() {
  const auto detectors = TwoDetectors(std::make_shared<std::vector<int>>());
  const std::vector<FaceToFind> faces = {{kFace, false, "seen"},
                                         {{100, 4, 40, 8}, true, "small"},
                                         {{0, 200, 90, 90}, false, "missed"}};
  return {{"first.onnx", "second.onnx"},
          {{SetKind::kLabeled, "crowd", ExaminePictures(detectors, BlackPictures(2, faces))}},
          0.3F};
}

TEST(MeasurementJson, HoldsTheCurvesOfLabeledFaces) {
  const auto json = nlohmann::json::parse(MeasurementJson(MeasureLabeled(), {}));
  EXPECT_EQ(json["sets"][0]["kind"], "labeled");
  const auto& second = json["sets"][0]["detectors"][1];
  ASSERT_EQ(second["curve"].size(), 2U);
  EXPECT_EQ(second["curve"][0]["recall_percent"], 0.0);
  EXPECT_EQ(second["curve"][1]["recall_percent"], 50.0);
  EXPECT_EQ(second["curve"][1]["precision_percent"], 50.0);
  EXPECT_EQ(second["from_iou_0.3"]["recall_percent"], 50.0);
  EXPECT_EQ(second["mistakes"][0], "missed");
  EXPECT_EQ(second["unlabeled"][0], "picture 0 100,0,40,40 (0.70)");
}

TEST(MeasurementText, HasATablePerOverlapForLabeledFaces) {
  const std::string text = MeasurementText(MeasureLabeled());
  EXPECT_THAT(text, HasSubstr("Labeled faces of crowd: 2 pictures, 4 faces\n"));
  EXPECT_THAT(text, HasSubstr("from an IoU of 0.5 on:\n"));
  EXPECT_THAT(text, HasSubstr("from an IoU of 0.3 on:\n"));
  EXPECT_THAT(text, HasSubstr("second.onnx   50.0   50.0"));
}

}  // namespace
}  // namespace nosetip
