#include "training/detector/detector_loss.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tracker/model/detector_outputs.h"

namespace nosetip {
namespace {

using torch::indexing::Slice;

Scene SceneWith(const std::vector<bool>& have_points) {
  Scene scene;
  scene.image = Image(64, 64);
  for (size_t i = 0; i < have_points.size(); ++i) {
    SceneFace face;
    face.box = {4.0F + 30.0F * static_cast<float>(i), 16.0F, 24.0F, 32.0F};
    face.points_px.fill(face.box.Center());
    face.has_points = have_points[i];
    scene.faces.push_back(face);
  }
  return scene;
}

struct Result {
  DetectorLoss loss;
  torch::Tensor gradient;  // [A, 16]
};

// All outputs zero: boxes of one cell.
Result LossOf(const Scene& scene) {
  const std::vector<Cell> cells = CellsOf(64, 64);
  torch::Tensor outputs = torch::zeros({1, static_cast<int64_t>(cells.size()), kDetectorOutputs},
                                       torch::requires_grad());
  Result result{LossOfScenes(outputs, std::vector<Scene>{scene}, cells), {}};
  result.loss.total.backward();
  result.gradient = outputs.grad()[0];
  return result;
}

torch::Tensor OfPoints(const torch::Tensor& gradient) {
  return gradient.index({Slice(), Slice(kDetectorPoints, kDetectorOutputs)});
}

TEST(DetectorLoss, TeachesNoPointsWhereThereAreNone) {
  const Result result = LossOf(SceneWith({false}));
  EXPECT_EQ(result.loss.points.item<float>(), 0.0F);
  EXPECT_EQ(OfPoints(result.gradient).abs().max().item<float>(), 0.0F);
  EXPECT_GT(result.gradient.abs().max().item<float>(), 0.0F);
}

TEST(DetectorLoss, TakesTheMeanOverFacesWithPoints) {
  const Result alone = LossOf(SceneWith({true}));
  const Result beside = LossOf(SceneWith({true, false}));
  EXPECT_GT(alone.loss.points.item<float>(), 0.0F);
  EXPECT_NEAR(beside.loss.points.item<float>(), alone.loss.points.item<float>(), 1e-5F);
}

// A scene without faces in which a teacher sees one in the first cell.
Scene TaughtScene(const std::vector<Cell>& cells) {
  Scene scene = SceneWith({});
  scene.taught.assign(cells.size() * kTaughtNumbers, 0.0F);
  const std::vector<float> face = {0.9F, 0.8F, 0.5F, 0.5F, 1.0F, 1.2F};
  std::ranges::copy(face, scene.taught.begin());
  return scene;
}

TEST(DetectorLoss, LearnsFromTheTeacher) {
  const std::vector<Cell> cells = CellsOf(64, 64);
  const Result result = LossOf(TaughtScene(cells));
  EXPECT_GT(result.loss.taught.item<float>(), 0.0F);
  const torch::Tensor first = result.gradient[0];
  // A step against the gradient raises the chance and the size in the first cell.
  EXPECT_LT(first[kDetectorCls].item<float>(), 0.0F);
  EXPECT_LT(first[kDetectorBox + 2].item<float>(), 0.0F);
  EXPECT_LT(first[kDetectorBox + 3].item<float>(), 0.0F);
  const torch::Tensor second = result.gradient[1];
  EXPECT_EQ(second[kDetectorCls].item<float>(), 0.0F);
  EXPECT_GT(second[kDetectorObj].item<float>(), 0.0F);
}

TEST(DetectorLoss, IsLeastAtTheTeachersAnswers) {
  const std::vector<Cell> cells = CellsOf(64, 64);
  const std::vector<Scene> scenes = {TaughtScene(cells)};
  const auto taught_at = [&](float log_width) {
    torch::Tensor outputs =
        torch::full({1, static_cast<int64_t>(cells.size()), kDetectorOutputs}, -20.0F);
    const std::vector<float> first = {2.1972F, 1.3863F, 0.5F, 0.5F, log_width, 1.2F};
    outputs.index_put_({0, 0, Slice(0, 6)}, torch::tensor(first));
    return LossOfScenes(outputs, scenes, cells).taught.item<float>();
  };
  EXPECT_LT(taught_at(1.0F), taught_at(0.9F));
  EXPECT_LT(taught_at(1.0F), taught_at(1.1F));
}

TEST(DetectorLoss, IsWithoutTheTeacherWhereAScenesAnswersAreMissing) {
  EXPECT_EQ(LossOf(SceneWith({true})).loss.taught.item<float>(), 0.0F);
}

}  // namespace
}  // namespace nosetip
