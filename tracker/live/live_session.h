// The live app without its window: reads a source, follows the faces in it, measures their signals
// and reports its status.
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
  // Gets the result of every tracked frame in order, also of those shown `again`, for a recording;
  // TakeLatest may skip some. Called on the tracking thread, which waits for it: meanwhile a file
  // plays slower and a camera drops frames. The message of what it throws is in Status(). Not
  // called once the session is destroyed.
  FrameSink on_tracked;
};

// Owns four threads. Only the UI thread may use it, which never waits here:
//
//   capture   opens and reads sources; calls capture.open_source and the source's methods
//   tracking  calls the tracker: the detector, the landmarker; measures signals; and on_tracked
//   search    calls the search detector
//   build     calls the parts factories
//
// So each source, detector and landmarker is used by one thread at a time. No exception leaves a
// thread: its message is in Status().
//
// Files play in real time by their timestamps, and every frame is tracked: a file that is slower to
// track than its rate plays slower. A file that cannot be read ends as kFailed. Of a camera or
// stream the newest frame is tracked and missed ones are counted; one that cannot be opened or goes
// away is tried again until it comes back.
class LiveSession {
 public:
  static constexpr std::chrono::milliseconds kPatience{300};

  explicit LiveSession(LiveSetup setup);
  // Closes, if that was not done yet.
  ~LiveSession();
  LiveSession(const LiveSession&) = delete;
  LiveSession& operator=(const LiveSession&) = delete;

  // Ends all threads; afterwards only Status may be called. Waits for the step, the search and the
  // call of on_tracked that are under way, and up to `patience` for calls that may hang: of a
  // camera or stream (up to 10 s by their own time-outs) or a factory (a large model). A thread
  // that still hangs then is left behind. It ends when the call returns, and calls neither
  // open_source, a factory nor on_tracked again; what the call uses must live as long.
  //
  // False where a thread was left behind. A program should then end with std::quick_exit, as
  // returning from main destroys what the thread may be using.
  bool Close(std::chrono::milliseconds patience = kPatience);

  // The newest result that was not taken yet, of the source that was last set. Results that are not
  // taken in time are replaced; their frames were tracked all the same.
  std::optional<LiveFrame> TakeLatest();
  LiveStatus Status() const;

  // Closes the source and opens this one, even if it is the same, for instance to get another size
  // from a camera. Waits on the capture thread for the call to the old source that is under way;
  // TakeLatest leaves one behind that takes longer than kPatience, as Close does. Ends a pause.
  // Faces are forgotten, and their ids are not used again.
  void SetSource(std::string source, const CameraOptions& camera = {});
  // Builds another tracker while the current one continues until the new one is ready. Where the
  // factory throws, the current one stays, and Status() has the message. The last frame of a source
  // that is paused or has ended is tracked again. Faces get new ids. Of several calls in quick
  // succession only the last counts.
  void SetTracker(PartsFactory make_parts);

  // Learns the neutral faces that signals are compared with over, from the next frame on.
  void Calibrate();

  // A paused camera or stream is still read, so that the first frame after the pause is new.
  void Pause();
  void Resume();
  // Pauses and passes on one frame.
  void StepOnce();

  // Whether a file with several frames starts over at its end. Cameras and streams ignore this.
  void SetLoop(bool loop);
  // For files too: goes to the first frame at `pts_s` or later, else the last one. The file is
  // opened again and read up to there, which takes long far into a long file.
  void SeekTo(double pts_s);

 private:
  void LeaveHangingSource();

  struct State;
  struct Threads;
  std::shared_ptr<State> state_;  // with each thread
  std::unique_ptr<Threads> threads_;
};

}  // namespace nosetip
