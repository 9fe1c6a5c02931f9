// Which requests a server answers.
#pragma once

#include <string>
#include <string_view>

#include "tracker/stream/endpoint.h"

namespace nosetip {

// 127.0.0.0/8, ::1 or localhost: only programs of this machine reach it.
bool IsLoopback(std::string_view host);

// 32 hexadecimal digits from the system's source of random numbers.
std::string NewToken();

// In small letters; empty where the system does not tell.
std::string MachineName();

class RequestCheck {
 public:
  // On another address than a loopback one a token is needed.
  explicit RequestCheck(Endpoint endpoint);

  const std::string& token() const { return token_; }  // empty where none is needed

  // The HTTP status of the first rule that is broken; 200 where none is. A page of another site
  // that had its name point to this machine would send that name as `host`: names other than
  // localhost and this machine's are refused.
  int StatusOf(std::string_view method, std::string_view target, std::string_view host,
               std::string_view token) const;

 private:
  bool IsOurs(std::string_view host) const;

  Endpoint endpoint_;
  std::string token_;
  std::string machine_;  // its name
};

}  // namespace nosetip
