#include "tracker/stream/open_see_face.h"

#include <cmath>
#include <cstring>

#include <gtest/gtest.h>

#include "tests/unit/tracker/stream/stream_fixture.h"
#include "tracker/core/face_shape.h"

namespace nosetip {
namespace {

// Offsets of the layout's fields.
constexpr size_t kTime = 0, kId = 8, kSize = 12, kEyes = 20, kSuccess = 28, kError = 29;
constexpr size_t kQuaternion = 33, kEuler = 49, kTranslation = 61, kConfidence = 73;
constexpr size_t kPoints = 345, kPoints3d = 889, kFeatures = 1729;

class OpenSeeFaceTest : public ::testing::Test {
 protected:
  void Encode(const std::vector<TrackedFace>& faces) {
    bytes_ = OpenSeeFaceDatagram(*FrameOf(faces));
  }
  template <typename Value = float>
  Value At(size_t offset) const {
    Value value{};
    std::memcpy(&value, bytes_.data() + offset, sizeof(value));
    return value;
  }
  float Float(size_t offset, size_t index) const { return At(offset + 4 * index); }

  std::string bytes_;
};

TEST_F(OpenSeeFaceTest, HasEachFieldAtItsPlace) {
  TrackedFace face = PosedFace();
  face.id = 7;
  face.landmarks.confidence.assign(68, 0.5F);
  face.landmarks.confidence[49] = 0.25F;  // OpenSeeFace's 48
  Encode({face});
  ASSERT_EQ(bytes_.size(), kOpenSeeFaceBytes);
  EXPECT_EQ(At<double>(kTime), 0.0);
  EXPECT_EQ(At<int32_t>(kId), 7);
  EXPECT_EQ(Float(kSize, 0), 640.0F);
  EXPECT_EQ(Float(kSize, 1), 480.0F);
  EXPECT_EQ(At<uint8_t>(kSuccess), 1);
  EXPECT_NEAR(Float(kError, 0), 0.0F, 1e-3F);
  EXPECT_EQ(Float(kConfidence, 30), 0.5F);
  EXPECT_EQ(Float(kConfidence, 48), 0.25F);
  for (const auto& [theirs, ours] : {std::pair(30, 30), {48, 49}, {58, 48}, {62, 54}, {65, 67}}) {
    EXPECT_EQ(Float(kPoints, 2 * static_cast<size_t>(theirs)),
              face.landmarks.points_px[static_cast<size_t>(ours)].x);
    EXPECT_EQ(Float(kPoints, 2 * static_cast<size_t>(theirs) + 1),
              face.landmarks.points_px[static_cast<size_t>(ours)].y);
  }
}

TEST_F(OpenSeeFaceTest, TurnsAsOpenSeeFaceDoes) {
  Encode({PosedFace()});
  EXPECT_NEAR(std::abs(Float(kEuler, 0)), 180.0F, 1e-3F);
  EXPECT_NEAR(Float(kEuler, 1), 0.0F, 1e-3F);
  EXPECT_NEAR(Float(kEuler, 2), 90.0F, 1e-3F);
  // What OpenSeeFace's own fit gives for such faces: 23 degrees less, and 15 beyond 180.
  Encode({PosedFace({0, 0.35F, 0})});
  EXPECT_NEAR(Float(kEuler, 1), -20.05F, 0.01F);
  Encode({PosedFace({0.3F, 0, 0})});
  EXPECT_NEAR(Float(kEuler, 0), -162.81F, 0.01F);
  float length = 0.0F;
  for (size_t i = 0; i < 4; ++i) length += std::pow(Float(kQuaternion, i), 2.0F);
  EXPECT_NEAR(length, 1.0F, 1e-5F);
}

TEST_F(OpenSeeFaceTest, MeasuresFromTheTipOfTheNose) {
  Encode({PosedFace({}, {0, 0, 560})});
  EXPECT_NEAR(Float(kTranslation, 0), -34.5F / 140.0F, 1e-4F);
  EXPECT_NEAR(Float(kTranslation, 1), 0.0F, 1e-4F);
  EXPECT_NEAR(Float(kTranslation, 2), -516.5F / 140.0F, 1e-4F);
  // The average head's nose is 2 mm from that of the rigid model.
  for (size_t axis = 0; axis < 3; ++axis) EXPECT_NEAR(Float(kPoints3d, 90 + axis), 0.0F, 0.02F);
  // The picture's left corner of the eyes is the person's right, +x and above the nose.
  EXPECT_NEAR(Float(kPoints3d, 3 * 36), 44.5F / 140.0F, 1e-3F);
  EXPECT_NEAR(Float(kPoints3d, 3 * 36 + 1), -34.5F / 140.0F, 1e-3F);
  // Eyes that look where the head does: an eyeball's middle is behind its pupil.
  EXPECT_EQ(Float(kPoints3d, 3 * 66), Float(kPoints3d, 3 * 68));
  EXPECT_LT(Float(kPoints3d, 3 * 66 + 2), Float(kPoints3d, 3 * 68 + 2));
}

// In mm of the head, of OpenSeeFace's points 0 (an end of the jaw), 36 and 8 (the chin).
TEST_F(OpenSeeFaceTest, GivesEachPointItsDepth) {
  Encode({PosedFace({}, {0, 0, 560})});
  for (const size_t i : {0, 8, 36}) {
    EXPECT_NEAR(140.0F * Float(kPoints3d, 3 * i + 2) - 43.5F, NeutralHead()[i][2], 0.01F) << i;
  }
}

TEST_F(OpenSeeFaceTest, LeavesOutAFaceThatIsPartlyBehindTheCamera) {
  TrackedFace close = PosedFace();
  close.pose->translation_mm = {0.0F, 0.0F, 30.0F};  // the nose is 43.5 mm in front of the eyes
  Encode({close, PosedFace()});
  EXPECT_EQ(bytes_.size(), kOpenSeeFaceBytes);
}

TEST_F(OpenSeeFaceTest, TellsWhatEyesBrowsAndMouthDo) {
  TrackedFace face = PosedFace();
  // In the order of Signal.
  face.signals = FaceSignals{{0.25F, 0.75F, 0.5F, -0.125F, 0.0F, 0.375F, 0.625F}};
  Encode({face});
  EXPECT_EQ(Float(kEyes, 0), 0.25F);  // right
  EXPECT_EQ(Float(kEyes, 1), 0.75F);
  const std::array<float, 14> features = {-0.25F, -0.75F, 0, 0.625F, 0, 0,    0.375F,
                                          0,      0,      0, 0,      0, 0.5F, -0.125F};
  for (size_t i = 0; i < features.size(); ++i) EXPECT_EQ(Float(kFeatures, i), features[i]) << i;
}

TEST_F(OpenSeeFaceTest, HasOpenEyesWhereNothingIsMeasured) {
  Encode({PosedFace()});
  EXPECT_EQ(Float(kEyes, 0), 1.0F);
  EXPECT_EQ(Float(kFeatures, 1), 0.0F);
}

TEST_F(OpenSeeFaceTest, HasTheFacesOneAfterTheOther) {
  Encode(std::vector(40, PosedFace()));
  EXPECT_EQ(bytes_.size(), 36 * kOpenSeeFaceBytes) << "no more fit into a datagram";
  TrackedFace without = PosedFace();
  without.pose.reset();
  Encode({without});
  EXPECT_TRUE(bytes_.empty());
}

}  // namespace
}  // namespace nosetip
