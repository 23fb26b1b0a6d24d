//===- Terminal.cpp - Log, progress and colour ----------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Terminal.h"

#include "llvm/Support/Chrono.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdlib>

namespace consolidate {

void setUpLog(const Invocation &Asked) {
  auto Log = spdlog::stderr_logger_mt("clang-consolidate");
  Log->set_pattern("%n: %l: %v");
  Log->set_level(Asked.Verbose ? spdlog::level::debug
                 : Asked.Quiet ? spdlog::level::err
                               : spdlog::level::info);
  spdlog::set_default_logger(Log);
}

namespace {

/// A terminal that only prints shows escape sequences as rubbish.
bool isDumbTerminal() {
  const char *Name = std::getenv("TERM");
  return Name && llvm::StringRef(Name) == "dumb";
}

} // namespace

bool colourOnStdout() {
  const char *NoColour = std::getenv("NO_COLOR");
  return llvm::sys::Process::StandardOutIsDisplayed() && !isDumbTerminal() &&
         (!NoColour || !*NoColour);
}

namespace {

/// One line on stderr that is written over.
class ProgressLine {
public:
  void begin(llvm::StringRef Name) {
    Stage = Name.str();
    Start = std::chrono::steady_clock::now();
  }
  void show(unsigned Done, unsigned Total) {
    auto Elapsed =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - Start)
            .count();
    unsigned Left = unsigned(Elapsed / Done * (Total - Done) + 0.5);
    llvm::errs() << "\r\x1b[K" << Stage << " " << Done << "/" << Total;
    if (Done < Total)
      llvm::errs() << ", " << Left << " s left";
    else
      llvm::errs() << "\r\x1b[K";
    llvm::errs().flush();
  }

private:
  std::string Stage;
  std::chrono::steady_clock::time_point Start;
};

} // namespace

void showProgress(ProjectOptions &Options) {
  if (!llvm::sys::Process::StandardErrIsDisplayed() || isDumbTerminal())
    return;
  auto Line = std::make_shared<ProgressLine>();
  Options.OnStage = [Line](llvm::StringRef Stage) { Line->begin(Stage); };
  Options.Progress = [Line](unsigned Done, unsigned Total) {
    Line->show(Done, Total);
  };
}

/// User and system time of all threads so far, in seconds.
static double cpuSeconds() {
  llvm::sys::TimePoint<> Now;
  std::chrono::nanoseconds User, System;
  llvm::sys::Process::GetTimeUsage(Now, User, System);
  return std::chrono::duration<double>(User + System).count();
}

void StageClock::begin(llvm::StringRef Stage) {
  Stages.emplace_back(Stage.str(), cpuSeconds());
}

std::shared_ptr<StageClock> watchStages(ProjectOptions &Options) {
  auto Clock = std::make_shared<StageClock>();
  Clock->begin("read");
  Options.OnStage = [Clock, Shown = Options.OnStage](llvm::StringRef Stage) {
    Clock->begin(Stage);
    if (Shown)
      Shown(Stage);
  };
  return Clock;
}

void StageClock::print() {
  begin("");
  llvm::errs() << "CPU seconds:";
  for (size_t I = 0; I + 1 < Stages.size(); ++I)
    llvm::errs() << (I ? ", " : " ") << Stages[I].first << " "
                 << llvm::format("%.2f",
                                 Stages[I + 1].second - Stages[I].second);
  llvm::errs() << "\n";
}

} // namespace consolidate
