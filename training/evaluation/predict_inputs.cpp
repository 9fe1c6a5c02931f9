#include "training/evaluation/predict_inputs.h"

#include <algorithm>
#include <iterator>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "training/data/data_set.h"
#include "training/data/data_set_builder.h"
#include "training/data/dlib_xml_reader.h"
#include "training/data/folder_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// `path` without words that would lead out of a folder that it is appended to.
std::string StayingInside(const fs::path& path) {
  fs::path inside;
  for (const fs::path& word : path.relative_path()) {
    if (word != ".." && word != ".") inside /= word;
  }
  return inside.generic_string();
}

bool IsBelow(const fs::path& path, const fs::path& folder) {
  std::error_code ignored;
  const fs::path inner = fs::weakly_canonical(path, ignored);
  const fs::path outer = fs::weakly_canonical(folder, ignored);
  const auto [rest_of_outer, rest_of_inner] = std::ranges::mismatch(outer, inner);
  return rest_of_outer == outer.end() && rest_of_inner != inner.end();
}

PredictInputs PicturesOfFolder(const fs::path& folder, const fs::path& out) {
  const bool out_is_inside = IsBelow(out, folder);
  FolderFiles found = PicturesBelow(folder);
  PredictInputs inputs{{}, std::move(found.problems)};
  for (const fs::path& picture : found.files) {
    if (picture.filename().string().starts_with('.')) continue;
    if (out_is_inside && IsBelow(picture, out)) continue;
    inputs.pictures.push_back({picture, StayingInside(NameBelow(folder, picture)), {}});
  }
  if (inputs.pictures.empty()) {
    throw Error(
        fmt::format("{} holds no pictures except earlier outputs, in {}; choose another "
                    "folder or --out",
                    folder.string(), out.string()));
  }
  return inputs;
}

PredictInputs PicturesOfDataSet(DataSet data, const fs::path& file) {
  std::ranges::sort(data.faces, {}, &AnnotatedFace::order);
  PredictInputs inputs{{}, std::move(data.problems)};
  for (AnnotatedFace& face : data.faces) {
    if (inputs.pictures.empty() || inputs.pictures.back().picture != face.picture) {
      const std::string name = NameBelow(file.parent_path(), face.picture);
      inputs.pictures.push_back({face.picture, StayingInside(name), {}});
    }
    PictureToPredict& picture = inputs.pictures.back();
    picture.boxes.push_back(face.box);
    if (!face.points_px.empty()) picture.truth_schema = data.schema;
    picture.truth_px.push_back(std::move(face.points_px));
  }
  for (PictureToPredict& picture : inputs.pictures) {
    if (picture.boxes != std::vector<RectF>{RectF{}} || picture.truth_schema) continue;
    picture.boxes.clear();  // there are none
    picture.truth_px.clear();
  }
  return inputs;
}

PredictInputs ListArgument(const fs::path& argument, const fs::path& out) {
  std::error_code ignored;
  if (fs::is_directory(argument, ignored)) return PicturesOfFolder(argument, out);
  if (!fs::exists(argument, ignored)) {
    throw Error(
        fmt::format("{} does not exist; give pictures, folders of pictures, dlib .xml or "
                    ".csv files",
                    argument.string()));
  }
  if (argument.extension() == ".xml") return PicturesOfDataSet(ReadDlibBoxes(argument), argument);
  if (argument.extension() == ".csv") return PicturesOfDataSet(ReadDataSet(argument), argument);
  if (IsArchive(argument)) {
    throw Error(fmt::format(
        "{} is an archive; unpack it (tar -xf, or unzip for a .zip) and give its folder",
        argument.string()));
  }
  return {{{argument, argument.stem().string(), {}}}, {}};
}

}  // namespace

PredictInputs ListPredictInputs(std::span<const std::string> arguments, const fs::path& out) {
  PredictInputs all;
  for (const std::string& argument : arguments) {
    PredictInputs inputs = ListArgument(argument, out);
    std::error_code ignored;
    const bool is_picture = inputs.pictures.size() == 1 && inputs.pictures[0].picture == argument;
    for (PictureToPredict& picture : inputs.pictures) {
      if (arguments.size() > 1 && !is_picture) {
        const fs::path whole = fs::weakly_canonical(argument, ignored);
        picture.name = whole.stem().string() + '/' + picture.name;
      }
      all.pictures.push_back(std::move(picture));
    }
    std::ranges::move(inputs.problems, std::back_inserter(all.problems));
  }
  return all;
}

}  // namespace nosetip
