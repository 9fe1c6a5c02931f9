#include "gui/panels/item_map.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
#include "tracker/output/text_output.h"

namespace nosetip {

void ItemMap::Add(const std::string& label, const RectF& place) {
  items[panel.empty() ? label : panel + "/" + label] = place;
}

void ItemMap::Clear() {
  panel.clear();
  items.clear();
}

void ItemMapFile::Write(const ItemMap& map, std::chrono::steady_clock::time_point now) {
  constexpr std::chrono::milliseconds kMinInterval{150};
  if (path_.empty() || now < written_at_ + kMinInterval || map.items == written_) return;
  std::string lines;
  for (const auto& [name, r] : map.items) {
    lines += fmt::format("{}{}: {}", lines.empty() ? "" : ",\n", JsonText(nlohmann::json(name)),
                         JsonText(nlohmann::json({r.x, r.y, r.width, r.height})));
  }
  SaveText(path_, fmt::format("{{\n{}\n}}\n", lines), {.sync = false});
  written_ = map.items;
  written_at_ = now;
}

}  // namespace nosetip
