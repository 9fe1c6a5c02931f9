// Pictures of faces whose landmarks are single pixels, and `predict` on them.
#pragma once

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/spot_faces.h"
#include "tests/support/test_files.h"
#include "tracker/output/annotation_writers.h"
#include "tracker/sources/pictures.h"
#include "training/evaluation/predict.h"

namespace nosetip {

using Points = std::vector<Point2f>;

// The box of whole pixels that just holds the points.
inline RectF PixelBoxOf(const Points& points) {
  const RectF b = BoundsOf(points);
  return {b.x - 0.5F, b.y - 0.5F, b.width + 1.0F, b.height + 1.0F};
}

// Where the largest difference of any coordinate is that of two faces, point by point.
inline float WorstError(const std::vector<Points>& a, const std::vector<Points>& b) {
  if (a.size() != b.size()) return 1e6F;
  float worst = 0.0F;
  for (size_t f = 0; f < a.size(); ++f) {
    if (a[f].size() != b[f].size()) return 1e6F;
    for (size_t k = 0; k < a[f].size(); ++k) {
      worst = std::max({worst, std::abs(a[f][k].x - b[f][k].x), std::abs(a[f][k].y - b[f][k].y)});
    }
  }
  return worst;
}

// A CSV's rows as faces of 68 points. Fails where an Id is not the next one.
inline std::vector<Points> FacesOfCsv(const std::filesystem::path& csv, int first_id = 0) {
  const std::vector<std::string> lines = ReadLines(csv);
  EXPECT_EQ(lines.at(0), "Id,Predicted");
  std::vector<float> values;
  for (size_t i = 1; i < lines.size(); ++i) {
    const size_t comma = lines[i].find(',');
    EXPECT_EQ(lines[i].substr(0, comma), std::to_string(first_id + static_cast<int>(i) - 1));
    values.push_back(std::stof(lines[i].substr(comma + 1)));
  }
  EXPECT_EQ(values.size() % 136, 0U);
  std::vector<Points> faces(values.size() / 136);
  for (size_t i = 0; i + 1 < values.size(); i += 2) {
    faces[i / 136].push_back({values[i], values[i + 1]});
  }
  return faces;
}

// Three pictures whose names are not in alphabetical order, with two, one and three faces.
class PredictSpots : public ::testing::Test {
 protected:
  struct Picture {
    std::string file;
    std::vector<Points> faces;
  };

  PredictSpots() {
    pictures_ = {
        {"zebra.png", {SpotFace(100, 30, 50, 1), SpotFace(20, 40, 60, 2)}},
        {"sub/apple.png", {SpotFace(90, 60, 80, 3)}},
        {"mango.png", {SpotFace(10, 90, 40, 4), SpotFace(120, 80, 70, 5), SpotFace(60, 5, 45, 6)}}};
    std::filesystem::create_directories(folder_ / "set/sub");
    for (const Picture& picture : pictures_) {
      WritePicture((folder_ / "set" / picture.file).string(),
                   PictureOfSpots(200, 160, picture.faces));
    }
  }

  std::vector<Points> Truth() const {
    std::vector<Points> all;
    for (const Picture& picture : pictures_) {
      all.insert(all.end(), picture.faces.begin(), picture.faces.end());
    }
    return all;
  }

  // With the parts of each box in reverse order, as some files have them.
  std::filesystem::path WriteXml() const {
    const std::filesystem::path xml = folder_ / "set/labels.xml";
    DlibXmlWriter writer(xml);
    for (const Picture& picture : pictures_) {
      std::vector<DlibFace> faces;
      for (const Points& points : picture.faces) faces.push_back({PixelBoxOf(points), points});
      writer.Write(picture.file, 200, 160, faces);
    }
    writer.Finish();
    std::vector<std::string> lines = ReadLines(xml);
    const auto is_part = [](const std::string& line) {
      return line.find("<part") != std::string::npos;
    };
    for (auto first = lines.begin(); first != lines.end();) {
      first = std::find_if(first, lines.end(), is_part);
      const auto last = std::find_if_not(first, lines.end(), is_part);
      std::reverse(first, last);
      first = last;
    }
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    WriteText(xml, text);
    return xml;
  }

  // Boxes as they are to stand in the file, of pictures of the set.
  std::filesystem::path WriteXmlOf(const std::string& images) const {
    WriteText(folder_ / "set/odd.xml", "<dataset><images>" + images + "</images></dataset>");
    return folder_ / "set/odd.xml";
  }
  static std::string BoxText(const Points& points) {
    const RectF b = PixelBoxOf(points);
    return "<box left='" + std::to_string(std::lround(b.x + 0.5F)) + "' top='" +
           std::to_string(std::lround(b.y + 0.5F)) + "' width='" +
           std::to_string(std::lround(b.width)) + "' height='" +
           std::to_string(std::lround(b.height)) + "'/>";
  }

  PredictSummary Predict(const std::filesystem::path& input, Point2f error_px = {}) {
    FacePredictor predictor(std::make_unique<SpotLandmarker>(Ibug68(), error_px),
                            [] { return std::make_unique<SpotDetector>(); });
    notes_.clear();
    PredictEvents events;
    events.on_note = [&](const std::string& note) { notes_.push_back(note); };
    events.stop = stop_.get_token();
    const std::string argument = input.string();
    return PredictPictures(ListPredictInputs({&argument, 1}, options_.out).pictures, predictor,
                           options_, events);
  }

  TempFolder folder_;
  std::vector<Picture> pictures_;
  PredictOptions options_ = {.out = folder_ / "out", .kaggle = folder_ / "k.csv"};
  std::stop_source stop_;
  std::vector<std::string> notes_;
};

}  // namespace nosetip
