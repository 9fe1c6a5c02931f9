// Pictures on disk.
#pragma once

#include <memory>
#include <string>

#include "tracker/core/image.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

// True where the file's first bytes are those of a still picture that ReadPicture knows. A GIF is
// not: it is read as a video.
bool IsPictureFile(const std::string& path);

// Reads JPEG, PNG, BMP, WebP, TIFF, PNM and what else this build of OpenCV can, turned upright by
// its EXIF orientation. Gray becomes RGB, 16 bits become 8, transparency is dropped, of several
// pages the first is taken. Throws Error for a file that is missing, empty, truncated or no
// picture.
Image ReadPicture(const std::string& path);

// Writes a picture in the format of the name's extension (.png, .jpg, .jpeg). It is written beside
// and renamed, so that no half picture is ever seen under the name. Throws Error for another
// extension, a folder that is not there or may not be written to, and a full disk.
void WritePicture(const std::string& path, const Image& image);

// Still pictures as frame sources.

// One frame, decoded at once.
std::unique_ptr<FrameSource> OpenPicture(const std::string& path);

// The pictures of a pattern such as "img_%04d.png", from the lowest number on, 1/25 s apart. Throws
// Error where none matches, a number is missing, or (from Next) a picture cannot be read or has
// another size than the first.
std::unique_ptr<FrameSource> OpenPictureSequence(const std::string& pattern);

}  // namespace nosetip
