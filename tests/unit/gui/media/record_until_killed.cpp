// Records frames of a clip and kills itself, without a chance to finish anything:
// record_until_killed FOLDER FRAMES. Part of recorder_test.cpp.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "gui/media/recorder.h"
#include "tests/unit/gui/media/made_up_frames.h"

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const int frames = std::atoi(arguments[2]);
  nosetip::Recorder recorder;
  recorder.Start({.folder = arguments[1], .view = {nosetip::NoOverlay()}});
  for (int i = 0; i < frames; ++i) recorder.OnTracked(nosetip::MadeUpFrame(i));
  while (recorder.Status().frames < frames) {
    if (recorder.Status().state == nosetip::RecorderState::kFailed) return 1;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  std::raise(SIGKILL);
}
