#include "training/data/point_file_readers.h"

#include <string>
#include <utility>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "training/data/data_set_builder.h"
#include "training/data/folder_files.h"
#include "training/data/picture_names.h"
#include "training/data/picture_size.h"
#include "training/data/point_files.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

fs::path PictureOfAsf(const fs::path& asf, const std::string& named) {
  if (const auto file = FileNamed(named, {asf.parent_path()})) return file->path;
  if (const auto picture = PictureBeside(asf)) return *picture;
  throw Error(fmt::format("{} has no picture beside it{}{}", asf.string(),
                          named.empty() ? "" : "; it belongs to ", named));
}

AnnotatedFace ReadAsfFace(const fs::path& root, const fs::path& path) {
  const AsfShape shape = ReadAsf(path);
  AnnotatedFace face;
  face.picture = PictureOfAsf(path, shape.picture);
  const PictureSize size = SizeOfPicture(face.picture);
  for (const Point2f& p : shape.points_rel) {
    face.points_px.push_back(PixelFromRelative(p, size.width_px, size.height_px));
  }
  face.name = NameBelow(root, path);
  face.group = PersonOfImm(face.name);
  face.part = TopFolderOf(face.name);
  face.box = BoundsOf(face.points_px);
  return face;
}

AnnotatedFace ReadPtsFace(const fs::path& root, const fs::path& path) {
  AnnotatedFace face;
  face.points_px = ReadPts(path);
  const auto picture = PictureBeside(path);
  if (!picture) {
    throw Error(path.string() + " has no picture of the same name beside it");
  }
  face.picture = *picture;
  face.name = NameBelow(root, path);
  face.group = PhotographOf(face.name);
  face.part = TopFolderOf(face.name);
  face.box = BoundsOf(face.points_px);
  return face;
}

using ReadFace = AnnotatedFace (*)(const fs::path& root, const fs::path& path);

DataSet ReadFolder(const fs::path& root, const char* extension, ReadFace read,
                   const OnWork& on_work) {
  DataSetBuilder builder(root);
  FolderFiles found = FilesBelow(root, extension);
  for (std::string& problem : found.problems) builder.AddProblem(std::move(problem));
  size_t done = 0;
  for (const fs::path& path : found.files) {
    TellWork(on_work, kReadingLabels, done++, found.files.size());
    builder.Try([&] { builder.Add(read(root, path)); });
  }
  return std::move(builder).Build();
}

}  // namespace

DataSet ReadAsfFolder(const fs::path& root, const OnWork& on_work) {
  return ReadFolder(root, ".asf", ReadAsfFace, on_work);
}

DataSet ReadPtsFolder(const fs::path& root, const OnWork& on_work) {
  return ReadFolder(root, ".pts", ReadPtsFace, on_work);
}

}  // namespace nosetip
