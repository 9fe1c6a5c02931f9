// Faces as JSON. Only for .cpp files of this room.
#pragma once

#include <nlohmann/json.hpp>

#include "tracker/core/face.h"

namespace nosetip {

using Json = nlohmann::ordered_json;

// The objects of a result's faces, as jsonl_writer.h describes them.
Json FaceList(const TrackResult& result);

}  // namespace nosetip
