#include "training/detector/cell_assignment.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include "tracker/model/detector_outputs.h"
#include "tracker/vision/yunet_decode.h"

namespace nosetip {
namespace {

constexpr int kSide = 128;
constexpr size_t kCells = 16 * 16 + 8 * 8 + 4 * 4;

// Answers of a network that knows nothing: boxes of one stride, low scores.
std::vector<float> Ignorance() {
  std::vector<float> outputs(kCells * kDetectorOutputs, 0.0F);
  for (size_t i = 0; i < kCells; ++i) outputs[i * kDetectorOutputs + kDetectorObj] = -4.0F;
  return outputs;
}

// Makes cell `i` answer with this box and a high score.
void Answer(const std::vector<Cell>& cells, size_t i, const RectF& box,
            std::vector<float>& outputs) {
  float* answer = outputs.data() + i * kDetectorOutputs;
  const float stride = cells[i].stride_px;
  answer[kDetectorCls] = answer[kDetectorObj] = 4.0F;
  answer[kDetectorBox] = (box.Center().x + 0.5F - cells[i].x_px) / stride;
  answer[kDetectorBox + 1] = (box.Center().y + 0.5F - cells[i].y_px) / stride;
  answer[kDetectorBox + 2] = std::log(box.width / stride);
  answer[kDetectorBox + 3] = std::log(box.height / stride);
}

SceneFace Face(const RectF& box, bool ignored = false) { return {box, {}, ignored}; }

std::vector<size_t> CellsOfFace(const CellAssignment& assignment, size_t face) {
  std::vector<size_t> cells;
  for (const AssignedCell& assigned : assignment.assigned) {
    if (assigned.face == face) cells.push_back(assigned.cell);
  }
  return cells;
}

TEST(CellAssignment, CellsGoRowByRowFromFineToCoarse) {
  const auto cells = CellsOf(kSide, kSide);
  ASSERT_EQ(cells.size(), kCells);
  EXPECT_FLOAT_EQ(cells[17].x_px, 8.0F);
  EXPECT_FLOAT_EQ(cells[17].y_px, 8.0F);
  EXPECT_FLOAT_EQ(cells[256 + 9].stride_px, 16.0F);
  EXPECT_FLOAT_EQ(cells[256 + 9].y_px, 16.0F);
  EXPECT_FLOAT_EQ(cells.back().x_px, 96.0F);
}

TEST(CellAssignment, ReadsACellAsTheDecoderDoes) {
  const auto cells = CellsOf(kSide, kSide);
  std::vector<float> outputs = Ignorance();
  const size_t i = 16 * 5 + 3;
  Answer(cells, i, {10.0F, 20.0F, 30.0F, 40.0F}, outputs);
  std::vector<float> ones(256, 1.0F);
  std::vector<float> none(80, 0.0F);
  std::vector<float> boxes(4 * 256, -std::numeric_limits<float>::infinity());
  std::copy_n(outputs.data() + i * kDetectorOutputs + kDetectorBox, 4, boxes.data() + 4 * i);
  const std::vector<float> rest(4 * 64, 0.0F);
  const std::vector<YuNetScale> scales = {
      {8, ones, ones, boxes},
      {16, std::span(none).first(64), std::span(none).first(64), rest},
      {32, std::span(none).first(16), std::span(none).first(16), std::span(rest).first(64)}};
  const auto decoded = DecodeYuNet2023(scales, kSide, kSide, 0.5F);
  ASSERT_EQ(decoded.size(), 1U);
  const CellBox box = BoxOfCell(cells[i], std::span(outputs).subspan(i * 16, 16));
  EXPECT_NEAR(box.center_x_px, decoded[0].rect.Center().x, 1e-4);
  EXPECT_NEAR(box.center_y_px, decoded[0].rect.Center().y, 1e-4);
  EXPECT_NEAR(box.width_px, decoded[0].rect.width, 1e-4);
  EXPECT_NEAR(box.height_px, decoded[0].rect.height, 1e-4);
}

TEST(CellAssignment, GivesEveryFaceACellNearItsCenter) {
  const auto cells = CellsOf(kSide, kSide);
  for (const float side : {6.0F, 16.0F, 50.0F, 120.0F}) {
    const RectF box{60.0F - 0.5F * side, 70.0F - 0.5F * side, side, side};
    const std::vector<SceneFace> faces = {Face(box)};
    const CellAssignment assignment = AssignCells(cells, Ignorance(), faces);
    ASSERT_FALSE(assignment.assigned.empty()) << side;
    const Cell& cell = cells[assignment.assigned.front().cell];
    EXPECT_LT(std::fabs(cell.x_px + 0.5F * cell.stride_px - 60.5F), 2.5F * cell.stride_px) << side;
    EXPECT_LT(std::fabs(cell.y_px + 0.5F * cell.stride_px - 70.5F), 2.5F * cell.stride_px) << side;
  }
}

TEST(CellAssignment, PrefersTheCellsThatAnswerRight) {
  const auto cells = CellsOf(kSide, kSide);
  std::vector<float> outputs = Ignorance();
  const RectF box{40.0F, 40.0F, 48.0F, 48.0F};
  const std::vector<size_t> right = {16 * 8 + 7, 256 + 8 * 4 + 4};
  for (const size_t i : right) Answer(cells, i, box, outputs);
  const CellAssignment assignment = AssignCells(cells, outputs, std::vector{Face(box)});
  EXPECT_THAT(CellsOfFace(assignment, 0), testing::IsSupersetOf(right));
  for (const AssignedCell& assigned : assignment.assigned) {
    if (assigned.cell != right[0] && assigned.cell != right[1]) continue;
    EXPECT_NEAR(assigned.iou, 1.0, 1e-3);
  }
}

TEST(CellAssignment, GivesACellThatTwoFacesWantToTheOneThatItAnswers) {
  const auto cells = CellsOf(kSide, kSide);
  std::vector<float> outputs = Ignorance();
  const std::vector<SceneFace> faces = {Face({40.0F, 40.0F, 40.0F, 40.0F}),
                                        Face({46.0F, 46.0F, 40.0F, 40.0F})};
  const size_t shared = 16 * 8 + 7;
  Answer(cells, shared, faces[1].box, outputs);
  const CellAssignment assignment = AssignCells(cells, outputs, faces);
  EXPECT_THAT(CellsOfFace(assignment, 1), testing::Contains(shared));
  EXPECT_THAT(CellsOfFace(assignment, 0), testing::Not(testing::IsEmpty()));
}

TEST(CellAssignment, DoesNotCountCellsInIgnoredFaces) {
  const auto cells = CellsOf(kSide, kSide);
  const RectF box{64.0F, 64.0F, 32.0F, 32.0F};
  const CellAssignment assignment = AssignCells(cells, Ignorance(), std::vector{Face(box, true)});
  EXPECT_TRUE(assignment.assigned.empty());
  EXPECT_EQ(assignment.counts[16 * 10 + 10], 0);
  EXPECT_EQ(assignment.counts[16 * 2 + 2], 1);
  EXPECT_EQ(std::count(assignment.counts.begin(), assignment.counts.end(), 0), 16 + 4 + 1);
}

TEST(CellAssignment, CountsAnAssignedCellInAnIgnoredFace) {
  const auto cells = CellsOf(kSide, kSide);
  const std::vector<SceneFace> faces = {Face({60.0F, 60.0F, 40.0F, 40.0F}, true),
                                        Face({70.0F, 70.0F, 16.0F, 16.0F})};
  const CellAssignment assignment = AssignCells(cells, Ignorance(), faces);
  ASSERT_FALSE(assignment.assigned.empty());
  for (const AssignedCell& assigned : assignment.assigned) {
    EXPECT_EQ(assigned.face, 1U);
    EXPECT_EQ(assignment.counts[assigned.cell], 1);
  }
}

TEST(CellAssignment, RefusesOutputsOfAnotherSize) {
  const auto cells = CellsOf(kSide, kSide);
  const std::vector<float> outputs(16, 0.0F);
  EXPECT_THROW(AssignCells(cells, outputs, {}), std::logic_error);
  EXPECT_THROW(CellsOf(100, kSide), std::logic_error);
}

}  // namespace
}  // namespace nosetip
