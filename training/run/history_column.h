// A number of a training's history: see history.h.
#pragma once

namespace nosetip {

template <typename Row>
struct HistoryColumn {
  const char* name;
  double Row::*member;
};

}  // namespace nosetip
