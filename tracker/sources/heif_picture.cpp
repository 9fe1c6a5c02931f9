#include "tracker/sources/heif_picture.h"

#include <algorithm>
#include <memory>
#include <new>
#include <system_error>

#include <fmt/core.h>
#include <libheif/heif.h>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/sources/picture_file.h"

namespace nosetip {
namespace {

template <auto kFree>
struct Free {
  template <typename Part>
  void operator()(Part* part) const {
    kFree(part);
  }
};
using Context = std::unique_ptr<heif_context, Free<heif_context_free>>;
using Handle = std::unique_ptr<heif_image_handle, Free<heif_image_handle_release>>;
using Decoded = std::unique_ptr<heif_image, Free<heif_image_release>>;
using Options = std::unique_ptr<heif_decoding_options, Free<heif_decoding_options_free>>;

void CheckHeif(const std::string& path, const heif_error& error) {
  switch (error.code) {
    case heif_error_Ok:
      return;
    case heif_error_Memory_allocation_error:
      if (error.subcode == heif_suberror_Unspecified) throw std::bad_alloc();
      if (error.subcode != heif_suberror_Security_limit_exceeded) ThrowDamagedPicture(path);
      throw Error(path + ": the picture exceeds a limit of libheif; make it smaller");
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
    case heif_error_Plugin_loading_error:
      throw Error(
          fmt::format("{}: this kind of HEIC or AVIF is not supported: {}; install libheif's "
                      "decoders (libde265, dav1d), or convert the picture to PNG or JPEG",
                      path, error.message));
    default:
      ThrowDamagedPicture(path);
  }
}

Handle MainPicture(const std::string& path, heif_context* context) {
  heif_image_handle* handle = nullptr;
  CheckHeif(path, heif_context_get_primary_image_handle(context, &handle));
  Handle picture(handle);
  CheckPictureSize(path,
                   {heif_image_handle_get_width(handle), heif_image_handle_get_height(handle)});
  return picture;
}

// The parts that it is put together from, and these together, may claim more than its size.
void LimitDecoding(heif_context* context, const heif_image_handle* picture) {
  heif_context_set_maximum_image_size_limit(
      context,
      std::max({heif_image_handle_get_width(picture), heif_image_handle_get_height(picture),
                heif_image_handle_get_ispe_width(picture),
                heif_image_handle_get_ispe_height(picture)}));
#if LIBHEIF_NUMERIC_VERSION >= 0x01130000
  heif_security_limits* limits = heif_context_get_security_limits(context);
  limits->max_image_size_pixels = kMaxPicturePixels;
  limits->max_memory_block_size = uint64_t{4} * kMaxPicturePixels;
#endif
}

Decoded DecodeRgb(const std::string& path, const heif_image_handle* picture) {
  const Options options(heif_decoding_options_alloc());
  options->convert_hdr_to_8bit = 1;
  heif_image* image = nullptr;
  try {
    CheckHeif(path, heif_decode_image(picture, &image, heif_colorspace_RGB,
                                      heif_chroma_interleaved_RGB, options.get()));
  } catch (const std::system_error& error) {  // it decodes tiles on several threads
    throw Error(
        fmt::format("{}: cannot start a thread: {}; end other programs, or raise the limit "
                    "of processes (ulimit -u)",
                    path, error.code().message()));
  }
  return Decoded(image);
}

}  // namespace

cv::Mat DecodeHeifPicture(const std::string& path, std::span<const uint8_t> bytes) {
  const Context context(heif_context_alloc());
  CheckHeif(path, heif_context_read_from_memory_without_copy(context.get(), bytes.data(),
                                                             bytes.size(), nullptr));
  const Handle picture = MainPicture(path, context.get());
  LimitDecoding(context.get(), picture.get());
  const Decoded decoded = DecodeRgb(path, picture.get());
  heif_image* const image = decoded.get();
  int stride = 0;
  uint8_t* const pixels = heif_image_get_plane(image, heif_channel_interleaved, &stride);
  const int height = heif_image_get_height(image, heif_channel_interleaved);
  const int width = heif_image_get_width(image, heif_channel_interleaved);
  if (pixels == nullptr || width <= 0 || height <= 0) ThrowDamagedPicture(path);
  cv::Mat bgr;
  cv::cvtColor(cv::Mat(height, width, CV_8UC3, pixels, static_cast<size_t>(stride)), bgr,
               cv::COLOR_RGB2BGR);
  return bgr;
}

}  // namespace nosetip
