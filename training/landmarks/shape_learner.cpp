#include "training/landmarks/shape_learner.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <torch/torch.h>

#include "tracker/core/error.h"
#include "tracker/core/face.h"
#include "tracker/core/shape_fit.h"
#include "tracker/vision/head_pose.h"
#include "training/landmarks/shape_gauge.h"

namespace nosetip {
namespace {

using torch::Tensor;

constexpr size_t kFewestFaces = 200;
constexpr float kDistanceMm = 1000.0F;
// Mean and modes, for three axes.
constexpr auto kUnknowns = static_cast<int64_t>(3 * (kShapeModes + 1));

constexpr auto kMost = static_cast<int64_t>(kShapeModes);
constexpr int64_t kFactors = kMost + 1;

// What one photograph tells about the shape: its points in mm in the plane of the head, as they
// would appear from far away.
struct Sample {
  Rotation rotation{};
  std::array<std::array<double, 2>, kShapePoints> points_mm{};
  ShapeCoefficients coefficients{};
  std::array<ShapeCoefficients, kShapeModes> covariance{};
};

struct Photograph {
  Landmarks landmarks;
  HeadPose start;
};

std::optional<Photograph> PhotographOf(const std::vector<Point2f>& points_px) {
  constexpr float kEyesMm = 89.0F, kHeightMm = 117.0F;  // outer corners; bridge of the nose to chin
  const float px_per_mm = std::max(Distance(points_px[36], points_px[45]) / kEyesMm,
                                   Distance(points_px[27], points_px[8]) / kHeightMm);
  const Point2f center = BoundsOf(points_px).Center();
  const double focal_px = kDistanceMm * px_per_mm;
  if (!(focal_px > 0.0)) return std::nullopt;
  const auto pose = EstimateHeadPose(points_px, Ibug68(), {focal_px, focal_px, center.x, center.y});
  if (!pose) return std::nullopt;
  return Photograph{{points_px}, *pose};
}

Sample SampleOf(const Photograph& photograph, const ShapeFit& fit, const FaceShape& shape) {
  Sample sample;
  sample.rotation = fit.rotation;
  sample.coefficients = fit.coefficients;
  const PinholeCamera& camera = photograph.start.camera;
  sample.covariance = CoefficientCovariance(photograph.landmarks, camera, fit, shape);
  const std::vector<Point3> points = CameraPoints(fit, shape);
  for (size_t i = 0; i < kShapePoints; ++i) {
    const Point2f& p = photograph.landmarks.points_px[i];
    const double z = points[i][2];
    sample.points_mm[i] = {(p.x - camera.cx_px) / camera.fx_px * z - fit.translation_mm[0],
                           (p.y - camera.cy_px) / camera.fy_px * z - fit.translation_mm[1]};
  }
  return sample;
}

// That of the mirrored photograph; `signs` are those of the modes.
Sample Mirrored(const Sample& sample, const std::array<int, kShapeModes>& signs) {
  Sample mirrored = sample;
  for (const size_t i : {1, 2, 3, 6}) mirrored.rotation[i] = -sample.rotation[i];
  for (size_t i = 0; i < kShapePoints; ++i) {
    const auto other = static_cast<size_t>(Ibug68().mirror[i]);
    mirrored.points_mm[other] = {-sample.points_mm[i][0], sample.points_mm[i][1]};
  }
  for (size_t k = 0; k < kShapeModes; ++k) {
    mirrored.coefficients[k] *= signs[k];
    for (size_t l = 0; l < kShapeModes; ++l) mirrored.covariance[k][l] *= signs[k] * signs[l];
  }
  return mirrored;
}

// The sums over all samples that the next shape follows from.
class Sums {
 public:
  void Add(const Sample& sample, const FaceShape& shape);
  ShapeTensors Solve() const;
  // Of the shape before; standard deviation along one axis.
  std::array<double, kShapePoints> NoiseMm() const;

 private:
  void AddNoise(const Sample& sample, const FaceShape& shape);

  std::vector<double> matrix_ = std::vector<double>(kUnknowns * kUnknowns);
  std::vector<double> right_ = std::vector<double>(kShapePoints * kUnknowns);
  std::array<double, kShapePoints> squares_{};
  double count_ = 0.0;
};

void Sums::Add(const Sample& sample, const FaceShape& shape) {
  std::array<double, kShapeModes + 1> factors{1.0};
  std::ranges::copy(sample.coefficients, factors.begin() + 1);
  const Rotation& r = sample.rotation;
  std::array<std::array<double, 3>, 3> seen{};  // what of each axis is seen
  for (size_t d = 0; d < 3; ++d) {
    for (size_t e = 0; e < 3; ++e) seen[d][e] = r[d] * r[e] + r[3 + d] * r[3 + e];
  }
  for (size_t a = 0; a <= kShapeModes; ++a) {
    for (size_t b = 0; b <= kShapeModes; ++b) {
      double moment = factors[a] * factors[b];
      if (a > 0 && b > 0) moment += sample.covariance[a - 1][b - 1];
      for (size_t d = 0; d < 3; ++d) {
        double* row = &matrix_[(3 * a + d) * kUnknowns + 3 * b];
        for (size_t e = 0; e < 3; ++e) row[e] += moment * seen[d][e];
      }
    }
  }
  for (size_t i = 0; i < kShapePoints; ++i) {
    const auto [x, y] = sample.points_mm[i];
    for (size_t a = 0; a <= kShapeModes; ++a) {
      double* row = &right_[i * kUnknowns + 3 * a];
      for (size_t d = 0; d < 3; ++d) row[d] += factors[a] * (r[d] * x + r[3 + d] * y);
    }
  }
  AddNoise(sample, shape);
  count_ += 1.0;
}

// The residuals, and what the uncertain coefficients add to them.
void Sums::AddNoise(const Sample& sample, const FaceShape& shape) {
  const HeadPoints head = HeadOf(sample.coefficients, shape);
  for (size_t i = 0; i < kShapePoints; ++i) {
    const Point3 seen = Turned(sample.rotation, head[i]);
    for (size_t row = 0; row < 2; ++row) {
      const double residual = sample.points_mm[i][row] - seen[row];
      squares_[i] += residual * residual;
      ShapeCoefficients slopes{};
      for (size_t a = 0; a < 3; ++a) {
        const double turn = sample.rotation[3 * row + a];
        for (size_t k = 0; k < kShapeModes; ++k) slopes[k] += turn * shape.modes_mm[i][a][k];
      }
      for (size_t k = 0; k < kShapeModes; ++k) {
        double sum = 0.0;
        for (size_t l = 0; l < kShapeModes; ++l) sum += sample.covariance[k][l] * slopes[l];
        squares_[i] += slopes[k] * sum;
      }
    }
  }
}

ShapeTensors Sums::Solve() const {
  const auto as_tensor = [](const std::vector<double>& values, int64_t rows) {
    return torch::tensor(values, torch::kFloat64).view({rows, -1});
  };
  // A little more of the identity for modes that nothing tells about, as in the first step.
  const Tensor matrix =
      as_tensor(matrix_, kUnknowns) + 1e-6 * torch::eye(kUnknowns, torch::kFloat64);
  const Tensor right = as_tensor(right_, static_cast<int64_t>(kShapePoints));
  const Tensor solved =
      std::get<0>(torch::linalg_solve_ex(matrix, right.t())).t().reshape({-1, kFactors, 3});
  return {solved.select(1, 0).contiguous(), solved.slice(1, 1).transpose(1, 2).contiguous()};
}

std::array<double, kShapePoints> Sums::NoiseMm() const {
  std::array<double, kShapePoints> noise{};
  for (size_t i = 0; i < kShapePoints; ++i) {
    const auto other = static_cast<size_t>(Ibug68().mirror[i]);
    noise[i] = std::sqrt((squares_[i] + squares_[other]) / (4.0 * count_));
  }
  return noise;
}

double Mean(const std::array<double, kShapePoints>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / kShapePoints;
}

std::vector<Photograph> PhotographsOf(std::span<const std::vector<Point2f>> faces) {
  std::vector<Photograph> photographs;
  for (const std::vector<Point2f>& points : faces) {
    if (auto photograph = PhotographOf(points)) photographs.push_back(std::move(*photograph));
  }
  return photographs;
}

// The rigid model's pose of each photograph, and no modes.
FaceShape MeanOf(const std::vector<Photograph>& photographs) {
  FaceShape none;
  none.noise_mm.fill(4.0);
  for (const ModelPoint& point : RigidFaceModel()) {
    none.mean_mm[static_cast<size_t>(point.landmark)] = point.head_mm;
  }
  Sums sums;
  for (const Photograph& photograph : photographs) {
    ShapeFit fit;
    fit.rotation = RotationOf(photograph.start.rotation_rad);
    std::ranges::copy(photograph.start.translation_mm, fit.translation_mm.begin());
    const Sample sample = SampleOf(photograph, fit, none);
    std::array<int, kShapeModes> signs{};
    sums.Add(sample, none);
    sums.Add(Mirrored(sample, signs), none);
  }
  ShapeTensors shape = sums.Solve();
  return InGauge(std::move(shape), none.noise_mm);
}

// The directions in which the photographs differ most from the mean, without depth.
FaceShape WithFirstModes(const std::vector<Photograph>& photographs, const FaceShape& mean) {
  std::vector<double> rows;
  size_t count = 0;
  for (const Photograph& photograph : photographs) {
    const auto fit = FitShape(photograph.landmarks, Ibug68(), photograph.start, mean);
    if (!fit) continue;
    const Sample sample = SampleOf(photograph, *fit, mean);
    for (size_t i = 0; i < kShapePoints; ++i) {
      const Point3 seen = Turned(sample.rotation, mean.mean_mm[i]);
      const double dx = sample.points_mm[i][0] - seen[0], dy = sample.points_mm[i][1] - seen[1];
      for (size_t a = 0; a < 3; ++a) {
        rows.push_back(sample.rotation[a] * dx + sample.rotation[3 + a] * dy);
      }
    }
    ++count;
  }
  const Tensor all = torch::tensor(rows, torch::kFloat64).view({static_cast<int64_t>(count), -1});
  const auto [values, vectors] = torch::linalg_eigh(all.t().mm(all) / static_cast<double>(count));
  const Tensor modes = vectors.slice(1, -kMost) * values.slice(0, -kMost).clamp_min(0.0).sqrt();
  std::array<double, kShapePoints> noise{};
  noise.fill(2.0);
  return InGauge({MeanTensor(mean), modes.reshape({static_cast<int64_t>(kShapePoints), 3, kMost})},
                 noise);
}

}  // namespace

FaceShape LearnFaceShape(std::span<const std::vector<Point2f>> faces, int steps,
                         const OnShapeStep& on_step) {
  const std::vector<Photograph> photographs = PhotographsOf(faces);
  if (photographs.size() < kFewestFaces) {
    throw Error(fmt::format("{} faces are too few to learn shapes from; give {} or more",
                            photographs.size(), kFewestFaces));
  }
  FaceShape shape = WithFirstModes(photographs, MeanOf(photographs));
  for (int step = 1; step <= steps; ++step) {
    Sums sums;
    const auto signs = SignsOf(shape);
    for (const Photograph& photograph : photographs) {
      const auto fit = FitShape(photograph.landmarks, Ibug68(), photograph.start, shape);
      if (!fit) continue;
      const Sample sample = SampleOf(photograph, *fit, shape);
      sums.Add(sample, shape);
      sums.Add(Mirrored(sample, signs), shape);
    }
    shape = InGauge(sums.Solve(), sums.NoiseMm());
    on_step(step, Mean(shape.noise_mm));
  }
  return shape;
}

std::vector<double> ReprojectionErrors(const FaceShape& shape,
                                       std::span<const std::vector<Point2f>> faces) {
  std::vector<double> errors;
  for (const Photograph& photograph : PhotographsOf(faces)) {
    const std::vector<Point2f>& points = photograph.landmarks.points_px;
    const auto fit = FitShape(photograph.landmarks, Ibug68(), photograph.start, shape);
    if (!fit) continue;
    double sum = 0.0;
    const std::vector<Point3> found = CameraPoints(*fit, shape);
    for (size_t i = 0; i < kShapePoints; ++i) {
      sum += Distance(Projected(photograph.start.camera, found[i]), points[i]);
    }
    errors.push_back(100.0 * sum / kShapePoints / FaceUnitPx(points, Ibug68()));
  }
  return errors;
}

}  // namespace nosetip
