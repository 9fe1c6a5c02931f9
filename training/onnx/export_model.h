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

// The score from which a detection counts as a face unless a user says otherwise.
inline constexpr double kDefaultFaceScore = 0.6;

// Reads a model file (.ntm) and writes its network as an ONNX file (docs/formats.md, "ONNX"),
// beside its place and renamed. Throws Error naming the file where the model cannot be read, has a
// layer that has no form in ONNX here, or where `onnx` cannot be written or is the model itself.
//
// `face_score` (0 to 1, both excluded) is for a detector that was measured: the score from which it
// gives as few false alarms as wanted. In the file class and objectness are moved so that where
// both had this score they have kDefaultFaceScore. Throws Error for another network.
void ExportModel(const std::filesystem::path& model, const std::filesystem::path& onnx,
                 std::optional<double> face_score = std::nullopt);

}  // namespace nosetip
