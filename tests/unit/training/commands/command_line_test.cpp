#include "training/commands/command_line.h"

#include <cstdio>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// The words that a shell makes of a line, each followed by a newline and a mark.
std::string WordsOf(const std::string& command) {
  const std::string line = "printf '%s\\n|' " + command;
  std::FILE* shell = popen(line.c_str(), "r");
  std::string words;
  for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) words += static_cast<char>(c);
  pclose(shell);
  return words;
}

TEST(ShellCommand, LeavesPlainWordsAlone) {
  const std::vector<const char*> plain = {"build/nosetip-train", "face68", "--data",
                                          "a_1.safetensors,b"};
  EXPECT_EQ(ShellCommand(plain), "build/nosetip-train face68 --data a_1.safetensors,b");
}

TEST(ShellCommand, IsTakenApartByAShellIntoTheSameWords) {
  const std::vector<const char*> words = {"a b", "it's", "",           "$HOME", "`id`",
                                          "\"",  "a\\b", "~",          "*",     "x;y",
                                          "<&>", "!",    "two\nlines", "ä"};
  std::string expected;
  for (const char* word : words) expected += std::string(word) + "\n|";
  EXPECT_EQ(WordsOf(ShellCommand(words)), expected);
}

}  // namespace
}  // namespace nosetip
