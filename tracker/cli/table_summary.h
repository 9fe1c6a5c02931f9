// What a run did with a table, and how that is told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tracker/cli/run_outputs.h"

namespace nosetip {

// Sums up the inputs of one table: mostly one video, else the pictures of a folder.
struct TableSummary {
  size_t table = 0;  // of the plan
  std::string name;  // the input as the user gave it, or the table's name where inputs share it
  bool pictures = false;
  int64_t frames = 0;
  int64_t frames_with_face = 0;
  int max_faces = 0;
  int left_out = 0;  // the most faces of one frame that were found beyond these
  double seconds = 0.0;
  bool complete = false;  // nothing failed and no stop cut it short
  std::vector<WrittenFile> written;
};

// "clip.mp4: 1337 frames, 1330 with a face (99.5 %), 61.0 frames/s", and a line about faces that
// --max-faces left out.
std::string SummaryText(const TableSummary& summary);
// Its files, indented, one per line; of many the first ten and the number of the others.
std::string WrittenText(const TableSummary& summary);

}  // namespace nosetip
