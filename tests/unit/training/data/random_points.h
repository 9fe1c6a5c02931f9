// Points for property tests.
#pragma once

#include <vector>

#include <rapidcheck.h>

#include "tracker/core/geometry.h"

namespace nosetip {

// `count` points on a grid of 1/`steps` pixel, also outside the picture.
inline rc::Gen<std::vector<Point2f>> PointsOnGrid(int count, int steps) {
  const auto coordinate = rc::gen::map(rc::gen::inRange(-100 * steps, 5000 * steps), [=](int v) {
    return static_cast<float>(v) / static_cast<float>(steps);
  });
  return rc::gen::container<std::vector<Point2f>>(static_cast<size_t>(count),
                                                  rc::gen::apply(
                                                      [](float x, float y) {
                                                        return Point2f{x, y};
                                                      },
                                                      coordinate, coordinate));
}

}  // namespace nosetip
