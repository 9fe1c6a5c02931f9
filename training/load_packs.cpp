#include "training/load_packs.h"

#include "tracker/core/error.h"

#ifndef NOSETIP_TRAINER_ONLY
#include "training/datasets/duplicates.h"
#include "training/datasets/pack_builder.h"
#endif

namespace nosetip {

FacePack LoadFaces(const std::string& path) {
  if (path.ends_with(".ntp")) return LoadPack(path);
#ifdef NOSETIP_TRAINER_ONLY
  throw Error(path +
              " is not a pack (.ntp). This build reads nothing else: pack the data set with "
              "'nosetip-train pack' of a full build.");
#else
  return BuildPack(ReadGroupedDataSet(path), {}).pack;
#endif
}

}  // namespace nosetip
