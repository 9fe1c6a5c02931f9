#include "training/evaluation/detector/detector_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "training/evaluation/detector/detector_figures.h"

namespace nosetip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// Sees the same in every picture, and notes when it was asked.
class SameDetector final : public FaceDetector {
 public:
  SameDetector(std::vector<FaceBox> boxes, int id, std::shared_ptr<std::vector<int>> calls)
      : boxes_(std::move(boxes)), id_(id), calls_(std::move(calls)) {}

  std::vector<FaceBox> Detect(const Image&) override {
    calls_->push_back(id_);
    return boxes_;
  }
  std::vector<FaceBox> DetectIn(const Image&, const RectF&, int, float) override { return {}; }

 private:
  std::vector<FaceBox> boxes_;
  int id_;
  std::shared_ptr<std::vector<int>> calls_;
};

PictureSequence BlackPictures(int count, const std::vector<FaceToFind>& faces) {
  return [=, done = 0]() mutable -> std::optional<PictureToExamine> {
    if (done == count) return std::nullopt;
    return PictureToExamine{"picture " + std::to_string(done++), Image(64, 64), faces};
  };
}

const RectF kFace{10, 10, 40, 40};

// Two detectors: one sees the face with 0.9, the other with 0.5 and another one with 0.7.
std::vector<std::unique_ptr<FaceDetector>> TwoDetectors(
    const std::shared_ptr<std::vector<int>>& calls) {
  std::vector<std::unique_ptr<FaceDetector>> detectors;
  detectors.push_back(
      std::make_unique<SameDetector>(std::vector<FaceBox>{{kFace, 0.9F}}, 1, calls));
  detectors.push_back(std::make_unique<SameDetector>(
      std::vector<FaceBox>{{{100, 0, 40, 40}, 0.7F}, {kFace, 0.5F}}, 2, calls));
  return detectors;
}

TEST(ExaminePictures, LetsTheDetectorsTakeTurnsAfterAWarmUp) {
  const auto calls = std::make_shared<std::vector<int>>();
  const auto records = ExaminePictures(TwoDetectors(calls), BlackPictures(3, {}));
  EXPECT_THAT(*calls, ElementsAre(1, 2, 1, 2, 2, 1, 1, 2));
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].times_ms.size(), 3U);
  EXPECT_EQ(records[1].pictures.size(), 3U);
  EXPECT_EQ(records[1].pictures[2].name, "picture 2");
  EXPECT_EQ(records[1].pictures[2].detections.size(), 2U);
}

TEST(ExaminePictures, EndsEarlyWhenStopped) {
  std::stop_source stop;
  const auto records = ExaminePictures(TwoDetectors(std::make_shared<std::vector<int>>()),
                                       BlackPictures(5, {}), stop.get_token(), [&](size_t done) {
                                         if (done == 2) stop.request_stop();
                                       });
  EXPECT_EQ(records[0].pictures.size(), 2U);
}

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

TEST(FiguresOf, GivesPrecisionByTheHeightOfTheFacesOfScenes) {
  const DetectorRecord record{{{"", {{kFace, 0.9F}}, {{kFace, false, ""}}}}, {1.0}};
  std::map<std::string, std::optional<double>> figures;
  for (const SetFigure& figure : FiguresOf(SetKind::kScenes, record, 0.6F, {})) {
    figures[figure.key] = figure.value;
  }
  EXPECT_EQ(figures.at("average_precision"), 1.0);
  EXPECT_EQ(figures.at("average_precision_32_64px"), 1.0);
  EXPECT_EQ(figures.at("faces_32_64px"), 1.0);
  EXPECT_EQ(figures.at("average_precision_64_128px"), std::nullopt);
  EXPECT_EQ(figures.at("recall_at_few_alarms_percent"), std::nullopt);
  EXPECT_EQ(figures.at("ms_p50"), 1.0);
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

std::string Points(float size) {
  std::string text = "version: 1\nn_points: 68\n{\n";
  for (int i = 0; i < 68; ++i) {
    text += std::to_string(20.0F + size * static_cast<float>(i % 9)) + " " +
            std::to_string(20.0F + size * static_cast<float>(i % 7)) + "\n";
  }
  return text + "}\n";
}

class DetectorSets : public testing::Test {
 protected:
  DetectorSets() {
    for (const char* name : {"anna_1", "bert_1"}) {
      WritePicture(folder_ / (std::string(name) + ".png"), Image(120, 100));
      WriteText(folder_ / (std::string(name) + ".pts"), Points(5.0F));
    }
  }

  TempFolder folder_;
};

TEST_F(DetectorSets, KeepThePicturesWhoseNamesAreWanted) {
  const DataSet data = ReadChosenPictures(folder_.path().string(), {0, "", "^b"});
  ASSERT_EQ(data.faces.size(), 1U);
  EXPECT_EQ(data.faces[0].name, "bert_1");
  PictureSet set = PicturesOfDataSet(data, "people", [](const std::string&) {});
  EXPECT_EQ(set.count, 1U);
  const auto picture = set.next();
  ASSERT_TRUE(picture.has_value());
  EXPECT_EQ(picture->image.width_px, 120);
  ASSERT_EQ(picture->faces.size(), 1U);
  EXPECT_FALSE(picture->faces[0].ignored);
  EXPECT_GT(picture->faces[0].box.Area(), 0.0F);
  EXPECT_FALSE(set.next().has_value());
}

TEST_F(DetectorSets, RefuseAFilterThatLeavesNothingOrIsNone) {
  EXPECT_THROW(ReadChosenPictures(folder_.path().string(), {0, "", "carl"}), Error);
  EXPECT_THROW(ReadChosenPictures(folder_.path().string(), {0, "", "("}), Error);
}

TEST_F(DetectorSets, LeaveABrokenPictureOutAndSaySo) {
  WriteText(folder_ / "anna_1.png", "no picture");
  std::vector<std::string> problems;
  const PictureSet set = PicturesWithoutFaces(
      folder_.path(), [&](const std::string& problem) { problems.push_back(problem); });
  EXPECT_EQ(set.count, 2U);
  EXPECT_EQ(set.next()->name, "bert_1");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0], HasSubstr("anna_1.png"));
}

TEST_F(DetectorSets, RefuseAFolderWithoutPictures) {
  EXPECT_THROW(PicturesWithoutFaces(folder_ / "nowhere", {}), Error);
  std::filesystem::create_directory(folder_ / "bare");
  EXPECT_THROW(PicturesWithoutFaces(folder_ / "bare", {}), Error);
}

}  // namespace
}  // namespace nosetip
