#include "tracker/output/number_text.h"

#include <clocale>
#include <cstdlib>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace nosetip {
namespace {

TEST(FixedText, HasTheDigitsAskedFor) {
  EXPECT_EQ(FixedText(1.25, 3), "1.250");
  EXPECT_EQ(FixedText(-7.0, 0), "-7");
  EXPECT_EQ(FixedText(1e300, 1).size(), 303U);
}

TEST(FixedText, NeverWritesANegativeZero) {
  EXPECT_EQ(FixedText(-0.0004, 3), "0.000");
  EXPECT_EQ(FixedText(-0.0, 1), "0.0");
  EXPECT_EQ(FixedText(-0.001, 3), "-0.001");
}

TEST(FixedText, SpellsWhatIsNotFinite) {
  EXPECT_EQ(FixedText(std::numeric_limits<double>::quiet_NaN(), 3), "nan");
  EXPECT_EQ(FixedText(-std::numeric_limits<double>::infinity(), 3), "-inf");
}

TEST(FixedText, KeepsThePointWhateverTheLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  // Where no such locale is installed the test still says that the default one is right.
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8"}) std::setlocale(LC_ALL, name);
  EXPECT_EQ(FixedText(0.5, 2), "0.50");
  std::setlocale(LC_ALL, before.c_str());
}

RC_GTEST_PROP(FixedText, ReadsBackWithinHalfOfTheLastDigit, (int thousandths, int decimals)) {
  decimals = 1 + std::abs(decimals % 5);
  const double value = thousandths / 1024.0;
  const double back = std::strtod(FixedText(value, decimals).c_str(), nullptr);
  RC_ASSERT(std::abs(back - value) <= 0.5 * std::pow(10.0, -decimals) + 1e-9);
  RC_ASSERT(std::abs(RoundedTo(value, decimals) - value) <= 0.5 * std::pow(10.0, -decimals) + 1e-9);
}

TEST(MarkupText, EscapesWhatMeansSomething) {
  EXPECT_EQ(MarkupText("a & <b> 'c' \"d\""), "a &amp; &lt;b&gt; &#39;c&#39; &quot;d&quot;");
}

TEST(CsvField, QuotesOnlyWhereItMust) {
  EXPECT_EQ(CsvField("a b.mp4"), "a b.mp4");
  EXPECT_EQ(CsvField("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvField("say \"hi\""), "\"say \"\"hi\"\"\"");
}

}  // namespace
}  // namespace nosetip
