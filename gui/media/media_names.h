// How screenshots and recordings are named.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace nosetip {

using WallTime = std::chrono::system_clock::time_point;

inline constexpr const char* kScreenshotPrefix = "screenshot_";
inline constexpr const char* kRecordingPrefix = "recording_";
inline constexpr const char* kCleanSuffix = "_clean";

// "2026-11-24_19-01-17_123", local time; sorts by time.
std::string StampOf(WallTime time);
// "2026-11-24T19:01:17.123+0100"
std::string IsoTimeOf(WallTime time);

// Creates the folder and its parents where they are missing. Throws Error where it cannot.
void MakeMediaFolder(const std::filesystem::path& folder);

// FOLDER/PREFIX_STAMP, followed by "_2", "_3" ... where a file of that name exists.
std::filesystem::path FreshStem(const std::filesystem::path& folder, const std::string& prefix,
                                WallTime time);

}  // namespace nosetip
