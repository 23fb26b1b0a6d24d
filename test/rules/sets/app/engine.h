#pragma once

#include "parts.h"

namespace app {

class Engine {
public:
  Engine(Context context, Bridge &bridge, Registry &registry, int limit = 3);
  virtual ~Engine();

  struct Options {
    int retries = 0;
  };
  enum Mode { Fast, Careful };

  void run();
  static int count();

  int limit = 3;
};

} // namespace app
