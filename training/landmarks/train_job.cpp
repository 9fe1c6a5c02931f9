#include "training/landmarks/train_job.h"

#include "tracker/core/error.h"
#include "tracker/output/options_json.h"

namespace nosetip {

nlohmann::json RunIdentity(const TrainJob& job) {
  nlohmann::json data = nlohmann::json::object();
  const auto add = [&](const std::string& name, const FacePack& pack) {
    data[name] = {pack.FaceCount(),   pack.size_px,      pack.extent,      pack.schema,
                  pack.names.front(), pack.names.back(), NameOf(pack.view)};
  };
  for (size_t i = 0; i < job.packs.size(); ++i) add("pack " + std::to_string(i + 1), job.packs[i]);
  for (size_t i = 0; i < job.rehearsal.size(); ++i) {
    add("rehearsal " + std::to_string(i + 1), job.rehearsal[i]);
  }
  // What is left out may change without changing what is learned.
  nlohmann::json options = JsonFromOptions(job.options, {"device", "threads", "half", "init"});
  if (job.options.pull > 0.0) options["init"] = job.options.init;
  return {{"options", options}, {"augment", JsonFromOptions(job.augment)}, {"data", data}};
}

void CheckJob(const TrainJob& job) {
  Check(!job.packs.empty(), "one pack or more to train on");
  Validate(job.options);
  Validate(job.augment);
  Check(!job.options.like_init && job.options.hold_out_from == 0, "options that are settled");
  if (job.options.pull > 0.0 && job.options.init.empty()) {
    throw Error("--pull needs the weights to pull back to; give --init MODEL");
  }
  std::vector<const FacePack*> packs;
  for (const FacePack& pack : job.packs) packs.push_back(&pack);
  for (const FacePack& pack : job.rehearsal) packs.push_back(&pack);
  for (const FacePack* one : packs) {
    const FacePack& pack = *one;
    if (pack.schema != job.packs.front().schema) {
      throw Error("the data sets have different points (" + job.packs.front().schema + " and " +
                  pack.schema + "); train on one kind at a time");
    }
    if (NameOf(pack.view) != job.options.view) {
      throw Error("a data set was packed for the view '" + std::string(NameOf(pack.view)) +
                  "', but --view is " + job.options.view + "; pack it again with that --view");
    }
    if (pack.extent < job.options.margin) {
      throw Error("a data set was packed with an extent of " + std::to_string(pack.extent) +
                  ", less than the crop's --margin of " + std::to_string(job.options.margin) +
                  "; pack it again with a larger --extent");
    }
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
