// A server of one client at a time, for streams that behave as a test wants.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace nosetip {

// False where the client is gone.
bool SendAll(int client, const std::string& bytes);

// Answers every request on a port of this machine with what `answer` sends to the client, headers
// included. Destroying it stops the token of the answer in progress and waits for it.
class HttpServer {
 public:
  using Answer = std::function<void(int client, const std::stop_token& stop)>;

  // Port 0 takes a free one.
  explicit HttpServer(Answer answer, int port = 0);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const { return port_; }
  std::string Address() const;

 private:
  void Serve(const std::stop_token& stop) const;

  Answer answer_;
  int socket_ = -1;
  int port_ = 0;
  std::jthread thread_;  // last, so that it ends before what it uses goes
};

}  // namespace nosetip
