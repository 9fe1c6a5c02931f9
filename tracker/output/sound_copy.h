// The sound of a file, copied packet by packet into a video of the same moments.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "tracker/output/mp4_muxer.h"
#include "tracker/output/video_writer.h"
#include "tracker/sources/ffmpeg.h"
#include "tracker/sources/media_input.h"

namespace nosetip {

// Reads the file a second time, for its sound alone, a packet ahead. Nothing is decoded, and damage
// is passed over. Not thread-safe.
class SoundCopy {
 public:
  // Adds a stream to `muxer`, which is not started yet, for each sound of the file that MP4 can
  // hold. The muxer must outlive this.
  SoundCopy(const SoundSource& source, Mp4Muxer& muxer);

  // The next packet that begins before `until_s`, with the time and stream of the muxer; null where
  // there is none. Valid until the next call. The first packet of each sound comes at once, since
  // the muxer needs one of each stream for its header.
  AVPacket* Next(double until_s);

  // Which sound is left out and why, for the user; mostly empty.
  const std::string& note() const { return note_; }

 private:
  struct Track {
    AVStream* from = nullptr;
    AVStream* to = nullptr;            // null until its first packet was read
    int64_t zero = 0;                  // by the clock of `from`
    int64_t begins = 0;                // when its first packet begins, in samples
    int64_t last = AV_NOPTS_VALUE;     // and the last one
    std::vector<AVPacket*> doubted{};  // those behind the last whose times may be damaged
    int64_t next = AV_NOPTS_VALUE;     // kept by av_rescale_delta
    AVRational Sample() const { return {1, from->codecpar->sample_rate}; }
  };

  void ChooseTracks(double zero_s);
  void ReadAhead();
  // The first packet of a track, among those ahead.
  std::deque<AvPacketPtr>::iterator FirstOf(const Track& track);
  void AddStreams(Mp4Muxer& muxer);
  bool ReadOne();
  Track* TrackOf(const AVPacket& packet);  // null where it is of none
  // Sets its times, in samples. False for one that is over before time 0.
  static bool Place(AVPacket& packet, Track& track);
  // Keeps the times of the packets in doubt.
  static void Believe(Track& track);
  // Counts them: from the last one on, or back from the time of the next where there is none.
  static void Count(Track& track, int64_t next);
  void LeaveOut(const AVStream& sound, const char* reason);
  void Note(const std::string& note);

  std::unique_ptr<MediaInput> input_;  // null where there is nothing to copy
  std::string note_;
  std::vector<Track> tracks_;
  std::deque<AvPacketPtr> ahead_;
  size_t first_ones_ = 0;  // how many of those come at once
  AvPacketPtr current_;
};

}  // namespace nosetip
