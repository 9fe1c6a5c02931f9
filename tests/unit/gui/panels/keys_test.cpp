#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "gui/panels/panels.h"

namespace nosetip {
namespace {

TEST(KeysTest, EveryKeyHasOneMeaning) {
  std::set<std::string_view> keys;
  for (const KeyBinding& binding : KeyBindings()) {
    EXPECT_TRUE(keys.insert(binding.key).second) << binding.key;
    EXPECT_FALSE(binding.help.empty());
  }
}

TEST(KeysTest, AKeyTogglesItsSwitch) {
  AppState state;
  state.settings.view.points = true;
  const auto command = CommandOfKey("P", state);
  ASSERT_TRUE(command);
  EXPECT_FALSE(std::get<ChangeSettings>(*command).settings.view.points);
  EXPECT_FALSE(CommandOfKey("Ctrl+Alt+Nothing", state));
}

TEST(KeysTest, TenSecondsBackStopsAtTheStart) {
  AppState state;
  state.shown = LiveFrame{};
  state.shown->result.pts_s = 4.0;
  EXPECT_EQ(std::get<SeekTo>(*CommandOfKey("Down", state)).pts_s, 0.0);
  EXPECT_EQ(std::get<SeekTo>(*CommandOfKey("Up", state)).pts_s, 14.0);
}

TEST(KeysTest, EscClosesTheHelpAndNothingElse) {
  AppState state;
  EXPECT_FALSE(CommandOfKey("Esc", state));
  state.help_shown = true;
  EXPECT_FALSE(std::get<ShowHelp>(*CommandOfKey("Esc", state)).shown);
}

}  // namespace
}  // namespace nosetip
