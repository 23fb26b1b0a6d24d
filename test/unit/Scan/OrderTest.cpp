//===- OrderTest.cpp - Which TU is parsed first ---------------------------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Scan/Order.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "gmock/gmock.h"

using namespace llvm;
using testing::ElementsAre;

namespace consolidate {
namespace {

/// A TU of \p Bytes in \p Directory; nothing on disk for 0.
PlannedTu tuOf(StringRef Directory, StringRef Name, size_t Bytes) {
  SmallString<128> Path(Directory);
  sys::path::append(Path, Name);
  std::error_code Failed;
  if (Bytes)
    raw_fd_ostream(Path, Failed) << std::string(Bytes, '\n');
  EXPECT_FALSE(Failed);
  PlannedTu Tu;
  Tu.Job.File = std::string(Path);
  return Tu;
}

TEST(OrderTest, longestFirstAndEqualOnesAsTheyWere) {
  SmallString<128> Directory;
  ASSERT_FALSE(sys::fs::createUniqueDirectory("order", Directory));
  std::vector<PlannedTu> Tus = {
      tuOf(Directory, "a.cpp", 10), tuOf(Directory, "b.cpp", 300),
      tuOf(Directory, "gone.cpp", 0), tuOf(Directory, "c.cpp", 300),
      tuOf(Directory, "d.cpp", 20)};
  std::vector<unsigned> Which = {0, 1, 2, 3, 4};
  sortLongestFirst(Which, Tus);
  EXPECT_THAT(Which, ElementsAre(1, 3, 4, 0, 2));
  std::vector<unsigned> Some = {4, 3};
  sortLongestFirst(Some, Tus);
  EXPECT_THAT(Some, ElementsAre(3, 4));
  sys::fs::remove_directories(Directory);
}

} // namespace
} // namespace consolidate
