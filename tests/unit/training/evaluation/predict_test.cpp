// From a dlib XML file through `predict` to rows and .pts files: nothing may be off by a pixel, by
// a row or by a face. The fakes look at the pixels.
#include "training/evaluation/predict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/training/evaluation/predict_fixture.h"
#include "training/data/dlib_xml_reader.h"
#include "training/data/point_file_readers.h"
#include "training/data/point_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

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

// A model whose points are far off is not one that finds no face.
TEST_F(PredictSpots, SaysWhichDetectedFacesItsModelRejects) {
  options_.kaggle.clear();
  options_.pts = true;
  const PredictSummary good = Predict(folder_ / "set");
  EXPECT_EQ(good.faces, 6U);
  EXPECT_EQ(good.rejected, 0U);
  const PredictSummary poor = Predict(folder_ / "set/sub/apple.png", {70.0F, 50.0F});
  EXPECT_EQ(poor.faces, 0U);
  EXPECT_EQ(poor.rejected, 1U);
  ASSERT_EQ(notes_.size(), 2U);
  EXPECT_THAT(notes_[0], ::testing::HasSubstr("px) is left out: the model's points are not where"));
  EXPECT_THAT(notes_[1], ::testing::HasSubstr("no face is left"));
  EXPECT_THAT(SummaryText(poor, options_),
              ::testing::HasSubstr("left out: 1 detected face whose points are no face's"));
}

}  // namespace
}  // namespace nosetip
