#include "tracker/sources/frame_converter.h"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

extern "C" {
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}
#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/deinterlace.h"
#include "tracker/sources/high_dynamic_range.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

struct FreeScaler {
  void operator()(SwsContext* context) const { sws_freeContext(context); }
};

const int32_t* DisplayMatrixOf(const AVStream& stream) {
#if LIBAVFORMAT_VERSION_MAJOR >= 61
  const AVCodecParameters& video = *stream.codecpar;
  const AVPacketSideData* found = av_packet_side_data_get(
      video.coded_side_data, video.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  return found == nullptr ? nullptr : reinterpret_cast<const int32_t*>(found->data);
#else
  return reinterpret_cast<const int32_t*>(
      av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
#endif
}

Image Oriented(Image stored, const Orientation& orientation) {
  if (orientation == Orientation()) return stored;
  Image upright = orientation.transpose ? Image(stored.height_px, stored.width_px)
                                        : Image(stored.width_px, stored.height_px);
  const cv::Mat from = MatView(std::as_const(stored));
  cv::Mat to = MatView(upright);
  if (orientation.transpose) {
    cv::transpose(from, to);
  } else {
    from.copyTo(to);
  }
  constexpr int kUpsideDown = 0;
  constexpr int kMirrored = 1;
  if (orientation.flip_x) cv::flip(to, to, kMirrored);
  if (orientation.flip_y) cv::flip(to, to, kUpsideDown);
  return upright;
}

bool IsInterlaced(const AVFrame& frame) {
#ifdef AV_FRAME_FLAG_INTERLACED
  return (frame.flags & AV_FRAME_FLAG_INTERLACED) != 0;
#else
  return frame.interlaced_frame != 0;
#endif
}

bool BeginsWithOddLines(const AVFrame& frame) {
#ifdef AV_FRAME_FLAG_TOP_FIELD_FIRST
  return (frame.flags & AV_FRAME_FLAG_TOP_FIELD_FIRST) == 0;
#else
  return frame.top_field_first == 0;
#endif
}

std::optional<HdrTransfer> HdrOf(const AVFrame& frame) {
  if (frame.color_trc == AVCOL_TRC_SMPTE2084) return HdrTransfer::kPq;
  if (frame.color_trc == AVCOL_TRC_ARIB_STD_B67) return HdrTransfer::kHlg;
  return std::nullopt;
}

AVColorSpace ColorsOf(const AVFrame& frame) {
  if (frame.colorspace != AVCOL_SPC_UNSPECIFIED) return frame.colorspace;
  const bool hd = frame.width >= 1280 || frame.height > 576;
  return hd ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

// The formats whose name has a J are the deprecated way to say so. Gray without a range is that of
// pictures.
bool HasFullRange(const AVFrame& frame) {
  if (frame.color_range != AVCOL_RANGE_UNSPECIFIED) return frame.color_range == AVCOL_RANGE_JPEG;
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  if (format == nullptr) return false;
  return std::strncmp(format->name, "yuvj", 4) == 0 || format->nb_components < 3;
}

}  // namespace

Orientation OrientationOf(const int32_t* display_matrix) {
  if (display_matrix == nullptr) return {};
  const int64_t a = display_matrix[0];
  const int64_t b = display_matrix[1];
  const int64_t c = display_matrix[3];
  const int64_t d = display_matrix[4];
  // x' = a x + c y, y' = b x + d y
  if (std::llabs(b) + std::llabs(c) > std::llabs(a) + std::llabs(d)) return {true, c < 0, b < 0};
  return {false, a < 0, d < 0};
}

struct FrameConverter::Scaling {
  int width = 0;
  int height = 0;
  int format = AV_PIX_FMT_NONE;
  AVColorSpace colors = AVCOL_SPC_UNSPECIFIED;
  bool full_range = false;
  std::optional<HdrTransfer> hdr;
  // Made for those.
  std::unique_ptr<SwsContext, FreeScaler> scaler;
  std::optional<ToneMap> tone_map;
  AvFramePtr padded;  // takes what cannot be written into a picture directly; null for nothing

  bool Fits(const AVFrame& frame) const {
    return frame.width == width && frame.height == height && frame.format == format &&
           ColorsOf(frame) == colors && HasFullRange(frame) == full_range && HdrOf(frame) == hdr;
  }
  bool MakeScaler();
  void MakePadded();
  Image Scale(const AVFrame& frame) const;
};

bool FrameConverter::Scaling::MakeScaler() {
  const AVPixelFormat target = hdr ? AV_PIX_FMT_RGB48 : AV_PIX_FMT_RGB24;
  scaler.reset(sws_getContext(width, height, static_cast<AVPixelFormat>(format), width, height,
                              target, SWS_BICUBIC, nullptr, nullptr, nullptr));
  if (!scaler) return false;
  constexpr int kOne = 1 << 16;
  // Fails for formats that have no matrix, which need none.
  sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(colors), full_range ? 1 : 0,
                           sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, kOne, kOne);
  if (hdr) tone_map.emplace(*hdr);
  return true;
}

// libswscale writes whole blocks of pixels, and leaves out those that would end behind a row.
void FrameConverter::Scaling::MakePadded() {
  constexpr int kBlockPx = 16;
  if (!hdr && width % kBlockPx == 0) return;
  padded.reset(av_frame_alloc());
  Check(padded != nullptr, "memory for a frame");
  padded->format = hdr ? AV_PIX_FMT_RGB48 : AV_PIX_FMT_RGB24;
  padded->width = width;
  padded->height = height;
  constexpr int kAlignment = 64;
  Check(av_frame_get_buffer(padded.get(), kAlignment) == 0, "memory for a frame");
}

Image FrameConverter::Scaling::Scale(const AVFrame& frame) const {
  Image image(width, height);
  const int row_bytes = 3 * width;
  uint8_t* direct[4] = {image.rgb.data(), nullptr, nullptr, nullptr};
  const int direct_stride[4] = {row_bytes, 0, 0, 0};
  sws_scale(scaler.get(), frame.data, frame.linesize, 0, height, padded ? padded->data : direct,
            padded ? padded->linesize : direct_stride);
  if (!padded) return image;
  for (int y = 0; y < height; ++y) {
    const uint8_t* row = padded->data[0] + ptrdiff_t{y} * padded->linesize[0];
    if (tone_map) {
      tone_map->Map(reinterpret_cast<const uint16_t*>(row), image.At(0, y),
                    static_cast<size_t>(width));
    } else {
      std::memcpy(image.At(0, y), row, static_cast<size_t>(row_bytes));
    }
  }
  return image;
}

FrameConverter::FrameConverter(const AVStream& stream)
    : of_stream_(OrientationOf(DisplayMatrixOf(stream))) {}

FrameConverter::~FrameConverter() = default;

Image FrameConverter::Convert(const AVFrame& frame, const std::string& name) {
  PrepareFor(frame, name);
  Image stored = scaling_->Scale(frame);
  if (IsInterlaced(frame)) Deinterlace(stored, BeginsWithOddLines(frame));
  const AVFrameSideData* own = av_frame_get_side_data(&frame, AV_FRAME_DATA_DISPLAYMATRIX);
  const Orientation orientation =
      own == nullptr ? of_stream_ : OrientationOf(reinterpret_cast<const int32_t*>(own->data));
  return WithOpenCv(name, [&] { return Oriented(std::move(stored), orientation); });
}

void FrameConverter::PrepareFor(const AVFrame& frame, const std::string& name) {
  if (scaling_ && scaling_->Fits(frame)) return;
  scaling_ = std::make_unique<Scaling>();
  scaling_->width = frame.width;
  scaling_->height = frame.height;
  scaling_->format = frame.format;
  scaling_->colors = ColorsOf(frame);
  scaling_->full_range = HasFullRange(frame);
  scaling_->hdr = HdrOf(frame);
  if (!scaling_->MakeScaler()) {
    const char* format = av_get_pix_fmt_name(static_cast<AVPixelFormat>(frame.format));
    throw Error(fmt::format(
        "{}: its pictures have a format that cannot be converted ({}); convert it, for example to "
        "an MP4 with H.264",
        name, format == nullptr ? "unknown" : format));
  }
  scaling_->MakePadded();
}

}  // namespace nosetip
