#include "training/data/dlib_xml_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <pugixml.hpp>

#include "tracker/core/error.h"
#include "tracker/core/text_file.h"
#include "training/data/annotation_text.h"
#include "training/data/data_set_builder.h"
#include "training/data/picture_names.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// Where in the file an element stands.
struct Context {
  const fs::path& xml;
  const std::string& picture;

  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(fmt::format("{}, image '{}': {}", xml.string(), Excerpt(picture), what));
  }
};

std::string NoNumber(const pugi::xml_node& node, const char* name) {
  return fmt::format("the {} of a {} is '{}', which is not a number", name, node.name(),
                     Excerpt(node.attribute(name).value()));
}

float NumberAttribute(const Context& at, const pugi::xml_node& node, const char* name) {
  const auto value = ParseNumber(node.attribute(name).value());
  if (!value) at.Fail(NoNumber(node, name));
  return *value;
}

RectF ParseAnyBox(const pugi::xml_node& box) {
  const auto number = [&](const char* name) {
    return ParseNumber(box.attribute(name).value()).value_or(0.0F);
  };
  return {number("left") - 0.5F, number("top") - 0.5F, number("width"), number("height")};
}

std::vector<Point2f> ParseParts(const Context& at, const pugi::xml_node& box) {
  std::map<int, Point2f> parts;
  for (const pugi::xml_node& part : box.children("part")) {
    const std::string name = part.attribute("name").value();
    const auto index = ParseWholeNumber(name);
    if (!index || *index < 0)
      at.Fail(fmt::format("a part is named '{}', which is not a number", Excerpt(name)));
    const Point2f p{NumberAttribute(at, part, "x"), NumberAttribute(at, part, "y")};
    if (!parts.emplace(*index, p).second)
      at.Fail(fmt::format("part {} occurs twice in one box", Excerpt(name)));
    if (parts.size() > kMaxFacePoints)
      at.Fail(fmt::format("a box has more than {} parts", kMaxFacePoints));
  }
  std::vector<Point2f> points_px;
  for (const auto& [index, p] : parts) {
    if (static_cast<size_t>(index) != points_px.size()) {
      at.Fail(fmt::format("part {} of a box is missing", points_px.size()));
    }
    points_px.push_back(p);
  }
  return points_px;
}

// The bytes that were read as ISO 8859-1 and gave this UTF-8; nothing where there are none.
std::optional<std::string> Latin1Of(std::string_view utf8) {
  std::string bytes;
  for (size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    if (lead < 0x80) {
      bytes += utf8[i];
    } else if ((lead == 0xC2 || lead == 0xC3) && i + 1 < utf8.size()) {
      bytes +=
          static_cast<char>((lead & 3U) << 6U | (static_cast<unsigned char>(utf8[++i]) & 0x3FU));
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

struct GivenBox {
  RectF rect;
  std::optional<RejectedBox> rejected;
};

// dlib's box covers whole pixels; its edge is half a pixel before the center of the first.
GivenBox ParseBox(const pugi::xml_node& box, std::span<const Point2f> points_px) {
  std::array<float, 4> numbers{};
  constexpr std::array<const char*, 4> kNames = {"left", "top", "width", "height"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    const auto value = ParseNumber(box.attribute(kNames[i]).value());
    if (!value) return {{}, RejectedBox{BoxFault::kNoNumber, NoNumber(box, kNames[i])}};
    numbers[i] = *value;
  }
  const RectF rect{numbers[0] - 0.5F, numbers[1] - 0.5F, numbers[2], numbers[3]};
  return {rect, FaultOfBox(rect, points_px)};
}

// `face` with its points and box.
AnnotatedFace UsableFace(const Context& at, const pugi::xml_node& box, AnnotatedFace face) {
  face.points_px = ParseParts(at, box);
  const GivenBox given = ParseBox(box, face.points_px);
  if (given.rejected && face.points_px.empty()) at.Fail(given.rejected->remark);
  face.box = given.rejected ? BoundsOf(face.points_px) : given.rect;
  face.rejected_box = given.rejected;
  return face;
}

enum class What { kUsableFaces, kEveryBox };

class XmlReader {
 public:
  XmlReader(const fs::path& xml, What what) : xml_(xml), what_(what), builder_(xml) {}

  DataSet Read(std::string text, const OnWork& on_work) && {
    const auto parts = std::ranges::count_if(text, [](char c) { return c == '<' || c == '='; });
    if (static_cast<size_t>(parts) > kMaxXmlParts) {
      throw Error(fmt::format("{} has more than {} elements and attributes; split it",
                              xml_.string(), kMaxXmlParts));
    }
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_buffer_inplace(text.data(), text.size());
    if (!parsed) {
      throw Error(fmt::format("{} is not a complete XML file: {} at byte {}; take a fresh copy",
                              xml_.string(), parsed.description(), parsed.offset));
    }
    const pugi::xml_node images = document.child("dataset").child("images");
    if (!images) {
      throw Error(xml_.string() +
                  " has no <dataset><images>; give a file that dlib's imglab wrote");
    }
    const auto all = images.children("image");
    const auto total = static_cast<size_t>(std::ranges::distance(all.begin(), all.end()));
    size_t done = 0;
    for (const pugi::xml_node& image : all) {
      TellWork(on_work, kReadingLabels, done++, total);
      builder_.Try([&] { ReadImage(image); });
    }
    return std::move(builder_).Build();
  }

 private:
  void ReadImage(const pugi::xml_node& image) {
    const std::string file = image.attribute("file").value();
    const Context at{xml_, file};
    if (file.empty()) at.Fail("an image names no file");
    const auto found = FindPicture(file);
    if (what_ == What::kUsableFaces && !found) {
      at.Fail(fmt::format("there is no {}; put the pictures beside the XML file",
                          (xml_.parent_path() / file).string()));
    }
    AnnotatedFace face;
    face.picture = found ? found->path : xml_.parent_path() / file;
    face.name = NameBelow("", found ? found->name : file);
    face.group = PhotographOf(face.name);
    face.part = TopFolderOf(face.name);
    AddFaces(at, image, face);
  }

  // imglab writes the bytes of names as they are, whatever encoding it claims.
  std::optional<NamedFile> FindPicture(const std::string& file) const {
    auto found = FileNamed(file, {xml_.parent_path()});
    if (found) return found;
    const auto bytes = Latin1Of(file);
    return bytes ? FileNamed(*bytes, {xml_.parent_path()}) : std::nullopt;
  }

  // One face a box, each like `pattern`.
  void AddFaces(const Context& at, const pugi::xml_node& image, const AnnotatedFace& pattern) {
    const auto boxes = image.children("box");
    const auto count = std::ranges::distance(boxes.begin(), boxes.end());
    if (count == 0) builder_.Add(pattern);
    int number = 0;
    for (const pugi::xml_node& box : boxes) {
      ++number;
      if (box.attribute("ignore").as_bool()) continue;
      builder_.Try([&] {
        AnnotatedFace face = pattern;
        if (what_ == What::kEveryBox) {
          face.box = ParseAnyBox(box);
          face.points_px = LabelsOfAnyBox(at, box);
        } else {
          face = UsableFace(at, box, std::move(face));
        }
        if (count > 1) face.name += fmt::format("#{}", number);
        builder_.Add(std::move(face));
      });
    }
  }

  // None where they are broken or of another schema than those before, so that no box is left out.
  std::vector<Point2f> LabelsOfAnyBox(const Context& at, const pugi::xml_node& box) {
    std::vector<Point2f> points_px;
    try {
      points_px = ParseParts(at, box);
    } catch (const Error&) {
      return {};
    }
    const LandmarkSchema* schema = SchemaOfSize(points_px.size());
    if (labels_ == nullptr) labels_ = schema;
    if (schema == nullptr || schema != labels_) points_px.clear();
    return points_px;
  }

  const fs::path& xml_;
  What what_;
  const LandmarkSchema* labels_ = nullptr;  // the first schema of LabelsOfAnyBox
  DataSetBuilder builder_;
};

}  // namespace

DataSet ReadDlibXml(const fs::path& xml, const OnWork& on_work) {
  return ParseDlibXml(xml, ReadTextFile(xml.string()), on_work);
}

DataSet ReadDlibBoxes(const fs::path& xml) {
  return ParseDlibBoxes(xml, ReadTextFile(xml.string()));
}

DataSet ParseDlibXml(const fs::path& xml, std::string text, const OnWork& on_work) {
  return XmlReader(xml, What::kUsableFaces).Read(std::move(text), on_work);
}

DataSet ParseDlibBoxes(const fs::path& xml, std::string text) {
  return XmlReader(xml, What::kEveryBox).Read(std::move(text), {});
}

}  // namespace nosetip
