#include "training/background/training_data.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "training/data/duplicates.h"
#include "training/data/inspection.h"
#include "training/data/inspection_report.h"
#include "training/data/pack_builder.h"
#include "training/report/inspection_sheet.h"

namespace nosetip {
namespace {

constexpr size_t kSamples = 12;
constexpr size_t kSuspicious = 12;

struct OpenedSet {
  InspectedSet about;
  DataSet data;
  PictureReader read_picture;
};

class DataReading {
 public:
  DataReading(const WantedFaces& wanted,
              const std::function<void(const WorkProgress&)>& on_progress,
              const std::stop_token& stop)
      : wanted_(wanted), on_progress_(on_progress), stop_(stop) {}

  TrainingData Read(const std::string& path) {
    return IsPack(path) ? ReadPack(path) : ReadSet(path);
  }

 private:
  TrainingData ReadPack(const std::string& path) {
    Say("reading " + path, 0, 0);
    FacePack pack = LoadPack(path);
    opened_.about.path = path;
    opened_.about.format = "pack";
    opened_.data = DataSetOfPack(pack);
    opened_.read_picture = [&pack](const AnnotatedFace& face) { return PictureOfPack(pack, face); };
    const Inspection inspection = Inspect();
    return Finish(std::move(pack), inspection);
  }

  TrainingData ReadSet(const std::string& path) {
    const OnWork say = [&](std::string_view what, size_t done, size_t total) {
      Say(std::string(what), done, total);
    };
    opened_.data = ReadDataSet(path, say);
    if (opened_.data.schema == nullptr) {
      throw Error(path + " has no points to train on; give a labeled data set");
    }
    const size_t groups = CountGroups(opened_.data);
    opened_.data = GroupForSplits(std::move(opened_.data), say);
    opened_.about.path = path;
    opened_.about.format = FormatText(FormatOf(path));
    opened_.about.joined_groups = groups - CountGroups(opened_.data);
    opened_.read_picture = [](const AnnotatedFace& face) {
      return ReadPicture(face.picture.string());
    };
    const Inspection inspection = Inspect();
    PackOptions options{.view = wanted_.view};
    options.extent = std::max(UsualExtent(wanted_.view), wanted_.margin);
    BuiltPack built = BuildPack(opened_.data, options, [&](size_t done) {
      Say("cutting faces", done, opened_.data.faces.size());
    });
    for (const std::string& problem : built.problems) {
      left_out_.push_back({"left out of the training", problem});
    }
    return Finish(std::move(built.pack), inspection);
  }

  Inspection Inspect() {
    Inspection inspection =
        InspectDataSet(opened_.data, opened_.read_picture, stop_,
                       [&](size_t done, size_t all) { Say("opening pictures", done, all); });
    if (stop_.stop_requested()) throw StopRequested();
    return inspection;
  }

  TrainingData Finish(FacePack pack, const Inspection& inspection) {
    TrainingData result;
    result.report.path = opened_.about.path;
    result.report.text = InspectionText(inspection, opened_.about, false);
    result.report.faces = pack.FaceCount();
    for (const FoundProblem& problem : inspection.problems) {
      result.report.problems.push_back({std::string(NameOf(problem.kind).title), problem.what});
    }
    result.report.problems.insert(result.report.problems.end(), left_out_.begin(), left_out_.end());
    std::map<std::string, size_t> packed;
    for (size_t i = 0; i < pack.names.size(); ++i) packed[pack.names[i]] = i;
    for (const SheetFace& face :
         ChooseSheetFaces(opened_.data, inspection, kSamples, kSuspicious)) {
      const auto found = packed.find(opened_.data.faces[face.face].name);
      if (found != packed.end()) result.samples.push_back({found->second, face.reason});
    }
    result.pack = WithPointsOf(SchemaByName(wanted_.schema), std::move(pack));
    return result;
  }

  void Say(std::string what, size_t done, size_t total) {
    if (stop_.stop_requested()) throw StopRequested();
    if (done == said_.done && total == said_.total && what == said_.what) return;
    said_ = {std::move(what), done, total};
    on_progress_(said_);
  }

  const WantedFaces& wanted_;
  const std::function<void(const WorkProgress&)>& on_progress_;
  const std::stop_token& stop_;
  WorkProgress said_;
  OpenedSet opened_;
  std::vector<DataProblem> left_out_;
};

}  // namespace

TrainingData ReadTrainingData(const std::string& path, const WantedFaces& wanted,
                              const std::function<void(const WorkProgress&)>& on_progress,
                              const std::stop_token& stop) {
  return DataReading(wanted, on_progress, stop).Read(path);
}

}  // namespace nosetip
