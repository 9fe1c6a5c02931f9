#include "tracker/output/sound_copy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

extern "C" {
#include <libavutil/common.h>
#include <libavutil/mathematics.h>
}
#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// Those that players of MP4 know. FFmpeg would write some others, which few can play.
constexpr std::array kCodecsOfMp4 = {AV_CODEC_ID_AAC,  AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3,
                                     AV_CODEC_ID_MP3,  AV_CODEC_ID_MP2, AV_CODEC_ID_ALAC,
                                     AV_CODEC_ID_FLAC, AV_CODEC_ID_OPUS};

// Encoders begin with up to so much that players skip. Of sound that begins earlier, as in a
// trimmed file, only the packet before the first picture is kept, from which decoders go on.
constexpr double kPrimingS = 0.1;

// Packets so far behind the last one are believed once there are enough of them: all frames of a
// packet of MPEG-TS have its time.
constexpr double kJumpS = 1.0;
constexpr size_t kEnoughAhead = 32;

// Where a sound begins behind so many packets of the file, it is left out.
constexpr int kMostAhead = 3000;

constexpr int64_t kMostBytesAfterStop = int64_t{4} << 20U;

// The packet's time since `zero`, by the clock of its stream; AV_NOPTS_VALUE where it has none, or
// one that damage has made up.
int64_t TimeSince(int64_t zero, const AVPacket& packet, AVRational clock) {
  constexpr double kLongestS = 1e8;
  const int64_t given = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
  if (given == AV_NOPTS_VALUE) return given;
  const int64_t since = av_sat_sub64(given, zero);
  return std::abs(static_cast<double>(since) * av_q2d(clock)) < kLongestS ? since : AV_NOPTS_VALUE;
}

// In samples: how long the packet is by its codec, and by its container, which cuts the last one.
struct Durations {
  int64_t whole = 0;
  int64_t shown = 0;
};

Durations DurationsOf(const AVPacket& packet, const AVStream& stream) {
  const int64_t given =
      av_rescale_q(packet.duration, stream.time_base, {1, stream.codecpar->sample_rate});
  int64_t whole = av_get_audio_frame_duration2(stream.codecpar, packet.size);
  if (whole <= 0) whole = std::clamp<int64_t>(given, 1, stream.codecpar->sample_rate);
  return {whole, given > 0 ? std::min(given, whole) : whole};
}

void Describe(const AVStream& from, AVStream& to) {
  Check(avcodec_parameters_copy(to.codecpar, from.codecpar) >= 0, "memory");
  to.codecpar->codec_tag = 0;  // that of another container
  to.time_base = {1, from.codecpar->sample_rate};
  to.disposition = from.disposition;
  av_dict_copy(&to.metadata, from.metadata, 0);
}

// Whether a header can be made of the stream and its first packet. Otherwise the muxer would make
// one that no player reads, without an error: its box "moov" has no size.
bool FitsIntoMp4(const AVStream& stream, const AVPacket& first) {
  Mp4Muxer trial;
  Describe(stream, trial.AddStream());
  if (trial.Start() < 0) return false;
  const AvPacketPtr packet(av_packet_clone(&first));
  Check(packet != nullptr, "memory for a packet");
  packet->stream_index = 0;
  trial.Write(*packet);
  trial.End();
  const std::string bytes = trial.TakeBytes();
  const size_t name = bytes.find("moov");
  return name != std::string::npos && name >= 4 &&
         bytes.compare(name - 4, 4, std::string(4, '\0')) != 0;
}

}  // namespace

SoundCopy::SoundCopy(const SoundSource& source, Mp4Muxer& muxer) {
  if (!source.zero_s) {
    Note("without its sound, as the first picture has no time");
    return;
  }
  input_ = std::make_unique<MediaInput>(MediaInputOptions{.name = source.path,
                                                          .address = "file:" + source.path,
                                                          .stop = source.stop,
                                                          .bytes_after_stop = kMostBytesAfterStop});
  if (input_->problem() == 0) {
    ChooseTracks(*source.zero_s);
  } else if (!input_->stopped()) {
    Note(fmt::format("without its sound, as the file cannot be opened again: {}",
                     FfmpegReason(input_->problem())));
  }
  if (!tracks_.empty()) ReadAhead();
  AddStreams(muxer);
  if (tracks_.empty()) input_.reset();
}

void SoundCopy::ChooseTracks(double zero_s) {
  AVFormatContext& input = input_->context();
  for (unsigned i = 0; i < input.nb_streams; ++i) {
    AVStream& stream = *input.streams[i];
    const AVCodecParameters& sound = *stream.codecpar;
    if (sound.codec_type != AVMEDIA_TYPE_AUDIO) continue;
    if (std::ranges::find(kCodecsOfMp4, sound.codec_id) == kCodecsOfMp4.end() ||
        sound.sample_rate <= 0) {
      LeaveOut(stream, "which MP4 cannot hold; convert it to AAC to keep it");
      continue;
    }
    tracks_.push_back({.from = &stream, .zero = std::llround(zero_s / av_q2d(stream.time_base))});
  }
}

// Until there is a packet of each sound. Some files name sounds that they do not have, so packets
// of all streams are read, and counted, until then.
void SoundCopy::ReadAhead() {
  const auto has_none = [this](const Track& track) { return FirstOf(track) == ahead_.end(); };
  bool more = true;
  for (int i = 0; more && i < kMostAhead && std::ranges::any_of(tracks_, has_none); ++i) {
    more = ReadOne();
  }
  std::erase_if(tracks_, [&](const Track& track) {
    if (has_none(track)) {
      if (more) LeaveOut(*track.from, "which begins too late in the file");
      return true;
    }
    if (FitsIntoMp4(*track.from, **FirstOf(track))) return false;
    LeaveOut(*track.from, "which is damaged; convert it to AAC to keep what is left of it");
    return true;
  });
  std::erase_if(ahead_, [this](const AvPacketPtr& packet) { return TrackOf(*packet) == nullptr; });
  const AVFormatContext& input = input_->context();
  for (unsigned i = 0; i < input.nb_streams; ++i) input.streams[i]->discard = AVDISCARD_ALL;
  for (const Track& track : tracks_) track.from->discard = AVDISCARD_DEFAULT;
}

void SoundCopy::AddStreams(Mp4Muxer& muxer) {
  for (Track& track : tracks_) {
    track.to = &muxer.AddStream();
    Describe(*track.from, *track.to);
    // Its first packet goes to the front.
    const auto first = FirstOf(track);
    std::rotate(ahead_.begin() + static_cast<ptrdiff_t>(first_ones_), first, first + 1);
    ++first_ones_;
  }
}

std::deque<AvPacketPtr>::iterator SoundCopy::FirstOf(const Track& track) {
  return std::ranges::find_if(
      ahead_, [&](const AvPacketPtr& packet) { return packet->stream_index == track.from->index; });
}

SoundCopy::Track* SoundCopy::TrackOf(const AVPacket& packet) {
  const auto track = std::ranges::find_if(tracks_, [&](const Track& candidate) {
    return candidate.from->index == packet.stream_index;
  });
  return track == tracks_.end() ? nullptr : &*track;
}

bool SoundCopy::ReadOne() {
  AvPacketPtr packet(av_packet_alloc());
  Check(packet != nullptr, "memory for a packet");
  if (!input_->Read(*packet)) return false;
  Track* track = TrackOf(*packet);
  const bool wanted = track != nullptr && packet->size > 0 && Place(*packet, *track);
  if (wanted) ahead_.push_back(std::move(packet));
  return true;
}

bool SoundCopy::Place(AVPacket& packet, Track& track) {
  const AVRational clock = track.from->time_base;
  const AVRational sample = track.Sample();
  const auto [samples, shown] = DurationsOf(packet, *track.from);
  int64_t at = TimeSince(track.zero, packet, clock);
  if (at != AV_NOPTS_VALUE) {
    at = av_rescale_delta(clock, at, sample, static_cast<int>(samples), &track.next, sample);
  }
  auto& doubted = track.doubted;
  if (!doubted.empty() && at != AV_NOPTS_VALUE && at <= doubted.front()->pts) Count(track, at);
  const int64_t last = doubted.empty() ? track.last : doubted.back()->pts;
  const bool first = last == AV_NOPTS_VALUE;
  // As for pictures (FrameClock), a time that is missing or does not grow is counted.
  if (at == AV_NOPTS_VALUE || at <= last) at = first ? 0 : last + samples;
  if (first) track.begins = at;
  packet.pts = packet.dts = at;
  packet.duration = shown;
  packet.pos = -1;
  const double jump_s = static_cast<double>(at - (first ? 0 : last)) * av_q2d(sample);
  if (jump_s > kJumpS || !doubted.empty()) {
    doubted.push_back(&packet);
    if (doubted.size() == kEnoughAhead) Believe(track);
    return true;
  }
  track.last = at;
  return at + samples >= 0 || static_cast<double>(track.begins) * av_q2d(sample) > -kPrimingS;
}

void SoundCopy::Believe(Track& track) {
  track.last = track.doubted.back()->pts;
  track.doubted.clear();
}

void SoundCopy::Count(Track& track, int64_t next) {
  const int64_t samples = track.doubted.front()->duration;
  int64_t at = track.last + samples;
  if (track.last == AV_NOPTS_VALUE) at = next - samples * std::ssize(track.doubted);
  for (AVPacket* packet : track.doubted) {
    packet->pts = packet->dts = at;
    at += packet->duration;
  }
  Believe(track);
}

AVPacket* SoundCopy::Next(double until_s) {
  if (!input_ || (std::isinf(until_s) && input_->stopped())) return nullptr;
  Track* track = nullptr;
  while (true) {
    track = ahead_.empty() ? nullptr : TrackOf(*ahead_.front());
    const bool sure = track != nullptr &&
                      (track->doubted.empty() || track->doubted.front()->pts > ahead_.front()->pts);
    if (sure) break;
    if (ReadOne()) continue;
    if (track == nullptr) return nullptr;
    // One alone at the end is not worth a long pause.
    if (track->doubted.size() == 1 && track->last != AV_NOPTS_VALUE) {
      Count(*track, AV_NOPTS_VALUE);
    } else {
      Believe(*track);
    }
  }
  const double time_s = static_cast<double>(ahead_.front()->pts) * av_q2d(track->Sample());
  if (first_ones_ == 0 && time_s >= until_s) return nullptr;
  if (first_ones_ > 0) --first_ones_;
  current_ = std::move(ahead_.front());
  ahead_.pop_front();
  current_->stream_index = track->to->index;
  av_packet_rescale_ts(current_.get(), track->Sample(), track->to->time_base);
  return current_.get();
}

void SoundCopy::LeaveOut(const AVStream& sound, const char* reason) {
  Note(fmt::format("without its sound in {}, {}", avcodec_get_name(sound.codecpar->codec_id),
                   reason));
}

void SoundCopy::Note(const std::string& note) {
  if (note_.find(note) == std::string::npos) note_ += (note_.empty() ? "" : "; ") + note;
}

}  // namespace nosetip
