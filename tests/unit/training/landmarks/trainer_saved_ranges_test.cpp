#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "tracker/model/checkpoint.h"
#include "training/landmarks/trainer.h"

namespace nosetip {
namespace {

// For running the model in 8 bits.
TEST(SavedModel, HasTheRangesOfActivationsWhereItHasScoreMaps) {
  const TempFolder folder;
  for (const bool has_maps : {true, false}) {
    TrainJob job;
    job.packs = {SyntheticPack(24, 64, {}, /*spread=*/0.15F)};
    job.options.architecture = has_maps ? "resnet18_half_maps" : "resnet18";
    job.options.epochs = 1;
    job.options.batch = 4;
    job.options.input_px = 32;
    job.options.device = "cpu";
    job.options.threads = 1;
    job.out = folder / job.options.architecture;
    const ModelMeta meta = LoadModel(RunTraining(job, {}, {}).model).meta;
    EXPECT_EQ(meta.ranges.size(), has_maps ? kScoreMapRanges : 0U);
    for (const ActivationRange& range : meta.ranges) EXPECT_LT(range.low, range.high);
  }
}

}  // namespace
}  // namespace nosetip
