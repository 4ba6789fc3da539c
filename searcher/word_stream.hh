// The token stream of a part, mapped: the words of every article in order (schema/part_layout.hh). Phrases and NEAR are
// verified in it, and the best sentence of an article is chosen in it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hh"
#include "core/range.hh"
#include "schema/sidecar.hh"
#include "schema/stream_code.hh"
#include "schema/string_table.hh"

namespace depeche::searcher {

using Form = std::uint32_t;  // number of a surface form within one part

// Immutable; shared by threads.
class WordStream {
 public:
  static Result<WordStream> open(std::shared_ptr<const schema::Sidecar> sidecar);

  // The numbers of the document, as stored: forms, kSentenceEnd, kTitleEnd. Replaces `out`.
  void read(std::uint32_t doc, std::vector<Form>& out) const;
  // The same as stored, coded (schema/stream_code.hh). Empty for a document that is not there.
  std::string_view coded(std::uint32_t doc) const {
    return doc + 1 >= offset_.size() ? std::string_view() : bytes_.substr(offset_[doc], offset_[doc + 1] - offset_[doc]);
  }
  // Byte ranges of the sentences of its text. Replaces `out`.
  void read_sentences(std::uint32_t doc, std::vector<ByteRange>& out) const;

  // Forms whose folded surface is `exact`; appended to `out`.
  void forms_of_exact(std::string_view exact, std::vector<Form>& out) const;
  // Forms that have the lemma.
  std::span<const Form> forms_of_lemma(std::string_view lemma) const;
  // One lemma of the form: every document with the form is in the posting list of that term.
  std::string_view any_lemma(Form form) const;
  std::string_view exact(Form form) const;
  std::size_t forms() const { return forms_.size(); }
  // Its lemmas, ordered, with blanks between: equal for forms that are found alike.
  std::string lemmas(Form form) const;
  template <class Each>
  void for_each_lemma_of(Form form, Each&& each) const {
    const std::size_t i = form - schema::stream::kFirstForm;
    for (std::size_t k = form_lemma_row_[i]; k < form_lemma_row_[i + 1]; ++k) each(lemmas_[form_lemmas_[k]]);
  }
  // Calls `each` with the forms of its title, or of the sentence that stands in, until it returns false.
  template <class Each>
  void for_each_title_form(std::uint32_t doc, Each&& each) const {
    if (doc + 1 >= offset_.size()) return;
    schema::for_each_title_form(bytes_.substr(offset_[doc], offset_[doc + 1] - offset_[doc]), each);
  }
  // The forms whose folded surface begins with `prefix`, ordered by it.
  std::span<const Form> forms_that_begin(std::string_view prefix) const;
  // Whether any lemma of the form begins with `prefix`.
  bool has_lemma_that_begins(Form form, std::string_view prefix) const;
  std::uint64_t bytes() const { return sidecar_->bytes(); }

 private:
  std::shared_ptr<const schema::Sidecar> sidecar_;
  std::span<const std::uint64_t> offset_, sentence_offset_;
  schema::StringTable forms_, lemmas_;
  std::span<const std::uint32_t> form_order_, form_lemma_row_, form_lemmas_, lemma_row_, lemma_forms_;
  std::string_view bytes_, sentence_bytes_;
};

}  // namespace depeche::searcher
