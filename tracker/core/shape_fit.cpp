#include "tracker/core/shape_fit.h"

#include <algorithm>
#include <cmath>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// Turn, shift and coefficients, in this order.
constexpr size_t kUnknowns = 6 + kShapeModes;
constexpr int kMostSteps = 12;
constexpr double kMinDepthMm = 20.0;
// A point without any confidence still counts a little, so that there is always a solution.
constexpr double kMinWeight = 1e-3;

using Unknowns = std::array<double, kUnknowns>;
using ModesOfPoint = std::array<ShapeCoefficients, 3>;

struct Normal {
  std::array<Unknowns, kUnknowns> matrix{};  // lower triangle
  Unknowns right{};
};

// One coordinate of one point: what it lacks, and how that depends on the unknowns.
struct Equation {
  double residual = 0.0;
  Unknowns slopes{};
};

struct Problem {
  const std::vector<Point2f>& points_px;
  PinholeCamera camera;
  const FaceShape& shape;
  std::array<double, kShapePoints> weights{};  // of a residual in pixels, squared
};

struct Seen {
  Point3 turned{};  // without the translation
  Point3 camera{};
  double dx_px = 0.0, dy_px = 0.0;  // from where it appears to where it should
};

std::optional<std::array<Seen, kShapePoints>> Look(const Problem& problem, const ShapeFit& fit) {
  const HeadPoints head = HeadOf(fit.coefficients, problem.shape);
  std::array<Seen, kShapePoints> all;
  for (size_t i = 0; i < kShapePoints; ++i) {
    Seen& seen = all[i];
    seen.turned = Turned(fit.rotation, head[i]);
    for (size_t a = 0; a < 3; ++a) seen.camera[a] = seen.turned[a] + fit.translation_mm[a];
    if (!(seen.camera[2] > kMinDepthMm)) return std::nullopt;
    const PinholeCamera& c = problem.camera;
    seen.dx_px = problem.points_px[i].x - (c.fx_px * seen.camera[0] / seen.camera[2] + c.cx_px);
    seen.dy_px = problem.points_px[i].y - (c.fy_px * seen.camera[1] / seen.camera[2] + c.cy_px);
  }
  return all;
}

double Cost(const Problem& problem, const ShapeFit& fit,
            const std::array<Seen, kShapePoints>& seen) {
  double cost = 0.0;
  for (const double value : fit.coefficients) cost += value * value;
  for (size_t i = 0; i < kShapePoints; ++i) {
    const Seen& s = seen[i];
    cost += problem.weights[i] * (s.dx_px * s.dx_px + s.dy_px * s.dy_px);
  }
  return cost;
}

// How the coordinate changes with the point in camera coordinates is `slope`.
Equation EquationOf(double residual, const Point3& slope, const Seen& seen,
                    const Rotation& rotation, const ModesOfPoint& modes) {
  Equation equation;
  equation.residual = residual;
  const Point3& y = seen.turned;
  equation.slopes[0] = slope[2] * y[1] - slope[1] * y[2];
  equation.slopes[1] = slope[0] * y[2] - slope[2] * y[0];
  equation.slopes[2] = slope[1] * y[0] - slope[0] * y[1];
  std::ranges::copy(slope, equation.slopes.begin() + 3);
  for (size_t a = 0; a < 3; ++a) {
    const double along =
        slope[0] * rotation[a] + slope[1] * rotation[3 + a] + slope[2] * rotation[6 + a];
    for (size_t k = 0; k < kShapeModes; ++k) equation.slopes[6 + k] += along * modes[a][k];
  }
  return equation;
}

void Add(const Equation& equation, double weight, Normal& normal) {
  for (size_t i = 0; i < kUnknowns; ++i) {
    const double slope = weight * equation.slopes[i];
    normal.right[i] += slope * equation.residual;
    for (size_t j = 0; j <= i; ++j) normal.matrix[i][j] += slope * equation.slopes[j];
  }
}

Normal NormalOf(const Problem& problem, const ShapeFit& fit,
                const std::array<Seen, kShapePoints>& seen) {
  Normal normal;
  for (size_t i = 0; i < kShapePoints; ++i) {
    const Point3& p = seen[i].camera;
    const ModesOfPoint& modes = problem.shape.modes_mm[i];
    const double x_scale = problem.camera.fx_px / p[2], y_scale = problem.camera.fy_px / p[2];
    const Point3 x_slope = {x_scale, 0.0, -x_scale * p[0] / p[2]};
    const Point3 y_slope = {0.0, y_scale, -y_scale * p[1] / p[2]};
    Add(EquationOf(seen[i].dx_px, x_slope, seen[i], fit.rotation, modes), problem.weights[i],
        normal);
    Add(EquationOf(seen[i].dy_px, y_slope, seen[i], fit.rotation, modes), problem.weights[i],
        normal);
  }
  for (size_t k = 0; k < kShapeModes; ++k) {
    normal.matrix[6 + k][6 + k] += 1.0;
    normal.right[6 + k] -= fit.coefficients[k];
  }
  return normal;
}

// Cholesky's decomposition in place; false where the matrix is not positive definite.
bool Decompose(std::array<Unknowns, kUnknowns>& m) {
  for (size_t i = 0; i < kUnknowns; ++i) {
    for (size_t j = 0; j <= i; ++j) {
      double sum = m[i][j];
      for (size_t k = 0; k < j; ++k) sum -= m[i][k] * m[j][k];
      if (i != j) {
        m[i][j] = sum / m[j][j];
      } else if (sum > 0.0) {
        m[i][i] = std::sqrt(sum);
      } else {
        return false;
      }
    }
  }
  return true;
}

// Of a decomposed matrix.
Unknowns Solved(const std::array<Unknowns, kUnknowns>& m, const Unknowns& right) {
  Unknowns x = right;
  for (size_t i = 0; i < kUnknowns; ++i) {
    for (size_t k = 0; k < i; ++k) x[i] -= m[i][k] * x[k];
    x[i] /= m[i][i];
  }
  for (size_t i = kUnknowns; i-- > 0;) {
    for (size_t k = i + 1; k < kUnknowns; ++k) x[i] -= m[k][i] * x[k];
    x[i] /= m[i][i];
  }
  return x;
}

// By Rodrigues' formula.
Rotation TurnedBy(const Point3& axis_rad, const Rotation& rotation) {
  const double angle = std::hypot(axis_rad[0], axis_rad[1], axis_rad[2]);
  if (angle < 1e-12) return rotation;
  const double x = axis_rad[0] / angle, y = axis_rad[1] / angle, z = axis_rad[2] / angle;
  const double c = std::cos(angle), s = std::sin(angle), d = 1.0 - c;
  const Rotation turn = {c + d * x * x,     d * x * y - s * z, d * x * z + s * y,
                         d * x * y + s * z, c + d * y * y,     d * y * z - s * x,
                         d * x * z - s * y, d * y * z + s * x, c + d * z * z};
  Rotation product{};
  for (size_t column = 0; column < 3; ++column) {
    const Point3 p = Turned(turn, {rotation[column], rotation[3 + column], rotation[6 + column]});
    for (size_t row = 0; row < 3; ++row) product[3 * row + column] = p[row];
  }
  return product;
}

ShapeFit Moved(const ShapeFit& fit, const Unknowns& step, double part) {
  ShapeFit moved = fit;
  moved.rotation = TurnedBy({part * step[0], part * step[1], part * step[2]}, fit.rotation);
  for (size_t a = 0; a < 3; ++a) moved.translation_mm[a] += part * step[3 + a];
  for (size_t k = 0; k < kShapeModes; ++k) moved.coefficients[k] += part * step[6 + k];
  return moved;
}

// Gauss and Newton's method, with shorter steps where the whole one does not help.
std::optional<ShapeFit> Minimized(const Problem& problem, ShapeFit fit) {
  auto seen = Look(problem, fit);
  if (!seen) return std::nullopt;
  double cost = Cost(problem, fit, *seen);
  for (int steps = 0; steps < kMostSteps; ++steps) {
    Normal normal = NormalOf(problem, fit, *seen);
    if (!Decompose(normal.matrix)) return std::nullopt;
    const Unknowns step = Solved(normal.matrix, normal.right);
    bool better = false;
    for (double part = 1.0; part > 0.05 && !better; part *= 0.5) {
      const ShapeFit next = Moved(fit, step, part);
      const auto next_seen = Look(problem, next);
      if (!next_seen) continue;
      const double next_cost = Cost(problem, next, *next_seen);
      if (!(next_cost < cost)) continue;
      better = cost - next_cost > 1e-4 * (1.0 + next_cost);
      fit = next;
      seen = next_seen;
      cost = next_cost;
      if (!better) return fit;
    }
    if (!better) return fit;
  }
  return fit;
}

Problem ProblemOf(const Landmarks& landmarks, const PinholeCamera& camera, double distance_mm,
                  const FaceShape& shape) {
  Problem problem{landmarks.points_px, camera, shape};
  const double px_per_mm = std::sqrt(camera.fx_px * camera.fy_px) / distance_mm;
  for (size_t i = 0; i < kShapePoints; ++i) {
    const double noise_px = shape.noise_mm[i] * px_per_mm;
    const double confidence = landmarks.confidence.empty() ? 1.0 : landmarks.confidence[i];
    problem.weights[i] = std::max(confidence, kMinWeight) / (noise_px * noise_px);
  }
  return problem;
}

}  // namespace

std::vector<Point3> CameraPoints(const ShapeFit& fit, const FaceShape& shape) {
  std::vector<Point3> points;
  points.reserve(kShapePoints);
  for (const Point3& p : HeadOf(fit.coefficients, shape)) {
    Point3 point = Turned(fit.rotation, p);
    for (size_t a = 0; a < 3; ++a) point[a] += fit.translation_mm[a];
    points.push_back(point);
  }
  return points;
}

std::optional<ShapeFit> FitShape(const Landmarks& landmarks, const LandmarkSchema& schema,
                                 const HeadPose& start, const FaceShape& shape) {
  if (schema.name != Ibug68().name) return std::nullopt;
  Check(landmarks.points_px.size() == kShapePoints, "all points of the schema");
  Check(start.camera.fx_px > 0.0 && start.camera.fy_px > 0.0, "focal lengths above 0");
  for (const Point2f& p : landmarks.points_px) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return std::nullopt;
  }
  ShapeFit fit;
  fit.rotation = RotationOf(start.rotation_rad);
  std::ranges::copy(start.translation_mm, fit.translation_mm.begin());
  if (!(fit.translation_mm[2] > kMinDepthMm)) return std::nullopt;
  return Minimized(ProblemOf(landmarks, start.camera, fit.translation_mm[2], shape), fit);
}

std::array<ShapeCoefficients, kShapeModes> CoefficientCovariance(const Landmarks& landmarks,
                                                                 const PinholeCamera& camera,
                                                                 const ShapeFit& fit,
                                                                 const FaceShape& shape) {
  const Problem problem = ProblemOf(landmarks, camera, fit.translation_mm[2], shape);
  const auto seen = Look(problem, fit);
  Check(seen.has_value(), "a head in front of the camera");
  Normal normal = NormalOf(problem, fit, *seen);
  Check(Decompose(normal.matrix), "points that determine a pose");
  std::array<ShapeCoefficients, kShapeModes> covariance{};
  for (size_t k = 0; k < kShapeModes; ++k) {
    Unknowns unit{};
    unit[6 + k] = 1.0;
    const Unknowns column = Solved(normal.matrix, unit);
    std::copy(column.begin() + 6, column.end(), covariance[k].begin());
  }
  return covariance;
}

Point2f Projected(const PinholeCamera& camera, const Point3& point_mm) {
  Check(point_mm[2] > 0.0, "a point in front of the camera");
  return {static_cast<float>(camera.fx_px * point_mm[0] / point_mm[2] + camera.cx_px),
          static_cast<float>(camera.fy_px * point_mm[1] / point_mm[2] + camera.cy_px)};
}

}  // namespace nosetip
