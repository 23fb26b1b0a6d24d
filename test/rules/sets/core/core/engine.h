#pragma once

#include "parts.h"

namespace core {

class Engine {
public:
  Engine(app::Context context, app::Bridge &bridge,
         app::Registry &registry, int limit = 3);
  virtual ~Engine();

  struct Options {
    int retries = 0;
  };
  enum Mode { Fast, Careful };

  void run();
  static int count();

  int limit = 3;
};

} // namespace core
