// Work on many things at once.
#pragma once

#include <cstddef>
#include <functional>

namespace nosetip {

// Calls `work` for 0 ... count - 1, several at a time on threads of their own, in no order, and
// between them `on_done` with how many are done, on this thread. What one of them throws ends the
// rest and is thrown here.
void OnAllCores(size_t count, const std::function<void(size_t)>& work,
                const std::function<void(size_t)>& on_done);

}  // namespace nosetip
