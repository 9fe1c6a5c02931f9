// A page about what the faces of a clip did.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/report/extremes.h"
#include "tracker/report/face_history.h"
#include "tracker/vision/contact_sheet.h"

namespace nosetip {

// Collects results whose faces have signals, and makes one HTML page of them, which needs no other
// files, no network and no scripts: a summary, a time line per signal with blinks marked, pictures
// at the extremes, a contact sheet, and tables that can be copied. Of pictures, which have no time,
// there is a table with a row per face in place of time lines.
class ClipReport {
 public:
  // `title` is the clip's name; `subtitle` says what made the page.
  ClipReport(std::string title, std::string subtitle, bool pictures);

  // Call for each frame, in order. `draw` gives the frame with its faces drawn; it is called for
  // few frames. `name` is that of the picture.
  void Add(const TrackResult& result, std::string_view name, const std::function<Image()>& draw);
  std::string Page() const;

 private:
  std::vector<ReportFigure> Summary() const;
  double SecondsLong() const { return last_s_ - first_s_; }
  std::vector<const FaceHistory*> MostSeen() const;
  std::string FaceSections() const;
  std::string SectionOf(const FaceHistory& face) const;
  std::string PicturesSection() const;
  std::string SheetSection() const;
  std::string FiguresForIndex() const;
  void AddPictureRows(const TrackResult& result, std::string_view name);

  std::string title_;
  std::string subtitle_;
  bool pictures_;
  int64_t frames_ = 0;
  int64_t without_face_ = 0;
  int64_t without_points_ = 0;  // frames with faces, none of which has points
  double first_s_ = 0.0;
  double last_s_ = 0.0;
  std::map<int, FaceHistory> faces_;
  std::map<int, int64_t> seen_;  // frames of each face, also of those without points
  ReportTable picture_rows_;
  Extremes extremes_;
  ContactSheet sheet_;
};

}  // namespace nosetip
