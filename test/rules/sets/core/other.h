#pragma once

// A class of the same name that has nothing to do with ours.
namespace other {

class OldEngine {
public:
  OldEngine();
  OldEngine(int a, int b);
  void run();
};

} // namespace other
