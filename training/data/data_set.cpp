#include "training/data/data_set.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/file_kinds.h"
#include "training/data/box_set.h"
#include "training/data/coco_reader.h"
#include "training/data/csv_reader.h"
#include "training/data/dlib_xml_reader.h"
#include "training/data/folder_files.h"
#include "training/data/point_file_readers.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTable = "keypoints.csv";

DataSetFormat FormatOfFolder(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_regular_file(folder / kTable, ignored)) return DataSetFormat::kKeypointsCsv;
  const FolderFiles pts = FilesBelow(folder, ".pts");
  if (!pts.files.empty()) return DataSetFormat::kPts;
  if (!FilesBelow(folder, ".asf").files.empty()) return DataSetFormat::kAsf;
  throw Error(fmt::format(
      "{} holds no known annotations: .pts or .asf files, or keypoints.csv with images/; for a "
      "dlib .xml or COCO .json file, give the path of the file itself{}",
      folder.string(), pts.problems.empty() ? "" : " (" + pts.problems.front() + ")"));
}

}  // namespace

bool IsArchive(const fs::path& path) {
  constexpr std::string_view kArchives[] = {".zip", ".tar", ".tgz", ".gz", ".bz2",
                                            ".tbz", ".xz",  ".txz", ".7z", ".rar"};
  return std::ranges::find(kArchives, LowerExtension(path)) != std::end(kArchives);
}

DataSetFormat FormatOf(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    throw Error("there is no data set " + path.string() + "; check the path");
  }
  if (IsBoxSet(path)) {
    throw Error(path.string() +
                " holds boxes of faces without points; only the commands detector and "
                "evaluate-detector read it");
  }
  if (fs::is_directory(path, ignored)) return FormatOfFolder(path);
  if (path.extension() == ".csv") return DataSetFormat::kKeypointsCsv;
  if (path.extension() == ".xml") return DataSetFormat::kDlibXml;
  if (path.extension() == ".json") return DataSetFormat::kCoco;
  if (IsArchive(path)) {
    throw Error(path.string() +
                " is an archive; unpack it (tar -xf, or unzip for a .zip) and give its folder");
  }
  throw Error(path.string() +
              " is not a known data set: give a folder of .pts or .asf files, a .csv file of "
              "keypoints, a dlib .xml file or a .json file of COCO keypoints");
}

DataSet ReadDataSet(const fs::path& path, const OnWork& on_work) {
  std::error_code ignored;
  switch (FormatOf(path)) {
    case DataSetFormat::kPts:
      return ReadPtsFolder(path, on_work);
    case DataSetFormat::kAsf:
      return ReadAsfFolder(path, on_work);
    case DataSetFormat::kKeypointsCsv:
      return ReadKeypointsCsv(fs::is_directory(path, ignored) ? path / kTable : path, on_work);
    case DataSetFormat::kDlibXml:
      return ReadDlibXml(path, on_work);
    case DataSetFormat::kCoco:
      return ReadCoco(path, on_work);
  }
  throw std::logic_error("a format without a reader");
}

}  // namespace nosetip
