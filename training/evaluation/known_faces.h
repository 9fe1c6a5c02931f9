// How many of the faces that a model is measured on it knows from its training. Free of LibTorch.
//
// A training puts near-duplicates of a photograph into one group. Faces that are measured without a
// split are not compared with each other, so a copy under another name is not counted.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "tracker/model/model_lookup.h"
#include "training/evaluation/evaluate.h"

namespace nosetip {

// Faces are known where the model was trained on their group: it has seen them, or others of the
// same photograph or person.
struct KnownFaces {
  size_t faces = 0;  // measured
  size_t known = 0;
  bool are_all = true;                    // false where the model may know more
  std::optional<double> nme_of_others{};  // nothing where there are none, or where it knows none
  std::string held_out;                   // ModelInfo::held_out
};

KnownFaces FindKnownFaces(const ModelInfo& model, const std::vector<FaceToMeasure>& faces,
                          const Evaluation& evaluation);

// A line or two for the terminal.
std::string KnownFacesText(const KnownFaces& known);

// "known_faces", null where nothing is known about them, and "nme_of_others".
void AddKnownFaces(const KnownFaces& known, nlohmann::ordered_json& metrics);

}  // namespace nosetip
