#include "tracker/sources/high_dynamic_range.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

std::array<int, 3> Mapped(const ToneMap& map, double red, double green, double blue) {
  const std::array<uint16_t, 3> codes = {static_cast<uint16_t>(std::lround(65535 * red)),
                                         static_cast<uint16_t>(std::lround(65535 * green)),
                                         static_cast<uint16_t>(std::lround(65535 * blue))};
  std::array<uint8_t, 3> rgb{};
  map.Map(codes.data(), rgb.data(), 1);
  return {rgb[0], rgb[1], rgb[2]};
}

class EveryTransfer : public testing::TestWithParam<HdrTransfer> {};

TEST_P(EveryTransfer, KeepsGrayGrayAndInOrder) {
  const ToneMap map(GetParam());
  int last = -1;
  for (int i = 0; i <= 100; ++i) {
    const auto [red, green, blue] = Mapped(map, i / 100.0, i / 100.0, i / 100.0);
    EXPECT_NEAR(red, green, 1) << i;
    EXPECT_NEAR(blue, green, 1) << i;
    EXPECT_GE(green, last) << i;
    last = green;
  }
  EXPECT_EQ(Mapped(map, 0, 0, 0), (std::array<int, 3>{0, 0, 0}));
  EXPECT_GE(last, 250) << "the brightest";
}

INSTANTIATE_TEST_SUITE_P(ToneMap, EveryTransfer,
                         testing::Values(HdrTransfer::kPq, HdrTransfer::kHlg));

// ITU-R BT.2408: diffuse white is at 58 % of PQ and 75 % of HLG, an 18 % gray card at 38 % of both,
// which is 26 cd/m2.
TEST(ToneMap, ShowsWhiteAndGrayAsAUsualScreenDoes) {
  for (const auto& [transfer, white] :
       {std::pair(HdrTransfer::kPq, 0.58), std::pair(HdrTransfer::kHlg, 0.75)}) {
    const ToneMap map(transfer);
    EXPECT_NEAR(Mapped(map, white, white, white)[1], 237, 4);
    EXPECT_NEAR(Mapped(map, 0.38, 0.38, 0.38)[1], 101, 3);
  }
}

TEST(ToneMap, BringsTheWiderColorsInside) {
  const ToneMap map(HdrTransfer::kHlg);
  const auto [red, green, blue] = Mapped(map, 0.7, 0.1, 0.1);
  EXPECT_GT(red, 200);
  EXPECT_LT(green, 30);
  EXPECT_LT(blue, 60);
}

}  // namespace
}  // namespace nosetip
