#include "tracker/sources/pictures.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <rapidcheck/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tests/support/turned_pictures.h"
#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/sequence_pattern.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Red grows to the right, green downwards; the picture is not the same in any other orientation.
Image Gradient(int width, int height) {
  Image image(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      image.At(x, y)[0] = static_cast<uint8_t>(255 * x / width);
      image.At(x, y)[1] = static_cast<uint8_t>(255 * y / height);
      image.At(x, y)[2] = 60;
    }
  }
  return image;
}

double MeanDifference(const Image& a, const Image& b) {
  double sum = 0.0;
  for (size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(a.rgb[i] - b.rgb[i]);
  return sum / static_cast<double>(a.rgb.size());
}

// EXIF data with this orientation, in either order of bytes.
std::string Exif(int orientation, bool little) {
  const char value = static_cast<char>(orientation);
  // Header, one entry, orientation, a short, its value, no next list.
  return little ? std::string("II*\0\10\0\0\0\1\0\x12\x01\3\0\1\0\0\0", 18) + value +
                      std::string(7, '\0')
                : std::string("MM\0*\0\0\0\10\0\1\x01\x12\0\3\0\0\0\1\0", 19) + value +
                      std::string(6, '\0');
}

// Behind a JPEG's first two bytes.
void AddExifToJpeg(const fs::path& jpeg, const std::string& exif) {
  const std::string named = std::string("Exif\0\0", 6) + exif;
  const std::string length = {'\0', static_cast<char>(named.size() + 2)};
  std::string bytes = ReadText(jpeg);
  bytes.insert(2, "\xFF\xE1" + length + named);
  WriteText(jpeg, bytes);
}

std::string Little(size_t value, size_t count) {
  std::string bytes;
  for (size_t i = 0; i < count; ++i) bytes += static_cast<char>(value >> 8 * i);
  return bytes;
}

// The extended form (developers.google.com/speed/webp/docs/riff_container) of a simple WebP.
void AddExifToWebp(const fs::path& webp, const Image& size, const std::string& exif) {
  const std::string pixels = ReadText(webp).substr(12);
  const std::string header = "VP8X" + Little(10, 4) + Little(8, 4) +
                             Little(static_cast<size_t>(size.width_px - 1), 3) +
                             Little(static_cast<size_t>(size.height_px - 1), 3);
  const std::string content = "WEBP" + header + pixels + "EXIF" + Little(exif.size(), 4) + exif;
  WriteText(webp, "RIFF" + Little(content.size(), 4) + content);
}

std::string ReadingError(const fs::path& path) {
  return MessageOf([&] { ReadPicture(path.string()); });
}

std::string WritingError(const std::string& path) {
  return MessageOf([&] { WritePicture(path, Gradient(8, 8)); });
}

RC_GTEST_PROP(PictureFile, PngRoundTripsAnyPicture, ()) {
  const TempFolder folder;
  const int width = *rc::gen::inRange(1, 40);
  const int height = *rc::gen::inRange(1, 40);
  Image image(width, height);
  image.rgb =
      *rc::gen::container<std::vector<uint8_t>>(image.rgb.size(), rc::gen::arbitrary<uint8_t>());
  const std::string path = (folder / "picture.png").string();
  WritePicture(path, image);
  const Image back = ReadPicture(path);
  RC_ASSERT(back.width_px == width);
  RC_ASSERT(back.height_px == height);
  RC_ASSERT(back.rgb == image.rgb);
}

TEST(PictureFile, JpegComesBackNearlyTheSame) {
  const TempFolder folder;
  const Image image = Gradient(120, 90);
  for (const char* name : {"picture.jpg", "picture.JPEG"}) {
    const std::string path = (folder / name).string();
    WritePicture(path, image);
    const Image back = ReadPicture(path);
    ASSERT_EQ(back.rgb.size(), image.rgb.size());
    EXPECT_LT(MeanDifference(back, image), 3.0);
  }
}

TEST(PictureFile, TurnsAPictureUprightByItsExifOrientation) {
  const TempFolder folder;
  const Image upright = Gradient(64, 32);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    for (const bool little : {true, false}) {
      const Image stored = StoredFor(orientation, upright);
      const std::string exif = Exif(orientation, little);
      const std::string jpeg = (folder / "turned.jpg").string();
      WritePicture(jpeg, stored);
      AddExifToJpeg(jpeg, exif);
      const std::string webp = (folder / "turned.webp").string();
      for (const std::string& start : {std::string(), std::string("Exif\0\0", 6)}) {
        cv::imwrite(webp, BgrFromImage(stored), {cv::IMWRITE_WEBP_QUALITY, 101});
        AddExifToWebp(webp, stored, start + exif);
        EXPECT_EQ(ReadPicture(webp).rgb, upright.rgb) << orientation;
      }
      const Image read = ReadPicture(jpeg);
      ASSERT_EQ(read.width_px, upright.width_px) << orientation;
      EXPECT_LT(MeanDifference(read, upright), 3.0) << orientation;
    }
  }
}

TEST(PictureFile, NamesTheFormatThatIsNotSupported) {
  const TempFolder folder;
  cv::Mat floats(8, 8, CV_32FC1, cv::Scalar(0.5));
  cv::imwrite((folder / "float.tiff").string(), floats);
  EXPECT_THAT(ReadingError(folder / "float.tiff"),
              AllOf(HasSubstr("float.tiff"), HasSubstr("32-bit float TIFF is not supported")));
  fs::rename(folder / "float.tiff", folder / "photo.nef");
  EXPECT_THAT(ReadingError(folder / "photo.nef"), HasSubstr("camera RAW is not supported"));
  EXPECT_TRUE(IsPictureFile((folder / "photo.nef").string()));
}

TEST(PictureFile, RefusesAPictureTruncatedAnywhere) {
  const TempFolder folder;
  for (const char* name : {"picture.png", "picture.jpg"}) {
    for (const double kept : {0.05, 0.3, 0.6, 0.9, 0.99}) {
      const fs::path path = folder / name;
      WritePicture(path.string(), Gradient(90, 70));
      Truncate(path.string(), kept);
      EXPECT_THAT(ReadingError(path),
                  AllOf(HasSubstr(path.string()),
                        testing::AnyOf(HasSubstr("truncated"), HasSubstr("not a picture"))))
          << name << " " << kept;
    }
  }
}

TEST(PictureFile, SaysWhatIsWrongWithAFileThatIsNoPicture) {
  const TempFolder folder;
  WriteText(folder / "text.png", "not a picture at all");
  EXPECT_THAT(ReadingError(folder / "text.png"), HasSubstr("is not a picture"));
  WriteText(folder / "empty.png", "");
  EXPECT_THAT(ReadingError(folder / "empty.png"), HasSubstr("empty"));
  EXPECT_THAT(ReadingError(folder / "missing.png"),
              AllOf(HasSubstr("missing.png"), HasSubstr("does not exist")));
  EXPECT_THAT(ReadingError(folder.path()), HasSubstr("folder"));
}

TEST(PictureFile, TellsPicturesFromVideosByContent) {
  const TempFolder folder;
  const fs::path picture = folder / "picture.png";
  WritePicture(picture.string(), Gradient(20, 20));
  fs::rename(picture, folder / "picture.mp4");
  EXPECT_TRUE(IsPictureFile((folder / "picture.mp4").string()));
  EXPECT_FALSE(IsPictureFile(WriteClip(folder / "clip", {.frames = 3})));
  WriteText(folder / "moving.png", "GIF89a and so on");
  EXPECT_FALSE(IsPictureFile((folder / "moving.png").string()));
}

TEST(PictureFile, SaysWhyAPictureCannotBeWritten) {
  const TempFolder folder;
  EXPECT_THAT(WritingError((folder / "picture.xyz").string()), HasSubstr(".png or .jpg"));
  EXPECT_THAT(WritingError((folder / "nowhere" / "picture.png").string()),
              AllOf(HasSubstr("nowhere"), HasSubstr("there is no folder")));
  EXPECT_THAT(WritingError("/proc/picture.png"), HasSubstr("cannot be written"));
  fs::create_directory(folder / "taken.png");
  EXPECT_THAT(WritingError((folder / "taken.png").string()), HasSubstr("is a folder"));
}

TEST(PictureFile, LeavesNothingBesideThePicture) {
  const TempFolder folder;
  WritePicture((folder / "picture.png").string(), Gradient(8, 8));
  WritePicture((folder / "picture.png").string(), Gradient(9, 9));
  EXPECT_EQ(ReadPicture((folder / "picture.png").string()).width_px, 9);
  const fs::directory_iterator files(folder.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

std::string Numbered(const TempFolder& folder, int number) {
  std::string name = std::to_string(number);
  name.insert(0, 4 - name.size(), '0');
  return (folder / ("img_" + name + ".png")).string();
}

void WriteSequence(const TempFolder& folder, int first, int last) {
  for (int i = first; i <= last; ++i) WritePicture(Numbered(folder, i), ClipFrame({}, i - first));
}

TEST(PictureSource, GivesOneFrame) {
  const TempFolder folder;
  const std::string path = (folder / "picture.png").string();
  WritePicture(path, ClipFrame({}, 7));
  const auto source = OpenFrameSource(path);
  EXPECT_EQ(source->info().kind, SourceKind::kPicture);
  EXPECT_EQ(source->info().width_px, 64);
  EXPECT_EQ(source->info().frame_count, 1);
  const DecodedClip clip = Decode(*source);
  EXPECT_THAT(clip.indexes, ElementsAre(7));
  EXPECT_THAT(clip.pts_s, ElementsAre(0.0));
}

TEST(PictureSource, StartsASequenceAtItsFirstNumber) {
  const TempFolder folder;
  WriteSequence(folder, 998, 1002);
  WriteText(folder / "img_98.png", "another number of digits");
  WriteText(folder / "img_0999.png.bak", "another ending");
  const auto source = OpenFrameSource((folder / "img_%04d.png").string());
  EXPECT_EQ(source->info().kind, SourceKind::kPictureSequence);
  EXPECT_EQ(source->info().frame_count, 5);
  const DecodedClip clip = Decode(*source);
  EXPECT_THAT(clip.indexes, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(clip.ids, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_NEAR(clip.pts_s[4], 4.0 / 25.0, 1e-9);
}

TEST(PictureSource, SaysWhichNumberOfASequenceIsMissing) {
  const TempFolder folder;
  WriteSequence(folder, 1, 6);
  std::filesystem::remove(Numbered(folder, 4));
  EXPECT_THAT(OpeningError((folder / "img_%04d.png").string()),
              AllOf(HasSubstr("number 4 is missing"), HasSubstr("img_%04d.png")));
}

TEST(PictureSource, SaysThatNoFileMatchesAPattern) {
  const TempFolder folder;
  WriteSequence(folder, 1, 2);
  EXPECT_THAT(OpeningError((folder / "img_%06d.png").string()), HasSubstr("no file matches"));
  EXPECT_THAT(OpeningError((folder / "none" / "img_%04d.png").string()),
              HasSubstr("cannot be read"));
}

TEST(PictureSource, NamesTheBrokenPictureOfASequence) {
  const TempFolder folder;
  WriteSequence(folder, 1, 4);
  Truncate(Numbered(folder, 3), 0.6);
  const DecodedClip clip = Decode(*OpenFrameSource((folder / "img_%04d.png").string()));
  EXPECT_THAT(clip.indexes, ElementsAre(0, 1));
  EXPECT_THAT(clip.error, AllOf(HasSubstr(Numbered(folder, 3)), HasSubstr("truncated")));
}

TEST(PictureSource, RefusesASequenceThatChangesItsSize) {
  const TempFolder folder;
  WriteSequence(folder, 1, 2);
  WritePicture(Numbered(folder, 3), Image(10, 10));
  EXPECT_THAT(Decode(*OpenFrameSource((folder / "img_%04d.png").string())).error,
              AllOf(HasSubstr("10x10"), HasSubstr("64x48")));
}

TEST(SequencePattern, IsOneNumberInTheFileName) {
  const auto pattern = ParseSequencePattern("/data/a_%05d_b.jpg");
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->PathOf(42), "/data/a_00042_b.jpg");
  EXPECT_EQ(pattern->PathOf(1234567), "/data/a_1234567_b.jpg");
  EXPECT_EQ(ParseSequencePattern("%d.png")->PathOf(7), "7.png");
  EXPECT_FALSE(ParseSequencePattern("a.png"));
  EXPECT_FALSE(ParseSequencePattern("100%.png"));
  EXPECT_FALSE(ParseSequencePattern("%d_%d.png"));
  EXPECT_FALSE(ParseSequencePattern("/%d/a.png"));
}

}  // namespace

}  // namespace nosetip
