// How long a frame takes from the tracking to the receiver, for each kind of live results:
// stream_latency [FRAMES]. All on this machine, 60 frames per second.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fmt/core.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tracker/core/landmark_schema.h"
#include "tracker/stream/streams.h"

namespace nosetip {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::microseconds kFrameTime{16'667};
constexpr int kServePort = 28'471;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

// A bound datagram socket, and its port.
std::pair<int, int> Receiver() {
  const int receiver = socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  bind(receiver, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(receiver, reinterpret_cast<sockaddr*>(&address), &size);
  return {receiver, ntohs(address.sin_port)};
}

int ClientOf(const std::string& path) {
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address = Loopback(kServePort);
  if (connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) return -1;
  const std::string request =
      fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", path, kServePort);
  send(client, request.data(), request.size(), 0);
  return client;
}

TrackResult FaceAt(int64_t frame) {
  TrackResult result;
  result.frame_id = frame;
  TrackedFace& face = result.faces.emplace_back();
  face.box.rect = {100, 100, 200, 200};
  for (int i = 0; i < 68; ++i) {
    const auto step = static_cast<float>(i);
    face.landmarks.points_px.push_back({100 + 3 * step, 100 + 37 * step - 200 * (step / 7)});
  }
  face.pose = HeadPose{{0, 0, 560}, {0.1F, 0.2F, 0.3F}, {640, 640, 320, 240}};
  return result;
}

// Offers frames and waits for each at `receiver`; what came before the first is skipped.
void Measure(const std::string& name, Streams& streams, int receiver, int frames) {
  const timeval patience{1, 0};
  setsockopt(receiver, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  auto picture = std::make_shared<Frame>();
  picture->image = Image(640, 480);
  std::vector<char> bytes(1 << 20);
  std::vector<double> taken_ms;
  double offered_us = 0.0;
  constexpr int kWarmUp = 5;
  for (int i = 0; i < frames + kWarmUp; ++i) {
    std::this_thread::sleep_for(kFrameTime);
    while (recv(receiver, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) continue;
    const TrackResult result = FaceAt(i);
    const auto start = Clock::now();
    streams.Offer(picture, result, "clip.mp4");
    const auto offered = Clock::now();
    if (recv(receiver, bytes.data(), bytes.size(), 0) <= 0) continue;
    if (i < kWarmUp) continue;
    taken_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    offered_us += std::chrono::duration<double, std::micro>(offered - start).count();
  }
  if (taken_ms.empty()) {
    fmt::print("{:<12} nothing received\n", name);
    return;
  }
  std::ranges::sort(taken_ms);
  const auto at = [&](double part) {
    return taken_ms[static_cast<size_t>(part * static_cast<double>(taken_ms.size() - 1))];
  };
  fmt::print("{:<12} p50 {:6.3f} ms, p99 {:6.3f} ms, the tracking waits {:5.1f} us, {} frames\n",
             name, at(0.5), at(0.99), offered_us / static_cast<double>(taken_ms.size()),
             taken_ms.size());
}

void MeasureDatagrams(const std::string& name, std::string StreamOptions::*option, int frames) {
  const auto [receiver, port] = Receiver();
  StreamOptions options;
  options.*option = fmt::format("127.0.0.1:{}", port);
  Streams streams(options, Ibug68());
  Measure(name, streams, receiver, frames);
  close(receiver);
}

void MeasureServer(const std::string& path, int frames) {
  Streams streams({.serve = std::to_string(kServePort)}, Ibug68());
  const int client = ClientOf(path);
  Measure(path, streams, client, frames);
  close(client);
}

}  // namespace
}  // namespace nosetip

int main(int argc, char** argv) {
  using nosetip::StreamOptions;
  const int frames = argc > 1 ? std::atoi(argv[1]) : 600;
  nosetip::MeasureDatagrams("osc", &StreamOptions::osc, frames);
  nosetip::MeasureDatagrams("vmc", &StreamOptions::vmc, frames);
  nosetip::MeasureDatagrams("openseeface", &StreamOptions::openseeface, frames);
  nosetip::MeasureDatagrams("opentrack", &StreamOptions::opentrack, frames);
  nosetip::MeasureServer("/events", frames);
  nosetip::MeasureServer("/stream.mjpg", frames);
}
