// A small training in a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "training/background/training_messages.h"

namespace nosetip {

class SmallTraining : public ::testing::Test {
 protected:
  SmallTraining() {
    SavePack(folder_ / "faces.safetensors", SyntheticPack(40, 64, {}, /*spread=*/0.15F));
  }

  TrainingOrder Order() const {
    TrainingOrder order;
    order.data = {(folder_ / "faces.safetensors").string()};
    order.options.architecture = "conv3";
    order.options.epochs = 4;
    order.options.batch = 4;
    order.options.input_px = 32;
    order.options.average = 0.5;
    order.options.validation_percent = 30;
    order.options.device = "cpu";
    order.options.threads = 1;
    order.augment = AugmentOptions::None();
    order.out = folder_ / "run";
    return order;
  }

  TrainJob AsJob(const TrainingOrder& order) const {
    return {{LoadPack(order.data.front())}, order.options, order.augment, order.out, order.resume};
  }

  static void ExpectSameHistory(const std::vector<EpochStats>& a,
                                const std::vector<EpochStats>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].train_loss, b[i].train_loss) << "epoch " << i + 1;
      EXPECT_EQ(a[i].validation_nme, b[i].validation_nme) << "epoch " << i + 1;
    }
  }

  TempFolder folder_;
};

}  // namespace nosetip
