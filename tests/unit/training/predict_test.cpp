// From a dlib XML file through `predict` to rows and .pts files: nothing may be off by a pixel, by
// a row or by a face. The fakes look at the pixels.
#include "training/predict.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/spot_faces.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/output/dlib_xml_writer.h"
#include "tracker/vision/picture_file.h"
#include "training/datasets/dlib_xml_reader.h"
#include "training/datasets/pts_reader.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

using Points = std::vector<Point2f>;

// The box of whole pixels that just holds the points.
RectF PixelBoxOf(const Points& points) {
  const RectF b = BoundsOf(points);
  return {b.x - 0.5F, b.y - 0.5F, b.width + 1.0F, b.height + 1.0F};
}

// Where the largest difference of any coordinate is that of two faces, point by point.
float WorstError(const std::vector<Points>& a, const std::vector<Points>& b) {
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
std::vector<Points> FacesOfCsv(const fs::path& csv, int first_id = 0) {
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
    fs::create_directories(folder_ / "set/sub");
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
  fs::path WriteXml() const {
    const fs::path xml = folder_ / "set/labels.xml";
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
  fs::path WriteXmlOf(const std::string& images) const {
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

  PredictSummary Predict(const fs::path& input, Point2f error_px = {}) {
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

TEST_F(PredictSpots, RowsAreTheTruthOfTheXmlInItsOrder) {
  const fs::path xml = WriteXml();
  const PredictSummary summary = Predict(xml);
  EXPECT_EQ(summary.pictures, 3U);
  EXPECT_EQ(summary.faces, 6U);
  EXPECT_EQ(summary.rows, 6 * 136);
  EXPECT_THAT(notes_, IsEmpty());
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), Truth()), 0.01F);
  // What the reader says of the same file.
  DataSet data = ReadDlibXml(xml);
  std::ranges::sort(data.faces, {}, &AnnotatedFace::order);
  std::vector<Points> read;
  for (const AnnotatedFace& face : data.faces) read.push_back(face.points_px);
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), read), 0.01F);
}

TEST_F(PredictSpots, AShiftOfAPixelOrASwappedOrderWouldShow) {
  const fs::path xml = WriteXml();
  for (const Point2f shift : {Point2f{1.0F, 0.0F}, Point2f{0.0F, -1.0F}, Point2f{0.5F, 0.5F}}) {
    Predict(xml, shift);
    EXPECT_GT(WorstError(FacesOfCsv(options_.kaggle), Truth()), 0.4F);
  }
  Predict(xml);
  std::ranges::sort(pictures_, {}, &Picture::file);
  EXPECT_GT(WorstError(FacesOfCsv(options_.kaggle), Truth()), 10.0F);
}

// A box one pixel off does not hold all of its face's spots.
TEST_F(PredictSpots, ABoxThatIsReadAPixelOffWouldShow) {
  RectF box = PixelBoxOf(pictures_[0].faces[0]);
  const Image image = PictureOfSpots(200, 160, pictures_[0].faces);
  SpotLandmarker landmarker(Ibug68());
  EXPECT_EQ(WorstError({landmarker.Locate(image, {&box, 1})[0].points_px}, {Truth()[0]}), 0.0F);
  box.x += 1.0F;
  EXPECT_GT(WorstError({landmarker.Locate(image, {&box, 1})[0].points_px}, {Truth()[0]}), 1.0F);
}

TEST_F(PredictSpots, PtsFilesReadBackAsTheTruth) {
  options_.pts = options_.pictures = true;
  Predict(WriteXml());
  EXPECT_LT(WorstError({ReadPts(folder_ / "out/zebra_1.pts"), ReadPts(folder_ / "out/zebra_2.pts"),
                        ReadPts(folder_ / "out/sub/apple.pts")},
                       {Truth()[0], Truth()[1], Truth()[2]}),
            0.001F);
  // In the file itself pixels are counted from 1.
  std::istringstream first_row(ReadLines(folder_ / "out/sub/apple.pts").at(3));
  float x = 0.0F;
  first_row >> x;
  EXPECT_EQ(x, Truth()[2][0].x + 1.0F);
  const Image drawn = ReadPicture((folder_ / "out/mango.png").string());
  EXPECT_NE(drawn.rgb, PictureOfSpots(200, 160, pictures_[2].faces).rgb);
  EXPECT_EQ(drawn.width_px, 200);
}

TEST_F(PredictSpots, FirstIdIsAsWanted) {
  options_.first_id = 1;
  Predict(WriteXml());
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle, 1), Truth()), 0.01F);
}

// Parts are what is asked for: a test set has none, and broken ones change nothing.
TEST_F(PredictSpots, EveryBoxHasItsRowsWhateverIsInIt) {
  const Points& face = pictures_[1].faces[0];
  const std::string box = BoxText(face);
  const std::string open = box.substr(0, box.size() - 2) + ">";
  Predict(WriteXmlOf("<image file='sub/apple.png'>" + box + "</image><image file='sub/apple.png'>" +
                     open + "<part name='x' x='1' y='one'/></box></image>" +
                     "<image file='zebra.png'>" + BoxText(pictures_[0].faces[1]) + "</image>"));
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {face, face, pictures_[0].faces[1]}), 0.01F);
}

TEST_F(PredictSpots, AnUnusableBoxKeepsItsPlaceAndIsNamed) {
  const auto& faces = pictures_[2].faces;
  for (const char* bad :
       {"<box left='9' top='9' width='0' height='40'/>", "<box left='9' top='9' width='40'/>",
        "<box/>", "<box left='-90' top='-90' width='40' height='40'/>",
        "<box left='5000' top='9' width='40' height='40'/>",
        "<box left='9' top='9' width='-40' height='40'/>",
        "<box left='9' top='9' width='2' height='2'/>"}) {
    // Of the two faces in no usable box, the larger one stands for the first that is bad.
    const PredictSummary summary = Predict(WriteXmlOf(
        "<image file='mango.png'>" + std::string(bad) + BoxText(faces[2]) +
        "</image><image file='zebra.png'>" + BoxText(pictures_[0].faces[0]) + "</image>"));
    EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {faces[1], faces[2], Truth()[0]}), 0.01F)
        << bad;
    EXPECT_EQ(summary.bad_boxes, 1U);
    EXPECT_THAT(notes_, ElementsAre(AllOf(HasSubstr("mango.png"), HasSubstr("box 1")))) << bad;
  }
}

TEST_F(PredictSpots, MoreUnusableBoxesThanFacesStillHaveRows) {
  const std::string bad = "<box left='999' top='9' width='9' height='9'/>";
  Predict(WriteXmlOf("<image file='sub/apple.png'>" + bad + bad + "</image>" +
                     "<image file='zebra.png'>" + BoxText(Truth()[1]) + "</image>"));
  const auto faces = FacesOfCsv(options_.kaggle);
  ASSERT_THAT(faces, SizeIs(3));
  EXPECT_LT(WorstError({faces[0], faces[2]}, {Truth()[2], Truth()[1]}), 0.01F);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("found elsewhere"), HasSubstr("whole picture")));
}

TEST_F(PredictSpots, BoxesPartlyOutsideAreUsedAsTheyAre) {
  const Points face = SpotFace(0, 60, 50, 9);
  WritePicture((folder_ / "set/edge.png").string(), PictureOfSpots(200, 160, {face}));
  Predict(
      WriteXmlOf("<image file='edge.png'><box left='-30' top='55' width='85' height='60'/>"
                 "</image>"));
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {face}), 0.01F);
  EXPECT_THAT(notes_, IsEmpty());
}

TEST_F(PredictSpots, IgnoredBoxesHaveNoRows) {
  const std::string ignored = "<box left='1' top='1' width='9' height='9' ignore='1'/>";
  Predict(WriteXmlOf("<image file='zebra.png'>" + ignored + BoxText(Truth()[1]) + "</image>" +
                     "<image file='mango.png'>" + ignored + "</image>"));
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {Truth()[1]}), 0.01F);
}

TEST_F(PredictSpots, AMissingPictureIsNamedBeforeAnythingIsWritten) {
  const fs::path xml = WriteXml();
  fs::remove(folder_ / "set/mango.png");
  options_.pts = true;
  EXPECT_THAT([&] { Predict(xml); },
              ThrowsMessage<Error>(AllOf(HasSubstr("set/mango.png"), HasSubstr("--skip-missing"))));
  EXPECT_FALSE(fs::exists(options_.kaggle));
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(PredictSpots, ABrokenPictureIsNamedAndLeavesNoCsv) {
  const fs::path xml = WriteXml();
  WriteText(folder_ / "set/mango.png", "no picture");
  EXPECT_THAT([&] { Predict(xml); },
              ThrowsMessage<Error>(AllOf(HasSubstr("set/mango.png"), HasSubstr("--skip-missing"))));
  EXPECT_FALSE(fs::exists(options_.kaggle));
}

TEST_F(PredictSpots, SkippedPicturesKeepTheirRows) {
  const fs::path xml = WriteXml();
  fs::remove(folder_ / "set/zebra.png");
  WriteText(folder_ / "set/sub/apple.png", "no picture");
  options_.skip_missing = true;
  const PredictSummary summary = Predict(xml);
  EXPECT_EQ(summary.skipped, 2U);
  EXPECT_EQ(summary.pictures, 1U);
  std::vector<Points> expected = Truth();
  for (size_t f = 0; f < 3; ++f) expected[f].assign(68, PixelBoxOf(expected[f]).Center());
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), expected), 0.01F);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("zebra.png"), HasSubstr("apple.png")));
}

TEST_F(PredictSpots, AStopLeavesNoCsv) {
  const fs::path xml = WriteXml();
  stop_.request_stop();
  const PredictSummary summary = Predict(xml);
  EXPECT_TRUE(summary.stopped);
  EXPECT_FALSE(fs::exists(options_.kaggle));
  EXPECT_THAT(SummaryText(summary, options_), HasSubstr("not written"));
}

TEST_F(PredictSpots, FoldersAreSearchedForAllFaces) {
  WritePicture((folder_ / "set/empty.png").string(), PictureOfSpots(200, 160, {}));
  options_.pts = true;
  const PredictSummary summary = Predict(folder_ / "set");
  EXPECT_EQ(summary.pictures, 4U);
  EXPECT_EQ(summary.faces, 6U);
  EXPECT_EQ(summary.without_face, 1U);
  EXPECT_THAT(notes_, Contains(AllOf(HasSubstr("empty.png"), HasSubstr("no face"))));
  EXPECT_FALSE(fs::exists(folder_ / "out/empty.pts"));
  // The largest face comes first, here and in the CSV, which has one a picture.
  const auto& mango = pictures_[2].faces;
  EXPECT_LT(WorstError({ReadPts(folder_ / "out/mango_1.pts"), ReadPts(folder_ / "out/mango_2.pts"),
                        ReadPts(folder_ / "out/mango_3.pts")},
                       {mango[1], mango[2], mango[0]}),
            0.001F);
  const auto faces = FacesOfCsv(options_.kaggle);
  ASSERT_THAT(faces, SizeIs(4));
  EXPECT_THAT(notes_, Contains(AllOf(HasSubstr("mango.png"), HasSubstr("3 faces"))));
  EXPECT_LT(WorstError({faces[1], faces[2], faces[3]}, {mango[1], Truth()[2], Truth()[1]}), 0.01F);
}

TEST_F(PredictSpots, NothingStandsForAPictureThatNobodyKnowsAnythingOf) {
  WriteText(folder_ / "set/broken.png", "no picture");
  options_.skip_missing = true;
  EXPECT_THAT([&] { Predict(folder_ / "set"); },
              ThrowsMessage<Error>(AllOf(HasSubstr("broken.png"), HasSubstr("no box"))));
  options_.kaggle.clear();
  EXPECT_EQ(Predict(folder_ / "set").skipped, 1U);
}

TEST_F(PredictSpots, OutputsNeverReplaceInputsOrWhatStandsBesideThem) {
  options_ = {.out = folder_ / "set", .pictures = true, .kaggle = {}};
  const std::string before = ReadText(folder_ / "set/zebra.png");
  Predict(folder_ / "set");
  EXPECT_EQ(ReadText(folder_ / "set/zebra.png"), before);
  EXPECT_TRUE(fs::exists(folder_ / "set/zebra-2.png"));
  options_ = {.out = folder_ / "set", .pts = true, .kaggle = {}};
  WriteText(folder_ / "set/sub/apple.pts", "the truth");
  EXPECT_THAT([&] { Predict(folder_ / "set"); },
              ThrowsMessage<Error>(AllOf(HasSubstr("apple.pts"), HasSubstr("--out"))));
  EXPECT_EQ(ReadText(folder_ / "set/sub/apple.pts"), "the truth");
}

TEST_F(PredictSpots, APictureWithOneBadBoxHasTheLargestFaceAndANote) {
  Predict(
      WriteXmlOf("<image file='mango.png'><box left='3' top='3' width='0' height='0'/></image>"
                 "<image file='zebra.png'/>"));
  EXPECT_LT(WorstError(FacesOfCsv(options_.kaggle), {pictures_[2].faces[1], Truth()[1]}), 0.01F);
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("box 1"), HasSubstr("2 faces")));
}

}  // namespace
}  // namespace nosetip
