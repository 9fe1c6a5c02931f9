#include "training/train_job.h"

#include "tracker/core/error.h"
#include "tracker/core/landmark_schema.h"
#include "training/options_json.h"

namespace nosetip {

nlohmann::json RunIdentity(const TrainJob& job) {
  nlohmann::json data = nlohmann::json::object();
  for (size_t i = 0; i < job.packs.size(); ++i) {
    const FacePack& pack = job.packs[i];
    data["pack " + std::to_string(i + 1)] = {pack.FaceCount(),   pack.size_px,
                                             pack.extent,        pack.schema,
                                             pack.names.front(), pack.names.back()};
  }
  // What is left out may change without changing what is learned.
  return {{"options", JsonFromOptions(job.options, {"device", "threads", "half", "init"})},
          {"augment", JsonFromOptions(job.augment)},
          {"data", data}};
}

void CheckJob(const TrainJob& job) {
  Check(!job.packs.empty(), "one pack or more to train on");
  Validate(job.options);
  Validate(job.augment);
  for (const FacePack& pack : job.packs) {
    if (pack.schema != job.packs.front().schema) {
      throw Error("the data sets have different points (" + job.packs.front().schema + " and " +
                  pack.schema + "); train on one kind at a time");
    }
    if (pack.extent < job.options.margin) {
      throw Error("a data set was packed with an extent of " + std::to_string(pack.extent) +
                  ", less than the crop's --margin of " + std::to_string(job.options.margin) +
                  "; pack it again with a larger --extent");
    }
  }
  if (!SchemaByName(job.packs.front().schema).outer_eye_corners) {
    throw Error(
        "points without eye corners cannot be trained yet: there is nothing to measure the "
        "error by");
  }
  CheckRunFolder(job.out, job.resume);
}

void CheckRunFolder(const std::filesystem::path& out, bool resume) {
  const bool started = std::filesystem::exists(out / "last.ntc");
  if (started && !resume) {
    throw Error(out.string() +
                " holds a training already; add --resume to go on with it, or "
                "choose another folder");
  }
  if (!started && resume) {
    throw Error(out.string() + " holds no training to go on with; leave --resume away");
  }
}

}  // namespace nosetip
