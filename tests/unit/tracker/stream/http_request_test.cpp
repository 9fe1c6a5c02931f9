#include "tracker/stream/http_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ParseRequest, ReadsWhatABrowserSends) {
  const auto request = ParseRequest(
      "GET /overlay?a=b&token=12ab HTTP/1.1\r\nAccept: */*\r\nhOST:\t localhost:80 \r\n\r\n");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->method, "GET");
  EXPECT_EQ(request->target, "/overlay?a=b&token=12ab");
  EXPECT_EQ(request->path, "/overlay");
  EXPECT_EQ(request->token, "12ab");
  EXPECT_EQ(request->host, "localhost:80");
  EXPECT_EQ(ParseRequest("GET /? HTTP/1.0\r\nHost: a\r\n\r\n")->token, "");
  EXPECT_EQ(ParseRequest("GET /?tokens=1&xtoken=2&& HTTP/1.0\r\nHost: a\r\n\r\n")->token, "");
}

TEST(ParseRequest, RefusesAnythingElse) {
  for (const char* text :
       {"", "\r\n\r\n", "GET", "GET /", "GET / HTTP/1.1", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/2\r\nHost: a\r\n\r\n", "GET  HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", " / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\nHost a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\r\n: a\r\nHost: a\r\n\r\n"}) {
    EXPECT_FALSE(ParseRequest(text)) << text;
  }
  const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nb: ";
  const std::string most(kMaxRequestBytes - start.size() - 4, 'x');
  EXPECT_TRUE(ParseRequest(start + most + "\r\n\r\n"));
  EXPECT_FALSE(ParseRequest(start + most + "x\r\n\r\n"));
}

TEST(HttpHead, KeepsOtherSitesOut) {
  const std::string head = HttpHead(405, "text/plain", 4, "A: b\r\n");
  EXPECT_THAT(head, StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"));
  EXPECT_THAT(head, HasSubstr("Allow: GET, HEAD\r\n"));
  EXPECT_THAT(head, HasSubstr("Cross-Origin-Resource-Policy: same-origin\r\n"));
  EXPECT_THAT(head, HasSubstr("Content-Length: 4\r\n"));
  EXPECT_TRUE(head.ends_with("A: b\r\n\r\n"));
}

}  // namespace
}  // namespace nosetip
