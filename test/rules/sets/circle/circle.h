#pragma once
namespace app {
int F(int x);
int G(int x);
int H(int x);
class Old {};
class New {};
} // namespace app
