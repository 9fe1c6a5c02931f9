#include "training/datasets/data_set.h"

#include <system_error>

#include "tracker/core/error.h"
#include "training/datasets/asf_reader.h"
#include "training/datasets/csv_reader.h"
#include "training/datasets/data_set_builder.h"
#include "training/datasets/dlib_xml_reader.h"
#include "training/datasets/pts_reader.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

DataSet ReadFolder(const fs::path& folder) {
  std::error_code ignored;
  const fs::path table = folder / "keypoints.csv";
  if (fs::is_regular_file(table, ignored)) return ReadKeypointsCsv(table);
  if (!FilesBelow(folder, ".pts").empty()) return ReadPtsFolder(folder);
  if (!FilesBelow(folder, ".asf").empty()) return ReadAsfFolder(folder);
  throw Error(folder.string() +
              " holds no annotations that are known: .pts or .asf files, or keypoints.csv with "
              "images/; a dlib .xml file is named itself");
}

}  // namespace

DataSet ReadDataSet(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    throw Error("there is no data set " + path.string() + "; check the path");
  }
  if (fs::is_directory(path, ignored)) return ReadFolder(path);
  if (path.extension() == ".csv") return ReadKeypointsCsv(path);
  if (path.extension() == ".xml") return ReadDlibXml(path);
  throw Error(path.string() +
              " is no data set that is known: a folder of .pts or .asf files, a .csv file of "
              "keypoints or a dlib .xml file");
}

}  // namespace nosetip
