#include "training/evaluation/known_faces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "training/data/trained_groups.h"

namespace nosetip {
namespace {

using testing::HasSubstr;

// Four faces of the groups a, b, c, d with errors of 1, 2, 4 and 8 %.
class KnownFacesTest : public ::testing::Test {
 protected:
  KnownFacesTest() {
    double error = 1.0;
    for (const char* group : {"a", "b", "c", "d"}) {
      evaluation_.faces.push_back({faces_.size(), error, {}});
      faces_.push_back({"face", {}, {}, {}, group});
      error *= 2.0;
    }
  }

  KnownFaces Find(const std::vector<std::string>& trained_on, bool are_all = true) const {
    TrainedGroups groups;
    for (const std::string& group : trained_on) groups.Add(group);
    if (!are_all) groups.Add(TrainedGroups(""));
    ModelInfo model;
    model.trained_groups = groups.Text();
    model.held_out = "the groups c,d";
    return FindKnownFaces(model, faces_, evaluation_);
  }

  std::vector<FaceToMeasure> faces_;
  Evaluation evaluation_;
};

TEST_F(KnownFacesTest, AreCountedAndTheOthersMeasured) {
  const KnownFaces known = Find({"a", "b", "x"});
  EXPECT_EQ(known.known, 2U);
  EXPECT_DOUBLE_EQ(known.nme_of_others.value(), 6.0);
  EXPECT_THAT(KnownFacesText(known), HasSubstr("trained on  2 of these faces"));
  EXPECT_THAT(KnownFacesText(known), HasSubstr("NME mean    6.000 % of the other 2"));
  EXPECT_THAT(KnownFacesText(Find({"a"}, false)), HasSubstr("at least 1 of these faces"));
  EXPECT_FALSE(Find({"a", "b", "c", "d"}).nme_of_others);
  EXPECT_EQ(KnownFacesText(Find({"x"})),
            "trained on  none of these faces, judged by the names of their groups\n");
}

TEST_F(KnownFacesTest, AreNotKnownWhereTheModelDoesNotTell) {
  EXPECT_THAT(KnownFacesText(FindKnownFaces({}, faces_, evaluation_)), HasSubstr("not known"));
  EXPECT_THAT(KnownFacesText(Find({}, false)), HasSubstr("held out: the groups c,d"));
}

TEST_F(KnownFacesTest, AreInTheFigures) {
  nlohmann::ordered_json metrics;
  AddKnownFaces(Find({"a", "b"}), metrics);
  EXPECT_EQ(metrics["known_faces"], 2);
  EXPECT_EQ(metrics["nme_of_others"], 6.0);
  AddKnownFaces(FindKnownFaces({}, faces_, evaluation_), metrics);
  EXPECT_TRUE(metrics["known_faces"].is_null());
}

}  // namespace
}  // namespace nosetip
