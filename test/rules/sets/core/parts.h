#pragma once

namespace app {

struct Registry {
  static Registry &Default();
};

struct Bridge {
  static Bridge &Default();
};

struct Context {
  static Context Anonymous();
  int user = 0;
};

} // namespace app
