// Pictures on disk, and pictures as frame sources.
#pragma once

#include <memory>
#include <string>

#include "tracker/core/image.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

// True where the file's first bytes are those of a still picture that ReadPicture knows, or knows
// that it cannot read. A GIF is none, nor is a file named as motion JPEG: they are read as videos.
bool IsPictureFile(const std::string& path);

// IsPictureFile without the formats that ReadPicture cannot read.
bool IsReadablePicture(const std::string& path);

// Reads JPEG, PNG, BMP, WebP, TIFF, HEIC, AVIF, PNM and other formats of this build of OpenCV,
// turned upright as the file says. Gray becomes RGB, 16 bits become 8, transparency is dropped, of
// several pages the first is read. Throws Error for a file that is missing, empty, truncated, not
// supported or not a picture, and for one of more than 200 million pixels or 32767 per side; see
// picture_file.h.
Image ReadPicture(const std::string& path);

// Writes a picture in the format of the name's extension (.png, .jpg, .jpeg), as an AtomicFile.
// Throws Error for another extension and where the file cannot be written.
void WritePicture(const std::string& path, const Image& image);

// One frame, decoded at once. Where a part of a JPEG is damaged, info().note says so.
std::unique_ptr<FrameSource> OpenPicture(const std::string& path);

// The pictures of a pattern such as "img_%04d.png", from the lowest number on, 1/25 s apart. Throws
// Error where none matches, a number is missing, or (from Next) a picture cannot be read or has
// another size than the first.
std::unique_ptr<FrameSource> OpenPictureSequence(const std::string& pattern);

}  // namespace nosetip
