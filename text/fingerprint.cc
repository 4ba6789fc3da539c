#include <unicode/uchar.h>
#include <unicode/uvernum.h>

#include <cstdio>

#include "text/analyzer.hh"
#include "text/lexicon.hh"
#include "text/word_lists.hh"

namespace depeche::text {
namespace {

// Raised whenever a stage changes what terms a text yields.
constexpr std::uint64_t kStagesVersion = 1;

class Hash {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) value_ = (value_ ^ static_cast<unsigned char>(byte)) * 0x100000001B3;
  }
  void add(std::uint64_t number) { add(std::string_view(reinterpret_cast<const char*>(&number), sizeof number)); }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325;
};

}  // namespace

std::string analyzer_fingerprint() {
  Hash hash;
  hash.add(kStagesVersion);
  hash.add(Lexicon::builtin().checksum());
  for (const std::string_view text : word_list_texts()) hash.add(text);
  UVersionInfo icu{};
  u_getVersion(icu);
  for (const std::uint8_t part : icu) hash.add(part);
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash.value()));
  return digits;
}

}  // namespace depeche::text
