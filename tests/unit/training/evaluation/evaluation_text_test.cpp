#include "training/evaluation/evaluation_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace nosetip {
namespace {

using ::testing::HasSubstr;

Evaluation Measured() {
  Evaluation evaluation;
  evaluation.unit = "outer-eye distance";
  evaluation.summary.faces = 12;
  evaluation.summary.not_found = 1;
  evaluation.summary.nme_mean = 3.25;
  evaluation.coordinates.mse_relative = 0.00012341;
  evaluation.landmark_error = {2.0, 4.5};
  evaluation.reliability = {{680, 3.25, 3.5, 0.9, 0.88}};
  evaluation.problems = {"a: cannot be read"};
  evaluation.expression = ExpressionErrors{{{"eye openness", 432, 0.868, std::nullopt, 0.03}},
                                           {12, 0.01, 0.167},
                                           {380, 0.3, 0.29},
                                           3,
                                           {}};
  return evaluation;
}

TEST(SummaryText, RoundsEachFigure) {
  const std::string text = SummaryText(Measured());
  EXPECT_THAT(text, HasSubstr("faces       12\nnot found   1\n"));
  EXPECT_THAT(text, HasSubstr("NME mean    3.250 % of the outer-eye distance\n"));
  EXPECT_THAT(text, HasSubstr("MSE         0.0001234 of coordinates"));
}

TEST(MetricsJson, HasWhatWasMeasuredAndOnWhat) {
  const auto json = MetricsJson(Measured(), "a.safetensors", "set", "truth");
  EXPECT_EQ(json["nme_mean"], 3.25);
  EXPECT_EQ(json["left_out"], 1);
  EXPECT_EQ(json["model"], "a.safetensors");
  EXPECT_EQ(json["data"], "set");
  EXPECT_EQ(json["boxes"], "truth");
  EXPECT_EQ(json["landmark_nme"], nlohmann::ordered_json({2.0, 4.5}));
  EXPECT_EQ(json["reliability"][0]["within_8_percent"], 0.88);
  const auto& eyes = json["expression"]["measures"][0];
  EXPECT_EQ(eyes["name"], "eye openness");
  EXPECT_EQ(eyes["count"], 432);
  EXPECT_EQ(eyes["correlation"], 0.868);
  EXPECT_TRUE(eyes["slope"].is_null());
  EXPECT_EQ(json["expression"]["shut_eyes"]["found_mean"], 0.167);
  EXPECT_EQ(json["expression"]["open_eyes"]["found_shut"], 3);
  EXPECT_EQ(json["expression"]["wide_open_mouths"]["count"], 0);
  EXPECT_TRUE(MetricsJson({}, "", "", "")["expression"].is_null());
}

}  // namespace
}  // namespace nosetip
