#include "training/report/run_comparison.h"

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kOptions =
    R"({"options": {"epochs": 3, "learning-rate": 0.001, "loss": "wing", "seed": 1},
        "augment": {"mirror": true}, "data": {"pack 1": [24, 64, "a<b"]}})";

class RunsOnDisk : public ::testing::Test {
 protected:
  std::filesystem::path Write(const std::string& name, const std::string& history,
                              const std::string& options, const std::string& metrics = "") {
    WriteText(folder_ / name / "history.csv", history);
    WriteText(folder_ / name / "options.json", options);
    if (!metrics.empty()) WriteText(folder_ / name / "metrics.json", metrics);
    return folder_ / name;
  }
  RunOnDisk First() {
    return ReadRun(Write("first",
                         "epoch,train_loss,validation_loss,validation_nme,seconds\n"
                         "1,3,2.5,9,10\n2,2,1.5,6.25,10\n3,1,1.75,7,10\n",
                         kOptions,
                         R"({"nme_mean": 6.25, "mse_px2": 22.03, "held_out_groups": ["a"],
                             "raised_epochs": [{"done": 2, "from": 2, "to": 3}]})"));
  }
  RunOnDisk Second() {
    std::string options = kOptions;
    options.replace(options.find("0.001"), 5, "0.01");
    options.replace(options.find("true"), 4, "false");
    return ReadRun(Write("second",
                         "epoch,train_loss,validation_loss,validation_nme,seconds\n"
                         "1,3,2.5,8,20\n2,2,2.25,,20\n",
                         options));
  }

  TempFolder folder_;
};

TEST_F(RunsOnDisk, AreReadAsTheTrainingWroteThem) {
  const RunOnDisk run = First();
  EXPECT_THAT(run.history.epochs, ElementsAre(1, 2, 3));
  EXPECT_THAT(ColumnOf(run.history, "validation_nme"), ElementsAre(9.0, 6.25, 7.0));
  EXPECT_THAT(ColumnOf(run.history, "validation_mse"), IsEmpty());
  EXPECT_TRUE(std::isnan(ColumnOf(Second().history, "validation_nme")[1]));
  EXPECT_EQ(run.options.at("--epochs"), "3");
  EXPECT_EQ(run.options.at("--mirror"), "on");
  EXPECT_EQ(run.options.at("pack 1"), R"([24,64,"a<b"])");
  EXPECT_EQ(run.figures.at("mse_px2"), 22.03);
}

TEST_F(RunsOnDisk, ThatAreNoneAreNamed) {
  const auto message = [&](const std::string& name) {
    return MessageOf([&] { ReadRun(folder_ / name); });
  };
  EXPECT_THAT(message("absent"), HasSubstr("absent holds no training that has finished an epoch"));
  Write("empty", "epoch,train_loss\n", kOptions);
  EXPECT_THAT(message("empty"), HasSubstr("history.csv has no epoch"));
  Write("other", "a,b\n1,2\n", kOptions);
  EXPECT_THAT(message("other"), HasSubstr("history.csv, line 1: expected the header"));
  Write("short", "epoch,train_loss\n1\n", kOptions);
  EXPECT_THAT(message("short"), HasSubstr("history.csv, line 2: expected an epoch and 1 numbers"));
  Write("odd", "epoch,train_loss\n1,2\n", kOptions, R"({"raised_epochs": [5]})");
  EXPECT_THAT(message("odd"), HasSubstr("metrics.json is not that of a training"));
}

TEST_F(RunsOnDisk, AreComparedByWhatDiffers) {
  const HtmlReport report = ComparisonOf(std::vector<RunOnDisk>{First(), Second()});
  ASSERT_THAT(report.sections, SizeIs(3));
  const ReportTable& differences = report.sections[2].tables.at(0);
  EXPECT_THAT(differences.header, ElementsAre("option", HasSubstr("first"), HasSubstr("second")));
  EXPECT_THAT(differences.rows, ElementsAre(ElementsAre("--learning-rate", "0.001", "0.01"),
                                            ElementsAre("--mirror", "on", "off")));
  EXPECT_THAT(
      report.sections[1].tables.at(0).rows,
      AllOf(Contains(ElementsAre("best mean error, % of the outer-eye distance", "6.25", "8")),
            Contains(ElementsAre("best epoch", "2", "1")),
            Contains(ElementsAre("epochs", "3 of 3, raised from 2 after 2", "2 of 3")),
            Contains(ElementsAre("mean squared error", "22.03 px^2", "-")),
            Contains(ElementsAre("training time", "30 s", "40 s"))));
  EXPECT_THAT(report.sections[0].paragraphs, ElementsAre(HasSubstr("the same faces")));
  EXPECT_THAT(report.sections[0].pictures, SizeIs(3));
  EXPECT_THAT(HtmlText(report), Not(HasSubstr("a<b")));
}

TEST_F(RunsOnDisk, ThatAreAlikeHaveNoDifferences) {
  const HtmlReport report = ComparisonOf(std::vector<RunOnDisk>{First(), First()});
  EXPECT_THAT(report.sections[2].tables, IsEmpty());
  EXPECT_THAT(report.sections[0].paragraphs, IsEmpty());
}

TEST_F(RunsOnDisk, OfOtherFacesOrLossesHaveAWarning) {
  RunOnDisk other = First();
  other.held_out_groups = "[\"b\"]";
  other.options["--loss"] = "mse";
  EXPECT_THAT(ComparisonOf(std::vector<RunOnDisk>{First(), other}).sections[0].paragraphs,
              ElementsAre(HasSubstr("different groups"), HasSubstr("different losses")));
}

TEST_F(RunsOnDisk, AreAtLeastTwoAndNoMoreThanThereAreColors) {
  const auto message = [&](size_t count) {
    return MessageOf([&] { ComparisonOf(std::vector<RunOnDisk>(count, First())); });
  };
  EXPECT_THAT(message(1), HasSubstr("give two or more"));
  EXPECT_EQ(message(kMaxComparedRuns), "no error");
  EXPECT_THAT(message(kMaxComparedRuns + 1), HasSubstr("give at most 6"));
}

}  // namespace
}  // namespace nosetip
