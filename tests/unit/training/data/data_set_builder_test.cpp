#include "training/data/data_set_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

AnnotatedFace MakeFace(const std::string& name, size_t points) {
  AnnotatedFace face;
  face.name = name;
  face.picture = name + ".jpg";
  face.points_px.resize(points);
  return face;
}

TEST(DataSetBuilder, SortsByNameAndMakesNamesUnique) {
  DataSetBuilder builder("root");
  for (const char* name : {"b", "a", "b", "b"}) builder.Add(MakeFace(name, 68));
  const DataSet data = std::move(builder).Build();
  EXPECT_THAT(data.faces,
              ElementsAre(Field(&AnnotatedFace::name, "a"), Field(&AnnotatedFace::name, "b"),
                          Field(&AnnotatedFace::name, "b#2"), Field(&AnnotatedFace::name, "b#3")));
}

TEST(DataSetBuilder, KeepsNamesUniqueWhereSuffixesAreTakenToo) {
  DataSetBuilder builder("root");
  for (const char* name : {"b", "b#2", "b", "b"}) builder.Add(MakeFace(name, 68));
  const DataSet data = std::move(builder).Build();
  EXPECT_THAT(data.faces,
              ElementsAre(Field(&AnnotatedFace::name, "b"), Field(&AnnotatedFace::name, "b#2"),
                          Field(&AnnotatedFace::name, "b#3"), Field(&AnnotatedFace::name, "b#4")));
}

TEST(DataSetBuilder, CountsTheProblemsThatItDoesNotList) {
  DataSetBuilder builder("root");
  builder.Add(MakeFace("a", 68));
  for (size_t i = 0; i < kMaxProblems + 5; ++i) builder.AddProblem("row " + std::to_string(i));
  const DataSet data = std::move(builder).Build();
  EXPECT_EQ(data.problems.size(), kMaxProblems + 1);
  EXPECT_EQ(data.problems.back(), "5 more problems");
}

TEST(DataSetBuilder, RemembersTheOrderInWhichFacesCame) {
  DataSetBuilder builder("root");
  for (const char* name : {"c", "a", "b"}) builder.Add(MakeFace(name, 68));
  const DataSet data = std::move(builder).Build();
  EXPECT_THAT(data.faces,
              ElementsAre(Field(&AnnotatedFace::order, 1U), Field(&AnnotatedFace::order, 2U),
                          Field(&AnnotatedFace::order, 0U)));
}

TEST(DataSetBuilder, TakesTheSchemaOfMostFaces) {
  DataSetBuilder builder("root");
  builder.Add(MakeFace("a", 58));
  builder.Add(MakeFace("b", 68));
  builder.Add(MakeFace("c", 68));
  builder.Add(MakeFace("d", 0));
  const DataSet data = std::move(builder).Build();
  EXPECT_EQ(data.schema, &Ibug68());
  EXPECT_EQ(data.faces.size(), 3U);
  EXPECT_THAT(data.problems, ElementsAre(AllOf(HasSubstr("a.jpg"), HasSubstr("58 points"))));
}

TEST(DataSetBuilder, SaysWhyNothingIsLeft) {
  DataSetBuilder builder("some/root");
  builder.Try([] { throw Error("a.pts is empty"); });
  builder.Add(MakeFace("b", 17));
  EXPECT_THAT([&] { std::move(builder).Build(); },
              ThrowsMessage<Error>(
                  AllOf(HasSubstr("some/root"), HasSubstr("a.pts is empty"), HasSubstr("1 more"))));
}

TEST(DataSetBuilder, LetsMistakesInTheProgramThrough) {
  DataSetBuilder builder("root");
  EXPECT_THROW(builder.Try([] { Check(false, "a mistake"); }), std::logic_error);
}

TEST(NameBelow, IsTheRelativePathWithoutExtension) {
  EXPECT_EQ(NameBelow("data/300w", "data/300w/lfpw/a.b.pts"), "lfpw/a.b");
  EXPECT_EQ(NameBelow("data/300w/", "data/300w/a.pts"), "a");
}

}  // namespace
}  // namespace nosetip
