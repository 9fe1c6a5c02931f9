// What kind of picture a file holds, by its first bytes.
#pragma once

#include <string>

#include "tracker/sources/file_numbers.h"

namespace nosetip {

// A still picture of HEIF (ISO/IEC 23008-12): HEIC and AVIF. A moving one is not: FFmpeg reads it.
bool IsHeifPicture(const FileNumbers& file);
// Any file of the family of MP4 and HEIF.
bool IsMp4Family(const FileNumbers& file);

bool IsWebp(const FileNumbers& file);

// The format of a picture that no decoder here reads, such as "animated WebP"; empty for all other
// files. `extension` is in lower case, with its dot: many camera RAW files look like a TIFF.
std::string UnsupportedPictureFormat(const FileNumbers& file, const std::string& extension);

// The EXIF orientation, 1 to 8, of a WebP; 1 where it has none.
int OrientationOfWebp(const FileNumbers& file);

}  // namespace nosetip
