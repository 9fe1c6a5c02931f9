#include "training/report/training_page.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <iterator>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "training/report/evaluation_pictures.h"
#include "training/report/face_sheet.h"
#include "training/report/face_tables.h"
#include "training/report/html_report.h"
#include "training/report/job_views.h"
#include "training/report/landmark_errors.h"
#include "training/report/network_sections.h"
#include "training/report/plot.h"
#include "training/report/run_sections.h"
#include "training/report/training_views.h"

namespace nosetip {
namespace {

// What a training was measured on.
std::string MeasuredFaces(const TrainJob& job) {
  return job.options.Validation().HoldsOut() ? "held-out faces" : "training faces";
}

std::string ErrorUnit(const Evaluation& evaluation) { return "% of the " + evaluation.unit; }

// Close crops with a side of at least 320 pixels, large enough to see points.
SampleRequest CloseRequestOf(const TrainJob& job) {
  SampleRequest request = RequestOf(job, AugmentOptions::None());
  request.view.margin = std::min(request.view.margin, 1.12F);
  SizePx& size = request.view.input_px;
  const int times = std::max(1, (319 + size.width) / size.width);
  size = {times * size.width, times * size.height};
  return request;
}

ReportPicture SamplePicture(const TrainJob& job, bool augmented) {
  const AugmentOptions augment = augmented ? job.augment : AugmentOptions::None();
  std::vector<FaceTile> tiles;
  for (SampleView& view :
       ViewsOf(job, Spaced(FacesOf(job, Side::kTraining), 12), RequestOf(job, augment))) {
    FaceTile tile;
    tile.label = fmt::format("{} x {} px", view.picture.width_px, view.picture.height_px);
    tile.picture = std::move(view.picture);
    tile.truth_px = std::move(view.points_px);
    tile.whole_picture = true;
    tiles.push_back(std::move(tile));
  }
  const std::string title = augmented ? "Augmentation on" : "Augmentation off";
  return {augmented ? "samples_augmented.png" : "samples.png", DrawFaceSheet(tiles, 4, 240, title),
          fmt::format("Training faces with their true points in green, {}",
                      augmented ? "changed at random by the augmentation" : "without augmentation"),
          augmented ? "The same faces with random augmentation, which differs in each epoch."
                    : "Training faces from all of the data, cropped and scaled as the network gets "
                      "them, with the true points in green."};
}

ReportSection SamplesSection(const TrainJob& job) {
  ReportSection section{"What the network sees", {}, "", {SamplePicture(job, false)}, {}};
  if (job.augment == AugmentOptions::None()) {
    section.paragraphs = {"This recipe has no augmentation: each epoch shows the same pictures."};
  } else {
    section.pictures.push_back(SamplePicture(job, true));
  }
  return section;
}

ReportSection HistorySection(const TrainJob& job, const TrainReport& report,
                             const Evaluation& evaluation) {
  const std::string weights =
      job.options.average > 0.0 ? "averaged weights" : "weights of each epoch";
  std::vector<std::string> paragraphs = {"Validation uses the " + weights +
                                         "; the model has those of the best epoch."};
  std::ranges::move(RaisedSentences(report), std::back_inserter(paragraphs));
  return {
      "Loss and error, epoch by epoch",
      std::move(paragraphs),
      "",
      {{"loss.png", DrawLosses(report.history, report.best.epoch),
        "Line plot of training and validation loss over the epochs",
        fmt::format("The training loss is the mean over an epoch's faces during training; the "
                    "validation loss is that of {} without augmentation, after the epoch.",
                    MeasuredFaces(job))},
       {"validation_error.png",
        DrawValidationErrors(report.history, report.best.epoch, {ErrorUnit(evaluation), weights}),
        fmt::format("Line plot of the error on {} over the epochs", MeasuredFaces(job)),
        fmt::format("Error on the {} after each epoch.", MeasuredFaces(job))}},
      {EpochTable(report)}};
}

std::vector<ReportPicture> ErrorPictures(const TrainJob& job, const MeasuredTraining& measured) {
  const std::string faces = MeasuredFaces(job);
  const Evaluation& evaluation = measured.evaluation;
  std::vector<ReportPicture> pictures = {
      {"error_curve.png", DrawErrorCurve(evaluation, "Cumulative error of the " + faces),
       "Cumulative error curve: share of " + faces + " over their largest error",
       "Share of " + faces + " with at most a given error."},
      {"best.png", DrawMeasuredFaces(evaluation, measured.faces, FacesToShow::kBest),
       "The faces with the smallest errors, truth green and prediction red",
       "The best predictions, best first."}};
  if (evaluation.faces.size() > 1) {
    pictures.push_back({"worst.png",
                        DrawMeasuredFaces(evaluation, measured.faces, FacesToShow::kWorst),
                        "The faces with the largest errors, truth green and prediction red",
                        "The worst predictions, worst first."});
  }
  if (!evaluation.reliability.empty()) {
    pictures.push_back({"reliability.png", DrawReliability(evaluation),
                        "Errors of points over the errors that the model expected",
                        "Errors of points over expected errors: well calibrated on the diagonal."});
  }
  return pictures;
}

ReportSection ErrorsSection(const TrainJob& job, const MeasuredTraining& measured) {
  const Evaluation& evaluation = measured.evaluation;
  const bool held_out = job.options.Validation().HoldsOut();
  ReportSection section{held_out ? "Held-out faces" : "Training faces", {}, "", {}, {}};
  section.paragraphs = {fmt::format(
      "Measured with the best epoch's model on {} faces that were not trained on, {}. Errors are "
      "in "
      "{}.",
      evaluation.faces.size(),
      job.options.view == "picture" ? "in whole pictures" : "each cropped around its true points",
      ErrorUnit(evaluation))};
  if (!held_out) {
    section.paragraphs = {
        fmt::format("No face was held out. The faces measured here were trained on, so the model "
                    "looks better than it is. Errors are in {}.",
                    ErrorUnit(evaluation))};
  }
  section.pictures = ErrorPictures(job, measured);
  const LandmarkSchema& schema = SchemaByName(job.packs.front().schema);
  section.tables = {PartTable(evaluation, schema), FaceTable(evaluation, measured.faces, schema)};
  if (!evaluation.problems.empty()) {
    ReportTable left_out{"Left out", {"face and reason"}, {}};
    for (const std::string& problem : evaluation.problems) left_out.rows.push_back({problem});
    section.tables.push_back(std::move(left_out));
  }
  return section;
}

// The mean of held-out faces, and the mean of their points.
LandmarkPlaces MeanFace(const TrainJob& job) {
  constexpr size_t kFaces = 60;
  const auto views =
      ViewsOf(job, Spaced(FacesOf(job, Side::kValidation), kFaces), CloseRequestOf(job));
  Check(!views.empty(), "a held-out face");
  const auto part = 1.0F / static_cast<float>(views.size());
  const SampleView& first = views.front();
  std::vector<float> mean(first.picture.rgb.size(), 0.0F);
  LandmarkPlaces places{Image(first.picture.width_px, first.picture.height_px),
                        std::vector<Point2f>(first.points_px.size()),
                        SchemaByName(job.packs.front().schema).edges};
  for (const SampleView& view : views) {
    for (size_t i = 0; i < mean.size(); ++i) {
      mean[i] += part * static_cast<float>(view.picture.rgb[i]);
    }
    for (size_t k = 0; k < places.points_px.size(); ++k) {
      places.points_px[k] = places.points_px[k] + part * view.points_px[k];
    }
  }
  for (size_t i = 0; i < mean.size(); ++i) {
    places.face.rgb[i] = static_cast<uint8_t>(std::clamp(std::lround(mean[i]), 0L, 255L));
  }
  return places;
}

ReportSection LandmarksSection(const TrainJob& job, const Evaluation& evaluation) {
  const LandmarkErrors errors{evaluation.landmark_error, ErrorUnit(evaluation)};
  return {"Error of each landmark",
          {"Mean over the " + MeasuredFaces(job) + ". Landmarks are numbered from 0."},
          "",
          {{"landmark_errors.png", DrawLandmarkBars(errors),
            "Bar chart of the mean error of each landmark by its number",
            "The mean error of each landmark."},
           {"landmark_map.png", DrawLandmarkMap(errors, MeanFace(job)),
            "Mean face with a circle at each landmark that grows with its error",
            "The same errors on the mean of these faces, in the same colors: the area of a circle "
            "is proportional to the error."}},
          {LandmarkTable(evaluation, ErrorUnit(evaluation))}};
}

std::string SubtitleOf(const FinishedTraining& training) {
  char when[32];
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  std::strftime(when, sizeof(when), "%Y-%m-%d %H:%M UTC", gmtime_r(&now, &utc));
  return fmt::format("{} on {}, in {}, {}", training.job.options.architecture,
                     training.job.packs.front().schema, training.job.out.string(), when);
}

}  // namespace

std::vector<std::filesystem::path> WriteTrainingPage(const FinishedTraining& training,
                                                     const MeasuredTraining& measured) {
  HtmlReport page;
  page.title = "Training of " + training.trainer;
  page.subtitle = SubtitleOf(training);
  page.summary = SummaryFigures(training, measured.evaluation);
  page.sections = {
      HistorySection(training.job, training.report, measured.evaluation),
      ErrorsSection(training.job, measured),
      SamplesSection(training.job),
      RecipeSection(training),
      DataSection(training),
      TimeAndMachineSection(training, ThisEnvironment(), measured.device),
      CommandSection(training),
  };
  for (ReportSection& section : NetworkSections(training, measured.evaluation)) {
    page.sections.insert(page.sections.end() - 4, std::move(section));
  }
  const auto after_errors = [&page] { return page.sections.begin() + 2; };
  if (measured.evaluation.expression) {
    page.sections.insert(after_errors(), ExpressionSection(*measured.evaluation.expression));
  }
  // Of a single point it would repeat the section before.
  if (measured.evaluation.landmark_error.size() > 1) {
    page.sections.insert(after_errors(), LandmarksSection(training.job, measured.evaluation));
  }
  return WriteHtmlReport(training.job.out, page);
}

}  // namespace nosetip
