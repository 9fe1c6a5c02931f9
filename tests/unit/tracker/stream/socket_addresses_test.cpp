#include "tracker/stream/socket_addresses.h"

#include <cstring>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(AddressesOf, KnowsBothKindsOfAddresses) {
  const auto family = [](const char* host) {
    const auto addresses = AddressesOf({host, 9}, SOCK_DGRAM);
    EXPECT_THAT(addresses, SizeIs(1));
    return addresses.at(0).family();
  };
  EXPECT_EQ(family("127.0.0.1"), AF_INET);
  EXPECT_EQ(family("::1"), AF_INET6);
  EXPECT_THAT(MessageOf([] {
                AddressesOf({"nosetip.invalid", 9}, SOCK_STREAM);
              }),
              HasSubstr("cannot resolve nosetip.invalid: "));
}

TEST(PutIpv4First, KeepsTheOrderOtherwise) {
  std::vector<SocketAddress> addresses;
  for (const char* host : {"::1", "127.0.0.1", "::2", "127.0.0.2"}) {
    addresses.push_back(AddressesOf({host, 9}, SOCK_DGRAM).at(0));
  }
  const std::vector<SocketAddress> before = addresses;
  PutIpv4First(addresses);
  for (const auto& [now, then] : {std::pair(0, 1), {1, 3}, {2, 0}, {3, 2}}) {
    const SocketAddress& found = addresses.at(static_cast<size_t>(now));
    EXPECT_EQ(std::memcmp(&found.bytes, &before.at(static_cast<size_t>(then)).bytes, found.size), 0)
        << now;
  }
}

}  // namespace
}  // namespace nosetip
