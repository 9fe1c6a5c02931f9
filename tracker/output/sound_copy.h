// The sound of a file, copied packet by packet into a video of the same moments.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "tracker/output/video_writer.h"
#include "tracker/sources/ffmpeg.h"
#include "tracker/sources/media_input.h"

namespace nosetip {

// Reads the file a second time, for its sound alone, a packet ahead. Nothing is decoded, and damage
// is passed over. Not thread-safe.
class SoundCopy {
 public:
  // Adds a stream to `muxer`, an MP4 without a header yet, for each sound of the file that MP4 can
  // hold. The muxer must outlive this.
  SoundCopy(const SoundSource& source, AVFormatContext& muxer);

  // The next packet that begins before `until_s`, with the time and stream of the muxer; null where
  // there is none. Valid until the next call. The first packet of each sound comes at once, since
  // the muxer needs one of each stream for its header.
  AVPacket* Next(double until_s);

  // "pcm_s16le, vorbis": the codecs that MP4 cannot hold; mostly empty.
  const std::string& left_out() const { return left_out_; }
  // The codecs of those that are copied, in the same form.
  std::string codecs() const;

 private:
  struct Track {
    const AVStream* from = nullptr;
    AVStream* to = nullptr;  // null until its first packet was read
    int64_t zero = 0;        // by the clock of `from`
    int64_t last = AV_NOPTS_VALUE;
    int64_t next = AV_NOPTS_VALUE;  // kept by av_rescale_delta
    AVRational Sample() const { return {1, from->codecpar->sample_rate}; }
  };

  void ChooseTracks(double zero_s);
  void ReadAhead();
  void AddStreams(AVFormatContext& muxer);
  bool ReadOne();
  // Sets its times, in samples. False for one that is over before time 0.
  static bool Place(AVPacket& packet, Track& track);

  std::unique_ptr<MediaInput> input_;  // null where there is nothing to copy
  std::string left_out_;
  std::vector<Track> tracks_;
  std::deque<AvPacketPtr> ahead_;
  size_t first_ones_ = 0;  // how many of those come at once
  AvPacketPtr current_;
};

}  // namespace nosetip
