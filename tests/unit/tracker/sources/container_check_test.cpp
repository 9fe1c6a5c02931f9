#include "tracker/sources/container_check.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/tracker/sources/clip_files.h"

namespace nosetip {
namespace {

TEST(InspectContainer, FindsWholeFilesWhole) {
  const TempFolder folder;
  for (const VideoCodec codec : {VideoCodec::kH264, VideoCodec::kMpeg4, VideoCodec::kMotionJpeg}) {
    const ContainerFacts facts = InspectContainer(WriteClip(folder / "clip", {.codec = codec}));
    EXPECT_FALSE(facts.truncated);
    EXPECT_FALSE(facts.index_missing);
  }
}

TEST(InspectContainer, FindsAMissingLastByte) {
  const TempFolder folder;
  for (const VideoCodec codec : {VideoCodec::kMpeg4, VideoCodec::kMotionJpeg}) {
    const std::string path = WriteClip(folder / "clip", {.codec = codec});
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
    EXPECT_TRUE(InspectContainer(path).truncated);
  }
}

std::string MatroskaHead(const std::string& segment_size) {
  return std::string("\x1A\x45\xDF\xA3\x84", 5) + "abcd" + "\x18\x53\x80\x67" + segment_size;
}

TEST(InspectContainer, ComparesTheSizeOfAMatroskaSegment) {
  const TempFolder folder;
  const std::string path = (folder / "clip.webm").string();
  const std::string hundred = std::string("\x01\0\0\0\0\0\0\x64", 8);
  WriteText(path, MatroskaHead(hundred) + std::string(100, 'x'));
  EXPECT_FALSE(InspectContainer(path).truncated);
  WriteText(path, MatroskaHead(hundred) + std::string(99, 'x'));
  EXPECT_TRUE(InspectContainer(path).truncated);
  // A live recording does not know its size.
  WriteText(path, MatroskaHead("\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF") + std::string(9, 'x'));
  EXPECT_FALSE(InspectContainer(path).truncated);
}

RC_GTEST_PROP(InspectContainer, EndsOnAnyBytes, ()) {
  const TempFolder folder;
  const std::string path = (folder / "clip.mp4").string();
  std::string bytes = *rc::gen::elementOf(std::vector<std::string>{
      std::string("\0\0\0\x10", 4) + "ftypisom", "RIFF\x10xxxAVI ", "\x1A\x45\xDF\xA3",
      std::string("\0\0\0\1", 4) + "mdat" + std::string(8, '\xFF'), ""});
  for (const int byte : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 256))) {
    bytes += static_cast<char>(byte);
  }
  WriteText(path, bytes);
  InspectContainer(path);
}

}  // namespace
}  // namespace nosetip
