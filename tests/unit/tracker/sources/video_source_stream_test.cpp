#include <atomic>
#include <chrono>
#include <stop_token>
#include <string>
#include <thread>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "tests/support/error_message.h"
#include "tests/support/mjpeg_server.h"
#include "tests/support/test_files.h"
#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "tracker/sources/video_source.h"

namespace nosetip {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Sends nothing more until the server ends.
void StaySilent(int client, const std::stop_token& stop) {
  const std::stop_callback wake(stop, [client] { shutdown(client, SHUT_RDWR); });
  char byte = 0;
  while (recv(client, &byte, 1, 0) > 0) {
  }
}

// A file, of which only the first `sent` bytes come.
HttpServer::Answer File(const std::string& body, size_t sent) {
  return [=](int client, const std::stop_token&) {
    SendAll(client, fmt::format("HTTP/1.0 200 OK\r\nContent-Type: video/x-msvideo\r\n"
                                "Content-Length: {}\r\n\r\n{}",
                                body.size(), body.substr(0, sent)));
  };
}

constexpr const char* kPartWithoutLength = "--next\r\nContent-Type: image/jpeg\r\n\r\n";

std::string Jpeg(const TempFolder& folder) {
  const std::string path = (folder / "picture.jpg").string();
  WritePicture(path, Image(64, 48));
  return ReadText(path);
}

std::string WholeClip(const TempFolder& folder, int frames) {
  return ReadText(WriteClip(folder / "clip", {.frames = frames, .codec = VideoCodec::kMotionJpeg}));
}

TEST(StreamSource, ReadsEveryFrameOfAFileToTheEnd) {
  const TempFolder folder;
  const std::string body = WholeClip(folder, 30);
  const HttpServer server(File(body, body.size()));
  const auto source = OpenFrameSource(server.Address());
  EXPECT_EQ(source->info().kind, SourceKind::kStream);
  EXPECT_EQ(source->info().frame_count, std::nullopt);
  const DecodedClip clip = Decode(*source);
  EXPECT_EQ(clip.error, "");
  ASSERT_EQ(clip.indexes.size(), 30U);
  for (int i = 0; i < 30; ++i) EXPECT_EQ(clip.indexes[static_cast<size_t>(i)], i);
}

TEST(StreamSource, ReportsAFileThatBreaksOff) {
  const TempFolder folder;
  const std::string body = WholeClip(folder, 30);
  const HttpServer server(File(body, body.size() * 8 / 10));
  const auto source = OpenFrameSource(server.Address());
  const DecodedClip clip = Decode(*source);
  EXPECT_GT(clip.indexes.size(), 5U);
  EXPECT_LT(clip.indexes.size(), 30U);
  EXPECT_THAT(clip.error, AllOf(HasSubstr(server.Address()), HasSubstr("ended early"),
                                HasSubstr(fmt::format("after {} frames", clip.indexes.size()))));
  EXPECT_EQ(source->Next(), nullptr) << "after the error";
}

TEST(StreamSource, ReportsACameraWhoseStreamEnds) {
  const TempFolder folder;
  const std::string part = WholePart(Jpeg(folder));
  const HttpServer server([&](int client, const std::stop_token&) {
    SendAll(client, kMultipart);
    for (int i = 0; i < 5; ++i) SendAll(client, part);
    SendAll(client, "--next--\r\n");
  });
  const DecodedClip clip = Decode(*OpenFrameSource(server.Address()));
  EXPECT_EQ(clip.indexes.size(), 5U);
  EXPECT_THAT(clip.error, AllOf(HasSubstr("ended early"), HasSubstr("after 5 frames")));
}

TEST(StreamSource, TakesTheTimeOfArrivalWhereAStreamHasNone) {
  const TempFolder folder;
  const std::string part = WholePart(Jpeg(folder));
  const HttpServer server([&](int client, const std::stop_token&) {
    SendAll(client, kMultipart);
    for (int i = 0; i < 6; ++i) {
      SendAll(client, part);
      // The sender's pause, which the times show. It is long, so that a busy machine shows it too.
      if (i == 2) std::this_thread::sleep_for(std::chrono::seconds(2));
    }
    SendAll(client, "--next--\r\n");
  });
  const DecodedClip clip = Decode(*OpenFrameSource(server.Address()));
  ASSERT_EQ(clip.pts_s.size(), 6U);
  EXPECT_EQ(clip.pts_s[0], 0.0);
  EXPECT_GT(clip.pts_s[5], 0.5) << "at 25 frames a second, 0.2";
}

TEST(StreamSource, EndsAPartThatHasNoEnd) {
  const TempFolder folder;
  const std::string jpeg = Jpeg(folder);
  const HttpServer server([&](int client, const std::stop_token& stop) {
    SendAll(client, kMultipart + WholePart(jpeg) + kPartWithoutLength);
    const std::string block(size_t{1} << 20U, 'x');
    while (!stop.stop_requested() && SendAll(client, block)) {
    }
  });
  std::string error = OpeningError(server.Address());
  if (error == "no error") error = Decode(*OpenFrameSource(server.Address())).error;
  EXPECT_THAT(error, AllOf(HasSubstr(server.Address()), HasSubstr("more than 64 MB")));
}

TEST(StreamSource, GivesUpOnASenderThatStaysSilent) {
  const HttpServer server(StaySilent);
  EXPECT_THAT(MessageOf([&] { OpenStream(server.Address(), {.timeout_ms = 300}); }),
              AllOf(HasSubstr(server.Address()), HasSubstr("network")));
}

TEST(StreamSource, DeliversWhatCameBeforeASenderFallsSilent) {
  const TempFolder folder;
  const std::string part = WholePart(Jpeg(folder));
  const HttpServer server([&](int client, const std::stop_token& stop) {
    SendAll(client, kMultipart + part + part + part + "--next");
    StaySilent(client, stop);
  });
  const auto source = OpenStream(server.Address(), {.timeout_ms = 500});
  const DecodedClip clip = Decode(*source);
  EXPECT_GE(clip.indexes.size(), 2U);
  EXPECT_THAT(clip.error, HasSubstr("stopped sending"));
}

// Without the stop each would wait for a day.
TEST(StreamSource, AStopEndsAWait) {
  constexpr int kDayMs = 86'400'000;
  const TempFolder folder;
  const std::string body = WholeClip(folder, 30);
  std::atomic<int> silent = 0;
  const HttpServer server([&](int client, const std::stop_token& stop) {
    if (silent == 1) SendAll(client, "HTTP/1.0 200 OK\r\n");
    if (silent == 2) File(body + std::string(body.size(), '\0'), body.size())(client, stop);
    ++silent;
    StaySilent(client, stop);
  });
  for (const int at : {0, 1, 2}) {
    silent = at;
    std::stop_source stop;
    const std::jthread stopping([&] {
      while (silent == at) std::this_thread::yield();
      stop.request_stop();
    });
    EXPECT_NE(MessageOf([&] {
                const auto source =
                    OpenStream(server.Address(), {.timeout_ms = kDayMs, .stop = stop.get_token()});
                while (source->Next()) {
                }
                throw Error("opened, then ended without an error");
              }),
              "no error");
  }
}

TEST(StreamSource, NamesAnAddressWhereNobodyAnswers) {
  std::string address;
  {
    const HttpServer gone(StaySilent);
    address = gone.Address();
  }
  EXPECT_THAT(OpeningError(address),
              AllOf(HasSubstr(address), HasSubstr("no video"), HasSubstr("Connection refused")));
}

}  // namespace
}  // namespace nosetip
