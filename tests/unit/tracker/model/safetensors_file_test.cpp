#include "tracker/model/safetensors_file.h"

#include <array>
#include <cstring>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(SafetensorsFile, GivesBackWhatWasWritten) {
  const TempFolder folder;
  const std::array<float, 3> values{1.0F, -2.5F, 1e-30F};
  const std::array<uint8_t, 5> pixels{1, 2, 3, 4, 255};
  const Metadata metadata{{"name", "face \"68\"\n\xc3\xa9"}, {"other", ""}};
  WriteSafetensors(folder / "a.safetensors", metadata,
                   {{"pixels", TensorType::kU8, {5}, std::as_bytes(std::span(pixels))},
                    {"a/values", TensorType::kF32, {3, 1}, std::as_bytes(std::span(values))}});
  const SafetensorsFile file(folder / "a.safetensors", "model");
  EXPECT_EQ(file.content().metadata, metadata);
  const TensorBytes* found = file.content().Find("a/values");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->shape, (std::vector<int64_t>{3, 1}));
  EXPECT_EQ(std::memcmp(found->bytes.data(), values.data(), sizeof(values)), 0);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(found->bytes.data()) % sizeof(float), 0U);
  EXPECT_EQ(file.content().Find("pixels")->bytes[4], std::byte{255});
}

// A reader by the format's page alone, as another program has one: python3 -c with the standard
// library, for Python's safetensors package is not everywhere.
TEST(SafetensorsFile, IsReadByAReaderThatIsNotOurs) {
  const TempFolder folder;
  const std::array<float, 2> values{1.5F, -2.0F};
  WriteSafetensors(folder / "a.safetensors", {{"format", "x"}},
                   {{"w", TensorType::kF32, {1, 2}, std::as_bytes(std::span(values))}});
  WriteText(folder / "read.py", R"(
import json, struct, sys
data = open(sys.argv[1], 'rb').read()
length, = struct.unpack('<Q', data[:8])
header = json.loads(data[8:8 + length])
assert length % 8 == 0, length
assert header.pop('__metadata__') == {'format': 'x'}
(name, entry), = header.items()
begin, end = entry['data_offsets']
numbers = struct.unpack('<2f', data[8 + length + begin:8 + length + end])
assert (name, entry['dtype'], entry['shape'], numbers) == ('w', 'F32', [1, 2], (1.5, -2.0))
assert 8 + length + end == len(data)
)");
  if (std::system("python3 -c '' 2>/dev/null") != 0) GTEST_SKIP() << "there is no python3";
  const std::string command = fmt::format("python3 '{}' '{}'", (folder / "read.py").string(),
                                          (folder / "a.safetensors").string());
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(SafetensorsFile, NamesTheFileAndWhatItShouldBe) {
  const TempFolder folder;
  const auto path = folder / "a.safetensors";
  WriteText(path, "version: 1");
  const auto message = [&] { return MessageOf([&] { SafetensorsFile(path, "model"); }); };
  EXPECT_THAT(message(), StartsWith(path.string() + " is not a model"));
  WriteText(path, "");
  EXPECT_THAT(message(), HasSubstr("is empty"));
  std::filesystem::remove(path);
  EXPECT_THAT(message(), HasSubstr("does not exist"));
}

// An archive of LibTorch can run code when LibTorch loads it; these bytes only begin as one.
TEST(SafetensorsFile, SaysThatAnOldArchiveIsNotOpened) {
  const TempFolder folder;
  WriteText(folder / "old.ntm", std::string("PK\x03\x04\x00\x00\x08\x08", 8));
  EXPECT_THAT(MessageOf([&] { SafetensorsFile(folder / "old.ntm", "model"); }),
              HasSubstr("is an archive of an older Nosetip"));
}

TEST(SafetensorsFile, KeepsTheOldFileWhereTheNewOneCannotBeWritten) {
  const TempFolder folder;
  const auto path = folder / "a.safetensors";
  WriteSafetensors(path, {{"k", "old"}}, {});
  const std::string large(kMaxHeaderBytes + 1, 'x');
  EXPECT_THAT(MessageOf([&] {
                WriteSafetensors(path, {{"k", large}}, {});
              }),
              HasSubstr("cannot be written"));
  EXPECT_EQ(SafetensorsFile(path, "model").content().metadata.at("k"), "old");
}

}  // namespace
}  // namespace nosetip
