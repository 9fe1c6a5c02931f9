#include "gui/platform/desktop.h"

#include <cstdlib>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// Restores an environment variable at its end.
class Variable {
 public:
  explicit Variable(const char* name) : name_(name) {
    if (const char* value = std::getenv(name)) before_ = value;
  }
  ~Variable() { Set(before_ ? before_->c_str() : nullptr); }
  void Set(const char* value) const {
    if (value != nullptr) {
      setenv(name_, value, 1);
    } else {
      unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(UserDataFolderTest, FollowsTheXdgSpecification) {
  const Variable data("XDG_DATA_HOME");
  const Variable home("HOME");
  home.Set("/home/ada");
  data.Set("/data");
  EXPECT_EQ(UserDataFolder(), "/data/nosetip");
  data.Set("relative");
  EXPECT_EQ(UserDataFolder(), "/home/ada/.local/share/nosetip");
  data.Set(nullptr);
  EXPECT_EQ(UserDataFolder(), "/home/ada/.local/share/nosetip");
  home.Set(nullptr);
  EXPECT_EQ(UserDataFolder().filename(), "nosetip");
  EXPECT_TRUE(UserDataFolder().is_absolute());
}

}  // namespace
}  // namespace nosetip
