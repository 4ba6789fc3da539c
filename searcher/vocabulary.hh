// The suggestions of a part, mapped (schema/part_layout.hh): its words with their spelling and count, the beginnings of
// names and titles, each in an order in which a beginning is a range.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "schema/sidecar.hh"
#include "schema/string_table.hh"
#include "searcher/columns.hh"
#include "searcher/word_stream.hh"

namespace depeche::searcher {

// [first, second)
using IndexRange = std::pair<std::size_t, std::size_t>;

// Immutable; shared by threads. One that was not opened is empty: every range is.
class Vocabulary {
 public:
  Vocabulary() = default;
  // Empty when the sidecar is cut, or not of that stream.
  static Vocabulary open(std::shared_ptr<const schema::Sidecar> sidecar, const WordStream& stream);

  std::size_t size() const { return word_form_.size(); }
  // Words that begin so; their forms are ordered bytewise.
  IndexRange words(std::string_view prefix) const;
  std::string_view word(std::size_t i) const { return words_[i]; }  // folded
  Form form(std::size_t i) const { return word_form_[i]; }
  std::uint32_t count(std::size_t i) const { return word_count_[i]; }  // articles that have the form
  // The most usual spelling of a form of the stream, with accents and capitals.
  std::string_view spelling(Form form, const WordStream& stream) const;

  // Places where a name goes on so (a beginning of a value key).
  IndexRange names(std::string_view prefix, const Columns& columns) const;
  Code name_code(std::size_t i) const { return name_code_[i]; }
  std::uint32_t name_start(std::size_t i) const { return name_start_[i]; }  // byte of its key

  // Places where a title, or the sentence that stands in for one, goes on with the words `before`, then one that begins with `prefix`.
  IndexRange titles(std::span<const std::string_view> before, std::string_view prefix, const WordStream& stream) const;
  DocId title_document(std::size_t i) const { return title_document_[i]; }
  std::uint8_t title_start(std::size_t i) const { return title_start_[i]; }  // word of the title, from 0

  std::uint64_t bytes() const { return sidecar_ ? sidecar_->bytes() : 0; }

 private:
  std::shared_ptr<const schema::Sidecar> sidecar_;
  schema::StringTable spellings_, words_;
  std::span<const std::uint32_t> word_form_, word_count_, name_code_, name_start_, title_document_;
  std::span<const std::uint8_t> title_start_;
};

}  // namespace depeche::searcher
