// One model out of several trainings of the same network. Free of LibTorch.
#pragma once

#include <filesystem>
#include <span>
#include <string>

namespace nosetip {

// Writes a model whose weights are the mean of those of the others (Wortsman et al., ICML 2022,
// "Model soups"). It is of use where they come from one start, as trainings of other seeds do;
// elsewhere the mean answers nothing sensible. What the models say of their errors does not hold
// for it. Throws Error where a file is no model or they are not of one make, and as SaveModel does.
void AverageModels(std::span<const std::string> models, const std::filesystem::path& out);

}  // namespace nosetip
