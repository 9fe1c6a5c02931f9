#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>

#include <fmt/core.h>

#include "gui/panels/overlay_painter.h"
#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"
#include "tracker/core/printable_text.h"

namespace nosetip {
namespace {

struct Notice {
  std::string title;
  std::string text;
};

std::optional<Notice> NoticeOf(const AppState& state) {
  const LiveStatus& live = state.live;
  switch (live.state) {
    case LiveState::kOpening:
      return Notice{"Opening", WithoutPasswords(live.source)};
    case LiveState::kFailed:
      return Notice{"Source error", live.message};
    case LiveState::kRetrying: {
      const auto seconds = static_cast<int>(std::ceil(live.retry_in_s));
      const std::string when = seconds > 0 ? fmt::format(" in {} s", seconds) : "";
      return Notice{"Unavailable, retrying" + when, live.message};
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
  FillRect(list, {at.x, at.y, width, height}, ImGui::GetColorU32({back.x, back.y, back.z, 0.94F}),
           8.0F);
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
  FillRect(list, {area.x, area.y, area.width, size.y + 2.0F * pad},
           ImGui::GetColorU32({back.x, back.y, back.z, 0.9F}));
  list.AddText(nullptr, 0.0F, {area.x + pad, area.y + pad}, ImGui::GetColorU32(ImGuiCol_Text),
               text.c_str(), nullptr, wrap);
}

// At the top right while recording: a red disc and the time.
void DrawRecordingMark(const RecorderStatus& recorder, const RectF& area) {
  if (recorder.state != RecorderState::kRecording) return;
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - recorder.started_at;
  const std::string text = "REC  " + TimeText(time.count());
  const float unit = ImGui::GetFontSize();
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const RectF pill{area.x + area.width - size.x - 3.2F * unit, area.y + 0.7F * unit,
                   size.x + 2.4F * unit, 1.8F * unit};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  FillRect(list, pill, IM_COL32(10, 12, 16, 190), 0.9F * unit);
  list.AddCircleFilled({pill.x + 0.95F * unit, pill.y + 0.9F * unit}, 0.4F * unit,
                       IM_COL32(240, 60, 55, 255));
  list.AddText({pill.x + 1.7F * unit, pill.y + 0.9F * unit - 0.5F * size.y},
               IM_COL32(255, 255, 255, 255), text.c_str());
  NotePlace("Recording", pill);
}

// At the bottom left.
void DrawToast(const std::string& text, const RectF& area) {
  if (text.empty()) return;
  const float unit = ImGui::GetFontSize();
  const float wrap = area.width - 3.0F * unit;
  const ImVec2 size = ImGui::CalcTextSize(text.c_str(), nullptr, false, wrap);
  const ImVec2 at{area.x + 0.7F * unit, area.y + area.height - size.y - 2.0F * unit};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  FillRect(list, {at.x, at.y, size.x + 1.4F * unit, size.y + 1.2F * unit},
           IM_COL32(10, 12, 16, 200), 6.0F);
  list.AddText(nullptr, 0.0F, {at.x + 0.7F * unit, at.y + 0.6F * unit},
               IM_COL32(255, 255, 255, 255), text.c_str(), nullptr, wrap);
}

void DrawSourceNotes(const AppState& state, const RectF& area) {
  if (const std::optional<Notice> notice = NoticeOf(state)) {
    DrawNotice(*notice, area);
  } else if (!state.banner.empty() && !state.clean_view) {
    DrawBanner(state.banner, area);
  }
}

void DrawPicture(const AppState& state, const RectF& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  FillRect(list, area, ImGui::GetColorU32(CurrentPalette().view));
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

}  // namespace

std::optional<Command> DrawViewPanel(const AppState& state, TeachDraft& teach, const RectF& area) {
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
  if (teach.editor) {
    DrawTeachView(state, teach, picture);
    BeginItemsOf("View");
  } else {
    DrawPicture(state, picture);
    DrawSourceNotes(state, picture);
  }
  DrawRecordingMark(state.recorder, picture);
  DrawToast(state.toast, picture);
  ImGui::SetCursorScreenPos(
      {area.x + 10.0F * UiScale(), picture.y + picture.height + 7.0F * UiScale()});
  std::optional<Command> command = DrawTransportBar(state);
  ImGui::End();
  return command;
}

}  // namespace nosetip
