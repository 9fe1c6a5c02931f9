#include "training/background/training_messages.h"

#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>

#include "tests/support/error_message.h"
#include "tracker/core/error.h"
#include "training/background/message_channel.h"

namespace nosetip {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

ShownFace SomeFace() {
  ShownFace face{Image(2, 1), {{0.25F, -1.5F}}, {{3.0F, 4.0F}}, "left eye"};
  face.picture.rgb = {1, 2, 3, 250, 0, 255};
  return face;
}

template <typename Event>
Event ThereAndBack(const Event& event) {
  return std::get<Event>(EventFrom(MessageFrom(TrainingEvent(event))));
}

TEST(TrainingMessages, CarryARequestWithAllOptions) {
  TrainingRequest request;
  request.kind = TrainingRequestKind::kTrain;
  request.order.task = "nose";
  request.order.data = {"a", "b"};
  request.order.options.epochs = 7;
  request.order.options.loss = "mse";
  request.order.options.mixed_precision = true;
  request.order.augment.zoom = 0.25F;
  request.order.out = "runs/x";
  request.order.resume = true;
  request.order.compare_with = "old.safetensors";
  const TrainingRequest back = RequestFrom(MessageFrom(request));
  EXPECT_EQ(back.kind, request.kind);
  EXPECT_EQ(back.order.task, "nose");
  EXPECT_THAT(back.order.data, ElementsAre("a", "b"));
  EXPECT_EQ(back.order.options.epochs, 7);
  EXPECT_EQ(back.order.options.loss, "mse");
  EXPECT_TRUE(back.order.options.mixed_precision);
  EXPECT_EQ(back.order.augment.zoom, 0.25F);
  EXPECT_EQ(back.order.out, "runs/x");
  EXPECT_TRUE(back.order.resume);
  EXPECT_EQ(back.order.compare_with, "old.safetensors");
}

TEST(TrainingMessages, CarryPicturesWithTheirPoints) {
  const ShownFaces back = ThereAndBack(ShownFaces{ShownFaceKind::kValidation, 3, {SomeFace()}});
  EXPECT_EQ(back.kind, ShownFaceKind::kValidation);
  EXPECT_EQ(back.epoch, 3);
  ASSERT_EQ(back.faces.size(), 1U);
  EXPECT_EQ(back.faces[0].picture.rgb, SomeFace().picture.rgb);
  EXPECT_EQ(back.faces[0].picture.width_px, 2);
  EXPECT_EQ(back.faces[0].truth_px, SomeFace().truth_px);
  EXPECT_EQ(back.faces[0].predicted_px, SomeFace().predicted_px);
  EXPECT_EQ(back.faces[0].caption, "left eye");
}

TEST(TrainingMessages, CarryWhatIsNoNumber) {
  EpochStats epoch;
  epoch.epoch = 2;
  epoch.validation_nme = std::nan("");
  const EpochStats back = ThereAndBack(epoch);
  EXPECT_EQ(back.epoch, 2);
  EXPECT_TRUE(std::isnan(back.validation_nme));
}

TEST(TrainingMessages, CarryAComparisonWithAndWithoutAnOldModel) {
  ModelComparison comparison;
  comparison.new_model = {"new.safetensors", {3, 0, 4.5, 4.0, 1.0, 0.5}};
  comparison.remark = "alone";
  EXPECT_FALSE(ThereAndBack(comparison).old_model);
  comparison.old_model = MeasuredModel{"old.safetensors", {}};
  comparison.faces = {{"a", 5.0, 4.0}};
  comparison.gain = 1.0;
  comparison.on_training_faces = true;
  comparison.pictures = {{SomeFace(), SomeFace()}};
  const ModelComparison back = ThereAndBack(comparison);
  EXPECT_TRUE(back.on_training_faces);
  ASSERT_TRUE(back.old_model);
  EXPECT_EQ(back.old_model->path, "old.safetensors");
  EXPECT_EQ(back.new_model.summary.nme_mean, 4.5);
  EXPECT_EQ(back.faces[0].new_error, 4.0);
  EXPECT_EQ(back.pictures[0].new_answer.caption, "left eye");
}

TEST(TrainingMessages, RefuseWhatAnotherVersionSays) {
  EXPECT_THAT(MessageOf([] {
                EventFrom({{"event", "poem"}, {"value", 1}});
              }),
              HasSubstr("unknown event 'poem'"));
  EXPECT_THAT(MessageOf([] {
                RequestFrom({{"kind", 1}});
              }),
              HasSubstr("install both from the same version"));
}

TEST(MessageChannel, BringsMessagesInOrderAndSaysWhenTheTalkEnds) {
  MessageChannelPair pair = MakeChannelPair();
  MessageChannel near(std::move(pair.near));
  MessageChannel far(std::move(pair.far));
  // More than a socket holds, so that sending has to wait for the receiver.
  const std::string large(3'000'000, 'x');
  std::jthread sender([&] {
    near.Send(1);
    near.Send(large);
    near.Close();
  });
  EXPECT_EQ(far.Receive(), 1);
  EXPECT_EQ(far.Receive(), large);
  EXPECT_FALSE(far.Receive());
  EXPECT_FALSE(far.Send(2));
}

TEST(TrainingMessages, RefusePicturesOfAnySizeThatIsNotTheirs) {
  const auto message = [](int64_t width, int64_t height) {
    const nlohmann::json face = {
        {"picture",
         {{"width", width}, {"height", height}, {"rgb", nlohmann::json::binary({1, 2, 3})}}},
        {"truth_px", nlohmann::json::array()},
        {"predicted_px", nlohmann::json::array()},
        {"caption", ""}};
    return nlohmann::json{{"event", "faces"},
                          {"value", {{"kind", 0}, {"epoch", 0}, {"faces", {face}}}}};
  };
  EXPECT_NO_THROW(EventFrom(message(1, 1)));
  for (const int64_t side : {int64_t{-1}, int64_t{0}, int64_t{2}, int64_t{1} << 31,
                             std::numeric_limits<int64_t>::max()}) {
    EXPECT_THAT(MessageOf([&] { EventFrom(message(side, side)); }),
                AnyOf(HasSubstr("picture from the training"), HasSubstr("whole number")));
  }
}

TEST(TrainingMessages, CarryNamesThatAreNotUtf8) {
  TrainingOrder order;
  order.out = order.compare_with = "caf\xe9";
  order.data = {"caf\xe9"};
  MessageChannelPair pair = MakeChannelPair();
  MessageChannel near(std::move(pair.near));
  MessageChannel far(std::move(pair.far));
  near.Send(MessageFrom(TrainingRequest{TrainingRequestKind::kTrain, order}));
  const auto back = RequestFrom(far.Receive().value()).order;
  EXPECT_EQ(back.out, order.out);
  EXPECT_EQ(back.data, order.data);
}

// Sends bytes that no MessageChannel would.
std::string MessageOfReceiving(std::string_view bytes) {
  MessageChannelPair pair = MakeChannelPair();
  MessageChannel far(std::move(pair.far));
  std::jthread sender([&, near = std::move(pair.near)] {
    EXPECT_EQ(send(near.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL), std::ssize(bytes));
  });
  return MessageOf([&] { far.Receive(); });
}

TEST(MessageChannel, RefusesDeepDamagedAndOverlongMessages) {
  EXPECT_THAT(
      MessageOfReceiving(std::string("\xc0\xc6\x2d\x00", 4) + std::string(3'000'000, '\x81')),
      HasSubstr("more than 64 levels"));
  EXPECT_THAT(
      MessageOfReceiving(std::string("\x09\x00\x00\x00\x9b\x00\x00\x01\x00\x00\x00\x00\x00", 13)),
      HasSubstr("is damaged"));
  EXPECT_THAT(MessageOfReceiving("\xff\xff\xff\xff"), HasSubstr("the limit is 268435456"));
}

TEST(MessageChannel, CloseWakesAReceiver) {
  MessageChannelPair pair = MakeChannelPair();
  MessageChannel near(std::move(pair.near));
  std::jthread closer([&] { near.Close(); });
  EXPECT_FALSE(near.Receive());
}

}  // namespace
}  // namespace nosetip
