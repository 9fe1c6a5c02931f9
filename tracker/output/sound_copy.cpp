#include "tracker/output/sound_copy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

extern "C" {
#include <libavutil/common.h>
#include <libavutil/mathematics.h>
}

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// Those that players of MP4 know. FFmpeg would write some others, which few can play.
constexpr std::array kCodecsOfMp4 = {AV_CODEC_ID_AAC,  AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3,
                                     AV_CODEC_ID_MP3,  AV_CODEC_ID_MP2, AV_CODEC_ID_ALAC,
                                     AV_CODEC_ID_FLAC, AV_CODEC_ID_OPUS};

// Decoders need what is just before the first picture to be right at it. The edit list hides it.
constexpr double kPrerollS = 0.1;

// Where one of several sounds begins later than so many packets of the others, it is left out.
constexpr size_t kMostAhead = 1000;

// The packet's time since `zero`, by the clock of its stream; AV_NOPTS_VALUE where it has none, or
// one that damage has made up.
int64_t TimeSince(int64_t zero, const AVPacket& packet, AVRational clock) {
  constexpr double kLongestS = 1e8;
  const int64_t given = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
  if (given == AV_NOPTS_VALUE) return given;
  const int64_t since = av_sat_sub64(given, zero);
  return std::abs(static_cast<double>(since) * av_q2d(clock)) < kLongestS ? since : AV_NOPTS_VALUE;
}

// In samples.
int64_t DurationOf(AVPacket& packet, const AVStream& stream) {
  const int64_t known = av_get_audio_frame_duration2(stream.codecpar, packet.size);
  if (known > 0) return known;
  const int64_t given =
      av_rescale_q(packet.duration, stream.time_base, {1, stream.codecpar->sample_rate});
  return std::clamp<int64_t>(given, 0, stream.codecpar->sample_rate);
}

void Append(std::string& list, const std::string& name) {
  if (list.find(name) != std::string::npos) return;
  list += (list.empty() ? "" : ", ") + name;
}

}  // namespace

SoundCopy::SoundCopy(const SoundSource& source, AVFormatContext& muxer)
    : input_(std::make_unique<MediaInput>(
          MediaInputOptions{.name = source.path, .address = "file:" + source.path, .stop = {}})) {
  if (input_->problem() == 0) ChooseTracks(source.zero_s);
  if (!tracks_.empty()) ReadAhead();
  AddStreams(muxer);
  if (tracks_.empty()) input_.reset();
}

void SoundCopy::ChooseTracks(double zero_s) {
  AVFormatContext& input = input_->context();
  for (unsigned i = 0; i < input.nb_streams; ++i) {
    AVStream& stream = *input.streams[i];
    const AVCodecParameters& sound = *stream.codecpar;
    stream.discard = AVDISCARD_ALL;
    if (sound.codec_type != AVMEDIA_TYPE_AUDIO) continue;
    if (std::ranges::find(kCodecsOfMp4, sound.codec_id) == kCodecsOfMp4.end() ||
        sound.sample_rate <= 0) {
      Append(left_out_, avcodec_get_name(sound.codec_id));
      continue;
    }
    stream.discard = AVDISCARD_DEFAULT;
    tracks_.push_back({.from = &stream, .zero = std::llround(zero_s / av_q2d(stream.time_base))});
  }
}

// Until there is a packet of each sound. Some files name sounds that they do not have.
void SoundCopy::ReadAhead() {
  const auto has_none = [](const Track& track) { return track.last == AV_NOPTS_VALUE; };
  while (std::ranges::any_of(tracks_, has_none) && ahead_.size() < kMostAhead) {
    if (!ReadOne()) break;
  }
  std::erase_if(tracks_, has_none);
}

void SoundCopy::AddStreams(AVFormatContext& muxer) {
  for (Track& track : tracks_) {
    track.to = avformat_new_stream(&muxer, nullptr);
    Check(track.to != nullptr, "memory for a stream");
    Check(avcodec_parameters_copy(track.to->codecpar, track.from->codecpar) >= 0, "memory");
    track.to->codecpar->codec_tag = 0;  // that of another container
    track.to->time_base = track.Sample();
    track.to->disposition = track.from->disposition;
    av_dict_copy(&track.to->metadata, track.from->metadata, 0);
    // Its first packet goes to the front.
    const auto first = std::ranges::find_if(ahead_, [&](const AvPacketPtr& packet) {
      return packet->stream_index == track.from->index;
    });
    std::rotate(ahead_.begin() + static_cast<ptrdiff_t>(first_ones_), first, first + 1);
    ++first_ones_;
  }
}

bool SoundCopy::ReadOne() {
  AvPacketPtr packet(av_packet_alloc());
  Check(packet != nullptr, "memory for a packet");
  if (!input_->Read(*packet)) return false;
  if (packet->size <= 0) return true;
  for (Track& track : tracks_) {
    if (track.from->index != packet->stream_index || !Place(*packet, track)) continue;
    ahead_.push_back(std::move(packet));
    break;
  }
  return true;
}

bool SoundCopy::Place(AVPacket& packet, Track& track) {
  const AVRational clock = track.from->time_base;
  const AVRational sample = track.Sample();
  const int64_t samples = DurationOf(packet, *track.from);
  const int64_t given = TimeSince(track.zero, packet, clock);
  int64_t at = 0;
  if (given != AV_NOPTS_VALUE) {
    at = av_rescale_delta(clock, given, sample, static_cast<int>(samples), &track.next, sample);
  }
  // As for pictures (FrameClock), a time that is missing or does not grow is counted.
  const bool grows = given != AV_NOPTS_VALUE && at > track.last;
  if (track.last != AV_NOPTS_VALUE && !grows) at = track.last + std::max<int64_t>(samples, 1);
  if (static_cast<double>(at + samples) * av_q2d(sample) <= -kPrerollS) return false;
  packet.pts = packet.dts = track.last = at;
  packet.duration = samples;
  packet.pos = -1;
  return true;
}

AVPacket* SoundCopy::Next(double until_s) {
  if (!input_) return nullptr;
  while (ahead_.empty()) {
    if (!ReadOne()) return nullptr;
  }
  const auto track = std::ranges::find_if(tracks_, [this](const Track& candidate) {
    return candidate.from->index == ahead_.front()->stream_index;
  });
  const double time_s = static_cast<double>(ahead_.front()->pts) * av_q2d(track->Sample());
  if (first_ones_ == 0 && time_s >= until_s) return nullptr;
  if (first_ones_ > 0) --first_ones_;
  current_ = std::move(ahead_.front());
  ahead_.pop_front();
  current_->stream_index = track->to->index;
  av_packet_rescale_ts(current_.get(), track->Sample(), track->to->time_base);
  return current_.get();
}

std::string SoundCopy::codecs() const {
  std::string list;
  for (const Track& track : tracks_) Append(list, avcodec_get_name(track.from->codecpar->codec_id));
  return list;
}

}  // namespace nosetip
