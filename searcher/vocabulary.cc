#include "searcher/vocabulary.hh"

#include <algorithm>

#include "schema/part_layout.hh"

namespace depeche::searcher {
namespace {

using namespace schema::suggest;
using schema::stream::kFirstForm;

// The elements of an ordered list for which `compare` is 0; it is negative before them and positive behind.
template <class Compare>
IndexRange equal_range(std::size_t size, Compare&& compare) {
  const auto first_with = [&](auto&& reached, std::size_t low) {
    std::size_t high = size;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (reached(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
  const std::size_t begin = first_with([&](std::size_t i) { return compare(i) >= 0; }, 0);
  return {begin, first_with([&](std::size_t i) { return compare(i) > 0; }, begin)};
}

int compare_beginning(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()).compare(prefix);
}

}  // namespace

Vocabulary Vocabulary::open(std::shared_ptr<const schema::Sidecar> sidecar, const WordStream& stream) {
  Vocabulary v;
  const schema::Sidecar& s = *sidecar;
  v.spellings_ = {s, kSpellingOffset, kSpellingBytes};
  v.words_ = {s, kWordOffset, kWordBytes};
  v.word_form_ = s.array<std::uint32_t>(kWordForm);
  v.word_count_ = s.array<std::uint32_t>(kWordCount);
  v.name_code_ = s.array<std::uint32_t>(kNameCode);
  v.name_start_ = s.array<std::uint32_t>(kNameStart);
  v.title_document_ = s.array<std::uint32_t>(kTitleDocument);
  v.title_start_ = s.array<std::uint8_t>(kTitleStart);
  const bool whole = v.spellings_.is_whole() && v.spellings_.size() == stream.forms() && v.words_.is_whole() &&
                     v.words_.size() == v.word_form_.size() && v.word_form_.size() == v.word_count_.size() &&
                     v.name_code_.size() == v.name_start_.size() && v.title_document_.size() == v.title_start_.size();
  if (!whole) return {};
  v.sidecar_ = std::move(sidecar);
  return v;
}

IndexRange Vocabulary::words(std::string_view prefix) const {
  return equal_range(size(), [&](std::size_t i) { return compare_beginning(words_[i], prefix); });
}

std::string_view Vocabulary::spelling(Form form, const WordStream& stream) const {
  const std::string_view spelling = sidecar_ ? spellings_[form - kFirstForm] : std::string_view();
  return spelling.empty() ? stream.exact(form) : spelling;
}

IndexRange Vocabulary::names(std::string_view prefix, const Columns& columns) const {
  return equal_range(name_code_.size(), [&](std::size_t i) {
    const std::string_view key = name_code_[i] < columns.codes() ? columns.key(name_code_[i]) : std::string_view();
    return compare_beginning(key.substr(std::min<std::size_t>(name_start_[i], key.size())), prefix);
  });
}

IndexRange Vocabulary::titles(std::span<const std::string_view> before, std::string_view prefix,
                              const WordStream& stream) const {
  return equal_range(title_document_.size(), [&](std::size_t i) {
    std::size_t skip = title_start_[i], at = 0;
    int order = -1;  // a title that ends early stands before those that go on
    stream.for_each_title_form(title_document_[i], [&](Form form) {
      if (skip > 0) return --skip, true;
      const std::string_view word = stream.exact(form);
      if (at == before.size()) return order = compare_beginning(word, prefix), false;
      const int difference = word.compare(before[at++]);
      if (difference != 0) order = difference;
      return difference == 0;
    });
    return order;
  });
}

}  // namespace depeche::searcher
