#include "training/evaluation/known_faces.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "training/data/trained_groups.h"

namespace nosetip {

KnownFaces FindKnownFaces(const ModelInfo& model, const std::vector<FaceToMeasure>& faces,
                          const Evaluation& evaluation) {
  const TrainedGroups trained(model.trained_groups);
  KnownFaces found{evaluation.faces.size(), 0, trained.AreAll(), std::nullopt, model.held_out};
  std::vector<std::optional<double>> others;
  for (const MeasuredFace& face : evaluation.faces) {
    if (trained.Has(faces[face.index].group)) {
      ++found.known;
    } else {
      others.push_back(face.nme);
    }
  }
  if (found.known > 0 && !others.empty()) found.nme_of_others = Summarize(others).nme_mean;
  return found;
}

std::string KnownFacesText(const KnownFaces& known) {
  if (known.known == 0 && known.are_all)
    return "trained on  none of these faces, judged by the names of their groups\n";
  if (known.known == 0) {
    return fmt::format(
        "trained on  not known: the model file does not list its training faces{}\n",
        known.held_out.empty() ? "" : fmt::format(" (held out: {})", known.held_out));
  }
  std::string text = fmt::format(
      "trained on  {}{} of these faces, or others of their groups: its error on new faces is "
      "higher\n",
      known.are_all ? "" : "at least ", known.known);
  if (!known.nme_of_others) return text;
  return text + fmt::format("NME mean    {:.3f} % of the other {}\n", *known.nme_of_others,
                            known.faces - known.known);
}

void AddKnownFaces(const KnownFaces& known, nlohmann::ordered_json& metrics) {
  metrics["known_faces"] = nullptr;
  metrics["nme_of_others"] = nullptr;
  if (known.known > 0 || known.are_all) metrics["known_faces"] = known.known;
  if (known.nme_of_others) metrics["nme_of_others"] = *known.nme_of_others;
}

}  // namespace nosetip
