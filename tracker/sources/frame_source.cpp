#include "tracker/sources/frame_source.h"

#include <array>

#include "tracker/sources/camera_source.h"
#include "tracker/sources/picture_source.h"
#include "tracker/sources/source_kind.h"
#include "tracker/sources/video_source.h"

namespace nosetip {

std::span<const Field<CameraOptions>> CameraOptions::Fields() {
  static const std::array<Field<CameraOptions>, 3> kFields = {{
      {"camera-width", &CameraOptions::camera_width,
       "Width to ask a camera for, in pixels; 0 leaves it to the camera.", 0, 16384},
      {"camera-height", &CameraOptions::camera_height,
       "Height to ask a camera for, in pixels; 0 leaves it to the camera.", 0, 16384},
      {"camera-rate", &CameraOptions::camera_rate,
       "Frames a second to ask a camera for; 0 leaves it to the camera.", 0, 1000},
  }};
  return kFields;
}

std::unique_ptr<FrameSource> OpenFrameSource(const std::string& source,
                                             const CameraOptions& camera) {
  switch (KindOfSource(source)) {
    case SourceKind::kCamera:
      return OpenCamera(CameraIndex(source).value(), camera);
    case SourceKind::kStream:
      return OpenStream(source);
    case SourceKind::kPictureSequence:
      return OpenPictureSequence(source);
    case SourceKind::kPicture:
      return OpenPicture(source);
    case SourceKind::kVideoFile:
      return OpenVideoFile(source);
  }
  throw std::logic_error("an unknown kind of source");
}

}  // namespace nosetip
