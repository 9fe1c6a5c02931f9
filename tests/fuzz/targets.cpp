#include "tests/fuzz/targets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <limits>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <sys/mman.h>
#include <unistd.h>

#include "gui/state/settings.h"
#include "tracker/cli/done_record.h"
#include "tracker/cli/shard.h"
#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/region.h"
#include "tracker/measure/camera_path.h"
#include "tracker/model/safetensors.h"
#include "tracker/output/options_json.h"
#include "tracker/sources/container_check.h"
#include "tracker/sources/picture_format.h"
#include "tracker/sources/picture_header.h"
#include "tracker/sources/sequence_pattern.h"
#include "tracker/stream/http_request.h"
#include "tracker/vision/yunet_decode.h"
#include "training/background/training_messages.h"
#include "training/data/box_set.h"
#include "training/data/coco_reader.h"
#include "training/data/csv_reader.h"
#include "training/data/dlib_xml_reader.h"
#include "training/data/point_files.h"
#include "training/run/history.h"

namespace nosetip {
namespace {

using nlohmann::json;

// Tables name pictures beside them, which must exist: here "exe" does.
constexpr const char* kFolder = "/proc/self";

std::filesystem::path Beside(const char* name) { return std::filesystem::path(kFolder) / name; }

void Safetensors(const std::string& input) {
  const SafetensorsContent content = ParseSafetensors(std::as_bytes(std::span(input)));
  for (const TensorBytes& tensor : content.tensors) {
    Check(content.Find(tensor.name) == &tensor, "a tensor that is found by its name");
  }
  // What was read can be written and read again.
  const std::string header = SafetensorsHeader(content.metadata, content.tensors);
  const uint64_t length = header.size();
  std::string again(reinterpret_cast<const char*>(&length), sizeof(length));
  again += header;
  for (const TensorBytes& tensor : content.tensors) {
    again.append(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
  }
  try {
    const SafetensorsContent same = ParseSafetensors(std::as_bytes(std::span(again)));
    Check(same.metadata == content.metadata && same.tensors.size() == content.tensors.size(),
          "the same content");
  } catch (const Error& error) {
    throw std::logic_error(error.what());
  }
}

void Pts(const std::string& input) {
  Check(ParsePts("a.pts", input).size() <= 10'000, "no more points than the limit");
}

void Asf(const std::string& input) {
  Check(ParseAsf("a.asf", input).points_rel.size() <= 10'000, "no more points than the limit");
}

void KeypointsCsv(const std::string& input) {
  const DataSet data = ParseKeypointsCsv(Beside("keypoints.csv"), input);
  Check(!data.faces.empty(), "a face");
}

void CocoJson(const std::string& input) {
  Check(!ParseCoco(Beside("coco.json"), input).faces.empty(), "a face");
}

void BoxText(const std::string& input) {
  const BoxSet set = ParseBoxSet(Beside("boxes.csv"), input);
  Check(!set.pictures.empty(), "a picture");
  for (const BoxPicture& picture : set.pictures) {
    for (const LabeledBox& face : picture.boxes)
      Check(face.box.Area() > 0.0F, "a box with an area");
  }
}

void DlibXml(const std::string& input) {
  try {
    Check(!ParseDlibBoxes(Beside("boxes.xml"), input).faces.empty(), "a face or picture");
  } catch (const Error&) {
  }
  Check(!ParseDlibXml(Beside("faces.xml"), input).faces.empty(), "a face or picture");
}

void SettingsJson(const std::string& input) {
  const Settings settings = ParseSettings(input).settings;
  try {
    Validate(settings.model);
    Validate(settings.detector);
    Validate(settings.tracker);
    Validate(settings.smoothing);
    Validate(settings.camera);
    Validate(settings.view);
    Validate(settings.interface);
  } catch (const Error& error) {
    throw std::logic_error(error.what());
  }
  Check(std::ranges::count(settings.recent, "") == 0, "no empty names");
}

void OptionsJson(const std::string& input) {
  const json given = ParseJson(input);
  const auto train = OptionsFromJson<TrainOptions>(given);
  const auto augment = OptionsFromJson<AugmentOptions>(given);
  const json written = JsonFromOptions(train);
  Check(JsonFromOptions(OptionsFromJson<TrainOptions>(written)) == written, "the same options");
  Validate(train);
  Validate(augment);
}

void CameraPathCsv(const std::string& input) {
  const CameraPath path = ParseCameraPath("a.path.csv", input);
  Check(path.frame_px.width > 0 && path.frame_px.height > 0, "frames of a size");
  Check(!path.frame_from_picture.empty(), "a row");
}

void DoneRecord(const std::string& input) {
  static const json kWanted = {
      {"kinds", {"csv", "json"}},
      {"settings", {{"model", "face68"}, {"max-faces", "8"}}},
      {"inputs", {{{"source", "a.mp4"}, {"state", {{"size_bytes", 5}, {"modified_s", 7}}}}}}};
  try {
    static_cast<void>(WhyNotDone(input, kWanted, "/nowhere"));
  } catch (const json::exception&) {
  }
}

void History(const std::string& input) {
  const json rows = ParseJson(input);
  try {
    const HistoryTable table = TableFromJson(rows, {"loss", "error"});
    Check(table.epochs.size() == table.values.size(), "values of each row");
    Check(JsonFromTable(table).size() == table.epochs.size(), "the same rows");
  } catch (const json::exception&) {
  }
}

void TrainingMessage(const std::string& input) {
  const json message = ParseCbor({reinterpret_cast<const uint8_t*>(input.data()), input.size()});
  try {
    const TrainingEvent event = EventFrom(message);
    static_cast<void>(MessageFrom(event));
  } catch (const Error&) {
  }
  static_cast<void>(MessageFrom(RequestFrom(message)));
}

void ContainerHeader(const std::string& input) {
  static const int kFile = memfd_create("container", MFD_CLOEXEC);
  Check(kFile >= 0 && ftruncate(kFile, 0) == 0, "a file in memory");
  Check(pwrite(kFile, input.data(), input.size(), 0) == static_cast<ssize_t>(input.size()),
        "a file in memory");
  static_cast<void>(InspectContainer(fmt::format("/proc/self/fd/{}", kFile)));
}

void PictureHeader(const std::string& input) {
  std::istringstream file(input);
  const FileNumbers numbers(file);
  static_cast<void>(UnsupportedPictureFormat(numbers, ".dng"));
  const int orientation = OrientationOfWebp(numbers);
  Check(orientation >= 1 && orientation <= 8, "an orientation");
  const std::optional<SizePx> size = PictureSizeInHeader(file);
  if (!size) throw Error("no picture");
  Check(size->width > 0 && size->height > 0, "sides of a picture");
}

// The first line is that of --shard or --roi, the second the name of a sequence.
void Patterns(const std::string& input) {
  const size_t line = std::min(input.find('\n'), input.size());
  try {
    const Shard shard = ParseShard(input.substr(0, line));
    Check(TablesOfShard(shard, 100).size() <= 100, "no more tables than there are");
  } catch (const Error&) {
  }
  try {
    const RectF part = RegionIn(ParseRegion(std::string_view(input).substr(0, line)), {640, 480});
    Check(Intersection(part, {-0.5F, -0.5F, 640.0F, 480.0F}) == part, "a part of the frame");
  } catch (const Error&) {
  }
  if (line == input.size()) return;
  const auto pattern = ParseSequencePattern(input.substr(line + 1));
  if (!pattern) return;
  for (const int64_t number : {int64_t{0}, int64_t{42}, std::numeric_limits<int64_t>::max()}) {
    const std::string name = std::filesystem::path(pattern->PathOf(number)).filename();
    Check(pattern->NumberOf(name) == number, "a number that is read back");
  }
}

// Endless numbers from the bytes of an input, four each.
class Floats {
 public:
  explicit Floats(std::string_view bytes) : known_(std::max<size_t>(1, bytes.size() / 4), 0.0F) {
    std::memcpy(known_.data(), bytes.data(), std::min(bytes.size(), 4 * known_.size()));
  }

  std::vector<float> Next(size_t count) {
    std::vector<float> values;
    while (values.size() < count) {
      const size_t more = std::min(known_.size(), count - values.size());
      values.insert(values.end(), known_.begin(), known_.begin() + static_cast<ptrdiff_t>(more));
    }
    return values;
  }

 private:
  std::vector<float> known_;
};

// The first byte chooses layout and size; the others are the network's outputs.
void YuNetOutputs(const std::string& input) {
  if (input.empty()) return;
  const auto choice = static_cast<unsigned char>(input.front());
  const int width = 64 + (choice << 5 & 64);
  const int height = 64 + (choice << 4 & 64);
  const bool short_output = (choice & 8) != 0;
  Floats floats(std::string_view(input).substr(1));
  std::vector<FaceBox> boxes;
  try {
    if ((choice & 1) != 0) {
      const auto cells = static_cast<size_t>(width / 32 * (height / 32));
      const auto cls = floats.Next(cells);
      const auto obj = floats.Next(cells);
      const auto bbox = floats.Next(4 * cells - (short_output ? 1 : 0));
      const std::array<YuNetScale, 1> scales = {YuNetScale{32, cls, obj, bbox}};
      boxes = DecodeYuNet2023(scales, width, height, 0.3F);
    } else {
      // Of one 64 by 64 square: 3 priors a cell of 8 px, 2 of 16 and 32 px, 3 of 64 px.
      const auto priors = static_cast<size_t>(width / 64 * (height / 64)) * (192 + 32 + 8 + 3);
      const auto loc = floats.Next(14 * priors);
      const auto conf = floats.Next(2 * priors);
      const auto iou = floats.Next(priors - (short_output ? 1 : 0));
      boxes = DecodeYuNet2022({loc, conf, iou}, width, height, 0.3F);
    }
  } catch (const std::logic_error&) {
    if (!short_output) throw;
    return;
  }
  Check(!short_output, "an output of the wrong size that is found");
  for (const FaceBox& box : SuppressOverlaps(boxes, 0.3F)) {
    Check(std::isfinite(box.score) && box.rect.Area() > 0.0F, "a box");
  }
}

// Of a request that is taken, the parts are those of its text.
void HttpRequestText(const std::string& input) {
  const auto request = ParseRequest(input);
  if (!request) throw Error("no request");
  Check(request->path.starts_with('/') && request->target.starts_with(request->path), "a path");
  Check(input.starts_with(request->method + ' ' + request->target + " HTTP/1."), "a request line");
  Check(input.size() <= kMaxRequestBytes && input.find(request->host) != std::string::npos &&
            request->target.find(request->token) != std::string::npos,
        "a host and a token of the text");
}

constexpr std::array<FuzzTarget, 18> kTargets = {{{"safetensors", Safetensors},
                                                  {"pts", Pts},
                                                  {"asf", Asf},
                                                  {"keypoints_csv", KeypointsCsv},
                                                  {"coco", CocoJson},
                                                  {"boxes", BoxText},
                                                  {"dlib_xml", DlibXml},
                                                  {"settings", SettingsJson},
                                                  {"options", OptionsJson},
                                                  {"camera_path", CameraPathCsv},
                                                  {"done_record", DoneRecord},
                                                  {"history", History},
                                                  {"http_request", HttpRequestText},
                                                  {"training_message", TrainingMessage},
                                                  {"container", ContainerHeader},
                                                  {"picture_header", PictureHeader},
                                                  {"patterns", Patterns},
                                                  {"yunet_outputs", YuNetOutputs}}};

}  // namespace

std::span<const FuzzTarget> FuzzTargets() { return kTargets; }

const FuzzTarget& FuzzTargetByName(std::string_view name) {
  const auto target = std::ranges::find(kTargets, name, &FuzzTarget::name);
  Check(target != kTargets.end(), "the name of a fuzz target");
  return *target;
}

void RunTarget(const FuzzTarget& target, const std::string& input) {
  try {
    target.run(input);
  } catch (const Error&) {
  }
}

}  // namespace nosetip
