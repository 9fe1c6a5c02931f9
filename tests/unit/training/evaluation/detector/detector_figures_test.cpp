#include "training/evaluation/detector/detector_figures.h"

#include <map>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

constexpr RectF kFace{10, 10, 40, 40};

TEST(FiguresOf, GivesPrecisionByTheHeightOfTheFacesOfScenes) {
  const DetectorRecord record{{{"", {{kFace, 0.9F}}, {{kFace, false, ""}}}}, {1.0}};
  std::map<std::string, std::optional<double>> figures;
  for (const SetFigure& figure : FiguresOf(SetKind::kScenes, record, {})) {
    figures[figure.key] = figure.value;
  }
  EXPECT_EQ(figures.at("average_precision"), 1.0);
  EXPECT_EQ(figures.at("average_precision_32_64px"), 1.0);
  EXPECT_EQ(figures.at("faces_32_64px"), 1.0);
  EXPECT_EQ(figures.at("average_precision_64_128px"), std::nullopt);
  EXPECT_EQ(figures.at("recall_at_few_alarms_percent"), std::nullopt);
  EXPECT_EQ(figures.at("ms_p50"), 1.0);
}

TEST(FiguresOf, GivesRecallByTheHeightOfLabeledFaces) {
  // The second box finds nothing; the face below it is missed.
  const DetectorRecord record{
      {{"",
        {{kFace, 0.9F}, {{100, 0, 40, 40}, 0.7F}},
        {{kFace, false, ""}, {{100, 4, 40, 8}, true, ""}, {{0, 200, 90, 90}, false, ""}}}},
      {1.0}};
  std::map<std::string, std::optional<double>> figures;
  for (const SetFigure& figure : FiguresOf(SetKind::kLabeled, record, {})) {
    figures[figure.key] = figure.value;
  }
  EXPECT_EQ(figures.at("recall_percent"), 50.0);
  EXPECT_EQ(figures.at("recall_percent_below_20px"), std::nullopt);
  EXPECT_EQ(figures.at("recall_percent_40_80px"), 100.0);
  EXPECT_EQ(figures.at("recall_percent_80_160px"), 0.0);
  EXPECT_EQ(figures.at("precision_percent"), 50.0);
  EXPECT_EQ(figures.at("false_alarms_per_picture"), 1.0);
  EXPECT_EQ(figures.at("pictures_without_find"), 0.0);
}

TEST(CurveFigures, AreEmptyWhereARecallIsNotReached) {
  const DetectorRecord record{
      {{"", {{kFace, 0.9F}}, {{kFace, false, ""}, {{200, 0, 40, 40}, false, ""}}}}, {1.0}};
  std::map<std::string, std::optional<double>> values;
  for (const SetFigure& figure : CurveFigures(record, kFoundIou)) {
    values[figure.heading] = figure.value;
  }
  EXPECT_EQ(values.at("50"), 100.0);
  EXPECT_EQ(values.at("60"), std::nullopt);
}

}  // namespace
}  // namespace nosetip
