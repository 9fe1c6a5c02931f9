#include "gui/panels/view_panel.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include <imgui.h>

#include "gui/panels/overlay_painter.h"
#include "gui/panels/view_transform.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

float UiScale() { return ImGui::GetFontSize() / kTextPx; }

std::string TimeText(double seconds) {
  const auto whole = static_cast<int>(std::max(0.0, seconds));
  char text[32];
  std::snprintf(text, sizeof text, "%d:%02d.%01d", whole / 60, whole % 60,
                static_cast<int>(10.0 * (seconds - whole)));
  return text;
}

bool IsFile(const LiveStatus& live) {
  return live.info && (live.info->kind == SourceKind::kVideoFile ||
                       live.info->kind == SourceKind::kPictureSequence);
}

double LengthOf(const SourceInfo& info) {
  if (!info.frame_count || info.frame_rate_hz <= 0.0) return 0.0;
  return static_cast<double>(*info.frame_count) / info.frame_rate_hz;
}

struct Notice {
  std::string title;
  std::string text;
};

std::optional<Notice> NoticeOf(const AppState& state) {
  const LiveStatus& live = state.live;
  switch (live.state) {
    case LiveState::kOpening:
      return Notice{"Opening", live.source};
    case LiveState::kFailed:
      return Notice{"Cannot be shown", live.message};
    case LiveState::kRetrying: {
      const auto seconds = static_cast<int>(std::ceil(live.retry_in_s));
      return Notice{seconds > 0 ? "Not there; trying again in " + std::to_string(seconds) + " s"
                                : "Not there; trying again",
                    live.message};
    }
    default:
      return std::nullopt;
  }
}

// In the middle of the area.
void DrawNotice(const Notice& notice, const RectF& area) {
  const float width = std::min(0.8F * area.width, 34.0F * ImGui::GetFontSize());
  const float pad = 1.1F * ImGui::GetFontSize();
  const ImVec2 text = ImGui::CalcTextSize(notice.text.c_str(), nullptr, false, width - 2.0F * pad);
  const float height = 2.4F * pad + 1.6F * ImGui::GetFontSize() + text.y;
  const ImVec2 at{area.x + 0.5F * (area.width - width), area.y + 0.5F * (area.height - height)};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec4 back = ImGui::GetStyle().Colors[ImGuiCol_PopupBg];
  list.AddRectFilled(at, {at.x + width, at.y + height},
                     ImGui::GetColorU32({back.x, back.y, back.z, 0.94F}), 8.0F);
  list.AddText({at.x + pad, at.y + pad}, ImGui::GetColorU32(CurrentPalette().warning),
               notice.title.c_str());
  list.AddText(nullptr, 0.0F, {at.x + pad, at.y + pad + 1.6F * ImGui::GetFontSize()},
               ImGui::GetColorU32(ImGuiCol_Text), notice.text.c_str(), nullptr, width - 2.0F * pad);
  NotePlace("Notice " + notice.title, {at.x, at.y, width, height});
}

// Along the top of the area.
void DrawBanner(const std::string& text, const RectF& area) {
  const float pad = 0.6F * ImGui::GetFontSize();
  const float wrap = area.width - 2.0F * pad;
  const ImVec2 size = ImGui::CalcTextSize(text.c_str(), nullptr, false, wrap);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec4 back = ImGui::GetStyle().Colors[ImGuiCol_PopupBg];
  list.AddRectFilled({area.x, area.y}, {area.x + area.width, area.y + size.y + 2.0F * pad},
                     ImGui::GetColorU32({back.x, back.y, back.z, 0.9F}));
  list.AddText(nullptr, 0.0F, {area.x + pad, area.y + pad}, ImGui::GetColorU32(ImGuiCol_Text),
               text.c_str(), nullptr, wrap);
}

void DrawPicture(const AppState& state, const RectF& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({area.x, area.y}, {area.x + area.width, area.y + area.height},
                     ImGui::GetColorU32(CurrentPalette().view));
  if (!state.shown || state.picture.texture == nullptr) return;
  const bool mirror = state.settings.view.mirror;
  const ViewTransform view =
      ViewTransform::Fit(area, {state.picture.width_px, state.picture.height_px}, mirror);
  const RectF& r = view.on_screen;
  list.AddImage(state.picture.texture, {r.x, r.y}, {r.x + r.width, r.y + r.height},
                {mirror ? 1.0F : 0.0F, 0.0F}, {mirror ? 0.0F : 1.0F, 1.0F});
  if (state.clean_view) return;
  PaintFaces(list, *state.shown, state.trails, view, state.settings.view, UiScale());
}

// A slider over the length of a file; gives the place that was chosen.
std::optional<double> DrawTimeline(const AppState& state, double length_s) {
  auto at_s = static_cast<float>(state.shown ? state.shown->result.pts_s : 0.0);
  const std::string time = TimeText(static_cast<double>(at_s)) + " / " + TimeText(length_s);
  const float width = std::max(80.0F, ImGui::GetContentRegionAvail().x -
                                          ImGui::CalcTextSize(time.c_str()).x - 20.0F * UiScale());
  ImGui::SetNextItemWidth(width);
  std::optional<double> chosen;
  if (ImGui::SliderFloat("##time", &at_s, 0.0F, static_cast<float>(length_s), "")) {
    chosen = static_cast<double>(at_s);
  }
  NoteItem("Time");
  Tooltip("Where in the file; drag to go elsewhere");
  ImGui::SameLine();
  ImGui::TextUnformatted(time.c_str());
  return chosen;
}

std::optional<Command> DrawFileControls(const AppState& state) {
  std::optional<Command> command;
  ImGui::SameLine();
  if (Button("Step", "One frame on (Right)")) command = StepFrame{};
  ImGui::SameLine();
  bool loop = state.settings.loop;
  if (Checkbox("Loop", loop, "Start over at the end (L)")) {
    ChangeSettings change{state.settings};
    change.settings.loop = loop;
    command = change;
  }
  const double length_s = LengthOf(*state.live.info);
  if (length_s <= 0.0) return command;
  ImGui::SameLine();
  if (const std::optional<double> place_s = DrawTimeline(state, length_s)) {
    command = SeekTo{*place_s};
  }
  return command;
}

std::optional<Command> DrawControls(const AppState& state) {
  std::optional<Command> command;
  const bool paused = state.live.state == LiveState::kPaused;
  const bool ended = state.live.state == LiveState::kEnded;
  if (PrimaryButton(ended ? "Again##play" : paused ? "Go on##play" : "Pause##play", "Space")) {
    if (ended) {
      command = SeekTo{0.0};
    } else {
      command = SetPaused{!paused};
    }
  }
  NoteItem("Play");
  if (IsFile(state.live)) {
    if (auto wanted = DrawFileControls(state)) command = wanted;
  } else if (state.live.info) {
    const SourceInfo& info = *state.live.info;
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    char text[96];
    std::snprintf(text, sizeof text, "live, %d x %d, %.1f frames/s, %lld dropped", info.width_px,
                  info.height_px, state.live.capture_rate_hz,
                  static_cast<long long>(state.live.dropped));
    ImGui::TextUnformatted(text);
  }
  return command;
}

}  // namespace

std::optional<Command> DrawViewPanel(const AppState& state, const RectF& area) {
  BeginItemsOf("View");
  ImGui::SetNextWindowPos({area.x, area.y});
  ImGui::SetNextWindowSize({area.width, area.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0.0F, 0.0F});
  ImGui::Begin("View", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus);
  ImGui::PopStyleVar();
  const float bar = ImGui::GetFrameHeight() + 14.0F * UiScale();
  const RectF picture{area.x, area.y, area.width, std::max(1.0F, area.height - bar)};
  DrawPicture(state, picture);
  if (const std::optional<Notice> notice = NoticeOf(state)) {
    DrawNotice(*notice, picture);
  } else if (!state.banner.empty() && !state.clean_view) {
    DrawBanner(state.banner, picture);
  }
  ImGui::SetCursorScreenPos(
      {area.x + 10.0F * UiScale(), picture.y + picture.height + 7.0F * UiScale()});
  std::optional<Command> command = DrawControls(state);
  ImGui::End();
  return command;
}

}  // namespace nosetip
