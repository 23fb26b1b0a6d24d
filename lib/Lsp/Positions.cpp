//===- Positions.cpp - Byte offsets and the protocol's positions ----------===//
//
// Part of clang-consolidate. Licensed under Apache-2.0 WITH LLVM-exception.
//
//===----------------------------------------------------------------------===//
#include "Positions.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace consolidate {
namespace {

/// Bytes of the character that begins with \p First; 1 for a stray byte.
unsigned bytesOf(unsigned char First) {
  return First < 0xc0 ? 1 : First < 0xe0 ? 2 : First < 0xf0 ? 3 : 4;
}

/// Length of \p Text in units of the encoding.
size_t unitsIn(StringRef Text, PositionEncoding Encoding) {
  if (Encoding == PositionEncoding::Utf8)
    return Text.size();
  size_t Units = 0;
  for (size_t I = 0; I < Text.size(); I += bytesOf(Text[I]))
    Units += bytesOf(Text[I]) == 4 ? 2 : 1;
  return Units;
}

} // namespace

Positions::Positions(StringRef Text, PositionEncoding Encoding)
    : Text(Text), Encoding(Encoding), Lines{0} {
  for (size_t I = 0; I < Text.size(); ++I)
    if (Text[I] == '\n')
      Lines.push_back(I + 1);
}

json::Object Positions::at(size_t Offset) const {
  Offset = std::min(Offset, Text.size());
  size_t Line =
      std::upper_bound(Lines.begin(), Lines.end(), Offset) - Lines.begin() - 1;
  return json::Object{
      {"line", int64_t(Line)},
      {"character",
       int64_t(unitsIn(Text.slice(Lines[Line], Offset), Encoding))}};
}

json::Object Positions::range(size_t Begin, size_t End) const {
  return json::Object{{"start", at(Begin)}, {"end", at(End)}};
}

size_t Positions::offset(const json::Object *Position) const {
  if (!Position)
    return 0;
  int64_t Line = Position->getInteger("line").value_or(0);
  int64_t Units = Position->getInteger("character").value_or(0);
  if (Line < 0 || Units < 0)
    return 0;
  if (size_t(Line) >= Lines.size())
    return Text.size();
  size_t I = Lines[Line];
  while (I < Text.size() && Text[I] != '\n' && Units > 0) {
    unsigned Bytes = Encoding == PositionEncoding::Utf8 ? 1 : bytesOf(Text[I]);
    Units -= Bytes == 4 ? 2 : 1;
    I += Bytes;
  }
  return std::min(I, Text.size());
}

std::string pathOfUri(StringRef Uri) {
  if (!Uri.consume_front("file://"))
    return "";
  Uri = Uri.drop_front(std::min(Uri.find('/'), Uri.size())); // The host.
  std::string Path;
  for (size_t I = 0; I < Uri.size(); ++I) {
    if (Uri[I] == '%' && I + 2 < Uri.size() && isHexDigit(Uri[I + 1]) &&
        isHexDigit(Uri[I + 2])) {
      Path += char(hexFromNibbles(Uri[I + 1], Uri[I + 2]));
      I += 2;
    } else {
      Path += Uri[I];
    }
  }
  return Path;
}

std::string uriOfPath(StringRef Path) {
  std::string Uri = "file://";
  for (unsigned char C : Path) {
    if (isAlnum(C) || StringRef("/-_.~").contains(C))
      Uri += C;
    else
      Uri += "%" + toHex(StringRef(reinterpret_cast<char *>(&C), 1));
  }
  return Uri;
}

} // namespace consolidate
