#include "tracker/stream/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(ParseEndpoint, TakesNamesAndAddresses) {
  for (const char* text : {"localhost:1", "10.0.0.2:65535", "[::1]:8338"}) {
    EXPECT_EQ(EndpointText(ParseEndpoint("--osc", text)), text);
  }
  EXPECT_EQ(ParseEndpoint("--osc", "[::1]:8338").host, "::1");
  EXPECT_EQ(EndpointText(ParseEndpoint("--serve", "8080", "127.0.0.1")), "127.0.0.1:8080");
}

TEST(ParseEndpoint, NamesTheOptionAndWhatItTakes) {
  for (const char* text : {"", ":", "host", "host:", ":80", "host:0", "host:65536", "host:8x",
                           "::1:80", "[::1]", "host:-1", "8080"}) {
    EXPECT_THAT(MessageOf([&] { ParseEndpoint("--osc", text); }),
                AllOf(HasSubstr("--osc is '"), HasSubstr("give HOST:PORT")))
        << text;
  }
  EXPECT_THAT(MessageOf([&] { ParseEndpoint("--serve", "x", "127.0.0.1"); }),
              HasSubstr("give PORT or ADDRESS:PORT"));
}

}  // namespace
}  // namespace nosetip
