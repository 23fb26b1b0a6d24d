#pragma once
#include <utility>
namespace base {
template <typename T> class scoped_array {
public:
  explicit scoped_array(T *p = nullptr) : p_(p) {}
  ~scoped_array() { delete[] p_; }
  T &operator[](int i) const { return p_[i]; }
  T *get() const { return p_; }
private:
  T *p_;
};
}
