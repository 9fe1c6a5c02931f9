#include "tracker/core/json_text.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::string Nested(size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

TEST(ParseJson, SaysWhereTheTextIsNoJson) {
  EXPECT_EQ(ParseJson(R"({"a": [1, 2.5, "x", null]})"), json({{"a", {1, 2.5, "x", nullptr}}}));
  const std::string message = MessageOf([] { ParseJson("{\"a\":\n oops}"); });
  EXPECT_THAT(message, HasSubstr("line 2, column 2"));
  EXPECT_THAT(message, Not(HasSubstr("json.exception")));
  for (const char* text : {"", " ", "{", "[1,]", "\"\xe9\"", "1 2", "NaN"}) {
    EXPECT_THROW(ParseJson(text), Error) << text;
  }
}

TEST(ParseJson, RefusesDeepNestingHoweverLongItIs) {
  EXPECT_NO_THROW(ParseJson(Nested(kMaxJsonLevels)));
  for (const std::string& text : {Nested(kMaxJsonLevels + 1), std::string(1'000'000, '[')}) {
    EXPECT_THAT(MessageOf([&] { ParseJson(text); }), HasSubstr("more than 64 levels"));
  }
  std::string objects;
  for (int i = 0; i < 200'000; ++i) objects += "{\"\":";
  EXPECT_THAT(MessageOf([&] { ParseJson(objects); }), HasSubstr("more than 64 levels"));
}

TEST(ParseJson, RefusesMoreValuesThanMemoryIsGoodFor) {
  std::string text = "[";
  for (size_t i = 0; i < kMaxJsonValues; ++i) text += "0,";
  EXPECT_THAT(MessageOf([&] { ParseJson(text + "0]"); }), HasSubstr("4000000 values"));
}

TEST(ParseJson, DoesNotRepeatALongTextInItsMessage) {
  EXPECT_LT(MessageOf([] { ParseJson('"' + std::string(1'000'000, 'x')); }).size(), 300U);
}

TEST(ParseJson, RefusesNumbersThatNoTypeHolds) {
  EXPECT_THROW(ParseJson("1e999"), Error);
  EXPECT_NO_THROW(ParseJson("123456789012345678901234567890"));
}

TEST(ParseCbor, ReadsBackWhatWasAppended) {
  const json value = {{"name", "caf\xe9"}, {"pixels", json::binary({0, 255})}, {"x", 0.5F}};
  std::vector<uint8_t> bytes;
  AppendCbor(value, bytes);
  EXPECT_EQ(ParseCbor(bytes), value);
}

TEST(ParseCbor, RefusesDeepNestingWrongSizesAndWhatIsCutShort) {
  EXPECT_THAT(MessageOf([] { ParseCbor(std::vector<uint8_t>(3'000'000, 0x81)); }),
              HasSubstr("more than 64 levels"));
  const std::vector<std::vector<uint8_t>> damaged = {
      {},
      {0x9b, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00},  // an array of 2^40
      {0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
      {0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},  // bytes of 2^63 - 1
      {0x7b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},  // a text of as many
      {0xbb, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00},  // a map
      {0x01, 0x01},
      {0xff},
  };
  for (const auto& bytes : damaged) EXPECT_THROW(ParseCbor(bytes), Error);
}

TEST(WholeNumber, TakesNoOtherNumber) {
  EXPECT_EQ(WholeNumber(json(7), 0, 7), 7);
  EXPECT_EQ(WholeNumber(json(-7), -8, 0), -7);
  for (const json& value : {json(8), json(-1), json(1e30), json(1.0), json(true), json("7"), json(),
                            json(std::numeric_limits<uint64_t>::max())}) {
    EXPECT_THROW(WholeNumber(value, 0, 7), Error) << value.dump();
  }
}

TEST(JsonText, ReplacesBytesThatAreNotUtf8) {
  const json name = "caf\xe9.mp4";
  EXPECT_EQ(JsonText(name), "\"caf\xEF\xBF\xBD.mp4\"");
  EXPECT_EQ(JsonText(nlohmann::ordered_json{{"caf\xe9", 1}}), "{\"caf\xEF\xBF\xBD\":1}");
  EXPECT_EQ(ParseJson(JsonText(name)), "caf\xEF\xBF\xBD.mp4");
}

TEST(JsonText, IndentsAndWritesWhatIsNotFiniteAsNull) {
  EXPECT_EQ(JsonText(json{{"a", NAN}}), "{\"a\":null}");
  EXPECT_EQ(JsonText(json{{"a", {1}}}, 1), "{\n \"a\": [\n  1\n ]\n}");
}

}  // namespace
}  // namespace nosetip
