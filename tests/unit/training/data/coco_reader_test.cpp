#include "training/data/coco_reader.h"

#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/face.h"
#include "tracker/output/coco_writer.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CocoReader : public ::testing::Test {
 protected:
  CocoReader() {
    std::filesystem::create_directories(folder_ / "images/group");
    for (const char* name : {"images/a.png", "images/group/b_1.png"}) {
      std::ofstream(folder_ / name) << "a picture";
    }
  }

  // Of annotations of a.png (1) and group/b_1.png (2).
  DataSet Read(const std::string& annotations) const {
    return ParseCoco(folder_ / "coco.json",
                     R"({"images": [{"id": 1, "file_name": "a.png"},
                         {"id": 2, "file_name": "group/b_1.png"}], "annotations": [)" +
                         annotations + "]}");
  }

  TempFolder folder_;
};

// 68 points from (10, 20) on, with this v.
std::string Keypoints(int v) {
  std::string list;
  for (int k = 0; k < 68; ++k) list += fmt::format("{}{},{},{}", k ? "," : "", 10 + k, 20 + k, v);
  return list;
}

std::string Annotation(int image, const std::string& more) {
  return fmt::format(R"({{"id": 1, "image_id": {}, "category_id": 1, {}}})", image, more);
}

TEST_F(CocoReader, ReadsPointsBoxesAndNames) {
  const DataSet data = Read(Annotation(2, "\"keypoints\": [" + Keypoints(2) + "]"));
  ASSERT_THAT(data.faces, SizeIs(1));
  const AnnotatedFace& face = data.faces[0];
  EXPECT_EQ(face.name, "group/b_1");
  EXPECT_EQ(face.group, "group/b");
  EXPECT_EQ(face.part, "group");
  ASSERT_THAT(face.points_px, SizeIs(68));
  EXPECT_EQ(face.points_px[3], (Point2f{13, 23}));
  EXPECT_EQ(face.box, (RectF{10, 20, 67, 67}));
  EXPECT_THAT(data.problems, IsEmpty());
}

TEST_F(CocoReader, ReadsTheFacesOfWholeBodies) {
  const std::string face = "\"face_kpts\": [" + Keypoints(1) + "], \"keypoints\": [1, 2, 2], ";
  const DataSet data = Read(Annotation(1, face + "\"face_valid\": true") + "," +
                            Annotation(2, face + "\"face_valid\": false"));
  ASSERT_THAT(data.faces, SizeIs(1));
  EXPECT_EQ(data.faces[0].name, "a");
  EXPECT_EQ(data.schema, &Ibug68());
}

TEST_F(CocoReader, KeepsAFaceWithoutPointsAsUnlabeledAndLeavesGroupsOut) {
  const DataSet data = Read(Annotation(1, "\"keypoints\": [0, 0, 0], \"bbox\": [1, 2, 30, 40]") +
                            "," + Annotation(2, "\"iscrowd\": 1, \"keypoints\": [1, 2, 2]") + "," +
                            Annotation(2, "\"keypoints\": [" + Keypoints(2) + "]"));
  ASSERT_THAT(data.faces, SizeIs(2));
  EXPECT_THAT(data.faces[0].points_px, IsEmpty());
  EXPECT_EQ(data.faces[0].box, (RectF{1, 2, 30, 40}));
}

TEST_F(CocoReader, NamesWhatItLeavesOut) {
  const std::string good = Annotation(1, "\"keypoints\": [" + Keypoints(2) + "]");
  const std::string hidden = "\"keypoints\": [0, 0, 0, " + Keypoints(2).substr(8) + "]";
  const DataSet data = Read(
      good + "," + Annotation(2, hidden) + "," + Annotation(7, "\"keypoints\": [1, 2, 2]") + "," +
      Annotation(1, "\"keypoints\": [1, 2]") + "," + Annotation(1, "\"keypoints\": [1e300, 2, 2]") +
      "," + Annotation(1, "\"keypoints\": \"none\"") + "," + Annotation(1, "\"x\": 1"));
  EXPECT_THAT(data.faces, SizeIs(1));
  EXPECT_THAT(data.problems,
              ElementsAre(HasSubstr("annotation 2: 1 of its 68 points are not labeled"),
                          HasSubstr("annotation 3: its picture is not in 'images'"),
                          HasSubstr("annotation 4: it has 2 numbers for points"),
                          HasSubstr("annotation 5: its point 0 is beyond all pictures"),
                          HasSubstr("annotation 6"), HasSubstr("annotation 7")));
}

TEST_F(CocoReader, RefusesWhatIsNoExport) {
  const auto message = [&](const std::string& text) {
    return MessageOf([&] { ParseCoco(folder_ / "coco.json", text); });
  };
  EXPECT_THAT(message("{}"), HasSubstr("has no list 'annotations'"));
  EXPECT_THAT(message("[1]"), HasSubstr("has no list 'annotations'"));
  EXPECT_THAT(message("{"), HasSubstr("coco.json is no export of COCO keypoints: "));
  EXPECT_THAT(message(R"({"annotations": [], "images": [{"id": "x"}]})"), HasSubstr("images: "));
  EXPECT_THAT(message(R"({"annotations": [], "images": []})"), HasSubstr("no usable face"));
}

TEST_F(CocoReader, ReadsWhatCocoWriterWrites) {
  TrackedFace face;
  for (int k = 0; k < 68; ++k) {
    face.landmarks.points_px.push_back({static_cast<float>(k) + 0.5F, 9.25F});
  }
  TrackResult result;
  result.faces = {face};
  CocoWriter writer(folder_ / "out.json", Ibug68());
  writer.Write("a.png", {100, 80}, result);
  writer.Finish();
  const DataSet data = ReadDataSet(folder_ / "out.json");
  ASSERT_THAT(data.faces, SizeIs(1));
  for (size_t k = 0; k < 68; ++k) {
    EXPECT_LT(Distance(data.faces[0].points_px[k], face.landmarks.points_px[k]), 0.01F) << k;
  }
}

}  // namespace
}  // namespace nosetip
