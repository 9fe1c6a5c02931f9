#include "tracker/stream/request_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::MatchesRegex;

TEST(IsLoopback, KnowsThisMachine) {
  for (const char* host : {"127.0.0.1", "127.8.0.1", "::1", "localhost", "LocalHost"}) {
    EXPECT_TRUE(IsLoopback(host)) << host;
  }
  for (const char* host : {"0.0.0.0", "192.168.1.2", "::", "127.evil.org", "localhost.evil.org"}) {
    EXPECT_FALSE(IsLoopback(host)) << host;
  }
}

TEST(RequestCheck, KnowsItsOwnNamesOnly) {
  const RequestCheck check({"127.0.0.1", 8080});
  EXPECT_EQ(check.token(), "");
  for (const char* host : {"127.0.0.1:8080", "localhost:8080", "[::1]:8080"}) {
    EXPECT_EQ(check.StatusOf("GET", "/", host, ""), 200) << host;
  }
  for (const char* host : {"", "evil.org:8080", "127.0.0.1", "127.0.0.1:80", "192.168.1.2:8080",
                           "127.0.0.1.evil.org:8080", "localhost:8080.evil.org"}) {
    EXPECT_EQ(check.StatusOf("GET", "/", host, ""), 421) << host;
  }
  EXPECT_EQ(RequestCheck({"127.0.0.1", 80}).StatusOf("GET", "/", "localhost", ""), 200);
}

TEST(RequestCheck, WantsATokenFromOtherMachines) {
  const RequestCheck check({"0.0.0.0", 8080});
  EXPECT_THAT(check.token(), MatchesRegex("[0-9a-f]{32}"));
  EXPECT_NE(check.token(), RequestCheck({"0.0.0.0", 8080}).token());
  EXPECT_EQ(check.StatusOf("GET", "/", "192.168.1.2:8080", check.token()), 200);
  std::string wrong = check.token();
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  for (const std::string& token : {std::string(), wrong, check.token() + "0",
                                   check.token().substr(1), std::string(32, '\0')}) {
    EXPECT_EQ(check.StatusOf("GET", "/", "192.168.1.2:8080", token), 401) << token;
  }
  EXPECT_EQ(check.StatusOf("GET", "/", "evil.org:8080", check.token()), 421);
}

TEST(RequestCheck, ReadsOnlyAndShortRequests) {
  const RequestCheck check({"127.0.0.1", 8080});
  EXPECT_EQ(check.StatusOf("HEAD", "/", "localhost:8080", ""), 200);
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "get"}) {
    EXPECT_EQ(check.StatusOf(method, "/", "localhost:8080", ""), 405) << method;
  }
  EXPECT_EQ(check.StatusOf("GET", std::string(513, '/'), "localhost:8080", ""), 414);
}

}  // namespace
}  // namespace nosetip
