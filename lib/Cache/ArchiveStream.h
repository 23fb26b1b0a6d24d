//===- ArchiveStream.h - Plain values as bytes, and back --------*- C++ -*-===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
// A value says once which fields it has; a writer and a reader go over them.
//
//===----------------------------------------------------------------------===//
#ifndef CONSOLIDATE_LIB_CACHE_ARCHIVESTREAM_H
#define CONSOLIDATE_LIB_CACHE_ARCHIVESTREAM_H

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace consolidate {

/// Numbers as ULEB128; a text that was written before as its number.
class ArchiveWriter {
public:
  explicit ArchiveWriter(llvm::raw_ostream &OS) : OS(OS) {}

  template <typename... Ts> void operator()(const Ts &...Values) {
    (write(Values), ...);
  }

private:
  llvm::raw_ostream &OS;
  llvm::StringMap<unsigned> Texts;

  template <typename T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  void write(T Value) {
    llvm::encodeULEB128(uint64_t(Value), OS);
  }
  void write(const std::string &Text) {
    auto [It, New] = Texts.try_emplace(Text, Texts.size());
    write(It->second);
    if (!New)
      return;
    write(Text.size());
    OS << Text;
  }
  template <typename A, typename B> void write(const std::pair<A, B> &Value) {
    write(Value.first);
    write(Value.second);
  }
  template <typename T> void write(const std::vector<T> &Values) {
    write(Values.size());
    for (const T &Value : Values)
      write(Value);
  }
  template <typename T> void write(const llvm::StringMap<T> &Values) {
    write(Values.size());
    for (const auto &Entry : Values) {
      write(Entry.getKey().str());
      write(Entry.getValue());
    }
  }
  template <typename T>
    requires requires(ArchiveWriter &A, T &V) { fields(A, V); }
  void write(const T &Value) {
    fields(*this, const_cast<T &>(Value)); // only read
  }
};

/// Reads what ArchiveWriter wrote. Damaged bytes make empty values; ask `ok`.
class ArchiveReader {
public:
  explicit ArchiveReader(llvm::StringRef Bytes) : Rest(Bytes) {}

  template <typename... Ts> void operator()(Ts &...Values) {
    (read(Values), ...);
  }
  /// True when everything was there, and nothing more.
  bool ok() const { return !Damaged && Rest.empty(); }

private:
  llvm::StringRef Rest;
  std::vector<llvm::StringRef> Texts;
  bool Damaged = false;

  uint64_t number() {
    unsigned Length = 0;
    const char *Problem = nullptr;
    const auto *Begin = reinterpret_cast<const uint8_t *>(Rest.begin());
    uint64_t Value =
        llvm::decodeULEB128(Begin, &Length, Begin + Rest.size(), &Problem);
    Damaged |= Problem != nullptr;
    Rest = Rest.drop_front(std::min<size_t>(Length, Rest.size()));
    return Damaged ? 0 : Value;
  }
  /// How many follow; no more than there are bytes left.
  size_t count() {
    uint64_t Number = number();
    Damaged |= Number > Rest.size();
    return Damaged ? 0 : Number;
  }

  template <typename T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  void read(T &Value) {
    Value = static_cast<T>(number());
  }
  void read(std::string &Text) {
    uint64_t Index = number();
    if (Index == Texts.size()) {
      size_t Size = count();
      Texts.push_back(Rest.take_front(Size));
      Rest = Rest.drop_front(Size);
    }
    Damaged |= Index >= Texts.size();
    Text = Damaged ? "" : Texts[Index].str();
  }
  template <typename A, typename B> void read(std::pair<A, B> &Value) {
    read(Value.first);
    read(Value.second);
  }
  template <typename T> void read(std::vector<T> &Values) {
    Values.resize(count());
    for (T &Value : Values)
      read(Value);
  }
  template <typename T> void read(llvm::StringMap<T> &Values) {
    for (size_t I = 0, E = count(); I != E && !Damaged; ++I) {
      std::string Name;
      read(Name);
      read(Values[Name]);
    }
  }
  template <typename T>
    requires requires(ArchiveReader &A, T &V) { fields(A, V); }
  void read(T &Value) {
    fields(*this, Value);
  }
};

} // namespace consolidate

#endif // CONSOLIDATE_LIB_CACHE_ARCHIVESTREAM_H
