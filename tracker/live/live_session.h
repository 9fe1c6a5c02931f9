// The live app without its window: reads a source, follows the faces in it and says how it goes.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "tracker/live/capture_loop.h"
#include "tracker/live/live_status.h"
#include "tracker/live/tracking_loop.h"

namespace nosetip {

struct LiveSetup {
  std::string source;    // for OpenFrameSource; opened at once
  CameraOptions camera;  // what to ask it for, where it is a camera
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
  static constexpr std::chrono::milliseconds kPatience{300};

  explicit LiveSession(LiveSetup setup);
  // Closes, if that was not done.
  ~LiveSession();
  LiveSession(const LiveSession&) = delete;
  LiveSession& operator=(const LiveSession&) = delete;

  // Ends all threads; after it nothing but Status may be called. Waits for the step, the search and
  // the call of on_tracked that are under way, and up to `patience` for a call that may hang: of a
  // camera or stream (up to 10 s by their own time-outs) or a factory (a large model). What still
  // hangs then is left behind with its thread, which ends by itself when the call returns, and
  // calls neither open_source, a factory nor on_tracked again; what those use must last as long.
  //
  // False where something was left behind. A program should then end with std::quick_exit, as
  // returning from main destroys what the thread may be using.
  bool Close(std::chrono::milliseconds patience = kPatience);

  // The newest result that was not taken yet, of the source that was last asked for. Results that
  // are not taken in time are replaced; their frames were tracked all the same.
  std::optional<LiveFrame> TakeLatest();
  LiveStatus Status() const;

  // Closes the source and opens this one, also if it is the same, as to ask a camera for another
  // size, when the call to the old one that is under way returns; TakeLatest leaves a call behind
  // that takes longer than kPatience, as Close does. Goes on without a pause. Faces are forgotten,
  // their ids not used again.
  void SetSource(std::string source, const CameraOptions& camera = {});
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
  void LeaveHangingSource();

  struct State;
  struct Threads;
  std::shared_ptr<State> state_;  // with each thread
  std::unique_ptr<Threads> threads_;
};

}  // namespace nosetip
