// Makes the sample clips and their camera paths: make_sample_clips PICTURE FOLDER
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <opencv2/videoio.hpp>

#include "assets/samples/sample_clip.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// MPEG-4, as OpenCV's H.264 removes more of the sensor noise.
void WriteVideo(const Image& picture, SamplePath path, const std::filesystem::path& file) {
  QuietOpenCv();
  cv::VideoWriter writer(file.string(), cv::CAP_FFMPEG, cv::VideoWriter::fourcc('m', 'p', '4', 'v'),
                         kSampleFrameRateHz, {kSampleWidthPx, kSampleHeightPx});
  if (!writer.isOpened()) throw Error(file.string() + " cannot be written; check the folder");
  for (int frame = 0; frame < kSampleFrameCount; ++frame) {
    writer.write(BgrFromImage(RenderSampleFrame(picture, path, frame)));
  }
}

void WritePath(SamplePath path, const std::filesystem::path& file) {
  std::ofstream out(file);
  out.precision(9);
  out << "frame,width_px,height_px,m00,m01,m02,m10,m11,m12\n";
  for (int frame = 0; frame < kSampleFrameCount; ++frame) {
    out << frame << ',' << kSampleWidthPx << ',' << kSampleHeightPx;
    for (const float value : SampleFrameFromPicture(path, frame).m) out << ',' << value;
    out << '\n';
  }
  out.flush();
  if (!out) throw Error(file.string() + " cannot be written; check the space on the disk");
}

void MakeClip(const Image& picture, SamplePath path, const std::filesystem::path& stem) {
  WritePath(path, stem.string() + ".path.csv");
  WriteVideo(picture, path, stem.string() + ".mp4");
}

}  // namespace
}  // namespace nosetip

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: make_sample_clips PICTURE FOLDER\n";
    return 2;
  }
  try {
    const nosetip::Image picture = nosetip::ReadPicture(argv[1]);
    const std::filesystem::path folder = argv[2];
    std::filesystem::create_directories(folder);
    nosetip::MakeClip(picture, nosetip::SamplePath::kWander, folder / "sample");
    nosetip::MakeClip(picture, nosetip::SamplePath::kLeave, folder / "sample_leave");
  } catch (const std::exception& error) {
    std::cerr << "make_sample_clips: " << error.what() << '\n';
    return 1;
  }
}
