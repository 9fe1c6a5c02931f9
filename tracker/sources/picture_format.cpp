#include "tracker/sources/picture_format.h"

#include <algorithm>
#include <string_view>

#include <fmt/core.h>

#include "tracker/sources/picture_header.h"

namespace nosetip {
namespace {

constexpr std::string_view kCameraRaw = "camera RAW";

bool IsRawOfACamera(const FileNumbers& file) {
  const std::string start = file.Bytes(0, 16);
  const std::string_view head = start;
  constexpr std::string_view kStarts[] = {"FUJIFILMCCD-RAW", "IIRO", "IIRS", "MMOR",
                                          std::string_view("IIU\0", 4)};
  return std::ranges::any_of(kStarts, [&](auto known) { return head.starts_with(known); }) ||
         (IsMp4Family(file) && file.Bytes(8, 4) == "crx ");
}

// What OpenCV reads of a RAW file, if anything, is its thumbnail.
std::string UnsupportedTiff(const FileNumbers& file, const std::string& extension) {
  constexpr std::string_view kRaw[] = {".arw", ".cr2", ".dng", ".erf", ".iiq", ".k25", ".kdc",
                                       ".nef", ".nrw", ".pef", ".raw", ".sr2", ".srw", ".3fr"};
  constexpr uint32_t kPhotometric = 0x106;
  constexpr uint32_t kDngVersion = 0xC612;
  const TiffTags tags(file, 0);
  const uint32_t photometric = tags.Value(kPhotometric);
  const bool sensor = photometric == 32803 || photometric == 34892;
  if (sensor || tags.Has(kDngVersion) || std::ranges::find(kRaw, extension) != std::end(kRaw)) {
    return std::string(kCameraRaw);
  }
  const uint32_t bits = tags.Value(0x102);
  const uint32_t sample_format = tags.Value(0x153);
  if (sample_format == 3) return fmt::format("{}-bit float TIFF", bits);
  return bits > 16 ? fmt::format("{}-bit TIFF", bits) : "";
}

std::string UnsupportedJpeg(const FileNumbers& file) {
  const uint64_t frame = FrameOfJpeg(file);
  if (frame == 0) return "";
  const uint32_t bits = file.Big(frame + 4, 1);
  switch (file.Big(frame + 1, 1)) {
    case 0xF7:
      return "JPEG-LS";
    case 0xC3:
    case 0xCB:
      return "lossless JPEG";
    case 0xC0:
    case 0xC1:
    case 0xC2:
    case 0xC9:
    case 0xCA:
      return bits > 8 ? fmt::format("{}-bit JPEG", bits) : "";
    default:
      return "hierarchical JPEG";
  }
}

// The codestream's header (ISO/IEC 15444-1, A.5.1), which a .jp2 has near its start.
std::string UnsupportedJpeg2000(const FileNumbers& file) {
  const std::string start = file.Bytes(0, size_t{1} << 16U);
  const size_t at = start.find("\xFF\x4F\xFF\x51");
  if (at == std::string::npos) return "";
  const uint32_t components = file.Big(at + 40, 2);
  if (components > 4) return fmt::format("JPEG 2000 with {} components", components);
  for (uint32_t i = 0; i < components; ++i) {
    if (file.Big(at + 43 + 3 * i, 2) != 0x0101) return "JPEG 2000 with subsampled colors";
  }
  return "";
}

}  // namespace

bool IsMp4Family(const FileNumbers& file) { return file.Bytes(4, 4) == "ftyp"; }

bool IsWebp(const FileNumbers& file) {
  return file.Bytes(0, 4) == "RIFF" && file.Bytes(8, 4) == "WEBP";
}

bool IsHeifPicture(const FileNumbers& file) {
  constexpr std::string_view kBrands[] = {"heic", "heix", "heim", "heis", "mif1", "mif2", "avif"};
  return IsMp4Family(file) && std::ranges::find(kBrands, file.Bytes(8, 4)) != std::end(kBrands);
}

std::string UnsupportedPictureFormat(const FileNumbers& file, const std::string& extension) {
  if (IsRawOfACamera(file)) return std::string(kCameraRaw);
  const std::string start = file.Bytes(0, 4);
  const std::string_view head = start;
  if (IsWebp(file)) {
    constexpr uint32_t kAnimation = 2;
    const bool moves = file.Bytes(12, 4) == "VP8X" && (file.Big(20, 1) & kAnimation) != 0;
    return moves ? "animated WebP" : "";
  }
  if (head.starts_with("\xFF\xD8")) return UnsupportedJpeg(file);
  if (head == std::string_view("II*\0", 4) || head == std::string_view("MM\0*", 4)) {
    return UnsupportedTiff(file, extension);
  }
  const bool jpeg_2000 = file.Bytes(4, 4) == "jP  " || head == "\xFF\x4F\xFF\x51";
  return jpeg_2000 ? UnsupportedJpeg2000(file) : "";
}

int OrientationOfWebp(const FileNumbers& file) {
  uint64_t at = 12;
  for (int i = 0; i < kMaxHeaderParts; ++i) {
    const std::string kind = file.Bytes(at, 4);
    if (kind.empty()) return 1;
    if (kind == "EXIF") {
      // Some programs also write the name of a JPEG's segment.
      const bool named = file.Bytes(at + 8, 4) == "Exif";
      const uint32_t orientation = TiffTags(file, at + (named ? 14 : 8)).Value(0x112);
      return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
    }
    const uint64_t length = file.Little(at + 4, 4);
    at += 8 + length + length % 2;
  }
  return 1;
}

}  // namespace nosetip
