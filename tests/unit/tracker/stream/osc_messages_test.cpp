#include "tracker/stream/osc_messages.h"

#include <bit>
#include <cstdint>
#include <map>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/stream/stream_fixture.h"

namespace nosetip {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::FloatNear;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;

// Reads what OSC 1.0 says, so that liblo does not test itself.
class OscReader {
 public:
  explicit OscReader(std::string bytes) : bytes_(std::move(bytes)) {
    EXPECT_EQ(Text(), "#bundle");
    at_ += 8;  // the time
    while (at_ < bytes_.size()) {
      const size_t size = Word();
      const size_t end = at_ + size;
      Message();
      EXPECT_EQ(at_, end);
    }
  }
  // By address, with the text of a message after a space.
  const std::map<std::string, std::vector<float>>& values() const { return values_; }

 private:
  std::string Text() {
    const std::string text = bytes_.c_str() + at_;
    at_ += text.size() / 4 * 4 + 4;
    return text;
  }
  uint32_t Word() {
    uint32_t word = 0;
    for (int i = 0; i < 4; ++i) word = word << 8 | static_cast<uint8_t>(bytes_.at(at_++));
    return word;
  }
  void Message() {
    std::string address = Text();
    std::vector<float> numbers;
    const std::string types = Text();
    for (const char type : types.substr(1)) {
      if (type == 's') address += ' ' + Text();
      if (type == 'i') numbers.push_back(static_cast<float>(Word()));
      if (type == 'f') numbers.push_back(std::bit_cast<float>(Word()));
    }
    values_[address] = numbers;
  }

  std::string bytes_;
  size_t at_ = 0;
  std::map<std::string, std::vector<float>> values_;
};

auto Near(float value) { return FloatNear(value, 1e-4F); }

TEST(FaceOscDatagram, HasTheAddressesOfFaceOsc) {
  TrackedFace face = PosedFace({0.1F, 0.2F, 0.3F});
  face.landmarks.points_px = ExpressiveFace(0.3, 0.2);  // outer eye corners 100 px apart
  const auto values = OscReader(FaceOscDatagram(*FrameOf({face}))).values();
  EXPECT_THAT(values.at("/found"), ElementsAre(1));
  EXPECT_THAT(values.at("/pose/scale"), ElementsAre(Near(100.0F / 24.0F)));
  EXPECT_THAT(values.at("/pose/orientation"), ElementsAre(0.1F, 0.2F, 0.3F));
  EXPECT_THAT(values.at("/gesture/mouth/height"), ElementsAre(Near(0.2F * 24.0F)));
  for (const char* name :
       {"/gesture/mouth/width", "/gesture/eyebrow/left", "/gesture/eyebrow/right",
        "/gesture/eye/left", "/gesture/eye/right", "/gesture/jaw", "/gesture/nostrils"}) {
    EXPECT_THAT(values.at(name), SizeIs(1)) << name;
  }
  const std::vector<float>& raw = values.at("/raw");
  ASSERT_THAT(raw, SizeIs(136));
  EXPECT_EQ(raw[61], face.landmarks.points_px[30].y);
  EXPECT_THAT(values.at("/pose/position"), SizeIs(2));
  EXPECT_EQ(values.at("/pose/position")[0], Mean(face.landmarks.points_px).x);
}

TEST(FaceOscDatagram, SaysThatNothingIsFound) {
  const auto values = OscReader(FaceOscDatagram(*FrameOf({}))).values();
  EXPECT_THAT(values.at("/found"), ElementsAre(0));
  EXPECT_THAT(values, SizeIs(1));
}

TEST(VmcDatagram, TurnsTheHeadInUnitysAxes) {
  // To the person's right, which is +y in Unity.
  const auto values = OscReader(VmcDatagram(*FrameOf({PosedFace({0, 0.5F, 0})}, 25))).values();
  EXPECT_THAT(values.at("/VMC/Ext/OK"), ElementsAre(1));
  EXPECT_THAT(values.at("/VMC/Ext/T"), ElementsAre(1.0F));
  EXPECT_THAT(values.at("/VMC/Ext/Bone/Pos Head"),
              ElementsAre(0, 0, 0, Near(0), Near(0.247404F), Near(0), Near(0.968912F)));
  EXPECT_THAT(values.at("/VMC/Ext/Blend/Apply"), IsEmpty());
}

TEST(VmcDatagram, HasBlinksOfThePersonsOwnEyes) {
  TrackedFace face = PosedFace();
  EXPECT_EQ(OscReader(VmcDatagram(*FrameOf({face}))).values().count("/VMC/Ext/Blend/Val A"), 0U);
  // In the order of Signal: eyes (right, left), mouth (open, wide), smile.
  face.signals = FaceSignals{{0.25F, 1.0F, 0.5F, 0.0F, 0.75F}};
  const auto values = OscReader(VmcDatagram(*FrameOf({face}))).values();
  EXPECT_THAT(values.at("/VMC/Ext/Blend/Val Blink_R"), ElementsAre(0.75F));
  EXPECT_THAT(values.at("/VMC/Ext/Blend/Val Blink_L"), ElementsAre(0));
  EXPECT_THAT(values.at("/VMC/Ext/Blend/Val A"), ElementsAre(0.5F));
  EXPECT_THAT(values.at("/VMC/Ext/Blend/Val Joy"), ElementsAre(0.75F));
}

TEST(VmcDatagram, SaysThatThereIsNoFace) {
  const auto values = OscReader(VmcDatagram(*FrameOf({}))).values();
  EXPECT_THAT(values.at("/VMC/Ext/OK"), ElementsAre(0));
  EXPECT_THAT(values, Not(Contains(Key("/VMC/Ext/Bone/Pos Head"))));
}

}  // namespace
}  // namespace nosetip
