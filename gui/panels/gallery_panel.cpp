#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/core.h>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

// In the middle of its cell; a text where there is none.
void DrawThumbnail(const AppState& state, const GalleryItem& item, const RectF& cell) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  FillRect(list, cell, ImGui::GetColorU32(CurrentPalette().view), 4.0F);
  const auto found = state.thumbnails.find(item.thumbnail.get());
  if (found == state.thumbnails.end() || found->second.texture == nullptr) {
    const char* text = item.message.empty() ? "..." : "no preview";
    list.AddText({cell.x + 8.0F, cell.y + 8.0F}, ImGui::GetColorU32(CurrentPalette().dim), text);
    return;
  }
  const ShownPicture& picture = found->second;
  const float scale = std::min(cell.width / static_cast<float>(picture.width_px),
                               cell.height / static_cast<float>(picture.height_px));
  const ImVec2 size{scale * static_cast<float>(picture.width_px),
                    scale * static_cast<float>(picture.height_px)};
  const ImVec2 at{cell.x + 0.5F * (cell.width - size.x), cell.y + 0.5F * (cell.height - size.y)};
  list.AddImage(picture.texture, at, {at.x + size.x, at.y + size.y});
}

std::optional<Command> DrawItem(const AppState& state, const GalleryItem& item, float width) {
  std::optional<Command> command;
  const std::string name = item.files.path.filename().string();
  ImGui::PushID(name.c_str());
  ImGui::BeginGroup();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const RectF cell{at.x, at.y, width, 0.625F * width};
  if (ImGui::InvisibleButton("open", {cell.width, cell.height})) {
    command = OpenSource{item.files.path.string()};
  }
  NoteItem(name);
  DrawThumbnail(state, item, cell);
  if (ImGui::IsItemHovered()) {
    ImGui::GetWindowDrawList()->AddRect({cell.x, cell.y},
                                        {cell.x + cell.width, cell.y + cell.height},
                                        ImGui::GetColorU32(CurrentPalette().accent), 4.0F, 0, 2.0F);
  }
  const std::string problem = item.message.empty() ? "" : "\n" + item.message;
  Tooltip(fmt::format("{}, {:.1f} MB\nClick to open{}", name,
                      static_cast<double>(item.files.bytes) / 1e6, problem));
  const bool is_recording = item.files.kind == MediaKind::kRecording;
  ImGui::TextUnformatted(is_recording ? "Recording" : "Screenshot");
  // Only the time; the tooltip has the date.
  const std::string time = item.files.made_at.substr(
      std::min<size_t>(item.files.made_at.size(), item.files.made_at.find(' ') + 1));
  ImGui::SameLine();
  ImGui::TextDisabled("%s", time.c_str());
  ImGui::EndGroup();
  ImGui::PopID();
  return command;
}

}  // namespace

std::optional<Command> DrawGalleryPanel(const AppState& state) {
  BeginItemsOf("Gallery");
  std::optional<Command> command = DrawMediaButtons(state);
  ImGui::SameLine();
  if (Button("Open folder", state.settings.media_folder)) {
    command = ShowInDesktop{state.settings.media_folder};
  }
  ImGui::SameLine();
  if (Button("Change folder...", "Where new screenshots and recordings are saved")) {
    command = BrowseFor{BrowseFor::What::kMediaFolder};
  }
  if (!state.gallery) return command;
  if (!state.gallery->message.empty()) Wrapped(state.gallery->message);
  if (state.gallery->items.empty())
    Dim("No screenshots or recordings yet. Press S for a screenshot, R to record.");
  const float room = ImGui::GetContentRegionAvail().x;
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float min_width = 9.0F * ImGui::GetFontSize();
  const int columns = std::max(1, static_cast<int>(std::floor((room + gap) / (min_width + gap))));
  const float width = (room - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns);
  int column = 0;
  for (const GalleryItem& item : state.gallery->items) {
    if (column > 0) ImGui::SameLine();
    column = (column + 1) % columns;
    if (auto wanted = DrawItem(state, item, width)) command = wanted;
  }
  if (state.gallery->left_out > 0) Dim(fmt::format("{} older files", state.gallery->left_out));
  return command;
}

}  // namespace nosetip
