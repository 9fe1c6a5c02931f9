// Trainings beside each other: their curves in one plot, where their recipes differ, and figures.
#pragma once

#include <span>

#include "training/report/html_report.h"
#include "training/report/run_on_disk.h"

namespace nosetip {

// More have no color of their own.
inline constexpr size_t kMaxComparedRuns = 6;

// Of two runs or more. Throws Error where there are more than kMaxComparedRuns.
HtmlReport ComparisonOf(std::span<const RunOnDisk> runs);

}  // namespace nosetip
