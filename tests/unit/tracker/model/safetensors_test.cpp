#include "tracker/model/safetensors.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A file with this header and so many bytes of tensors.
std::vector<std::byte> FileOf(const std::string& header, size_t data_bytes) {
  std::vector<std::byte> file(8 + header.size() + data_bytes);
  const uint64_t length = header.size();
  std::memcpy(file.data(), &length, 8);
  std::memcpy(file.data() + 8, header.data(), header.size());
  for (size_t i = 0; i < data_bytes; ++i) file[8 + header.size() + i] = std::byte(i + 1);
  return file;
}

std::string ProblemOf(const std::string& header, size_t data_bytes) {
  const std::vector<std::byte> file = FileOf(header, data_bytes);
  return MessageOf([&] { ParseSafetensors(file); });
}

TEST(Safetensors, ReadsTensorsWhereTheHeaderSaysTheyAre) {
  const auto file =
      FileOf(R"({"b":{"dtype":"I16","shape":[1,2],"data_offsets":[2,6]},"__metadata__":{"k":"v"},)"
             R"("a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
             R"("none":{"dtype":"F32","shape":[0,3],"data_offsets":[6,6]},)"
             R"("one":{"dtype":"BOOL","shape":[],"data_offsets":[6,7]}}   )",
             7);
  const SafetensorsContent content = ParseSafetensors(file);
  EXPECT_EQ(content.metadata, (Metadata{{"k", "v"}}));
  ASSERT_EQ(content.tensors.size(), 4U);
  const TensorBytes* b = content.Find("b");
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(b->type, TensorType::kI16);
  EXPECT_THAT(b->shape, ElementsAre(1, 2));
  EXPECT_THAT(b->bytes, ElementsAre(std::byte{3}, std::byte{4}, std::byte{5}, std::byte{6}));
  EXPECT_EQ(content.Find("one")->bytes.size(), 1U);
  EXPECT_EQ(content.Find("c"), nullptr);
}

TEST(Safetensors, RefusesLengthsThatLieOutsideTheFile) {
  std::vector<std::byte> file = FileOf("{}", 0);
  EXPECT_EQ(MessageOf([&] { ParseSafetensors(file); }), "no error");
  const uint64_t lengths[] = {3, kMaxHeaderBytes, kMaxHeaderBytes + 1, uint64_t{1} << 63, ~0ULL};
  for (const uint64_t length : lengths) {
    std::memcpy(file.data(), &length, 8);
    EXPECT_NE(MessageOf([&] { ParseSafetensors(file); }), "no error") << length;
  }
  EXPECT_THAT(MessageOf([&] { ParseSafetensors(file); }), HasSubstr("limit of 32 MiB"));
  file.resize(7);
  EXPECT_THAT(MessageOf([&] { ParseSafetensors(file); }), HasSubstr("too short"));
}

TEST(Safetensors, RefusesPlacesThatOverlapLeaveGapsOrEndOutside) {
  const auto two = [](const char* first, const char* second) {
    return fmt::format(R"({{"a":{{"dtype":"U8","shape":[4],"data_offsets":[{}]}},)"
                       R"("b":{{"dtype":"U8","shape":[4],"data_offsets":[{}]}}}})",
                       first, second);
  };
  EXPECT_EQ(ProblemOf(two("0,4", "4,8"), 8), "no error");
  EXPECT_EQ(ProblemOf(two("4,8", "0,4"), 8), "no error");
  EXPECT_THAT(ProblemOf(two("0,4", "3,7"), 8), HasSubstr("overlaps"));
  EXPECT_THAT(ProblemOf(two("0,4", "0,4"), 4), HasSubstr("overlaps"));
  EXPECT_THAT(ProblemOf(two("0,4", "5,9"), 9), HasSubstr("gap"));
  EXPECT_THAT(ProblemOf(two("0,4", "4,8"), 9), HasSubstr("belong to no tensor"));
  EXPECT_THAT(ProblemOf(two("0,4", "4,8"), 7), HasSubstr("truncated"));
  EXPECT_THAT(ProblemOf(two("0,4", "8,4"), 8), HasSubstr("'b' ends at byte 4"));
  EXPECT_THAT(ProblemOf(two("0,4", "18446744073709551615,3"), 8), HasSubstr("truncated"));
}

TEST(Safetensors, RefusesShapesThatDoNotFit) {
  const auto one = [](const char* shape) {
    return fmt::format(R"({{"a":{{"dtype":"F32","shape":[{}],"data_offsets":[0,8]}}}})", shape);
  };
  EXPECT_EQ(ProblemOf(one("2"), 8), "no error");
  EXPECT_EQ(ProblemOf(one("1,2,1,1,1,1,1,1"), 8), "no error");
  for (const char* shape : {"", "3", "0,2", "4611686018427387905,2", "9223372036854775810",
                            "4294967296,4294967296,2"}) {
    EXPECT_THAT(ProblemOf(one(shape), 8), HasSubstr("does not fit its 8 bytes")) << shape;
  }
  EXPECT_THAT(ProblemOf(one("1,1,1,1,1,1,1,1,2"), 8), HasSubstr("format does not have"));
  EXPECT_THAT(ProblemOf(one("-2"), 8), HasSubstr("format does not have"));
  EXPECT_THAT(ProblemOf(one("2.0"), 8), HasSubstr("format does not have"));
}

TEST(Safetensors, RefusesHeadersOfAnotherForm) {
  const std::string tensor = R"({"dtype":"U8","shape":[1],"data_offsets":[0,1]})";
  EXPECT_EQ(ProblemOf(R"({"a":)" + tensor + "}", 1), "no error");
  const std::vector<std::string> headers = {
      "[]",
      "{",
      R"({"a":1})",
      R"({"a":[]})",
      R"({"a":{}})",
      R"({"a":{"dtype":"U8"}})",
      R"({"a":{"dtype":1,"shape":[1],"data_offsets":[0,1]}})",
      R"({"a":{"dtype":"U8","shape":[[1]],"data_offsets":[0,1]}})",
      R"({"a":{"dtype":"U8","shape":{"x":1},"data_offsets":[0,1]}})",
      R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}})",
      R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}})",
      R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":2}})",
      R"({"a":{"dtype":"U7","shape":[1],"data_offsets":[0,1]}})",
      R"({"a":)" + tensor + R"(,"a":)" + tensor + "}",
      R"({"__metadata__":{"k":1}})",
      R"({"__metadata__":{"k":{}}})",
      R"({"__metadata__":"k"})",
      R"({"__metadata__":{"k":"1","k":"2"}})",
      R"({"__metadata__":{},"__metadata__":{}})",
      "{}{}",
      "{\"a\":\"\xff\"}",
      R"({"a":)" + std::string(1'000'000, '[')};
  for (const std::string& header : headers) {
    EXPECT_NE(ProblemOf(header, 1), "no error") << header.substr(0, 80);
  }
}

TEST(Safetensors, LimitsTheNumberOfTensors) {
  const auto header = [](size_t count) {
    std::string text = "{";
    for (size_t i = 0; i < count; ++i) {
      text += fmt::format(R"({}"{}":{{"dtype":"U8","shape":[0],"data_offsets":[0,0]}})",
                          i == 0 ? "" : ",", i);
    }
    return text + "}";
  };
  EXPECT_EQ(ProblemOf(header(kMaxTensors), 0), "no error");
  EXPECT_THAT(ProblemOf(header(kMaxTensors + 1), 0), HasSubstr("more than 10000 tensors"));
}

TEST(Safetensors, NamesNumbersThatAreNone) {
  const Metadata metadata{{"size", "12"}, {"margin", "1.25"}, {"word", "12px"}, {"huge", "1e99"}};
  EXPECT_EQ(IntOf(metadata, "size"), 12);
  EXPECT_EQ(FloatOf(metadata, "margin"), 1.25F);
  EXPECT_THAT(MessageOf([&] { IntOf(metadata, "word"); }), HasSubstr("'word' is '12px'"));
  EXPECT_THAT(MessageOf([&] { FloatOf(metadata, "huge"); }), HasSubstr("'1e99', not a number"));
  EXPECT_THAT(MessageOf([&] { IntOf(metadata, "none"); }), HasSubstr("'none'"));
}

}  // namespace
}  // namespace nosetip
