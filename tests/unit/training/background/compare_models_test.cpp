#include "training/background/compare_models.h"

#include <gmock/gmock.h>

#include "tests/unit/training/background/training_fixture.h"
#include "tracker/core/environment.h"
#include "tracker/model/model_lookup.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

TEST(Verdict, NeedsMoreThanChance) {
  ModelComparison comparison;
  EXPECT_EQ(VerdictOf(comparison), Verdict::kNoComparison);
  comparison.old_model = MeasuredModel{};
  comparison.faces = {{"a", 2.0, 1.0}};
  comparison.gain = 1.0;
  EXPECT_EQ(VerdictOf(comparison), Verdict::kUnclear);
  comparison.faces.push_back({"b", 2.0, 1.0});
  comparison.gain_standard_error = 0.4;
  EXPECT_EQ(VerdictOf(comparison), Verdict::kBetter);
  comparison.gain_standard_error = 0.6;
  EXPECT_EQ(VerdictOf(comparison), Verdict::kUnclear);
  comparison.gain_standard_error = 0.4;
  comparison.on_training_faces = true;
  EXPECT_EQ(VerdictOf(comparison), Verdict::kUnclear);
  comparison.gain = -1.3;
  EXPECT_EQ(VerdictOf(comparison), Verdict::kWorse);
}

class CompareModelsTest : public SmallTraining {
 protected:
  std::string Trained(const std::string& name, int epochs) {
    TrainingOrder order = Order();
    order.out = folder_ / name;
    order.options.epochs = epochs;
    return RunTraining(AsJob(order), {}, {}).model.string();
  }
  std::vector<FaceToMeasure> Faces() const {
    return FacesOfPack(std::make_shared<const FacePack>(LoadPack(folder_ / "faces.safetensors")),
                       Order().options.Validation());
  }
};

TEST_F(CompareModelsTest, FindsTheBetterModel) {
  const std::string poor = Trained("poor", 1);
  const std::string good = Trained("good", 30);
  const ModelComparison up = CompareModels({good, poor, "cpu", 1}, Faces());
  EXPECT_EQ(VerdictOf(up), Verdict::kBetter);
  EXPECT_NEAR(up.old_model->summary.nme_mean - up.new_model.summary.nme_mean, up.gain, 1e-9);
  EXPECT_EQ(up.unit, "outer-eye distance");
  EXPECT_EQ(up.pictures.size(), 8U);
  EXPECT_LE(up.faces.front().old_error - up.faces.front().new_error,
            up.faces.back().old_error - up.faces.back().new_error);
  EXPECT_EQ(VerdictOf(CompareModels({poor, good, "cpu", 1}, Faces())), Verdict::kWorse);
}

TEST_F(CompareModelsTest, SaysWhyAModelCannotBeCompared) {
  const std::string model = Trained("model", 1);
  const std::string imm = AssetPath("models/face58.safetensors").string();
  const ModelComparison comparison = CompareModels({model, imm, "cpu", 1}, Faces());
  EXPECT_FALSE(comparison.old_model);
  EXPECT_THAT(comparison.remark, HasSubstr("gives other points (imm58, not ibug68)"));
}

TEST_F(CompareModelsTest, SaysWhereTheOldModelMayKnowTheFaces) {
  const std::string model = Trained("model", 1);
  TrainingOrder order = Order();
  order.out = folder_ / "other";
  order.options.validation_groups = "group1,group2";
  order.options.epochs = 1;
  const std::string other = RunTraining(AsJob(order), {}, {}).model.string();
  EXPECT_THAT(CompareModels({model, other, "cpu", 1}, Faces()).remark,
              HasSubstr("the old model was trained on " + std::to_string(Faces().size())));
  EXPECT_EQ(CompareModels({model, model, "cpu", 1}, Faces()).remark, "");
}

TEST_F(CompareModelsTest, CutsAFaceOutWithItsPoints) {
  const FaceToMeasure face = Faces().front();
  const ShownFace shown = FaceCutOut(face.picture(), face.box, face.truth_px, {});
  const RectF bounds = BoundsOf(shown.truth_px);
  EXPECT_GT(bounds.x, 0.0F);
  EXPECT_LT(bounds.x + bounds.width, static_cast<float>(shown.picture.width_px));
  // A drawn face has a bright spot at each point.
  const auto p = shown.truth_px.front();
  EXPECT_GT(*shown.picture.At(static_cast<int>(p.x + 0.5F), static_cast<int>(p.y + 0.5F)), 100);
}

TEST(ModelInfo, ReadsWhatTheShippedModelsSay) {
  const ModelInfo info = ReadModelInfo(AssetPath("models/face58.safetensors"));
  EXPECT_EQ(info.schema, "imm58");
  EXPECT_EQ(info.held_out, "the groups 33-40");
  ASSERT_TRUE(info.validation_nme);
  EXPECT_GT(*info.validation_nme, 1.0);
}

}  // namespace
}  // namespace nosetip
