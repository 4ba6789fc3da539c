#include "searcher/word_stream.hh"

#include <algorithm>

#include "schema/packed.hh"
#include "schema/part_layout.hh"
#include "schema/stream_code.hh"

namespace depeche::searcher {

using namespace schema::stream;

Result<WordStream> WordStream::open(std::shared_ptr<const schema::Sidecar> sidecar) {
  WordStream w;
  const schema::Sidecar& s = *sidecar;
  w.offset_ = s.array<std::uint64_t>(kOffset);
  w.bytes_ = s.section(kBytes);
  w.sentence_offset_ = s.array<std::uint64_t>(kSentenceOffset);
  w.sentence_bytes_ = s.section(kSentenceBytes);
  w.forms_ = {s, kFormOffset, kFormBytes};
  w.form_order_ = s.array<std::uint32_t>(kFormOrder);
  w.form_lemma_row_ = s.array<std::uint32_t>(kFormLemmaRow);
  w.form_lemmas_ = s.array<std::uint32_t>(kFormLemmas);
  w.lemmas_ = {s, kLemmaOffset, kLemmaBytes};
  w.lemma_row_ = s.array<std::uint32_t>(kLemmaRow);
  w.lemma_forms_ = s.array<std::uint32_t>(kLemmaForms);
  const bool whole = w.offset_.size() >= 2 && w.sentence_offset_.size() == w.offset_.size() &&
                     w.offset_.back() == w.bytes_.size() && w.sentence_offset_.back() == w.sentence_bytes_.size() &&
                     w.forms_.is_whole() && w.form_order_.size() == w.forms_.size() &&
                     w.form_lemma_row_.size() == w.forms_.size() + 1 &&
                     w.form_lemma_row_.back() == w.form_lemmas_.size() && w.lemmas_.is_whole() &&
                     w.lemma_row_.size() == w.lemmas_.size() + 1 && w.lemma_row_.back() == w.lemma_forms_.size();
  if (!whole) {
    return failure(ErrorCode::kIndexDamaged, "the token stream of a part is cut", "run `depeche check --repair`");
  }
  w.sidecar_ = std::move(sidecar);
  return w;
}

void WordStream::read(std::uint32_t doc, std::vector<Form>& out) const {
  const std::string_view bytes = coded(doc);
  out.resize(bytes.size());  // no number is shorter than a byte
  std::size_t n = 0;
  for (std::size_t at = 0; at < bytes.size();) out[n++] = schema::get_stream_number(bytes, at);
  out.resize(n);
}

void WordStream::read_sentences(std::uint32_t doc, std::vector<ByteRange>& out) const {
  out.clear();
  if (doc + 1 >= sentence_offset_.size()) return;
  schema::PackedReader in(
      sentence_bytes_.substr(sentence_offset_[doc], sentence_offset_[doc + 1] - sentence_offset_[doc]));
  std::uint32_t at = 0;
  while (!in.done()) {
    const auto begin = at + static_cast<std::uint32_t>(in.varint());
    at = begin + static_cast<std::uint32_t>(in.varint());
    out.push_back({begin, at});
  }
}

std::string_view WordStream::exact(Form form) const { return forms_[form - kFirstForm]; }

std::string WordStream::lemmas(Form form) const {
  std::vector<std::string_view> list;
  for_each_lemma_of(form, [&](std::string_view lemma) { list.push_back(lemma); });
  std::sort(list.begin(), list.end());
  std::string out;
  for (const std::string_view lemma : list) (out += lemma) += ' ';
  return out;
}

void WordStream::forms_of_exact(std::string_view wanted, std::vector<Form>& out) const {
  const auto first = std::lower_bound(form_order_.begin(), form_order_.end(), wanted,
                                      [&](Form form, std::string_view w) { return exact(form) < w; });
  for (auto it = first; it != form_order_.end() && exact(*it) == wanted; ++it) out.push_back(*it);
}

std::span<const Form> WordStream::forms_of_lemma(std::string_view wanted) const {
  const std::size_t i = lemmas_.lower_bound(wanted);
  if (i == lemmas_.size() || lemmas_[i] != wanted) return {};
  return lemma_forms_.subspan(lemma_row_[i], lemma_row_[i + 1] - lemma_row_[i]);
}

std::span<const Form> WordStream::forms_that_begin(std::string_view prefix) const {
  const auto beginning = [&](Form form) { return exact(form).substr(0, prefix.size()); };
  const auto first = std::partition_point(form_order_.begin(), form_order_.end(),
                                          [&](Form form) { return beginning(form) < prefix; });
  return {first, std::partition_point(first, form_order_.end(), [&](Form form) { return beginning(form) == prefix; })};
}

bool WordStream::has_lemma_that_begins(Form form, std::string_view prefix) const {
  const auto row = form_lemmas_.subspan(form_lemma_row_[form - kFirstForm],
                                        form_lemma_row_[form - kFirstForm + 1] - form_lemma_row_[form - kFirstForm]);
  return std::any_of(row.begin(), row.end(), [&](std::uint32_t lemma) { return lemmas_[lemma].starts_with(prefix); });
}

std::string_view WordStream::any_lemma(Form form) const {
  const std::size_t i = form - kFirstForm;
  return form_lemma_row_[i] < form_lemma_row_[i + 1] ? lemmas_[form_lemmas_[form_lemma_row_[i]]] : std::string_view{};
}

}  // namespace depeche::searcher
