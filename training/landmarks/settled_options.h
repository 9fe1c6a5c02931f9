// Options of a training that follow from its model to start from, or from its data.
#pragma once

#include <span>

#include "training/data/pack.h"
#include "training/landmarks/train_options.h"

namespace nosetip {

// Options that depend on the model to start from or on the data are settled before a training, and
// off afterwards.

// Settles `like_init`, before data are packed: reads the model file. Throws Error where there is
// none.
TrainOptions WithShapeOfInit(TrainOptions options);
// Settles `hold_out_from` by the groups of the packs. Throws Error where the options list a group
// or part that none of the packs has.
TrainOptions WithHoldOutFor(TrainOptions options, std::span<const FacePack> packs);

}  // namespace nosetip
