// One model out of several trainings of the same network. Free of LibTorch.
#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace nosetip {

// Writes a model whose weights are the mean of those of the others (Wortsman et al., ICML 2022,
// "Model soups"). That is useful only for models trained from the same start, such as with several
// seeds. A network that corrects eyes is that of the first. The accuracy that the models' files
// record does not hold for their mean. Throws Error where a file is no model or the networks
// differ, and as SaveModel does.
void AverageModels(std::span<const std::string> models, const std::filesystem::path& out);

}  // namespace nosetip
