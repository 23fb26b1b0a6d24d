//===- Git.h - libgit2 objects that free themselves -------------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_OUTPUT_GIT_H
#define CONSOLIDATE_LIB_OUTPUT_GIT_H

#include <git2.h>

#include <memory>
#include <string>

namespace consolidate {

/// Keeps libgit2 initialised while it lives. libgit2 counts these calls, so
/// sessions may nest and may live on several threads.
class GitSession {
public:
  GitSession() {
    git_libgit2_init();
    // Checkouts of another user are normal in containers and under sudo. The
    // owner matters to git because it runs programs that the repository's
    // configuration names; libgit2 runs none.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  }
  ~GitSession() { git_libgit2_shutdown(); }
  GitSession(const GitSession &) = delete;
  GitSession &operator=(const GitSession &) = delete;
};

template <auto Free> struct GitFree {
  template <typename T> void operator()(T *Object) const { Free(Object); }
};
using GitPatch = std::unique_ptr<git_patch, GitFree<git_patch_free>>;
using GitRepository =
    std::unique_ptr<git_repository, GitFree<git_repository_free>>;

/// What libgit2 says about the call that just failed on this thread.
inline std::string gitErrorText() {
  const git_error *Last = git_error_last();
  return Last && Last->message ? Last->message : "unknown git error";
}

} // namespace consolidate

#endif // CONSOLIDATE_LIB_OUTPUT_GIT_H
