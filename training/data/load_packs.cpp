#include "training/data/load_packs.h"

#include <algorithm>

#include "tracker/core/error.h"
#include "training/data/duplicates.h"
#include "training/data/pack_builder.h"

namespace nosetip {

FacePack LoadFaces(const std::string& path, const WantedFaces& wanted,
                   const std::function<void(const std::string&)>& on_remark,
                   const OnWork& on_work) {
  const LandmarkSchema& schema = SchemaByName(wanted.schema);
  if (IsPack(path)) return WithPointsOf(schema, LoadPack(path));
  DataSet data = ReadDataSet(path, on_work);
  if (data.schema == nullptr) {
    throw Error(path + " has no points to train on; give a labeled data set");
  }
  // Before minutes are spent on pictures.
  CheckHasPointsOf(schema, *data.schema);
  data = GroupForSplits(std::move(data), on_work);
  PackOptions options{.view = wanted.view};
  options.extent = std::max(UsualExtent(wanted.view), wanted.margin);
  BuiltPack built = BuildPack(
      data, options, [&](size_t done) { on_work("cutting faces", done, data.faces.size()); });
  for (const std::string& remark : RemarksOf(data, built)) on_remark(remark);
  return WithPointsOf(schema, std::move(built.pack));
}

}  // namespace nosetip
