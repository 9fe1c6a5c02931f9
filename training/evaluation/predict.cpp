#include "training/evaluation/predict.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/output_plan.h"
#include "tracker/core/error.h"
#include "tracker/output/annotation_writers.h"
#include "tracker/output/text_output.h"
#include "tracker/sources/file_kinds.h"
#include "tracker/sources/pictures.h"
#include "tracker/vision/overlay.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

std::string Count(size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string Count(size_t count, const std::string& thing) {
  return Count(count, thing, thing + "s");
}

OutputPaths PathsIn(const fs::path& out, std::span<const PictureToPredict> inputs) {
  std::vector<PlannedInput> planned;
  for (const PictureToPredict& input : inputs) {
    PlannedInput& added = planned.emplace_back();
    added.input = {input.picture.string(), SourceKind::kPicture};
    added.name = input.name;
  }
  return {out, planned};
}

// A JPEG stays one: as PNG a photograph is many times as large.
std::string ExtensionOfDrawn(const fs::path& picture) {
  const std::string extension = LowerExtension(picture);
  return extension == ".jpg" || extension == ".jpeg" ? ".jpg" : ".png";
}

Image DrawFaces(const Image& image, const std::vector<Landmarks>& faces,
                const LandmarkSchema& schema) {
  TrackResult result;
  for (const Landmarks& landmarks : faces) {
    TrackedFace face;
    face.id = static_cast<int>(result.faces.size());
    face.box.rect = BoundsOf(landmarks.points_px);
    face.landmarks = landmarks;
    face.confidence = 1.0F;
    result.faces.push_back(std::move(face));
  }
  OverlayOptions points_only;
  points_only.overlay_box = points_only.overlay_label = points_only.overlay_axes = false;
  return DrawOverlay(image, result, schema, points_only);
}

Landmarks AtCenterOf(const RectF& box, const LandmarkSchema& schema) {
  return {std::vector<Point2f>(static_cast<size_t>(schema.count), box.Center()), {}};
}

// One run over all pictures.
class Run {
 public:
  Run(std::span<const PictureToPredict> inputs, FacePredictor& predictor,
      const PredictOptions& options, const PredictEvents& events)
      : inputs_(inputs),
        predictor_(predictor),
        options_(options),
        events_(events),
        paths_(PathsIn(options.out, inputs)) {}

  PredictSummary PredictAll() {
    if (!options_.skip_missing) CheckAllAreThere();
    if (!options_.errors.empty()) CheckErrorsCanBeWritten();
    if (!options_.kaggle.empty()) kaggle_.emplace(options_.kaggle, options_.first_id);
    size_t done = 0;
    while (done < inputs_.size() && !events_.stop.stop_requested()) {
      PredictOne(inputs_[done]);
      events_.on_picture(++done);
    }
    summary_.stopped = done < inputs_.size();
    summary_.schema = &predictor_.schema();
    if (summary_.stopped) return summary_;
    if (!options_.errors.empty()) SaveText(options_.errors, ErrorsCsv(summary_.errors));
    if (kaggle_) {
      kaggle_->Finish();
      summary_.rows = kaggle_->next_id() - options_.first_id;
    }
    return summary_;
  }

 private:
  void CheckAllAreThere() const {
    const auto missing = [](const PictureToPredict& input) {
      std::error_code ignored;
      return !fs::is_regular_file(input.picture, ignored);
    };
    const auto count = static_cast<size_t>(std::ranges::count_if(inputs_, missing));
    if (count == 0) return;
    throw Error(fmt::format("{} does not exist{}; restore it, or skip it with --skip-missing",
                            std::ranges::find_if(inputs_, missing)->picture.string(),
                            count > 1 ? fmt::format(" ({} pictures are missing)", count) : ""));
  }

  bool IsMeasurable(const PictureToPredict& input) const {
    return input.truth_schema != nullptr &&
           PointsOf(predictor_.schema(), *input.truth_schema).has_value();
  }

  void CheckErrorsCanBeWritten() const {
    CheckFolderOf(options_.errors);
    if (std::ranges::any_of(inputs_, [&](const auto& input) { return IsMeasurable(input); }))
      return;
    throw Error(
        fmt::format("the input has no box with the points of {} to measure errors against; give a "
                    "labeled .xml or .csv, or leave out --errors",
                    predictor_.schema().name));
  }

  void PredictOne(const PictureToPredict& input) {
    std::optional<Image> image;
    try {
      image = ReadPicture(input.picture.string());
    } catch (const Error& error) {
      if (!options_.skip_missing) {
        throw Error(fmt::format("{}; to skip it, use --skip-missing", error.what()));
      }
      Skip(input, error.what());
      return;
    }
    ++summary_.pictures;
    if (input.boxes.empty()) {
      PredictFound(input, *image);
    } else {
      PredictBoxes(input, *image);
    }
  }

  void PredictBoxes(const PictureToPredict& input, const Image& image) {
    const BoxedFaces boxed = predictor_.InBoxes(image, input.boxes);
    for (const std::string& note : boxed.notes) Note(input, note);
    summary_.bad_boxes += boxed.notes.size();
    if (kaggle_) {
      for (const Landmarks& face : boxed.faces) kaggle_->Write(face.points_px);
    }
    AddErrors(input, {image.width_px, image.height_px}, boxed.faces);
    WriteFaces(input, image, boxed.faces);
  }

  void AddErrors(const PictureToPredict& input, SizePx picture_px,
                 const std::vector<Landmarks>& faces) {
    if (input.truth_schema != nullptr && !IsMeasurable(input)) {
      summary_.other_points += faces.size();
    }
    std::ranges::move(ErrorsOfPicture(input, picture_px, predictor_.schema(), faces,
                                      [&](const std::string& note) { Note(input, note); }),
                      std::back_inserter(summary_.errors));
  }

  void PredictFound(const PictureToPredict& input, const Image& image) {
    const auto [faces, rejected] = predictor_.Find(image);
    for (const std::string& reason : rejected) Note(input, reason);
    summary_.rejected += rejected.size();
    if (faces.empty()) ++summary_.without_face;
    if (kaggle_) {
      if (faces.size() > 1) {
        Note(input, fmt::format("{} faces; the CSV has the largest", faces.size()));
      }
      kaggle_->Write((faces.empty() ? predictor_.InWholePicture(image) : faces[0]).points_px);
    }
    if (faces.empty()) {
      const std::string what = rejected.empty() ? "no face found" : "no face is left";
      Note(input, kaggle_ ? what + "; the CSV has the points located in the whole picture" : what);
    }
    WriteFaces(input, image, faces);
  }

  void Skip(const PictureToPredict& input, const std::string& why) {
    ++summary_.skipped;
    if (!kaggle_) {
      events_.on_note("left out: " + why);
      return;
    }
    if (input.boxes.empty()) {
      throw Error(
          fmt::format("{}. It has no box, so {} has no rows for it; replace the picture, or "
                      "remove it from the inputs",
                      why, options_.kaggle.string()));
    }
    for (const RectF& box : input.boxes) {
      kaggle_->Write(AtCenterOf(box, predictor_.schema()).points_px);
    }
    events_.on_note(fmt::format("left out: {}; in the CSV, each point is its box's center", why));
  }

  void WriteFaces(const PictureToPredict& input, const Image& image,
                  const std::vector<Landmarks>& faces) {
    summary_.faces += faces.size();
    if (options_.pictures) {
      const fs::path path = ClaimPath(input, input.name, ExtensionOfDrawn(input.picture));
      WritePicture(path.string(), DrawFaces(image, faces, predictor_.schema()));
    }
    if (!options_.pts) return;
    for (size_t i = 0; i < faces.size(); ++i) {
      WritePts(ClaimPath(input, PtsStem(input.name, i, faces.size()), ".pts"), faces[i].points_px);
    }
  }

  // A file beside a picture may hold its true points, so it is not replaced.
  fs::path ClaimPath(const PictureToPredict& input, const std::string& stem,
                     const std::string& extension) {
    fs::path path = paths_.PathOf(input.name, stem, extension);
    for (int i = 2; !claimed_.insert(path).second; ++i) {  // two pictures may have one name
      path = paths_.PathOf(input.name, fmt::format("{}-{}", stem, i), extension);
    }
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (error) {
      throw Error(fmt::format("the folder {} cannot be created: {}; choose another --out",
                              path.parent_path().string(), error.message()));
    }
    if (fs::exists(path, error) &&
        fs::equivalent(path.parent_path(), Folder(input.picture), error)) {
      throw Error(fmt::format(
          "{} is beside its picture and would be replaced; choose another --out", path.string()));
    }
    return path;
  }

  static fs::path Folder(const fs::path& file) {
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
  }

  void Note(const PictureToPredict& input, const std::string& text) {
    events_.on_note(input.picture.string() + ": " + text);
  }

  std::span<const PictureToPredict> inputs_;
  FacePredictor& predictor_;
  const PredictOptions& options_;
  const PredictEvents& events_;
  OutputPaths paths_;
  std::set<fs::path> claimed_;
  std::optional<KaggleCsvWriter> kaggle_;
  PredictSummary summary_;
};

}  // namespace

PredictSummary PredictPictures(std::span<const PictureToPredict> inputs, FacePredictor& predictor,
                               const PredictOptions& options, const PredictEvents& events) {
  return Run(inputs, predictor, options, events).PredictAll();
}

std::string SummaryText(const PredictSummary& summary, const PredictOptions& options) {
  std::string text =
      fmt::format("{} in {}\n", Count(summary.faces, "face"), Count(summary.pictures, "picture"));
  if (summary.without_face > 0) {
    text += fmt::format("no face in {}\n", Count(summary.without_face, "picture"));
  }
  if (summary.rejected > 0) {
    text += fmt::format("left out: {} whose points are no face's\n",
                        Count(summary.rejected, "detected face"));
  }
  if (summary.skipped > 0) text += fmt::format("left out: {}\n", Count(summary.skipped, "picture"));
  if (summary.bad_boxes > 0) {
    text += fmt::format("unusable: {}\n", Count(summary.bad_boxes, "box", "boxes"));
  }
  if (!summary.errors.empty()) text += ErrorsText(summary.errors, *summary.schema);
  if (summary.other_points > 0) {
    text += fmt::format("errors not measured: {} labeled with points that lack some of {}\n",
                        Count(summary.other_points, "box", "boxes"), summary.schema->name);
  }
  if (options.pictures || options.pts) text += fmt::format("written to {}\n", options.out.string());
  if (!options.errors.empty() && !summary.stopped) {
    text += fmt::format("{}: {}\n", options.errors.string(), Count(summary.errors.size(), "row"));
  }
  if (options.kaggle.empty()) return text;
  if (summary.stopped) {
    return text + options.kaggle.string() + ": not written, because the run was stopped\n";
  }
  return text + fmt::format("{}: {} rows\n", options.kaggle.string(), summary.rows);
}

}  // namespace nosetip
