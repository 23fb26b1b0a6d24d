#pragma once

#include "parts.h"

namespace app {

class OldEngine {
public:
  OldEngine();
  OldEngine(Registry &registry, Bridge &bridge, int limit = 3);
  OldEngine(Registry *registry);
  virtual ~OldEngine();

  struct Options {
    int retries = 0;
  };
  enum Mode { Fast, Careful };

  void run();
  static int count();

  int limit = 3;
};

} // namespace app
