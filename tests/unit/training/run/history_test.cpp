#include "training/run/history.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

struct Row {
  int epoch = 0;
  double loss = 0.0;
  double error = 0.0;

  static std::span<const HistoryColumn<Row>> HistoryColumns() {
    static constexpr std::array<HistoryColumn<Row>, 2> kColumns = {
        {{"loss", &Row::loss}, {"error", &Row::error}}};
    return kColumns;
  }
};

const std::vector<Row> kRows = {{1, 0.1, std::nan("")}, {2, 1.0 / 3.0, 5.0}};

TEST(History, ComesBackFromJsonToTheLastBit) {
  const auto json = nlohmann::json::parse(JsonFromTable(TableFromHistory<Row>(kRows)).dump());
  const auto rows = HistoryFromTable<Row>(TableFromJson(json, {"loss", "error"}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].loss, 0.1);
  EXPECT_TRUE(std::isnan(rows[0].error));
  EXPECT_EQ(rows[1].epoch, 2);
  EXPECT_EQ(rows[1].loss, 1.0 / 3.0);
}

TEST(History, LeavesAFieldEmptyWhereThereIsNoNumber) {
  const TempFolder folder;
  WriteHistory(folder / "history.csv", TableFromHistory<Row>(kRows));
  EXPECT_EQ(ReadText(folder / "history.csv"),
            "epoch,loss,error\n1,0.1,\n2,0.3333333333333333,5.0\n");
}

TEST(History, NamesAColumnThatIsMissing) {
  const auto json = nlohmann::json::parse(R"([{"epoch": 1, "loss": 2.0}])");
  EXPECT_THROW(TableFromJson(json, {"loss", "error"}), nlohmann::json::exception);
}

}  // namespace
}  // namespace nosetip
