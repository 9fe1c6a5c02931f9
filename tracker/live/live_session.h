// The live app without its window: reads a source, follows the faces in it and says how it goes.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tracker/live/capture_loop.h"
#include "tracker/live/live_frame.h"
#include "tracker/live/live_status.h"
#include "tracker/live/tracking_loop.h"

namespace nosetip {

struct LiveSetup {
  std::string source;  // for OpenFrameSource; opened at once
  PartsFactory make_parts;
  CaptureSettings capture;
  // Gets the result of every frame that is tracked, in order, where TakeLatest gives the newest
  // ones: for a recording. Those shown `again` come too. Called on the tracking thread, which waits
  // for it: meanwhile a file plays slower and a camera drops frames. What it throws is in Status().
  // It is not called once the session is destroyed.
  FrameSink on_tracked;
};

// Owns four threads and is itself used by one, that of the UI, which never waits here:
//
//   capture   opens and reads sources; calls capture.open_source and the source's methods
//   tracking  calls the tracker: the detector, the landmarker; and on_tracked
//   search    calls the search detector
//   build     calls the parts factories
//
// so each source, detector and landmarker is used by one thread at a time. No exception leaves a
// thread: its message is in Status().
//
// Files play in real time by their timestamps, and every frame is tracked: a file that is slower to
// track than its rate plays slower. A file that cannot be read ends as kFailed. Of a camera or
// stream the newest frame is tracked and those missed are counted; one that cannot be opened or
// goes away is tried again until it comes back.
class LiveSession {
 public:
  explicit LiveSession(LiveSetup setup);
  // Waits for at most the one call that each thread is in: FrameSource::Next or an opening (a
  // camera or stream that hangs: up to 10 s by their timeouts; otherwise a frame's time), a step, a
  // search, a factory. All other waiting ends at once.
  ~LiveSession();
  LiveSession(const LiveSession&) = delete;
  LiveSession& operator=(const LiveSession&) = delete;

  // The newest result that was not taken yet, of the source that was last asked for. Results that
  // are not taken in time are replaced; their frames were tracked all the same.
  std::optional<LiveFrame> TakeLatest();
  LiveStatus Status() const;

  // Closes the source and opens this one, also if it is the same, when the call to the old one that
  // is under way returns. Goes on without a pause. Faces are forgotten, their ids not used again.
  void SetSource(std::string source);
  // Makes another tracker beside the one in use, which goes on until the new one is ready, and for
  // good where the factory throws: Status() then has its message. The last frame of what is paused
  // or has ended is tracked anew. Faces get new ids. Of calls that follow one another quickly only
  // the last counts.
  void SetTracker(PartsFactory make_parts);

  // A paused camera or stream is read on, so that what comes after is new.
  void Pause();
  void Resume();
  // Pauses and passes on one frame.
  void StepOnce();

  // For files; a camera or stream ignores them. At the end of a file with several frames, start it
  // over.
  void SetLoop(bool loop);
  // Goes to the first frame at `pts_s` or later, or the last one. The file is opened again and read
  // up to there, which takes time far into a long one.
  void SeekTo(double pts_s);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nosetip
