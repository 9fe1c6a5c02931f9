#include "training/data/inspection_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/training/data/made_up_faces.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Inspection Example() {
  Inspection found;
  found.schema = "nose1";
  found.points = 1;
  found.pictures = 5;
  found.labeled_faces = 4;
  found.empty_pictures = 1;
  found.groups = 3;
  found.faces_of_part = {{"afw", 1}, {"lfpw", 3}};
  found.picture_px = {{640, 480}, {640, 480}, {1920, 1080}};
  found.face_px = {{20.4F, 99.6F, 300.0F}};
  for (int i = 0; i < 5; ++i) {
    found.problems.push_back({ProblemKind::kTinyBox, 0, "face" + std::to_string(i) + ": so tiny"});
  }
  return found;
}

const InspectedSet kSet{"faces/all.xml", "dlib .xml", 2};

TEST(InspectionText, TellsFactsAndTheFirstOfEachKindOfProblem) {
  const std::string text = InspectionText(Example(), kSet, false);
  EXPECT_THAT(text,
              AllOf(HasSubstr("faces/all.xml\n"), HasSubstr("dlib .xml\n"),
                    HasSubstr("4 with points, 0 without; 1 pictures without a face\n"),
                    HasSubstr("nose1, 1 point\n"), HasSubstr("afw 1, lfpw 3\n"),
                    HasSubstr("3 (there were 5 before"), HasSubstr("largest 1920 x 1080 px\n"),
                    HasSubstr("smallest 20, median 100, largest 300 px")));
  EXPECT_THAT(
      text, AllOf(HasSubstr("     5  faces below 16 px\n"), HasSubstr("face2: so tiny\n"),
                  HasSubstr("and 2 more\n"), Not(HasSubstr("face3")), Not(HasSubstr("left out"))));
}

TEST(InspectionText, ListsAllProblemsWhereAsked) {
  EXPECT_THAT(InspectionText(Example(), kSet, true),
              AllOf(HasSubstr("face4: so tiny\n"), Not(HasSubstr("more"))));
}

TEST(InspectionText, SaysWhereNothingIsWrongOrKnown) {
  EXPECT_THAT(InspectionText({}, kSet, false),
              AllOf(HasSubstr("no problems found\n"), HasSubstr("schema        none\n"),
                    HasSubstr("picture size  not known\n")));
}

TEST(InspectionJson, HasAllFiguresAndEveryKindOfProblem) {
  DataSet data;
  data.faces.push_back(MadeUpFace("caf\xE9", {{1, 2}}));  // Latin-1, no UTF-8
  const auto json = nlohmann::json::parse(InspectionJson(Example(), kSet, data));
  EXPECT_EQ(json["labelled_faces"], 4);
  EXPECT_EQ(json["joined_groups"], 2);
  EXPECT_EQ(json["parts"]["lfpw"], 3);
  EXPECT_EQ(json["picture_px"]["largest"][0], 1920);
  EXPECT_EQ(json["problems"].size(), kProblemKinds.size());
  EXPECT_EQ(json["problems"]["tiny_box"]["count"], 5);
  EXPECT_EQ(json["problems"]["tiny_box"]["found"][4]["what"], "face4: so tiny");
  EXPECT_THAT(json["problems"]["tiny_box"]["found"][4]["face"].get<std::string>(),
              HasSubstr("caf"));
  EXPECT_EQ(json["problems"]["same_points"]["count"], 0);
}

TEST(ProblemKinds, StandInTheOrderOfTheirNumbers) {
  for (size_t i = 0; i < kProblemKinds.size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(kProblemKinds[i].kind), i);
  }
}

}  // namespace
}  // namespace nosetip
