#include "tests/support/av_clip.h"

#include <cstring>
#include <memory>

extern "C" {
#include <libavcodec/bsf.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}
#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/ffmpeg.h"

namespace nosetip {
namespace {

constexpr AVRational kMilliseconds = {1, 1000};
constexpr int64_t kFrameMs = 40;  // how long a frame lasts; an edit list may end with the last one

int Must(int result, const std::string& what) {
  if (result < 0) throw Error(fmt::format("{}: {}", what, FfmpegReason(result)));
  return result;
}

class ClipWriter {
 public:
  ClipWriter(const std::string& path, const AvClipOptions& options, const Image& first)
      : options_(options) {
    Must(avformat_alloc_output_context2(&muxer_, nullptr, nullptr, path.c_str()), path);
    OpenEncoder(first);
    OpenFilter();
    stream_ = avformat_new_stream(muxer_, nullptr);
    Must(avcodec_parameters_copy(stream_->codecpar, filter_->par_out), "parameters");
    stream_->codecpar->codec_tag = 0;
    stream_->time_base = kMilliseconds;
    if (options.cover_picture) stream_->disposition = AV_DISPOSITION_ATTACHED_PIC;
    if (options.display_matrix) AddDisplayMatrix();
    Must(avio_open(&muxer_->pb, path.c_str(), AVIO_FLAG_WRITE), path);
    Must(avformat_write_header(muxer_, nullptr), path);
  }
  ~ClipWriter() {
    av_bsf_free(&filter_);
    avio_closep(&muxer_->pb);
    avformat_free_context(muxer_);
  }
  ClipWriter(const ClipWriter&) = delete;

  void Write(const Image& image, int64_t time_ms) {
    AvFramePtr frame(av_frame_alloc());
    frame->format = encoder_->pix_fmt;
    frame->width = image.width_px;
    frame->height = image.height_px;
    frame->pts = time_ms;
    Must(av_frame_get_buffer(frame.get(), 0), "memory");
    SwsContext* scaler =
        sws_getContext(image.width_px, image.height_px, AV_PIX_FMT_RGB24, image.width_px,
                       image.height_px, encoder_->pix_fmt, SWS_BICUBIC, nullptr, nullptr, nullptr);
    const uint8_t* rows[] = {image.rgb.data()};
    const int stride[] = {3 * image.width_px};
    sws_scale(scaler, rows, stride, 0, image.height_px, frame->data, frame->linesize);
    sws_freeContext(scaler);
    Encode(frame.get());
  }

  void Finish() {
    Encode(nullptr);
    Must(av_write_trailer(muxer_), "trailer");
  }

 private:
  void OpenEncoder(const Image& first) {
    const AVCodec* codec = avcodec_find_encoder_by_name(options_.encoder.c_str());
    if (codec == nullptr) throw Error("no encoder " + options_.encoder);
    encoder_.reset(avcodec_alloc_context3(codec));
    encoder_->width = first.width_px;
    encoder_->height = first.height_px;
    encoder_->pix_fmt = av_get_pix_fmt(options_.pixel_format.c_str());
    encoder_->time_base = kMilliseconds;
    encoder_->max_b_frames = options_.b_frames;
    encoder_->flags |= AV_CODEC_FLAG_QSCALE;
    encoder_->global_quality = 2 * FF_QP2LAMBDA;
    if ((muxer_->oformat->flags & AVFMT_GLOBALHEADER) != 0) {
      encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    for (const auto& [name, value] : options_.encoder_options) {
      Must(av_opt_set(encoder_.get(), name.c_str(), value.c_str(), AV_OPT_SEARCH_CHILDREN), name);
    }
    Must(avcodec_open2(encoder_.get(), codec, nullptr), options_.encoder);
  }

  void OpenFilter() {
    const std::string& list = options_.bitstream_filter;
    Must(av_bsf_list_parse_str(list.empty() ? "null" : list.c_str(), &filter_), list);
    Must(avcodec_parameters_from_context(filter_->par_in, encoder_.get()), "parameters");
    filter_->time_base_in = kMilliseconds;
    Must(av_bsf_init(filter_), list);
  }

  void AddDisplayMatrix() {
    constexpr size_t kSize = 9 * sizeof(int32_t);
#if LIBAVFORMAT_VERSION_MAJOR >= 61
    AVCodecParameters* video = stream_->codecpar;
    AVPacketSideData* data = av_packet_side_data_new(
        &video->coded_side_data, &video->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX, kSize, 0);
    std::memcpy(data->data, options_.display_matrix->data(), kSize);
#else
    uint8_t* data = av_stream_new_side_data(stream_, AV_PKT_DATA_DISPLAYMATRIX, kSize);
    std::memcpy(data, options_.display_matrix->data(), kSize);
#endif
  }

  void Encode(const AVFrame* frame) {
    Must(avcodec_send_frame(encoder_.get(), frame), options_.encoder);
    const AvPacketPtr packet(av_packet_alloc());
    while (avcodec_receive_packet(encoder_.get(), packet.get()) >= 0) {
      if (packet->duration <= 0) packet->duration = kFrameMs;
      Must(av_bsf_send_packet(filter_, packet.get()), "filter");
      while (av_bsf_receive_packet(filter_, packet.get()) >= 0) {
        av_packet_rescale_ts(packet.get(), kMilliseconds, stream_->time_base);
        Must(av_interleaved_write_frame(muxer_, packet.get()), "packet");
      }
    }
  }

  const AvClipOptions& options_;
  AVFormatContext* muxer_ = nullptr;
  AVStream* stream_ = nullptr;
  AvCodecPtr encoder_;
  AVBSFContext* filter_ = nullptr;
};

}  // namespace

bool HasEncoder(const std::string& name) {
  return avcodec_find_encoder_by_name(name.c_str()) != nullptr;
}

void WriteAvClip(const std::filesystem::path& path, const AvClipOptions& options,
                 const std::function<Image(size_t)>& frame) {
  QuietFfmpeg();
  ClipWriter writer(path.string(), options, frame(0));
  for (size_t i = 0; i < options.times_ms.size(); ++i) {
    writer.Write(frame(i), options.times_ms[i]);
  }
  writer.Finish();
}

}  // namespace nosetip
