// What the processor can do that decides how networks run. Free of LibTorch.
#pragma once

namespace nosetip {

// Whether it multiplies matrices of bfloat16 in tiles (Intel's AMX) and the system lets programs do
// so. Then oneDNN is several times as fast in bfloat16 as in float32; with AVX-512's instructions
// for bfloat16 alone it is slower.
bool HasBfloat16Tiles();

}  // namespace nosetip
