#include "tracker/sources/file_kinds.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(KindByExtension, KnowsWhatPhonesAndCamerasWrite) {
  for (const char* name : {"a.JPG", "a.heic", "A.HEIF", "a.avif", "b.c.webp", "a.tiff"}) {
    EXPECT_EQ(KindByExtension(name), SourceKind::kPicture) << name;
  }
  for (const char* name : {"a.MP4", "a.mov", "a.mts", "a.vob", "a.hevc"}) {
    EXPECT_EQ(KindByExtension(name), SourceKind::kVideoFile) << name;
  }
  for (const char* name : {"a.txt", "a", "jpg", ".jpg", "a.pts"}) {
    EXPECT_FALSE(KindByExtension(name)) << name;
  }
}

TEST(CountByExtension, NamesTheMostFrequentFirst) {
  EXPECT_EQ(CountByExtension({}), "");
  EXPECT_EQ(CountByExtension({"a.txt"}), "1 file (1 .txt)");
  EXPECT_EQ(CountByExtension({"README", "a.docx", "a.TXT", "b.txt"}),
            "4 files (2 .txt, 1 without extension, 1 .docx)");
  std::vector<std::filesystem::path> many;
  for (char c = 'a'; c <= 'z'; ++c) many.emplace_back(std::string("file.") + c);
  EXPECT_EQ(CountByExtension(many),
            "26 files (1 .a, 1 .b, 1 .c, 1 .d, 1 .e, 1 .f, 1 .g, 1 .h, 18 others)");
}

}  // namespace
}  // namespace nosetip
