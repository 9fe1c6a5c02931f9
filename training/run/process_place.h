// Which of the processes of a training this one is. Free of LibTorch.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace nosetip {

struct ProcessPlace {
  int rank = 0;        // from 0; the first one prints, validates and writes
  int size = 1;        // number of processes, on all machines
  int local_rank = 0;  // on this machine: the number of its GPU
  std::string address{};
  uint16_t port = 0;
  // The launcher listens at the address, as torchrun may; else the first process does.
  bool launcher_listens = false;
  std::string attempt{};  // of the launcher to run these processes

  bool IsFirst() const { return rank == 0; }
};

// The value of an environment variable; null where it is not set.
using ReadVariable = std::function<const char*(const char* name)>;

// From the variables that torchrun sets: WORLD_SIZE, RANK, LOCAL_RANK, MASTER_ADDR, MASTER_PORT,
// and its own TORCHELASTIC_USE_AGENT_STORE and TORCHELASTIC_RESTART_COUNT. One process where
// WORLD_SIZE is not set or 1. Throws Error that names a variable which is missing or wrong, and
// where there are several processes and this build cannot connect them (CanConnectProcesses).
ProcessPlace ThisProcess(const ReadVariable& read);
ProcessPlace ThisProcess();

// Throws Error where there are several, for what is trained in one only, such as "the detector".
void CheckOneProcess(std::string_view what);

// Whether LibTorch and its headers have what it takes: c10d with Gloo.
bool CanConnectProcesses();

}  // namespace nosetip
