#pragma once
#include <mutex>
#include <memory>
namespace base {
class Lock { public: explicit Lock(std::mutex *m) : m_(m) { m->lock(); } ~Lock() { m_->unlock(); } private: std::mutex *m_; };
struct Thing { Thing(int, int); int id() const; int raw; };
template <typename T, typename... A> std::unique_ptr<T> Make(A &&...a) { return std::unique_ptr<T>(new T(std::forward<A>(a)...)); }
inline int Twice(int x) { return x * 2; }
int OldSum(int a, int b);
int NewSum(int b, int a);
}
