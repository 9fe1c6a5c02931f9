#include "tracker/sources/heif_picture.h"

#include <filesystem>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libheif/heif.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tests/support/turned_pictures.h"
#include "tracker/sources/picture_file.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

// Smooth, with a dark corner at the top left and a red one at the top right.
Image Corners() {
  Image image(96, 64);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 96; ++x) {
      image.At(x, y)[0] = static_cast<uint8_t>(20 + 2 * x);
      image.At(x, y)[1] = image.At(x, y)[2] = static_cast<uint8_t>(20 + 3 * y);
    }
  }
  return image;
}

// How much the channels differ at most.
int WorstDifference(const Image& a, const Image& b) {
  if (a.rgb.size() != b.rgb.size() || a.width_px != b.width_px) return 255;
  int worst = 0;
  for (size_t i = 0; i < a.rgb.size(); ++i) worst = std::max(worst, std::abs(a.rgb[i] - b.rgb[i]));
  return worst;
}

struct Coded {
  const char* name;
  heif_compression_format format;
};

class HeifPicture : public testing::TestWithParam<Coded> {
 protected:
  // Leaves the file out where libheif has no encoder here.
  void SetUp() override {
    if (!heif_have_encoder_for_format(GetParam().format)) {
      GTEST_SKIP() << "this libheif has no encoder for " << GetParam().name;
    }
  }

  std::string Write(const Image& stored, heif_orientation orientation) const {
    heif_image* image = nullptr;
    heif_image_create(stored.width_px, stored.height_px, heif_colorspace_RGB,
                      heif_chroma_interleaved_RGB, &image);
    heif_image_add_plane(image, heif_channel_interleaved, stored.width_px, stored.height_px, 8);
    int stride = 0;
    uint8_t* const pixels = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (int y = 0; y < stored.height_px; ++y) {
      std::copy_n(stored.At(0, y), 3 * stored.width_px, pixels + ptrdiff_t{y} * stride);
    }
    heif_context* context = heif_context_alloc();
    heif_encoder* encoder = nullptr;
    heif_context_get_encoder_for_format(context, GetParam().format, &encoder);
    heif_encoder_set_lossy_quality(encoder, 95);
    heif_encoding_options* options = heif_encoding_options_alloc();
    options->image_orientation = orientation;
    heif_context_encode_image(context, image, encoder, options, nullptr);
    const std::string path = (folder_ / GetParam().name).string();
    heif_context_write_to_file(context, path.c_str());
    heif_encoding_options_free(options);
    heif_encoder_release(encoder);
    heif_context_free(context);
    heif_image_release(image);
    return path;
  }

  const TempFolder folder_;
};

TEST_P(HeifPicture, IsTurnedUprightByItsProperties) {
  const Image upright = Corners();
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const std::string path =
        Write(StoredFor(orientation, upright), static_cast<heif_orientation>(orientation));
    EXPECT_TRUE(IsPictureFile(path));
    EXPECT_LE(WorstDifference(ReadPicture(path), upright), 12) << orientation;
  }
}

TEST_P(HeifPicture, IsRefusedWhereItIsTruncatedOrDamaged) {
  const std::string path = Write(Corners(), heif_orientation_normal);
  const std::string whole = ReadText(path);
  for (const double kept : {0.1, 0.4, 0.7, 0.95}) {
    WriteText(path, whole.substr(0, static_cast<size_t>(kept * static_cast<double>(whole.size()))));
    EXPECT_THAT(MessageOf([&] { ReadPicture(path); }),
                AllOf(HasSubstr(path), HasSubstr("truncated or damaged")))
        << kept;
  }
}

TEST_P(HeifPicture, IsRefusedByItsHeaderWhereItIsTooLarge) {
  const std::string path = Write(Corners(), heif_orientation_normal);
  std::string bytes = ReadText(path);
  for (size_t at = bytes.find("ispe"); at != std::string::npos; at = bytes.find("ispe", at + 1)) {
    bytes.replace(at + 8, 8, std::string("\0\0\x7D\0\0\0\x7D\0", 8));
  }
  WriteText(path, bytes);
  EXPECT_THAT(MessageOf([&] { ReadPicture(path); }),
              AllOf(HasSubstr(path), HasSubstr("32000x32000"), HasSubstr("make it smaller")));
}

INSTANTIATE_TEST_SUITE_P(, HeifPicture,
                         testing::Values(Coded{"photo.heic", heif_compression_HEVC},
                                         Coded{"photo.avif", heif_compression_AV1}),
                         [](const auto& of) {
                           return fs::path(of.param.name).extension().string().substr(1);
                         });

}  // namespace
}  // namespace nosetip
