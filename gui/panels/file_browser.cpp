#include "gui/panels/file_browser.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "gui/panels/widgets.h"
#include "tracker/sources/file_kinds.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::vector<BrowserEntry> EntriesOf(const fs::path& folder,
                                    const std::vector<std::string>& extensions) {
  std::vector<BrowserEntry> entries;
  std::error_code problem;
  for (fs::directory_iterator it(folder, problem), end; !problem && it != end;
       it.increment(problem)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with(".")) continue;
    std::error_code ignored;
    const bool is_folder = it->is_directory(ignored);
    const std::string extension = LowerExtension(it->path());
    const bool wanted =
        is_folder || extensions.empty() ||
        std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
    if (wanted) entries.push_back({name, is_folder});
  }
  std::sort(entries.begin(), entries.end(), [](const BrowserEntry& a, const BrowserEntry& b) {
    return std::pair(!a.is_folder, a.name) < std::pair(!b.is_folder, b.name);
  });
  return entries;
}

void FileBrowser::Open(BrowseRequest request) {
  request_ = std::move(request);
  is_open_ = true;
  std::error_code ignored;
  fs::path folder = request_.folder;
  if (folder.empty() || !fs::is_directory(folder, ignored)) folder = fs::current_path(ignored);
  GoTo(folder);
}

void FileBrowser::GoTo(const fs::path& folder) {
  std::error_code ignored;
  request_.folder = fs::absolute(folder, ignored).lexically_normal();
  typed_ = request_.folder.string();
  entries_ = EntriesOf(request_.folder, request_.extensions);
}

std::optional<fs::path> FileBrowser::DrawEntries() {
  std::optional<fs::path> chosen;
  fs::path next;
  const float lower = 2.6F * ImGui::GetFrameHeight();
  ImGui::BeginChild("entries", {0.0F, -lower}, true);
  size_t row = 0;
  for (const BrowserEntry& entry : entries_) {
    const std::string label = entry.is_folder ? entry.name + "/" : entry.name;
    if (NameRow(row++, label)) {
      if (entry.is_folder) {
        next = request_.folder / entry.name;
      } else {
        chosen = request_.folder / entry.name;
      }
    }
    NoteItem(label);
  }
  if (entries_.empty()) Dim("Nothing to select here");
  ImGui::EndChild();
  if (!next.empty()) GoTo(next);
  return chosen;
}

std::optional<fs::path> FileBrowser::Draw() {
  if (!is_open_) return std::nullopt;
  BeginItemsOf("Browser");
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0.5F * screen.x, 0.5F * screen.y}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSize({std::min(0.9F * screen.x, 46.0F * ImGui::GetFontSize()),
                            std::min(0.9F * screen.y, 34.0F * ImGui::GetFontSize())});
  const WindowFrame frame;
  ImGui::Begin((request_.title + "###browser").c_str(), &is_open_,
               ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings);
  std::optional<fs::path> chosen;
  if (Button("Up", "Parent folder")) GoTo(request_.folder.parent_path());
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1.0F);
  if (TextField("##folder", typed_, "Type a path and press Enter")) {
    std::error_code ignored;
    if (fs::is_regular_file(typed_, ignored) && !request_.for_folder) {
      chosen = typed_;
    } else {
      GoTo(typed_);
    }
  }
  if (auto entry = DrawEntries()) chosen = entry;
  ImGui::Spacing();
  if (request_.for_folder) {
    if (PrimaryButton("Select folder", request_.folder.string())) chosen = request_.folder;
    ImGui::SameLine();
  }
  if (Button("Cancel")) is_open_ = false;
  ImGui::End();
  if (chosen) is_open_ = false;
  return chosen;
}

}  // namespace nosetip
