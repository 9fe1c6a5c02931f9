#include "training/data/data_set.h"

#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

TEST(ReadDataSet, SaysWhatItKnowsWhereItKnowsNothing) {
  const TempFolder folder;
  WriteText(folder / "notes.txt", "hello");
  EXPECT_THAT([&] { ReadDataSet(folder.path()); },
              ThrowsMessage<Error>(AllOf(HasSubstr(folder.path().string()), HasSubstr(".pts"),
                                         HasSubstr(".asf"), HasSubstr("keypoints.csv"))));
  EXPECT_THAT([&] { ReadDataSet(folder / "notes.txt"); },
              ThrowsMessage<Error>(AllOf(HasSubstr("notes.txt"), HasSubstr("dlib"))));
  EXPECT_THAT([&] { ReadDataSet(folder / "missing"); },
              ThrowsMessage<Error>(HasSubstr("there is no data set")));
}

TEST(ReadDataSet, TellsTheFormatsApart) {
  const TempFolder folder;
  WriteText(folder / "pts/a.pts", "5 6\n");
  WriteText(folder / "pts/a.jpg", "");
  WriteText(folder / "csv/keypoints.csv", "a.jpg,4,5\n");
  WriteText(folder / "csv/images/a.jpg", "");
  WriteText(folder / "xml/set.xml",
            "<dataset><images><image file='a.jpg'><box top='0' left='0' width='9' height='9'>"
            "<part name='0' x='4' y='5'/></box></image></images></dataset>");
  WriteText(folder / "xml/a.jpg", "");
  for (const char* path : {"pts", "csv", "csv/keypoints.csv", "xml/set.xml"}) {
    const DataSet data = ReadDataSet(folder / path);
    ASSERT_THAT(data.faces, SizeIs(1)) << path;
    EXPECT_EQ(data.faces[0].points_px[0], (Point2f{4, 5})) << path;
    EXPECT_EQ(data.faces[0].name, "a") << path;
  }
}

TEST(ReadDataSet, ReadsFoldersOfSinglePointsAndLeavesOutTheFewOthers) {
  const TempFolder folder;
  for (const char* name : {"a", "b", "c"}) {
    WriteText(folder / (std::string(name) + ".jpg"), "");
    WriteText(folder / (std::string(name) + ".pts"), "version: 1\nn_points: 1\n{\n5 6\n}\n");
  }
  std::string rows;
  for (int i = 0; i < 58; ++i) rows += std::to_string(i) + " 7\n";
  WriteText(folder / "c.pts", rows);
  const DataSet data = ReadDataSet(folder.path());
  EXPECT_EQ(FormatOf(folder.path()), DataSetFormat::kPts);
  EXPECT_EQ(data.schema, &Nose1());
  EXPECT_THAT(data.faces, SizeIs(2));
  EXPECT_THAT(data.problems, ElementsAre(HasSubstr("58 points")));
}

TEST(ReadDataSet, ReadsAllOf300W) {
  const auto root = SharedPath("data/300w");
  if (!root) GTEST_SKIP() << "needs the 300-W training faces in ../shared/data/300w";
  const DataSet data = ReadDataSet(*root);
  EXPECT_EQ(data.schema, &Ibug68());
  EXPECT_THAT(data.problems, IsEmpty());
  std::map<std::string, int> faces_of_part;
  std::set<std::string> photographs;
  for (const AnnotatedFace& face : data.faces) {
    ++faces_of_part[face.part];
    photographs.insert(face.group);
    // The pictures are crops of 2.2 boxes, so no point is far from the origin or below it.
    EXPECT_GT(face.box.x, -60.0F) << face.name;
    EXPECT_LT(face.box.width, 210.0F) << face.name;
  }
  EXPECT_THAT(faces_of_part, ElementsAre(Pair("afw", 337), Pair("helen", 870), Pair("lfpw", 802)));
  EXPECT_LT(photographs.size(), data.faces.size());
}

TEST(ReadDataSet, ReadsAllOfYouTubeFaces) {
  const auto root = SharedPath("data/ytf68");
  if (!root) GTEST_SKIP() << "needs the YouTube Faces keypoints in ../shared/data/ytf68";
  const DataSet data = ReadDataSet(*root);
  EXPECT_EQ(data.schema, &Ibug68());
  // 4232 rows, 770 of them for pictures that a later row describes.
  EXPECT_THAT(data.faces, SizeIs(3462));
  EXPECT_THAT(data.problems, ElementsAre(HasSubstr("770 rows")));
  std::set<std::string> persons;
  for (const AnnotatedFace& face : data.faces) persons.insert(face.group);
  EXPECT_THAT(persons, SizeIs(347));
}

// Where the mirrored schema puts each point's partner, for points about the face's own axis.
double MeanMirrorError(const DataSet& data) {
  double sum = 0.0;
  int count = 0;
  for (const AnnotatedFace& face : data.faces) {
    if (!face.name.ends_with("-1m") && !face.name.ends_with("-1f")) continue;  // frontal
    const auto& points = face.points_px;
    const auto& mirror = data.schema->mirror;
    std::vector<Point2f> mirrored(points.size());
    for (size_t i = 0; i < points.size(); ++i) {
      const Point2f partner = points[static_cast<size_t>(mirror[i])];
      mirrored[i] = {-partner.x, partner.y};
    }
    const auto fit = FitSimilarity(points, mirrored);
    const auto [right, left] = data.schema->outer_eye_corners.value();
    const float eyes =
        Distance(points[static_cast<size_t>(right)], points[static_cast<size_t>(left)]);
    for (size_t i = 0; i < points.size(); ++i) {
      sum += Distance(fit->Apply(mirrored[i]), points[i]) / eyes;
      ++count;
    }
  }
  return sum / count;
}

TEST(ReadDataSet, ReadsAllOfImmWithPointsWhereTheSchemaSays) {
  const auto root = SharedPath("data/imm58");
  if (!root) GTEST_SKIP() << "needs the IMM face database in ../shared/data/imm58";
  const DataSet data = ReadDataSet(*root);
  EXPECT_EQ(data.schema, &Imm58());
  EXPECT_THAT(data.faces, SizeIs(240));
  EXPECT_THAT(data.problems, IsEmpty());
  std::map<std::string, int> pictures_of_person;
  for (const AnnotatedFace& face : data.faces) {
    ++pictures_of_person[face.group];
    EXPECT_GT(face.box.x, 0.0F) << face.name;
    EXPECT_LT(face.box.x + face.box.width, 640.0F) << face.name;
    EXPECT_LT(face.box.y + face.box.height, 480.0F) << face.name;
  }
  EXPECT_THAT(pictures_of_person, SizeIs(40));
  EXPECT_EQ(pictures_of_person["01"], 6);
  // Frontal faces are nearly symmetric: 0.031. One wrong pair among the 58 points makes it 0.041.
  EXPECT_LT(MeanMirrorError(data), 0.036);
}

const std::vector<Point2f> kFace = {{100, 100}, {180, 120}, {140, 200}};  // 80 x 100 px
const std::vector<Point2f> kNose = {{140, 150}};

std::optional<BoxFault> Fault(const RectF& box, const std::vector<Point2f>& points_px) {
  const auto rejected = FaultOfBox(box, points_px);
  if (!rejected) return std::nullopt;
  EXPECT_FALSE(rejected->remark.empty());
  return rejected->fault;
}

TEST(FaultOfBox, TakesBoxesThatReachAwayFromTheirPoints) {
  EXPECT_EQ(Fault({100, 100, 80, 100}, kFace), std::nullopt);
  EXPECT_EQ(Fault({-50, 150, 151, 20}, kFace), std::nullopt);
  EXPECT_EQ(Fault({180, 120, 80, 100}, kFace), std::nullopt);
}

TEST(FaultOfBox, NamesWhatIsWrong) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  for (const auto& points : {kFace, kNose, std::vector<Point2f>{}}) {
    EXPECT_EQ(Fault({nan, 100, 80, 100}, points), BoxFault::kNoNumber);
    EXPECT_EQ(Fault({100, 100, infinity, 100}, points), BoxFault::kNoNumber);
    EXPECT_EQ(Fault({180, 100, -80, 100}, points), BoxFault::kNegative);
    EXPECT_EQ(Fault({100, 100, 80, 0}, points), BoxFault::kNoArea);
  }
  EXPECT_EQ(Fault({181, 100, 80, 100}, kFace), BoxFault::kApart);
  EXPECT_EQ(Fault({100, -50, 80, 149}, kFace), BoxFault::kApart);
}

TEST(FaultOfBox, WantsASizeThatFitsThePoints) {
  EXPECT_EQ(Fault({100, 100, 50, 20}, kFace), BoxFault::kWrongSize);
  EXPECT_EQ(Fault({100, 100, 60, 20}, kFace), std::nullopt);
  EXPECT_EQ(Fault({0, 0, 401, 10000}, kFace), BoxFault::kWrongSize);
  EXPECT_EQ(Fault({0, 0, 400, 400}, kFace), std::nullopt);
}

TEST(FaultOfBox, IsNotTheBoxsFaultWhereAPointIsAstray) {
  auto points = kFace;
  points[2] = {1e30F, -1e30F};
  EXPECT_EQ(Fault({100, 100, 80, 100}, points), std::nullopt);
}

TEST(FaultOfBox, TakesAnyBoxWithAnAreaWhereNoPointsCouldStandIn) {
  EXPECT_EQ(Fault({500, 500, 1, 1}, kNose), std::nullopt);
  EXPECT_EQ(Fault({500, 500, 1, 1}, {}), std::nullopt);
}

TEST(FormatOf, SaysThatAnArchiveHasToBeUnpacked) {
  const TempFolder folder;
  for (const char* name : {"data.tar.gz", "data.ZIP", "data.7z"}) {
    WriteText(folder / name, "archive");
    EXPECT_TRUE(IsArchive(name));
    EXPECT_THAT([&] { FormatOf(folder / name); },
                ::testing::ThrowsMessage<Error>(::testing::HasSubstr("unpack it (tar -xf")));
  }
  EXPECT_FALSE(IsArchive("data.csv"));
  EXPECT_FALSE(IsArchive("data"));
}

TEST(ReadDataSet, TellsHowFarItIsAndCanBeStopped) {
  const TempFolder folder;
  std::string csv;
  std::string xml = "<dataset><images>";
  for (int i = 0; i < 30; ++i) {
    const std::string name = fmt::format("face{}", i);
    WritePicture(folder / (name + ".png"), Image(8, 8));
    WriteText(folder / (name + ".pts"), "version: 1\nn_points: 1\n{\n4 4\n}\n");
    csv += name + ".png,4,4\n";
    xml += "<image file='" + name + ".png'/>";
  }
  WriteText(folder / "k.csv", csv);
  WriteText(folder / "set.xml", xml + "</images></dataset>");
  for (const char* path : {"", "k.csv", "set.xml"}) {
    size_t calls = 0;
    const DataSet data = ReadDataSet(folder / path, [&](std::string_view, size_t done, size_t all) {
      EXPECT_EQ(done, calls++);
      EXPECT_EQ(all, 30U);
    });
    EXPECT_EQ(calls, 30U) << path;
    EXPECT_EQ(data.faces.size(), 30U) << path;
    EXPECT_THROW(ReadDataSet(folder / path,
                             [](std::string_view, size_t done, size_t) {
                               if (done == 3) throw StopRequested();
                             }),
                 StopRequested);
  }
}

}  // namespace

}  // namespace nosetip
