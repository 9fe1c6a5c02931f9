#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/eye_refiner.h"
#include "training/landmarks/trainer.h"

namespace nosetip {
namespace {

TrainJob SmallJob() {
  TrainJob job;
  job.packs = {SyntheticPack(24, 64, {}, /*spread=*/0.15F)};
  job.options.architecture = "resnet18_half_maps";
  job.options.epochs = 1;
  job.options.batch = 4;
  job.options.input_px = 32;
  job.options.device = "cpu";
  job.options.threads = 1;
  return job;
}

// For running the model in 8 bits.
TEST(SavedModel, HasTheRangesOfActivationsWhereItHasScoreMaps) {
  const TempFolder folder;
  for (const bool has_maps : {true, false}) {
    TrainJob job = SmallJob();
    if (!has_maps) job.options.architecture = "resnet18";
    job.out = folder / job.options.architecture;
    const ModelMeta meta = LoadModel(RunTraining(job, {}, {}).model).meta;
    EXPECT_EQ(meta.ranges.size(), has_maps ? kScoreMapRanges : 0U);
    for (const ActivationRange& range : meta.ranges) EXPECT_LT(range.low, range.high);
  }
}

TEST(SavedModel, KeepsTheEyeNetworkOfTheModelThatItStartsFrom) {
  const TempFolder folder;
  TrainJob job = SmallJob();
  job.out = folder / "first";
  Model start = LoadModel(RunTraining(job, {}, {}).model);
  EXPECT_FALSE(start.eyes);
  start.eyes = BuildNetwork(EyeNetworkSpec());
  job.options.init = (folder / "start.safetensors").string();
  SaveModel(job.options.init, start, /*half=*/false);
  job.out = folder / "second";
  const Model next = LoadModel(RunTraining(job, {}, {}).model);
  ASSERT_TRUE(next.eyes);
  // Weights are stored in half precision.
  EXPECT_TRUE(torch::allclose(next.eyes->named_parameters()["fc2.weight"],
                              start.eyes->named_parameters()["fc2.weight"], 1e-3, 1e-4));
}

}  // namespace
}  // namespace nosetip
