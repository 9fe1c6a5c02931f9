#include "gui/controllers/live_controller.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(NeedsNewTrackerTest, OnlyPartsOfTheTrackerNeedANewOne) {
  Settings settings = DefaultSettings();
  Settings other = settings;
  other.view.points = false;
  other.interface.theme = "light";
  EXPECT_FALSE(NeedsNewTracker(settings, other));
  other.tracker.max_faces = 2;
  EXPECT_TRUE(NeedsNewTracker(settings, other));
  other = settings;
  other.model.device = "cpu";
  EXPECT_TRUE(NeedsNewTracker(settings, other));
}

}  // namespace
}  // namespace nosetip
