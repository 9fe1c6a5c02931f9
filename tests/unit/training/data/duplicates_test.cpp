#include "training/data/duplicates.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;

// Something with detail; another seed looks like another photograph.
cv::Mat Photograph(int seed) {
  cv::RNG random(static_cast<uint64_t>(seed));
  cv::Mat small(20, 20, CV_8UC3);
  random.fill(small, cv::RNG::UNIFORM, 0, 255);
  cv::Mat picture;
  cv::resize(small, picture, {200, 200}, 0, 0, cv::INTER_CUBIC);
  return picture;
}

class Duplicates : public ::testing::Test {
 protected:
  void Add(const std::string& name, const cv::Mat& picture, RectF box, std::string group = "") {
    AnnotatedFace face;
    face.name = name;
    face.group = group.empty() ? name : std::move(group);
    face.picture = folder_ / (name + ".png");
    face.box = box;
    cv::imwrite(face.picture.string(), picture);
    data_.faces.push_back(face);
  }

  std::vector<std::string> Groups() const {
    std::vector<std::string> groups;
    for (const AnnotatedFace& face : GroupNearDuplicates(data_).faces) groups.push_back(face.group);
    return groups;
  }

  TempFolder folder_;
  DataSet data_;
};

TEST_F(Duplicates, FindsAPhotographAgainInAnotherSizeLightAndBox) {
  Add("a", Photograph(1), {50, 50, 100, 100});
  Add("b", Photograph(2), {50, 50, 100, 100});
  cv::Mat smaller;
  cv::resize(Photograph(1), smaller, {120, 120}, 0, 0, cv::INTER_AREA);
  smaller.convertTo(smaller, -1, 0.7, 30.0);
  Add("c", smaller, {31, 29, 60, 60});
  EXPECT_THAT(Groups(), ElementsAre("a", "b", "a"));
}

TEST_F(Duplicates, JoinTheirWholeGroups) {
  Add("a1", Photograph(1), {50, 50, 100, 100}, "a");
  Add("a2", Photograph(2), {50, 50, 100, 100}, "a");
  Add("b", Photograph(3), {50, 50, 100, 100});
  Add("c", Photograph(2), {50, 50, 100, 100});
  EXPECT_THAT(Groups(), ElementsAre("a", "a", "b", "a"));
}

TEST_F(Duplicates, PassOverFacesThatCannotBeCompared) {
  Add("flat1", cv::Mat(100, 100, CV_8UC3, cv::Scalar::all(90)), {20, 20, 50, 50});
  Add("flat2", cv::Mat(100, 100, CV_8UC3, cv::Scalar::all(90)), {20, 20, 50, 50});
  Add("nobox1", Photograph(1), {});
  Add("nobox2", Photograph(1), {});
  Add("broken1", Photograph(2), {20, 20, 50, 50});
  Add("broken2", Photograph(2), {20, 20, 50, 50});
  WriteText(data_.faces.back().picture, "no picture");
  Add("beside1", Photograph(3), {900, 20, 50, 50});
  Add("beside2", Photograph(3), {900, 20, 50, 50});
  Add("huge1", Photograph(4), {-1e8F, -1e8F, 2e8F, 2e8F});
  Add("huge2", Photograph(4), {-1e8F, -1e8F, 2e8F, 2e8F});
  std::vector<std::string> names;
  for (const AnnotatedFace& face : data_.faces) names.push_back(face.name);
  EXPECT_EQ(Groups(), names);
}

TEST_F(Duplicates, OnOnePictureAreOneGroupWithoutBeingCompared) {
  Add("a", Photograph(1), {50, 50, 100, 100});
  const AnnotatedFace first = data_.faces.front();
  for (int i = 1; i < 3000; ++i) {
    AnnotatedFace face = first;
    face.group = face.name = std::to_string(i);
    face.box.x += static_cast<float>(i % 40);
    data_.faces.push_back(face);
  }
  size_t steps = 0;
  const DataSet grouped =
      GroupNearDuplicates(data_, [&](std::string_view, size_t, size_t) { ++steps; });
  for (const AnnotatedFace& face : grouped.faces) ASSERT_EQ(face.group, "a");
  EXPECT_LE(steps, 2 * data_.faces.size()) << "one for each face that is opened and sought";
}

TEST_F(Duplicates, WithTheSamePixelsAreComparedOnce) {
  for (int i = 0; i < 200; ++i) {
    Add(std::to_string(1000 + i), Photograph(i % 2), {50, 50, 100, 100});
  }
  size_t steps = 0;
  const DataSet grouped =
      GroupNearDuplicates(data_, [&](std::string_view, size_t, size_t) { ++steps; });
  for (size_t i = 0; i < 200; ++i) EXPECT_EQ(grouped.faces[i].group, i % 2 == 0 ? "1000" : "1001");
  EXPECT_LE(steps, 200U + 3U);
}

TEST_F(Duplicates, StopAtOnceWhenTheWatcherThrows) {
  for (int i = 0; i < 3; ++i) Add(std::to_string(i), Photograph(i), {50, 50, 100, 100});
  for (const std::string_view phase : {"opening", "looking"}) {
    size_t steps = 0;
    const auto stop = [&](std::string_view what, size_t, size_t) {
      if (!what.starts_with(phase)) return;
      ++steps;
      throw StopRequested();
    };
    EXPECT_THROW(GroupNearDuplicates(data_, stop), StopRequested);
    EXPECT_EQ(steps, 1U);
  }
}

TEST(RealDuplicates, OfLfpwAreJoinedAndOtherPhotographsAreNot) {
  const auto root = SharedPath("data/300w");
  if (!root) GTEST_SKIP() << "needs the 300-W training faces in ../shared/data/300w";
  const DataSet data = GroupNearDuplicates(ReadDataSet(*root));
  std::map<std::string, std::string> group;
  std::map<std::string, std::set<std::string>> members;
  for (const AnnotatedFace& face : data.faces) {
    group[face.name] = face.group;
    members[face.group].insert(face.name);
  }
  const std::string lfpw = "lfpw/trainset/image_";
  // One poster in twelve printings; one portrait in color and in gray; with and without lettering.
  for (const char* number : {"0601", "0617", "0622", "0623", "0633", "0635", "0639", "0647"}) {
    EXPECT_EQ(group[lfpw + "0631"], group[lfpw + number]) << number;
  }
  EXPECT_EQ(group[lfpw + "0683"], group[lfpw + "0712"]);
  EXPECT_EQ(group[lfpw + "0544"], group[lfpw + "0583"]);
  EXPECT_EQ(group["helen/trainset/1207662328_2"], group["helen/trainset/1218567979_2"]);
  // Alike at a glance, but two persons.
  EXPECT_NE(group["helen/trainset/2277805385_1"], group[lfpw + "0445"]);
  EXPECT_NE(group["helen/trainset/221458225_1"], group["helen/trainset/2233737284_1"]);
  size_t largest = 0;
  for (const auto& [name, faces] : members) largest = std::max(largest, faces.size());
  // One photograph of AFW has 15 faces.
  EXPECT_EQ(largest, 15U) << "groups have run together";
}

class BoxDuplicates : public ::testing::Test {
 protected:
  void Add(const std::string& name, const cv::Mat& picture, std::vector<LabeledBox> boxes) {
    set_.pictures.push_back({folder_ / (name + ".png"), name, name, std::move(boxes)});
    cv::imwrite(set_.pictures.back().path.string(), picture);
  }

  std::vector<std::string> Groups() const {
    std::vector<std::string> groups;
    for (const BoxPicture& picture : GroupNearDuplicates(set_).pictures) {
      groups.push_back(picture.group);
    }
    return groups;
  }

  TempFolder folder_;
  BoxSet set_;
};

TEST_F(BoxDuplicates, AreFoundByTheirMiddleAndByTheirFaces) {
  Add("a", Photograph(1), {});
  Add("b", Photograph(2), {{{50, 50, 100, 100}}});
  cv::Mat smaller;
  cv::resize(Photograph(1), smaller, {120, 120}, 0, 0, cv::INTER_AREA);
  Add("c", smaller, {});
  cv::Mat wide(300, 500, CV_8UC3, cv::Scalar::all(90));
  Photograph(3).copyTo(wide(cv::Rect(0, 0, 200, 200)));
  Photograph(2).copyTo(wide(cv::Rect(250, 50, 200, 200)));
  Add("d", wide, {{{20, 20, 90, 90}}, {{300, 100, 100, 100}}});
  Add("e", Photograph(4), {{{50, 50, 30, 30}}});
  EXPECT_THAT(Groups(), ElementsAre("a", "b", "a", "b", "e"));
}

}  // namespace
}  // namespace nosetip
