#include "tracker/core/printable_text.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(PrintableText, WritesControlCharactersOutAndKeepsTheRest) {
  EXPECT_EQ(PrintableText("clip\x1b]0;title\x07.mp4"), "clip\\x1b]0;title\\x07.mp4");
  EXPECT_EQ(PrintableText("a\rb\x7f"), "a\\x0db\\x7f");
  EXPECT_EQ(PrintableText("\xC2\x9B"
                          "31m"),
            "\\x9b31m");
  EXPECT_EQ(PrintableText("two\nlines\tZo\xC3\xAB \xE6\x97\xA5 caf\xE9"),
            "two\nlines\tZo\xC3\xAB \xE6\x97\xA5 caf\xE9");
}

TEST(WithoutPasswords, MasksThePasswordOfEveryAddressInTheText) {
  EXPECT_EQ(WithoutPasswords("rtsp://me:s3cret@host:554/live: no answer"),
            "rtsp://me:***@host:554/live: no answer");
  EXPECT_EQ(WithoutPasswords("rtsp://me:with@sign@host/ and http://a:b@c"),
            "rtsp://me:***@host/ and http://a:***@c");
  EXPECT_EQ(WithoutPasswords("http://:b@c"), "http://:***@c");
}

TEST(WithoutPasswords, MasksSecretsInTheQuery) {
  EXPECT_EQ(WithoutPasswords("http://host/cgi?user=me&PWD=s3cret&q=1"),
            "http://host/cgi?user=me&PWD=***&q=1");
  EXPECT_EQ(WithoutPasswords("http://host?token=abc' failed"), "http://host?token=***' failed");
}

TEST(WithoutPasswords, LeavesTextWithoutThemAlone) {
  for (const char* text : {"", "clip.mp4", "rtsp://host/live", "http://me@host/a:b@c", "://",
                           "http://host/?monkey=1&keys"}) {
    EXPECT_EQ(WithoutPasswords(text), text);
  }
}

}  // namespace
}  // namespace nosetip
