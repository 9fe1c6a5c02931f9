// A model file as an ONNX file. Free of LibTorch.
#pragma once

#include <filesystem>
#include <optional>

namespace nosetip {

class OnnxGraph;
struct Model;

// Inputs, outputs and metadata are described in docs/formats.md, "ONNX". Throws Error that names a
// layer which has no form in ONNX here.
OnnxGraph ExportNetwork(const Model& model);

// The default score from which a detection counts as a face.
inline constexpr double kDefaultFaceScore = 0.6;

// Reads a model file and writes its network as an ONNX file (docs/formats.md, "ONNX"),
// beside its place and renamed. Throws Error naming the file where the model cannot be read or has
// a layer without a form in ONNX here, and where `onnx` cannot be written or is the model itself.
//
// `face_score` (above 0, below 1) is for a detector that was measured: the score from which it
// gives as few false alarms as wanted. The file's class and objectness are shifted so that this
// score becomes kDefaultFaceScore. Throws Error for another network.
void ExportModel(const std::filesystem::path& model, const std::filesystem::path& onnx,
                 std::optional<double> face_score = std::nullopt);

}  // namespace nosetip
