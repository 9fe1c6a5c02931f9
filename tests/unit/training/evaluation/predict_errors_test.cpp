// Errors of predicted faces whose true points are in the input.
#include "training/evaluation/predict_errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/training/evaluation/predict_fixture.h"
#include "tracker/core/error.h"
#include "tracker/core/metrics.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

// Moves the parts of an XML file that the fixture wrote, one per line, and leaves its boxes.
void MoveParts(const fs::path& xml, int right, int down) {
  std::string text;
  for (std::string line : ReadLines(xml)) {
    for (const auto& [name, off] : {std::pair(" x='", right), {" y='", down}}) {
      const size_t at = line.find(name);
      if (line.find("<part") == std::string::npos || at == std::string::npos) continue;
      const size_t end = line.find('\'', at + 4);
      line.replace(at + 4, end - at - 4, std::to_string(std::stoi(line.substr(at + 4)) + off));
    }
    text += line + '\n';
  }
  WriteText(xml, text);
}

TEST_F(PredictSpots, MeasuresAKnownShiftOnEveryFaceOfTheXml) {
  options_.errors = folder_ / "errors.csv";
  const fs::path xml = WriteXml();
  MoveParts(xml, -3, 1);
  const PredictSummary summary = Predict(xml);
  ASSERT_THAT(summary.errors, SizeIs(6));
  for (size_t i = 0; i < 6; ++i) {
    Points moved = Truth()[i];
    for (Point2f& p : moved) p = p + Point2f{-3.0F, 1.0F};
    EXPECT_NEAR(summary.errors[i].nme, NmePercent(Truth()[i], moved, Ibug68()), 0.01);
    EXPECT_NEAR(summary.errors[i].coordinates.mae_px, 2.0, 1e-3);
    EXPECT_NEAR(summary.errors[i].coordinates.mse_px2, 5.0, 1e-2);
  }
  EXPECT_THAT(SummaryText(summary, options_),
              AllOf(HasSubstr("faces       6\n"), HasSubstr("MAE         2.000 px per coordinate"),
                    HasSubstr("MSE         5.000 px^2"), HasSubstr("errors.csv: 6 rows")));
  const std::vector<std::string> lines = ReadLines(options_.errors);
  ASSERT_THAT(lines, SizeIs(7));
  EXPECT_EQ(lines[0], "file,box,nme_percent,mae_px,mse_px2");
  EXPECT_THAT(lines[2], AllOf(HasSubstr("set/zebra.png,2,"), HasSubstr(",2.0000,5.0000")));
}

// The mean over the rows of the CSV that goes to Kaggle is what Kaggle computes.
TEST_F(PredictSpots, PrintsTheMeanSquaredErrorThatKaggleComputesFromTheRows) {
  const PredictSummary summary = Predict(WriteXml(), {1.5F, 0.25F});
  const std::vector<Points> rows = FacesOfCsv(options_.kaggle);
  const std::vector<Points> truth = Truth();
  double sum = 0.0;
  for (size_t f = 0; f < truth.size(); ++f) {
    for (size_t k = 0; k < 68; ++k) {
      const Point2f off = rows[f][k] - truth[f][k];
      sum += double{off.x} * double{off.x} + double{off.y} * double{off.y};
    }
  }
  std::vector<CoordinateErrors> coordinates;
  for (const PredictedError& error : summary.errors) coordinates.push_back(error.coordinates);
  EXPECT_NEAR(MeanOf(coordinates).mse_px2, sum / (6 * 136), 1e-3);
}

TEST_F(PredictSpots, MeasuresTheLabeledBoxesAmongOthers) {
  const std::string box = BoxText(Truth()[2]);
  const std::string open = box.substr(0, box.size() - 2) + ">";
  const auto parts = [&](int first, int last) {
    std::string text;
    for (int k = first; k < last; ++k) {
      const Point2f p = Truth()[2][static_cast<size_t>(k)];
      text += "<part name='" + std::to_string(k) + "' x='" + std::to_string(p.x) + "' y='" +
              std::to_string(p.y) + "'/>";
    }
    return text;
  };
  const auto image = [](const std::string& boxes) {
    return "<image file='sub/apple.png'>" + boxes + "</image>";
  };
  const PredictSummary summary =
      Predict(WriteXmlOf(image(box + open + parts(0, 68) + "</box>" + open + parts(1, 68) +
                               "</box>" + open + parts(0, 58) + "</box>")));
  EXPECT_EQ(summary.rows, 4 * 136);
  ASSERT_THAT(summary.errors, SizeIs(1));
  EXPECT_EQ(summary.errors[0].box, 2U);
  EXPECT_NEAR(summary.errors[0].nme, 0.0, 1e-4);
}

TEST_F(PredictSpots, PrintsNoErrorsWithoutTruePoints) {
  const PredictSummary summary =
      Predict(WriteXmlOf("<image file='sub/apple.png'>" + BoxText(Truth()[2]) + "</image>"));
  EXPECT_THAT(summary.errors, IsEmpty());
  EXPECT_THAT(SummaryText(summary, options_), Not(HasSubstr("MSE")));
  options_.errors = folder_ / "errors.csv";
  EXPECT_THAT(
      [&] { Predict(folder_ / "set"); },
      ThrowsMessage<Error>(AllOf(HasSubstr("the points of ibug68"), HasSubstr("--errors"))));
  EXPECT_FALSE(fs::exists(options_.errors));
}

TEST_F(PredictSpots, SaysThatTheTruePointsAreOthersThanTheModels) {
  const std::string box = BoxText(Truth()[2]);
  const std::string nose = box.substr(0, box.size() - 2) + "><part name='0' x='9' y='9'/></box>";
  const PredictSummary summary =
      Predict(WriteXmlOf("<image file='sub/apple.png'>" + nose + "</image>"));
  EXPECT_EQ(summary.rows, 136);
  EXPECT_THAT(SummaryText(summary, options_),
              HasSubstr("errors not measured: 1 box labeled with points that lack some of ibug68"));
}

TEST_F(PredictSpots, NamesAFaceWhoseEyeCornersCoincide) {
  const std::string box = BoxText(Truth()[2]);
  std::string parts;
  for (int k = 0; k < 68; ++k) {
    parts += "<part name='" + std::to_string(k) + "' x='95' y='70'/>";
  }
  const PredictSummary summary =
      Predict(WriteXmlOf("<image file='sub/apple.png'>" + box.substr(0, box.size() - 2) + ">" +
                         parts + "</box></image>"));
  EXPECT_THAT(summary.errors, IsEmpty());
  EXPECT_THAT(notes_, ElementsAre(AllOf(HasSubstr("apple.png: the error in box 1"),
                                        HasSubstr("eye corners"))));
}

}  // namespace
}  // namespace nosetip
