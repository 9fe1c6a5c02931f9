// Serves a picture as motion JPEG over HTTP until it is killed: serve_picture PICTURE PORT_FILE
// [PORT]. Without a port, or with 0, it takes a free one; the port is written to the file.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "tests/support/mjpeg_server.h"
#include "tests/support/test_files.h"
#include "tracker/sources/pictures.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "serve_picture PICTURE PORT_FILE [PORT]\n");
    return 2;
  }
  try {
    const nosetip::TempFolder folder;
    const std::string jpeg = (folder / "served.jpg").string();
    nosetip::WritePicture(jpeg, nosetip::ReadPicture(argv[1]));
    const nosetip::MjpegServer server({nosetip::ReadText(jpeg)}, std::chrono::milliseconds(50),
                                      argc > 3 ? std::atoi(argv[3]) : 0);
    std::ofstream(argv[2]) << server.port() << "\n";
    pause();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
