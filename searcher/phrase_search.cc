#include "searcher/phrase_search.hh"

#include <algorithm>
#include <cstring>

#include "schema/stream_code.hh"

namespace depeche::searcher {
namespace {

constexpr std::size_t kFrequentCost = 16;  // a form of one byte is among the 126 most frequent

std::string code_of(Form form) {
  std::string code;
  schema::put_stream_number(code, form);
  return code;
}

bool fits(const std::vector<Form>& forms, Form form) {
  return forms.size() == 1 ? forms.front() == form : std::binary_search(forms.begin(), forms.end(), form);
}

// Where the code stands as a number of its own, from `from` on; npos when nowhere.
std::size_t find_number(std::string_view coded, std::string_view code, std::size_t from) {
  while (from + code.size() <= coded.size()) {
    const void* hit = std::memchr(coded.data() + from, code[0], coded.size() - code.size() - from + 1);
    if (!hit) break;
    const auto at = static_cast<std::size_t>(static_cast<const char*>(hit) - coded.data());
    const bool begins = at == 0 || schema::ends_number(coded[at - 1]);
    if (begins && coded.compare(at, code.size(), code) == 0) return at;
    from = at + 1;
  }
  return std::string_view::npos;
}

}  // namespace

PhraseSearch::PhraseSearch(const SlotForms& slots) : slots_(slots) {
  const auto cost = [](const std::vector<Form>& forms) {
    std::size_t sum = 0;
    for (const Form form : forms) sum += form < schema::kLastByte ? kFrequentCost : 1;
    return sum;
  };
  for (std::size_t i = 1; i < slots.size(); ++i) {
    if (cost(slots[i]) < cost(slots[anchor_])) anchor_ = i;
  }
  for (const Form form : slots[anchor_]) codes_.push_back(code_of(form));
}

bool PhraseSearch::is_in(std::string_view coded) const {
  for (const std::string& code : codes_) {
    for (std::size_t at = find_number(coded, code, 0); at != std::string_view::npos;
         at = find_number(coded, code, at + code.size())) {
      if (stands_around(coded, at, at + code.size())) return true;
    }
  }
  return false;
}

// The anchor has been found at [begin, end). A sentence's end is a number that fits no slot.
bool PhraseSearch::stands_around(std::string_view coded, std::size_t begin, std::size_t end) const {
  for (std::size_t slot = anchor_; slot > 0; --slot) {
    if (begin == 0) return false;
    do --begin;
    while (begin > 0 && !schema::ends_number(coded[begin - 1]));
    std::size_t at = begin;
    if (!fits(slots_[slot - 1], schema::get_stream_number(coded, at))) return false;
  }
  for (std::size_t slot = anchor_ + 1; slot < slots_.size(); ++slot) {
    if (end == coded.size() || !fits(slots_[slot], schema::get_stream_number(coded, end))) return false;
  }
  return true;
}

}  // namespace depeche::searcher
