// What the processor can do that decides how networks run: no where the environment keeps oneDNN
// from it (ONEDNN_MAX_CPU_ISA=AVX512_CORE_VNNI: no tiles). Free of LibTorch.
#pragma once

namespace nosetip {

// Whether it multiplies matrices of bfloat16 in tiles (Intel's AMX) and the system lets programs do
// so. Then oneDNN is several times as fast in bfloat16 as in float32; with AVX-512's instructions
// for bfloat16 alone it is slower.
bool HasBfloat16Tiles();

// Whether it adds up products of 8-bit integers with one instruction (VNNI, of AVX-512 or AVX), as
// Intel's processors do since 2019 to 2021 and AMD's since 2022. Then oneDNN is about twice as fast
// in 8 bits as in float32; without it hardly faster.
bool HasInt8Products();

}  // namespace nosetip
