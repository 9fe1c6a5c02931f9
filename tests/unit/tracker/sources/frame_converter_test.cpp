#include "tracker/sources/frame_converter.h"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

struct FreeFormatContext {
  void operator()(AVFormatContext* context) const { avformat_free_context(context); }
};

// A stream without a display matrix.
class FrameConverterTest : public testing::Test {
 protected:
  std::unique_ptr<AVFormatContext, FreeFormatContext> context_{avformat_alloc_context()};
  FrameConverter converter_{*avformat_new_stream(context_.get(), nullptr)};
};

struct Colors {
  const char* format;
  AVColorSpace matrix;
  AVColorRange range;
  double kr, kb;  // of the matrix that is right
  int bits;
  bool full;
};

using Rgb = std::array<double, 3>;  // 0 ... 1

// A frame of one color, by the definition of the matrix (ITU-R BT.601, BT.709, BT.2020).
AvFramePtr OneColor(const Colors& colors, const Rgb& rgb, int width, int height) {
  AvFramePtr frame(av_frame_alloc());
  frame->format = av_get_pix_fmt(colors.format);
  frame->width = width;
  frame->height = height;
  frame->colorspace = colors.matrix;
  frame->color_range = colors.range;
  Check(av_frame_get_buffer(frame.get(), 0) == 0, "memory");
  const double y = colors.kr * rgb[0] + (1 - colors.kr - colors.kb) * rgb[1] + colors.kb * rgb[2];
  const double cb = (rgb[2] - y) / (2 * (1 - colors.kb));
  const double cr = (rgb[0] - y) / (2 * (1 - colors.kr));
  const double unit = std::ldexp(1.0, colors.bits - 8);
  const double values[3] = {colors.full ? 255 * unit * y : unit * (16 + 219 * y),
                            unit * (128 + (colors.full ? 255 : 224) * cb),
                            unit * (128 + (colors.full ? 255 : 224) * cr)};
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame->format));
  for (int plane = 0; plane < 3 && frame->data[plane] != nullptr; ++plane) {
    const auto value = static_cast<uint16_t>(std::lround(values[plane]));
    const int rows = plane == 0 ? height : AV_CEIL_RSHIFT(height, format->log2_chroma_h);
    for (int i = 0; i < rows * frame->linesize[plane]; ++i) {
      const bool high_byte = colors.bits > 8 && i % 2 == 1;
      frame->data[plane][i] = static_cast<uint8_t>(high_byte ? value >> 8U : value & 0xFFU);
    }
  }
  return frame;
}

TEST_F(FrameConverterTest, GivesTheColorsOfEveryMatrixRangeAndDepth) {
  const Colors all[] = {
      {"yuv420p", AVCOL_SPC_SMPTE170M, AVCOL_RANGE_MPEG, 0.299, 0.114, 8, false},
      {"yuv420p", AVCOL_SPC_BT709, AVCOL_RANGE_MPEG, 0.2126, 0.0722, 8, false},
      {"yuv420p", AVCOL_SPC_BT709, AVCOL_RANGE_JPEG, 0.2126, 0.0722, 8, true},
      {"yuvj420p", AVCOL_SPC_BT470BG, AVCOL_RANGE_UNSPECIFIED, 0.299, 0.114, 8, true},
      {"yuv422p", AVCOL_SPC_BT709, AVCOL_RANGE_MPEG, 0.2126, 0.0722, 8, false},
      {"yuv444p", AVCOL_SPC_UNSPECIFIED, AVCOL_RANGE_UNSPECIFIED, 0.299, 0.114, 8, false},
      {"yuv420p10le", AVCOL_SPC_BT2020_NCL, AVCOL_RANGE_MPEG, 0.2627, 0.0593, 10, false},
      {"yuv422p12le", AVCOL_SPC_BT709, AVCOL_RANGE_MPEG, 0.2126, 0.0722, 12, false},
  };
  const Rgb rgbs[] = {{0.8, 0.2, 0.1}, {0.1, 0.7, 0.2}, {0.2, 0.3, 0.9}, {0.9, 0.9, 0.9}};
  for (const Colors& colors : all) {
    for (const Rgb& rgb : rgbs) {
      const Image image = converter_.Convert(*OneColor(colors, rgb, 64, 48), "clip");
      for (size_t c = 0; c < 3; ++c) {
        EXPECT_NEAR(image.At(20, 20)[c], 255 * rgb[c], 5) << colors.format << colors.matrix;
      }
    }
  }
}

TEST_F(FrameConverterTest, TakesHdWithoutAMatrixAsPlayersDo) {
  const Colors hd = {"yuv420p", AVCOL_SPC_UNSPECIFIED, AVCOL_RANGE_MPEG, 0.2126, 0.0722, 8, false};
  const Image image = converter_.Convert(*OneColor(hd, {0.8, 0.2, 0.1}, 1280, 720), "clip");
  EXPECT_NEAR(image.At(20, 20)[0], 204, 3);
  EXPECT_NEAR(image.At(20, 20)[1], 51, 3);
}

TEST_F(FrameConverterTest, FillsEveryPixelOfEverySize) {
  const Colors colors = {"yuv420p", AVCOL_SPC_SMPTE170M, AVCOL_RANGE_MPEG, 0.299, 0.114, 8, false};
  for (const auto& [width, height] : {std::pair(1, 1), {2, 3}, {7, 5}, {64, 48}, {351, 33}}) {
    const Image image = converter_.Convert(*OneColor(colors, {0.6, 0.6, 0.6}, width, height), "c");
    ASSERT_EQ(image.width_px, width);
    ASSERT_EQ(image.height_px, height);
    for (const uint8_t value : image.rgb) ASSERT_NEAR(value, 153, 3) << width << "x" << height;
  }
}

TEST_F(FrameConverterTest, DropsTransparencyAndSpreadsGray) {
  const Colors alpha = {"yuva420p", AVCOL_SPC_SMPTE170M, AVCOL_RANGE_MPEG, 0.299, 0.114, 8, false};
  EXPECT_NEAR(converter_.Convert(*OneColor(alpha, {0.8, 0.2, 0.1}, 64, 48), "c").At(9, 9)[0], 204,
              3);
  const Colors gray = {"gray", AVCOL_SPC_UNSPECIFIED, AVCOL_RANGE_UNSPECIFIED, 0, 0, 8, true};
  const Image image = converter_.Convert(*OneColor(gray, {0.4, 0.4, 0.4}, 64, 48), "c");
  for (size_t c = 0; c < 3; ++c) EXPECT_NEAR(image.At(9, 9)[c], 102, 1);
}

TEST_F(FrameConverterTest, MapsAHighDynamicRange) {
  const Colors colors = {"yuv420p10le", AVCOL_SPC_BT2020_NCL, AVCOL_RANGE_MPEG, 0.2627, 0.0593, 10,
                         false};
  for (const auto& [transfer, white] :
       {std::pair(AVCOL_TRC_SMPTE2084, 0.58), std::pair(AVCOL_TRC_ARIB_STD_B67, 0.75)}) {
    const AvFramePtr frame = OneColor(colors, {white, white, white}, 64, 48);
    frame->color_trc = transfer;
    const Image image = converter_.Convert(*frame, "clip");
    for (size_t c = 0; c < 3; ++c) EXPECT_NEAR(image.At(63, 47)[c], 237, 5);
  }
}

// Where the pixel of the stored corner (0, 0) of a picture of 4x3 is shown.
TEST(OrientationOf, FollowsEveryDisplayMatrix) {
  for (const bool mirrored : {false, true}) {
    for (const int degrees : {0, 90, 180, 270}) {
      std::array<int32_t, 9> matrix{};
      av_display_rotation_set(matrix.data(), degrees);
      av_display_matrix_flip(matrix.data(), mirrored ? 1 : 0, 0);
      const Orientation orientation = OrientationOf(matrix.data());
      EXPECT_EQ(orientation.transpose, degrees % 180 == 90) << degrees << mirrored;
      // Turned clockwise, the left upper corner goes to the right, then down, then left.
      const bool at_right = (degrees == 90 || degrees == 180) != mirrored;
      EXPECT_EQ(orientation.flip_x, at_right) << degrees << mirrored;
      EXPECT_EQ(orientation.flip_y, degrees == 180 || degrees == 270) << degrees << mirrored;
    }
  }
  EXPECT_EQ(OrientationOf(nullptr), Orientation());
}

TEST_F(FrameConverterTest, TurnsAFrameByItsOwnMatrix) {
  const AvFramePtr frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_RGB24;
  frame->width = 4;
  frame->height = 3;
  Check(av_frame_get_buffer(frame.get(), 0) == 0, "memory");
  for (int y = 0; y < 3; ++y) {
    for (int i = 0; i < 12; ++i) {
      frame->data[0][y * frame->linesize[0] + i] = static_cast<uint8_t>(10 * y + i / 3);
    }
  }
  AVFrameSideData* side =
      av_frame_new_side_data(frame.get(), AV_FRAME_DATA_DISPLAYMATRIX, 9 * sizeof(int32_t));
  av_display_rotation_set(reinterpret_cast<int32_t*>(side->data), 90);
  const Image turned = converter_.Convert(*frame, "clip");
  ASSERT_EQ(turned.width_px, 3);
  ASSERT_EQ(turned.height_px, 4);
  EXPECT_EQ(*turned.At(2, 0), 0) << "the stored corner (0, 0)";
  EXPECT_EQ(*turned.At(2, 3), 3) << "the stored corner (3, 0)";
  EXPECT_EQ(*turned.At(0, 0), 20) << "the stored corner (0, 2)";
}

TEST_F(FrameConverterTest, NamesAFormatThatItCannotConvert) {
  const AvFramePtr frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_VAAPI;
  frame->width = frame->height = 16;
  EXPECT_THAT(MessageOf([&] { converter_.Convert(*frame, "clip.mp4"); }),
              testing::AllOf(testing::HasSubstr("clip.mp4"), testing::HasSubstr("vaapi")));
}

}  // namespace
}  // namespace nosetip
