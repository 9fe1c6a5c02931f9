#include "tracker/sources/jpeg_damage.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio>
#include <vector>

#include <jpeglib.h>
// After jpeglib.h, which it needs.
#include <jerror.h>

namespace nosetip {
namespace {

struct Judge {
  jpeg_error_mgr manager{};  // first, as libjpeg knows the others only by its address
  std::jmp_buf failed{};
  bool damaged = false;
  bool decoded = false;
};

// What loses pixels. Extra bytes before a marker, which many cameras write, do not.
void TakeMessage(j_common_ptr info, int level) {
  constexpr std::array<int, 5> kLosses = {JWRN_HIT_MARKER, JWRN_HUFF_BAD_CODE, JWRN_JPEG_EOF,
                                          JWRN_MUST_RESYNC, JWRN_ARITH_BAD_CODE};
  const bool loss = std::ranges::find(kLosses, info->err->msg_code) != kLosses.end();
  if (level < 0 && loss) reinterpret_cast<Judge*>(info->err)->damaged = true;
}

// libjpeg may not go on after this.
void Fail(j_common_ptr info) { std::longjmp(reinterpret_cast<Judge*>(info->err)->failed, 1); }

// No object with a destructor may be made here, as longjmp skips those.
void Decode(jpeg_decompress_struct& info, Judge& judge, std::span<const uint8_t> bytes,
            std::vector<JSAMPLE>& row) {
  if (setjmp(judge.failed) != 0) return;
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, bytes.data(), bytes.size());
  jpeg_read_header(&info, TRUE);
  info.out_color_space = info.jpeg_color_space;
  info.scale_num = 1;
  info.scale_denom = 8;
  info.do_fancy_upsampling = FALSE;
  jpeg_start_decompress(&info);
  row.resize(size_t{info.output_width} * static_cast<size_t>(info.output_components));
  JSAMPROW rows = row.data();
  while (info.output_scanline < info.output_height) jpeg_read_scanlines(&info, &rows, 1);
  jpeg_finish_decompress(&info);
  judge.decoded = true;
}

}  // namespace

bool IsDamagedJpeg(std::span<const uint8_t> bytes) {
  if (bytes.size() < 2 || bytes[0] != 0xFF || bytes[1] != 0xD8) return false;
  Judge judge;
  jpeg_decompress_struct info{};
  info.err = jpeg_std_error(&judge.manager);
  judge.manager.error_exit = Fail;
  judge.manager.emit_message = TakeMessage;
  std::vector<JSAMPLE> row;
  Decode(info, judge, bytes, row);
  jpeg_destroy_decompress(&info);
  return judge.decoded && judge.damaged;
}

}  // namespace nosetip
