#include "tracker/model/channels_last.h"

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr int64_t kStemSide = 5;
constexpr int64_t kBlockChannels = 8;

bool Is(torch::ExpandingArray<2> sizes, int64_t size) {
  return (*sizes)[0] == size && (*sizes)[1] == size;
}

// [out, 1, 5, 5] to [out, 8, 3, 3]. Place y of the kernel is row y % 2 of block y / 2.
torch::Tensor OverBlocks(const torch::Tensor& weight) {
  const torch::Tensor blocks =
      torch::zeros({weight.size(0), kBlockChannels, 3, 3}, weight.options());
  for (int64_t y = 0; y < kStemSide; ++y) {
    for (int64_t x = 0; x < kStemSide; ++x) {
      blocks.select(3, x / 2)
          .select(2, y / 2)
          .select(1, 2 * (y % 2) + x % 2)
          .copy_(weight.select(3, x).select(2, y).select(1, 0));
    }
  }
  return blocks;
}

FoldedWeights StemWeights(const torch::nn::Conv2dImpl& convolution,
                          const torch::nn::BatchNorm2dImpl* norm) {
  const torch::NoGradGuard no_grad;
  const FoldedWeights folded = FoldNormalization(convolution, norm);
  return {OverBlocks(folded.weight), folded.bias};
}

// [N, 1, H, W] to [N, 8, H / 2, W / 2].
torch::Tensor BlocksOf(const torch::Tensor& pictures) {
  const int64_t n = pictures.size(0);
  const int64_t high = pictures.size(2) / 2;
  const int64_t wide = pictures.size(3) / 2;
  const auto options = pictures.options().memory_format(at::MemoryFormat::ChannelsLast);
  torch::Tensor blocks = torch::empty({n, kBlockChannels, high, wide}, options).zero_();
  blocks.narrow(1, 0, 4).unflatten(1, {2, 2}).copy_(
      pictures.view({n, high, 2, wide, 2}).permute({0, 2, 4, 1, 3}));
  return blocks;
}

}  // namespace

bool StemConvolution::Fits(const torch::nn::Conv2dImpl& convolution) {
  const auto& options = convolution.options;
  return options.in_channels() == 1 && Is(options.kernel_size(), kStemSide) &&
         Is(options.stride(), 2) && Is(options.dilation(), 1) && PaddingOf(convolution)[0] == 2 &&
         PaddingOf(convolution)[1] == 2;
}

StemConvolution::StemConvolution(const torch::nn::Conv2dImpl& convolution,
                                 const torch::nn::BatchNorm2dImpl* norm, TensorForm form)
    : blocks_(StemWeights(convolution, norm), ConvolutionShape{{1, 1}, {1, 1}, {1, 1}, 1}, form) {}

torch::Tensor StemConvolution::Relu(const torch::Tensor& pictures) const {
  return blocks_.Relu(BlocksOf(pictures));
}

void AddRepeated(torch::Tensor& fine, const torch::Tensor& coarse) {
  const int64_t high = coarse.size(2);
  const int64_t wide = coarse.size(3);
  const int64_t times = fine.size(2) / high;
  Check(fine.size(2) == times * high && fine.size(3) == times * wide, "sizes that divide evenly");
  // Rows of channels, as they lie in memory.
  torch::Tensor rows = fine.permute({0, 2, 3, 1});
  rows = rows.view({rows.size(0), high, times, wide, times, rows.size(3)});
  rows.add_(coarse.permute({0, 2, 3, 1}).unsqueeze(2).unsqueeze(4));
}

ScoreMapTail::ScoreMapTail(const torch::nn::Conv2dImpl& maps, torch::ScalarType type) {
  const torch::NoGradGuard no_grad;
  weight_ = maps.weight.detach().to(type).flatten(1).unsqueeze(0).contiguous();
  const int64_t points = maps.bias.size(0) / 4;
  bias_ = maps.bias.detach().to(torch::kFloat32).narrow(0, points, 3 * points).view({3, points});
}

torch::Tensor ScoreMapTail::operator()(const torch::Tensor& x, const ScoreMapGrid& grid) const {
  const torch::Tensor cells = x.permute({0, 2, 3, 1}).flatten(1, 2).transpose(1, 2);
  const torch::Tensor maps = at::bmm(weight_.expand({x.size(0), -1, -1}), cells);
  return PointsFromScoreMaps(maps, grid, bias_);
}

}  // namespace nosetip
