#include "training/data/dlib_xml_reader.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/data/random_points.h"
#include "tracker/core/error.h"
#include "tracker/output/annotation_writers.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

RC_GTEST_PROP(ReadDlibXml, ReadsWhatTheWriterWrites, ()) {
  const TempFolder folder;
  const auto points_px = *PointsOnGrid(68, 1);
  const RectF bounds = BoundsOf(points_px);
  const RectF box{bounds.x - 0.5F, bounds.y - 0.5F, bounds.width + 1.0F, bounds.height + 1.0F};
  WriteText(folder / "lfpw/image & 1.jpg", "");
  DlibXmlWriter writer(folder / "labels.xml");
  writer.Write("lfpw/image & 1.jpg", 640, 480, {{box, points_px}});
  writer.Finish();
  const DataSet data = ReadDlibXml(folder / "labels.xml");
  RC_ASSERT(data.schema == &Ibug68());
  RC_ASSERT(data.problems.empty());
  RC_ASSERT(data.faces.size() == 1U);
  RC_ASSERT(data.faces[0].box == box);
  RC_ASSERT(data.faces[0].points_px == points_px);
  RC_ASSERT(data.faces[0].name == "lfpw/image & 1");
  RC_ASSERT(data.faces[0].part == "lfpw");
}

// A data set of these images beside pictures a.jpg and b_1.jpg.
class DlibXml : public ::testing::Test {
 protected:
  DataSet Read(const std::string& images) {
    WriteText(folder_ / "a.jpg", "");
    WriteText(folder_ / "b_1.jpg", "");
    WriteText(folder_ / "set.xml", "<dataset><images>" + images + "</images></dataset>");
    return ReadDlibXml(folder_ / "set.xml");
  }
  static std::string Box(const std::string& parts, const std::string& more = "") {
    return "<box top='-4' left='10' width='20' height='30'" + more + ">" + parts + "</box>";
  }
  static std::string Nose(int x) { return "<part name='00' x='" + std::to_string(x) + "' y='7'/>"; }

  TempFolder folder_;
};

TEST_F(DlibXml, OrdersPointsByTheirPartsNames) {
  std::string parts;
  for (int i = 67; i >= 0; --i) {
    const std::string n = std::to_string(i);
    parts += "<part name='" + n + "' x='" + n + "' y='0'/>";
  }
  const DataSet data = Read("<image file='a.jpg'>" + Box(parts) + "</image>");
  ASSERT_THAT(data.faces, SizeIs(1));
  for (int i = 0; i < 68; ++i) {
    EXPECT_EQ(data.faces[0].points_px[static_cast<size_t>(i)].x, static_cast<float>(i));
  }
}

TEST_F(DlibXml, FindsNamesInEitherEncoding) {
  // imglab writes the bytes of the disk's names, whatever it claims.
  const std::string latin1 = "M\xFCller.jpg";
  for (const char* name : {"Zoë.jpg", "日本.jpg", "Müller.jpg"}) WriteText(folder_ / name, "");
  for (const std::string encoding : {"ISO-8859-1", "UTF-8"}) {
    WriteText(folder_ / "set.xml",
              "<?xml version='1.0' encoding='" + encoding + "'?><dataset><images>" +
                  "<image file='a.jpg'>" + Box(Nose(1)) + "</image>" + "<image file='Müller.jpg'>" +
                  Box(Nose(2)) + "</image>" + "<image file='Zoë.jpg'>" + Box(Nose(3)) + "</image>" +
                  "<image file='日本.jpg'>" + Box(Nose(4)) + "</image></images></dataset>");
    WriteText(folder_ / "a.jpg", "");
    const DataSet data = ReadDlibXml(folder_ / "set.xml");
    EXPECT_THAT(data.problems, IsEmpty()) << encoding;
    ASSERT_THAT(data.faces, SizeIs(4)) << encoding;
    EXPECT_EQ(data.faces[0].name, "Müller") << encoding;
    EXPECT_EQ(data.faces[0].picture, folder_ / "Müller.jpg") << encoding;
  }
  // A file that is in the encoding that it claims.
  WriteText(folder_ / "set.xml",
            "<?xml version='1.0' encoding='ISO-8859-1'?><dataset><images><image file='" + latin1 +
                "'>" + Box(Nose(1)) + "</image></images></dataset>");
  EXPECT_EQ(ReadDlibXml(folder_ / "set.xml").faces.at(0).picture, folder_ / "Müller.jpg");
  EXPECT_EQ(ReadDlibBoxes(folder_ / "set.xml").faces.at(0).picture, folder_ / "Müller.jpg");
}

TEST_F(DlibXml, FindsPathsFromWindows) {
  WriteText(folder_ / "pos/c.jpg", "");
  WriteText(folder_ / "d\\e.jpg", "");
  const DataSet data = Read("<image file='pos\\c.jpg'>" + Box(Nose(1)) + "</image>" +
                            "<image file='d\\e.jpg'>" + Box(Nose(2)) + "</image>");
  EXPECT_THAT(data.problems, IsEmpty());
  ASSERT_THAT(data.faces, SizeIs(2));
  EXPECT_EQ(data.faces[0].picture, folder_ / "d\\e.jpg");
  EXPECT_EQ(data.faces[1].picture, folder_ / "pos/c.jpg");
  EXPECT_EQ(data.faces[1].name, "pos/c");
  EXPECT_EQ(data.faces[1].part, "pos");
}

TEST_F(DlibXml, KeepsBoxesOutsideThePicture) {
  const DataSet data = Read("<image file='a.jpg'>" + Box(Nose(5)) + "</image>");
  EXPECT_EQ(data.faces.at(0).box, (RectF{9.5F, -4.5F, 20, 30}));
}

TEST_F(DlibXml, KeepsBoxesWithoutPartsAndPicturesWithoutBoxes) {
  const DataSet data = Read("<image file='a.jpg'/><image file='b_1.jpg'>" + Box("") + "</image>");
  EXPECT_EQ(data.schema, nullptr);
  ASSERT_THAT(data.faces, SizeIs(2));
  EXPECT_EQ(data.faces[0].box.Area(), 0.0F);
  EXPECT_EQ(data.faces[1].box.Area(), 600.0F);
  EXPECT_THAT(data.faces[1].points_px, IsEmpty());
}

TEST_F(DlibXml, NumbersSeveralFacesOfAPicture) {
  const DataSet data = Read("<image file='b_1.jpg'>" + Box(Nose(1)) + Box(Nose(2)) + "</image>");
  ASSERT_THAT(data.faces, SizeIs(2));
  EXPECT_EQ(data.faces[0].name, "b_1#1");
  EXPECT_EQ(data.faces[1].name, "b_1#2");
  EXPECT_EQ(data.faces[0].group, "b");
  EXPECT_EQ(data.faces[1].group, "b");
}

TEST_F(DlibXml, LeavesOutIgnoredBoxes) {
  const DataSet data = Read("<image file='a.jpg'>" + Box(Nose(1), " ignore='1'") + Box(Nose(2)) +
                            "</image><image file='b_1.jpg'>" + Box("", " ignore='1'") + "</image>");
  ASSERT_THAT(data.faces, SizeIs(1));
  EXPECT_EQ(data.faces[0].points_px[0].x, 2.0F);
}

TEST_F(DlibXml, LeavesOutBrokenFacesAndSaysWhichImage) {
  const DataSet data = Read("<image file='a.jpg'>" + Box(Nose(1)) + "</image>" +     //
                            "<image file='gone.jpg'>" + Box(Nose(1)) + "</image>" +  //
                            "<image file='b_1.jpg'>" + Box("<part name='x' x='1' y='1'/>") +
                            Box("<part name='0' x='1' y='1'/><part name='2' x='1' y='1'/>") +
                            Box(Nose(1) + Nose(2)) + Box("<part name='0' x='one' y='1'/>") +
                            "<box top='1' left='1' width='0' height='5'/>" +
                            "<box top='1' left='1' width='5'/></image>");
  EXPECT_THAT(data.faces, SizeIs(1));
  EXPECT_THAT(data.problems,
              ElementsAre(HasSubstr("gone.jpg"),
                          AllOf(HasSubstr("set.xml, image 'b_1.jpg'"), HasSubstr("named 'x'")),
                          HasSubstr("part 1 of a box is missing"), HasSubstr("occurs twice"),
                          HasSubstr("the x of a part is 'one'"), HasSubstr("no area"),
                          HasSubstr("the height of a box is ''")));
}

TEST_F(DlibXml, PutsTheBoundsOfThePointsInThePlaceOfABoxThatIsNoUse) {
  std::string parts;
  for (int i = 0; i < 68; ++i) {
    parts += "<part name='" + std::to_string(i) + "' x='" + std::to_string(30 + i) + "' y='" +
             std::to_string(40 + i % 50) + "'/>";
  }
  const RectF bounds{30, 40, 67, 49};
  const struct {
    std::string attributes;
    BoxFault fault;
  } odd[] = {{"", BoxFault::kNoNumber},
             {"left='nan' top='40' width='60' height='60'", BoxFault::kNoNumber},
             {"left='30' top='40' width='-60' height='60'", BoxFault::kNegative},
             {"left='30' top='40' width='60' height='0'", BoxFault::kNoArea},
             {"left='900' top='40' width='60' height='60'", BoxFault::kApart},
             {"left='30' top='40' width='2' height='2'", BoxFault::kWrongSize}};
  for (const auto& [attributes, fault] : odd) {
    const DataSet data =
        Read("<image file='a.jpg'><box " + attributes + ">" + parts + "</box></image>");
    ASSERT_THAT(data.faces, SizeIs(1)) << attributes;
    EXPECT_THAT(data.problems, IsEmpty());
    EXPECT_EQ(data.faces[0].box, bounds) << attributes;
    ASSERT_TRUE(data.faces[0].rejected_box) << attributes;
    EXPECT_EQ(data.faces[0].rejected_box->fault, fault) << attributes;
  }
  const DataSet good = Read("<image file='a.jpg'><box left='-9' top='20' width='99' height='99'>" +
                            parts + "</box></image>");
  EXPECT_EQ(good.faces.at(0).box, (RectF{-9.5F, 19.5F, 99, 99}));
  EXPECT_FALSE(good.faces.at(0).rejected_box);
}

TEST_F(DlibXml, NamesTheImageOfABoxThatIsNoUseAndHasNoPoints) {
  const DataSet data = Read(
      "<image file='a.jpg'><box left='1' top='1' width='-5' height='5'/></image>"
      "<image file='b_1.jpg'>" +
      Box("") + "</image>");
  EXPECT_THAT(data.faces, SizeIs(1));
  EXPECT_THAT(data.problems,
              ElementsAre(AllOf(HasSubstr("image 'a.jpg'"), HasSubstr("negative size"))));
}

TEST_F(DlibXml, GivesEveryBoxInFileOrderWhateverIsWrongWithIt) {
  Read("<image file='gone.jpg'>" + Box("<part name='x'/>") + "<box top='1'/>" +
       Box("", " ignore='1'") + "</image><image file='a.jpg'/><image file='b_1.jpg'>" +
       "<box top='1' left='1' width='0' height='5'/></image><image file='a.jpg'>" + Box(Nose(1)) +
       "</image>");
  DataSet data = ReadDlibBoxes(folder_ / "set.xml");
  EXPECT_THAT(data.problems, IsEmpty());
  std::ranges::sort(data.faces, {}, &AnnotatedFace::order);
  std::vector<std::string> files;
  std::vector<float> areas;
  for (const AnnotatedFace& face : data.faces) {
    files.push_back(face.picture.filename().string());
    areas.push_back(face.box.Area());
  }
  EXPECT_THAT(files, ElementsAre("gone.jpg", "gone.jpg", "a.jpg", "b_1.jpg", "a.jpg"));
  EXPECT_THAT(areas, ElementsAre(600.0F, 0.0F, 0.0F, 0.0F, 600.0F));
  EXPECT_EQ(data.schema, &Nose1());
  EXPECT_THAT(data.faces[0].points_px, IsEmpty());
  EXPECT_THAT(data.faces[4].points_px, ElementsAre(Point2f{1, 7}));
}

// A box whose parts are those of another schema stays, without them.
TEST_F(DlibXml, LeavesOutNoBoxForThePartsThatItHas) {
  std::string three;
  for (const char* name : {"0", "1", "2"}) {
    three += std::string("<part name='") + name + "' x='1' y='1'/>";
  }
  std::string imm;
  for (int i = 0; i < 58; ++i) imm += "<part name='" + std::to_string(i) + "' x='1' y='1'/>";
  Read("<image file='a.jpg'>" + Box(three) + Box(Nose(3)) + Box(imm) + Box(imm) + "</image>");
  DataSet data = ReadDlibBoxes(folder_ / "set.xml");
  EXPECT_THAT(data.problems, IsEmpty());
  std::ranges::sort(data.faces, {}, &AnnotatedFace::order);
  std::vector<size_t> counts;
  for (const AnnotatedFace& face : data.faces) counts.push_back(face.points_px.size());
  EXPECT_THAT(counts, ElementsAre(0U, 1U, 0U, 0U));
}

TEST_F(DlibXml, RefusesMorePartsThanAFaceHas) {
  std::string parts;
  for (int i = 0; i <= 10'000; ++i) {
    parts += "<part name='" + std::to_string(i) + "' x='1' y='1'/>";
  }
  EXPECT_THAT([&] { Read("<image file='a.jpg'>" + Box(parts) + "</image>"); },
              ThrowsMessage<Error>(HasSubstr("more than 10000 parts")));
}

TEST_F(DlibXml, ReadsDeepNestingAndEntitiesAsWhatTheyAre) {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  EXPECT_THROW(Read(deep), Error);
  const std::string bomb =
      "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>"
      "<dataset><images><image file='&c;'/></images></dataset>";
  EXPECT_EQ(ParseDlibBoxes("a.xml", bomb).faces.at(0).name, "&c;");
}

TEST_F(DlibXml, RefusesMoreElementsThanMemoryIsGoodFor) {
  EXPECT_THAT([] { ParseDlibXml("a.xml", std::string(kMaxXmlParts + 1, '<')); },
              ThrowsMessage<Error>(HasSubstr("a.xml has more than 20000000 elements")));
}

TEST_F(DlibXml, RefusesOtherXmlAndTruncatedFiles) {
  const auto path = folder_ / "cut.xml";
  WriteText(path, "<dataset><images><image file='a.jpg'>");
  EXPECT_THAT([&] { ReadDlibXml(path); },
              ThrowsMessage<Error>(AllOf(HasSubstr("cut.xml"), HasSubstr("not a complete XML"))));
  WriteText(path, "<html/>");
  EXPECT_THAT([&] { ReadDlibXml(path); },
              ThrowsMessage<Error>(AllOf(HasSubstr("cut.xml"), HasSubstr("imglab"))));
  EXPECT_THROW(ReadDlibXml(folder_ / "missing.xml"), Error);
}

}  // namespace
}  // namespace nosetip
