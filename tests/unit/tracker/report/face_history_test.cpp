#include "tracker/report/face_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::ElementsAre;

FaceHistory HistoryOf(int frames, double rate_hz) {
  FaceHistory face;
  for (int i = 0; i < frames; ++i) {
    FaceSignals signals;
    signals.values[0] = i == 30 ? 0.5F : 1.0F;
    signals.confidence.fill(0.5F);
    if (i == 31) signals.blink = Blink{1.1, 1.3, 0.75F};
    face.Add(i, i / rate_hz, signals);
  }
  return face;
}

TEST(FaceHistory, CountsTheTimeInWhichTheFaceWasSeen) {
  FaceHistory face;
  for (const double start_s : {0.0, 110.0}) {
    for (int i = 0; i <= 250; ++i) face.Add(i, start_s + i / 25.0, {});
  }
  EXPECT_NEAR(face.SecondsSeen(), 20.0, 1e-9);
}

TEST(StatisticsTable, GivesTheExtremesAndWhenTheyWere) {
  const ReportTable table = StatisticsTable(HistoryOf(50, 25.0));
  ASSERT_EQ(table.rows.size(), kSignals);
  EXPECT_THAT(table.rows[0], ElementsAre("Right eye open", "eye_open_right", "0.99", "0.07", "0.50",
                                         "0:01.20", "1.00", "0:00.00"));
}

TEST(BlinkTable, HasARowPerBlink) {
  const ReportTable table = BlinkTable(HistoryOf(50, 25.0));
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_THAT(table.rows[0], ElementsAre("1", "1.10", "1.30", "0.20", "0.75"));
}

TEST(ValuesTable, AveragesSecondsAndStaysShort) {
  const ReportTable table = ValuesTable(HistoryOf(75, 25.0));
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(table.rows[1][0], "1");
  EXPECT_EQ(table.rows[0][1], "1.00");
  EXPECT_EQ(table.rows[1][1], "0.98");
  EXPECT_EQ(table.rows[1].back(), "0.50");
  EXPECT_LE(ValuesTable(HistoryOf(10000, 2.0)).rows.size(), 301U);
}

TEST(MinutesText, HasMinutesAndHundredths) {
  EXPECT_EQ(MinutesText(0.0), "0:00.00");
  EXPECT_EQ(MinutesText(62.4), "1:02.40");
  EXPECT_EQ(MinutesText(59.996), "1:00.00");
  EXPECT_EQ(MinutesText(119.994), "1:59.99");
}

}  // namespace
}  // namespace nosetip
