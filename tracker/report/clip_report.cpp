#include "tracker/report/clip_report.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "tracker/output/number_text.h"
#include "tracker/report/report_index.h"
#include "tracker/report/time_line.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

constexpr size_t kFacesWithTimeLines = 6;
constexpr size_t kMostPictureRows = 1000;
constexpr ContactSheetOptions kSheet{.columns = 6, .max_frames = 24, .thumbnail_px = 200};

constexpr std::string_view kStyle = R"css(
.lines { margin: .8rem 0; font-size: .92rem; }
.lines > div { display: grid; grid-template: "name line span" / 8.5rem 1fr 6rem; gap: .1rem .7rem;
  align-items: center; margin-bottom: .35rem; }
.name { grid-area: name; }
.span { grid-area: span; color: var(--soft); font-variant-numeric: tabular-nums; font-size: .85rem; }
.time-line, .axis { grid-area: line; }
.axis { display: flex; justify-content: space-between; color: var(--soft); font-size: .85rem;
  font-variant-numeric: tabular-nums; }
.key { display: inline-block; width: .8rem; height: .8rem; background: var(--band); opacity: .6;
  vertical-align: -.08rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.moments { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 1rem; }
.moments figure { margin: 0; }
.moments img, .sheet img { display: block; width: 100%; height: auto; }
.sheet > div { min-width: min(44rem, var(--whole)); max-width: var(--whole); }
.copy table { -webkit-user-select: all; user-select: all; }
.copy td { white-space: nowrap; }
@media (max-width: 40rem) {
  .lines > div { grid-template: "name span" "line line" / 1fr auto; }
}
)css";

std::string Picture(const Image& image, std::string_view alt) {
  return fmt::format(
      "<img width=\"{}\" height=\"{}\" alt=\"{}\" src=\"data:image/jpeg;base64,{}\">",
      image.width_px, image.height_px, MarkupText(alt), Base64(JpegOf(image)));
}

std::string Section(std::string_view title, const std::string& html) {
  return "<section>\n" + HtmlElement("h2", title) + "\n" + html + "</section>\n";
}

std::string PerMinute(size_t blinks, double seconds) {
  return seconds >= 1.0 ? FixedText(60.0 * static_cast<double>(blinks) / seconds, 1) : "-";
}

struct Span {
  float low = 0.0F;
  float high = 1.0F;
};

// Angles span what there is, in tens of degrees and as far up as down.
Span SpanOf(const FaceHistory& face, size_t signal) {
  const SignalInfo& info = SignalInfos()[signal];
  if (signal < kExpressionSignals) return {info.low, info.high};
  float reach = 20.0F;
  for (const float value : face.values[signal]) reach = std::max(reach, std::abs(value));
  reach = 10.0F * std::ceil(reach / 10.0F);
  return {-reach, reach};
}

std::string Row(std::string_view label, const TimeLine& line, std::string_view unit) {
  const auto [least, greatest] = std::minmax_element(line.values.begin(), line.values.end());
  const int decimals = unit.empty() ? 2 : 0;
  return fmt::format(
      "<div><span class=\"name\">{}</span>{}<span class=\"span\">{} to {}{}</span></div>\n",
      MarkupText(label), TimeLineSvg(line), FixedText(*least, decimals),
      FixedText(*greatest, decimals), unit);
}

std::string Axis(double start_s, double end_s) {
  std::string axis = "<div class=\"axis\">";
  for (int i = 0; i <= 4; ++i) {
    axis += HtmlElement("span", MinutesText(start_s + (end_s - start_s) * i / 4.0));
  }
  return axis + "</div>\n";
}

}  // namespace

ClipReport::ClipReport(std::string title, std::string subtitle, bool pictures)
    : title_(std::move(title)),
      subtitle_(std::move(subtitle)),
      pictures_(pictures),
      picture_rows_{"Values", {"picture", "face"}, {}},
      sheet_(kSheet) {
  for (const SignalInfo& info : SignalInfos()) picture_rows_.header.emplace_back(info.name);
}

void ClipReport::Add(const TrackResult& result, std::string_view name,
                     const std::function<Image()>& draw) {
  if (frames_ == 0) first_s_ = result.pts_s;
  last_s_ = std::max(last_s_, result.pts_s);
  bool points = false;
  for (const TrackedFace& face : result.faces) {
    ++seen_[face.id];
    points = points || !face.landmarks.Empty();
    if (!face.signals || pictures_) continue;
    FaceHistory& history = faces_[face.id];
    history.id = face.id;
    history.Add(result.frame_id, result.pts_s, *face.signals);
  }
  without_face_ += result.faces.empty();
  without_points_ += !result.faces.empty() && !points;
  if (pictures_) AddPictureRows(result, name);
  std::optional<Image> drawn;
  const auto picture = [&]() -> const Image& {
    if (!drawn) drawn = draw();
    return *drawn;
  };
  extremes_.Add(result, picture);
  if (sheet_.WantsNext()) {
    sheet_.Add(picture(), frames_, result.pts_s);
  } else {
    sheet_.Skip();
  }
  ++frames_;
}

void ClipReport::AddPictureRows(const TrackResult& result, std::string_view name) {
  for (const TrackedFace& face : result.faces) {
    if (!face.signals || picture_rows_.rows.size() >= kMostPictureRows) continue;
    std::vector<std::string> row = {std::string(name), std::to_string(face.id)};
    for (const float value : face.signals->values) row.push_back(FixedText(value, 2));
    picture_rows_.rows.push_back(std::move(row));
  }
}

std::vector<const FaceHistory*> ClipReport::MostSeen() const {
  std::vector<const FaceHistory*> faces;
  for (const auto& [id, face] : faces_) faces.push_back(&face);
  std::stable_sort(faces.begin(), faces.end(),
                   [](const auto* a, const auto* b) { return a->Count() > b->Count(); });
  return faces;
}

std::vector<ReportFigure> ClipReport::Summary() const {
  std::vector<ReportFigure> figures = {
      {pictures_ ? "Pictures" : "Frames", std::to_string(frames_)},
      {"Faces", std::to_string(seen_.size())},
      {"Without a face", std::to_string(without_face_)},
      {pictures_ ? "Pictures without points" : "Frames without points",
       std::to_string(without_points_)},
  };
  if (pictures_) return figures;
  size_t blinks = 0;
  double face_s = 0.0;
  for (const auto& [id, face] : faces_) {
    blinks += face.blinks.size();
    face_s += face.SecondsSeen();
  }
  const double seconds = SecondsLong();
  figures.push_back({"Length", MinutesText(seconds)});
  figures.push_back(
      {"Frames per second",
       seconds > 0.0 ? FixedText(static_cast<double>(frames_ - 1) / seconds, 1) : "-"});
  figures.push_back({"Blinks", std::to_string(blinks)});
  figures.push_back({"Blinks per minute", PerMinute(blinks, face_s)});
  return figures;
}

std::string ClipReport::SectionOf(const FaceHistory& face) const {
  const double end_s = std::max(last_s_, first_s_ + 1e-3);
  TimeLine line{"", face.time_s, {}, first_s_, end_s, 0.0F, 1.0F, face.blinks};
  std::string html = fmt::format(
      "<p>{} of {} frames, {} blink{}, {} per minute. <span class=\"key\"></span> marks a blink."
      "</p>\n<div class=\"lines\">\n",
      face.Count(), frames_, face.blinks.size(), face.blinks.size() == 1 ? "" : "s",
      PerMinute(face.blinks.size(), face.SecondsSeen()));
  for (size_t i = 0; i < kSignals; ++i) {
    line.label = SignalInfos()[i].label;
    line.values = face.values[i];
    const Span span = SpanOf(face, i);
    line.low = span.low;
    line.high = span.high;
    html += Row(line.label, line, i < kExpressionSignals ? "" : "°");
  }
  line.label = "Confidence";
  line.values = face.confidence;
  line.low = 0.0F;
  line.high = 1.0F;
  html += Row(line.label, line, "");
  html += "<div>" + Axis(first_s_, end_s) + "</div></div>\n<div class=\"copy\">";
  html += HtmlTable(StatisticsTable(face));
  if (!face.blinks.empty()) html += HtmlTable(BlinkTable(face));
  return html + HtmlTable(ValuesTable(face)) + "</div>\n";
}

std::string ClipReport::FaceSections() const {
  const std::vector<const FaceHistory*> faces = MostSeen();
  std::string html;
  for (size_t i = 0; i < std::min(faces.size(), kFacesWithTimeLines); ++i) {
    html += Section(fmt::format("Face {}", faces[i]->id), SectionOf(*faces[i]));
  }
  if (faces.size() <= kFacesWithTimeLines) return html;
  return html + HtmlElement("p", fmt::format("The {} other faces were seen for shorter; a table of "
                                             "all is written by --csv --signals.",
                                             faces.size() - kFacesWithTimeLines));
}

std::string ClipReport::PicturesSection() const {
  const std::vector<ExtremeMoment> moments = extremes_.Moments();
  if (moments.empty()) return "";
  std::string html = "<div class=\"moments\">\n";
  for (const ExtremeMoment& moment : moments) {
    if (pictures_ && moment.what == "Longest blink") continue;
    const std::string where = pictures_ ? fmt::format("face {}", moment.face_id)
                                        : fmt::format("face {}, {}, frame {}", moment.face_id,
                                                      MinutesText(moment.pts_s), moment.frame_id);
    html +=
        "<figure>" + Picture(moment.picture, moment.what) +
        HtmlElement("figcaption", fmt::format("{}: {} ({})", moment.what, moment.value, where)) +
        "</figure>\n";
  }
  return Section("Extremes", html + "</div>\n");
}

std::string ClipReport::SheetSection() const {
  if (sheet_.Count() == 0) return "";
  const Image sheet = sheet_.Render();
  return Section(
      pictures_ ? "Pictures" : "Frames of the whole clip",
      fmt::format("<div class=\"scroll sheet\" tabindex=\"0\"><div style=\"--whole: {}px\">{}</div>"
                  "</div>\n",
                  sheet.width_px, Picture(sheet, "Frames with their number and time")));
}

std::string ClipReport::FiguresForIndex() const {
  std::string figures;
  for (const ReportFigure& figure : Summary()) {
    figures += fmt::format("{}={};", figure.name, figure.value);
  }
  return fmt::format("<meta name=\"{}\" content=\"{}\">\n", kReportMeta, MarkupText(figures));
}

std::string ClipReport::Page() const {
  std::string html = HtmlStart(title_, subtitle_, std::string(kTimeLineStyle) + std::string(kStyle),
                               FiguresForIndex());
  html += HtmlSummary(Summary()) + "<main>\n" + PicturesSection();
  if (!pictures_) html += FaceSections();
  if (pictures_ && !picture_rows_.rows.empty()) {
    html += Section("Faces", "<div class=\"copy\">" + HtmlTable(picture_rows_) + "</div>\n");
  }
  return html + SheetSection() + "</main>\n" + HtmlEnd();
}

}  // namespace nosetip
