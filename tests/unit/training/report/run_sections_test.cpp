#include "training/report/run_sections.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"

namespace nosetip {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RunSections : public ::testing::Test {
 protected:
  RunSections() {
    job_.packs = {SyntheticPack(20, 32), SyntheticPack(10, 32)};
    job_.options.validation_percent = 40;
    job_.options.validation_parts = "even";
    job_.options.margin = 1.3F;
    job_.augment.mirror = false;
    report_.history = {{.epoch = 1, .seconds = 10.0, .faces_per_s = 2.0},
                       {.epoch = 2, .seconds = 30.0, .faces_per_s = 6.0}};
  }
  TrainJob job_;
  TrainReport report_;
  const FinishedTraining training_{"face68", job_, report_, {"first set", "second"}, "run 'it'"};
};

TEST_F(RunSections, RecipeHasEveryOptionWithItsValue) {
  const ReportSection recipe = RecipeSection(training_);
  ASSERT_EQ(recipe.tables.size(), 2U);
  EXPECT_EQ(recipe.tables[0].rows.size(), TrainOptions::Fields().size());
  EXPECT_EQ(recipe.tables[1].rows.size(), AugmentOptions::Fields().size());
  const auto value = [](const ReportTable& table, const std::string& option) {
    for (const auto& row : table.rows) {
      if (row[0] == option) return row[1];
    }
    return std::string("missing");
  };
  EXPECT_EQ(value(recipe.tables[0], "--margin"), "1.3");
  EXPECT_EQ(value(recipe.tables[0], "--validation-parts"), "even");
  EXPECT_EQ(value(recipe.tables[1], "--mirror"), "off");
}

TEST_F(RunSections, DataNamesEachSetAndCountsItsFaces) {
  const ReportSection data = DataSection(training_);
  const ReportTable& sets = data.tables.at(0);
  ASSERT_EQ(sets.rows.size(), 2U);
  EXPECT_EQ(sets.rows[0][0], "first set");
  EXPECT_EQ(sets.rows[1][0], "second");
  for (const size_t table : {0, 1}) {
    for (const auto& row : data.tables.at(table).rows) {
      EXPECT_EQ(std::stoi(row[1]), std::stoi(row[2]) + std::stoi(row[3]) + std::stoi(row[4]));
    }
  }
  const ReportTable& parts = data.tables.at(1);
  ASSERT_EQ(parts.rows.size(), 2U);
  EXPECT_EQ(parts.rows[0][0], "even");
  EXPECT_GT(std::stoi(parts.rows[0][3]), 0);
  EXPECT_EQ(parts.rows[1][3], "0");  // odd faces do not count in validation
  EXPECT_EQ(data.tables.at(2).caption, "Groups held out");
  EXPECT_EQ(data.tables.at(2).rows.size(), HeldOutGroups(job_).size());
  EXPECT_FALSE(data.tables.at(2).rows.empty());
}

TEST_F(RunSections, TimesAreThoseOfAllEpochs) {
  const ReportSection section = TimeAndMachineSection(training_, ThisEnvironment(), "CPU, 2 cores");
  const auto& times = section.tables.at(0).rows;
  EXPECT_THAT(times, Contains(ElementsAre("all epochs", "40 s")));
  EXPECT_THAT(times, Contains(ElementsAre("mean per epoch", "20 s")));
  EXPECT_THAT(times, Contains(ElementsAre("faces per second", "5.0")));
  EXPECT_THAT(section.tables.at(2).rows, Contains(ElementsAre("device", "CPU, 2 cores")));
}

TEST(ExpressionSection, HasARowForEachMeasureAndSaysHowManyEyes) {
  const ExpressionErrors errors{
      {{"eye openness", 432, 0.868, std::nullopt, 0.03}}, {12, 0.01, 0.167}, {}, 0, {}};
  const ReportSection section = ExpressionSection(errors);
  EXPECT_THAT(section.tables.at(0).rows,
              ElementsAre(ElementsAre("eye openness", "432", "0.868", "-", "0.030")));
  EXPECT_THAT(section.paragraphs, Contains(HasSubstr("12 of true mean 0.010, found at 0.167")));
}

TEST_F(RunSections, CommandIsShownAndWhetherItResumed) {
  EXPECT_EQ(CommandSection(training_).code, "run 'it'");
  EXPECT_EQ(CommandSection(training_).paragraphs.size(), 1U);
  job_.resume = true;
  EXPECT_THAT(CommandSection(training_).paragraphs.at(1), HasSubstr("leave out --resume"));
}

TEST_F(RunSections, RaisedEpochsAreStated) {
  EXPECT_TRUE(RaisedSentences(report_).empty());
  report_.raised = {{50, 50, 100}, {100, 100, 120}};
  EXPECT_THAT(RaisedSentences(report_),
              ElementsAre(HasSubstr("After epoch 50, this training of 50 epochs was raised to 100"),
                          HasSubstr("After epoch 100, this training of 100 epochs")));
  job_.resume = true;
  EXPECT_THAT(CommandSection(training_).paragraphs.at(1), HasSubstr("with --epochs 50"));
}

TEST(ThisEnvironment, KnowsWhatItWasBuiltOf) {
  const Environment environment = ThisEnvironment();
  for (const std::string& version : {environment.nosetip_version, environment.libtorch_version,
                                     environment.opencv_version, environment.compiler}) {
    EXPECT_THAT(version, HasSubstr("."));
  }
}

}  // namespace
}  // namespace nosetip
