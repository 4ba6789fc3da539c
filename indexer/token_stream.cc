#include "indexer/token_stream.hh"

#include <algorithm>
#include <numeric>
#include <span>

#include "schema/packed.hh"
#include "schema/part_layout.hh"
#include "schema/stream_code.hh"
#include "schema/string_table.hh"
#include "text/fold.hh"
#include "text/lemmas.hh"

namespace depeche::indexer {
namespace {

using namespace schema::stream;

constexpr std::size_t kLongestSpelling = 64;  // bytes
constexpr std::size_t kMostSpellings = 16;    // a form

std::vector<std::uint32_t> ordered(std::size_t n, auto&& less) {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), less);
  return order;
}

}  // namespace

std::uint32_t TokenStream::lemma_number(std::string_view lemma) {
  const auto [it, added] = lemma_numbers_.try_emplace(std::string(lemma), static_cast<std::uint32_t>(lemmas_.size()));
  if (added) lemmas_.emplace_back(lemma);
  return it->second;
}

std::uint32_t TokenStream::form_number(const text::Analysis& analysis, const text::Token& token) {
  key_.assign(analysis.exact(token));
  for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) (key_ += '\0') += analysis.lemma(token, i);
  const auto found = form_numbers_.find(key_);
  if (found != form_numbers_.end()) return found->second;
  std::vector<std::uint32_t> lemmas;
  for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) lemmas.push_back(lemma_number(analysis.lemma(token, i)));
  return form_number(analysis.exact(token), std::move(lemmas));
}

std::uint32_t TokenStream::form_number(std::string_view exact, std::vector<std::uint32_t> lemmas) {
  key_.assign(exact);
  for (const std::uint32_t lemma : lemmas) (key_ += '\0') += lemmas_[lemma];
  const auto [it, added] = form_numbers_.try_emplace(key_, static_cast<std::uint32_t>(forms_.size()));
  if (added) forms_.push_back({std::string(exact), std::move(lemmas)});
  return it->second;
}

void TokenStream::add_spelling(Form& form, std::string_view spelling, std::uint64_t count) {
  for (Spelling& known : form.spellings) {
    if (known.text != spelling) continue;
    known.count += count;
    return;
  }
  if (form.spellings.size() < kMostSpellings) form.spellings.push_back({std::string(spelling), count});
}

// The capital at the beginning of a sentence is no part of a French word; of one that is none it may be.
void TokenStream::count_spelling(Form& form, const text::Token& token, std::string_view text) {
  const std::string_view written = token.range.of(text);
  if (written == form.exact || written.size() > kLongestSpelling) return;
  const bool opening = token.has(text::kSentenceStart) && token.has(text::kCapitalised) && !token.has(text::kAllCapitals);
  if (!opening) {
    for (Spelling& known : form.spellings) {
      if (known.text != written) continue;
      ++known.count;
      return;
    }
  }
  std::string spelling = opening ? text::with_small_initial(written) : std::string(written);
  if (opening && !text::is_known_word(spelling)) spelling = written;
  if (spelling != form.exact && text::fold(spelling) == form.exact) add_spelling(form, spelling, 1);
}

// Where two are as usual, the one with accents or capitals, which says more.
std::string_view TokenStream::usual_spelling(const Form& form) {
  std::uint64_t others = 0;
  const Spelling* best = nullptr;
  for (const Spelling& spelling : form.spellings) {
    others += spelling.count;
    const bool better = !best || spelling.count > best->count ||
                        (spelling.count == best->count && spelling.text < best->text);
    if (better) best = &spelling;
  }
  const std::uint64_t plain = form.count > others ? form.count - others : 0;
  return best && best->count >= plain ? std::string_view(best->text) : std::string_view();
}

void TokenStream::add_tokens(const Analysed& part) {
  const text::Analysis& analysis = part.words;
  const std::span<const ByteRange> sentences = analysis.sentences();
  std::size_t sentence = 0;
  for (const text::Token& token : analysis.tokens()) {
    if (token.has(text::kCompound)) continue;  // shares the position of its first part
    for (; sentence < sentences.size() && token.range.begin >= sentences[sentence].end; ++sentence) {
      schema::put_stream_number(stream_, kSentenceEnd);
    }
    const std::uint32_t form = form_number(analysis, token);
    ++forms_[form].count;
    count_spelling(forms_[form], token, part.text);
    schema::put_stream_number(stream_, form + kFirstForm);
  }
  for (; sentence < sentences.size(); ++sentence) schema::put_stream_number(stream_, kSentenceEnd);
}

void TokenStream::add(const Analysed& title, const Analysed& text) {
  add_tokens(title);
  schema::put_stream_number(stream_, kTitleEnd);
  add_tokens(text);
  std::uint32_t at = 0;
  for (const ByteRange& sentence : text.words.sentences()) {
    schema::put_varint(sentences_, sentence.begin - at);
    schema::put_varint(sentences_, sentence.size());
    at = sentence.end;
  }
  end_document();
}

void TokenStream::add_hole() { end_document(); }

void TokenStream::end_document() {
  offsets_.push_back(stream_.size());
  sentence_offsets_.push_back(sentences_.size());
}

void TokenStream::append(const TokenStream& other) {
  std::vector<std::uint32_t> lemma_of(other.lemmas_.size());
  for (std::size_t i = 0; i < lemma_of.size(); ++i) lemma_of[i] = lemma_number(other.lemmas_[i]);
  std::vector<std::uint32_t> form_of(other.forms_.size());
  for (std::size_t i = 0; i < form_of.size(); ++i) {
    std::vector<std::uint32_t> lemmas = other.forms_[i].lemmas;
    for (std::uint32_t& lemma : lemmas) lemma = lemma_of[lemma];
    form_of[i] = form_number(other.forms_[i].exact, std::move(lemmas));
    forms_[form_of[i]].count += other.forms_[i].count;
    for (const Spelling& spelling : other.forms_[i].spellings) {
      add_spelling(forms_[form_of[i]], spelling.text, spelling.count);
    }
  }
  for (std::size_t doc = 0; doc < other.documents(); ++doc) {
    for (std::size_t at = other.offsets_[doc]; at < other.offsets_[doc + 1];) {
      const std::uint32_t number = schema::get_stream_number(other.stream_, at);
      schema::put_stream_number(stream_, number < kFirstForm ? number : form_of[number - kFirstForm] + kFirstForm);
    }
    sentences_.append(other.sentences_, other.sentence_offsets_[doc],
                      other.sentence_offsets_[doc + 1] - other.sentence_offsets_[doc]);
    end_document();
  }
}

bool TokenStream::append(const schema::Sidecar& in, const schema::Sidecar& suggestions, std::size_t first,
                         std::size_t last) {
  const schema::StringTable spellings(suggestions, schema::suggest::kSpellingOffset, schema::suggest::kSpellingBytes);
  const schema::StringTable form_table(in, kFormOffset, kFormBytes), lemma_table(in, kLemmaOffset, kLemmaBytes);
  const auto rows = in.array<std::uint32_t>(kFormLemmaRow);
  const auto form_lemmas = in.array<std::uint32_t>(kFormLemmas);
  const auto offsets = in.array<std::uint64_t>(kOffset);
  const auto sentence_offsets = in.array<std::uint64_t>(kSentenceOffset);
  const std::string_view bytes = in.section(kBytes);
  const std::string_view sentence_bytes = in.section(kSentenceBytes);
  if (last + 1 >= offsets.size() || !form_table.is_whole() || !lemma_table.is_whole() ||
      !spellings.is_whole() || spellings.size() != form_table.size() || rows.size() != form_table.size() + 1 || offsets.size() < 2 ||
      sentence_offsets.size() != offsets.size() || offsets.back() != bytes.size() ||
      sentence_offsets.back() != sentence_bytes.size()) {
    return false;
  }
  const std::size_t forms = form_table.size();
  std::vector<std::uint32_t> lemma_of(lemma_table.size());
  for (std::size_t i = 0; i < lemma_of.size(); ++i) {
    lemma_of[i] = lemma_number(lemma_table[i]);
  }
  std::vector<std::uint32_t> form_of(forms);
  for (std::size_t i = 0; i < forms; ++i) {
    std::vector<std::uint32_t> lemmas;
    for (std::uint32_t k = rows[i]; k < rows[i + 1]; ++k) {
      if (k >= form_lemmas.size() || form_lemmas[k] >= lemma_of.size()) return false;
      lemmas.push_back(lemma_of[form_lemmas[k]]);
    }
    form_of[i] = form_number(form_table[i], std::move(lemmas));
  }
  std::vector<std::uint64_t> occurrences(forms, 0);
  for (std::size_t doc = first; doc <= last; ++doc) {
    for (std::size_t at = offsets[doc]; at < offsets[doc + 1];) {
      std::uint32_t number = schema::get_stream_number(bytes, at);
      if (number >= kFirstForm) {
        if (number - kFirstForm >= forms) return false;
        ++occurrences[number - kFirstForm];
        number = form_of[number - kFirstForm] + kFirstForm;
      }
      schema::put_stream_number(stream_, number);
    }
    sentences_ += sentence_bytes.substr(sentence_offsets[doc], sentence_offsets[doc + 1] - sentence_offsets[doc]);
    end_document();
  }
  for (std::size_t i = 0; i < forms; ++i) {
    forms_[form_of[i]].count += occurrences[i];
    if (!spellings[i].empty()) add_spelling(forms_[form_of[i]], spellings[i], occurrences[i]);
  }
  return true;
}

void TokenStream::build(schema::SidecarBuilder& out, schema::StringTableBuilder& spellings) const {
  const auto by_frequency = ordered(forms_.size(), [&](std::uint32_t a, std::uint32_t b) {
    if (forms_[a].count != forms_[b].count) return forms_[a].count > forms_[b].count;
    if (forms_[a].exact != forms_[b].exact) return forms_[a].exact < forms_[b].exact;
    return std::lexicographical_compare(
        forms_[a].lemmas.begin(), forms_[a].lemmas.end(), forms_[b].lemmas.begin(), forms_[b].lemmas.end(),
        [&](std::uint32_t x, std::uint32_t y) { return lemmas_[x] < lemmas_[y]; });
  });
  std::vector<std::uint32_t> number_of(forms_.size());
  schema::StringTableBuilder form_table;
  for (std::size_t i = 0; i < by_frequency.size(); ++i) {
    number_of[by_frequency[i]] = static_cast<std::uint32_t>(i) + kFirstForm;
    form_table.add(forms_[by_frequency[i]].exact);
    spellings.add(usual_spelling(forms_[by_frequency[i]]));
  }
  form_table.write(out, kFormOffset, kFormBytes);
  auto form_order = ordered(forms_.size(), [&](std::uint32_t a, std::uint32_t b) {
    const std::string &x = forms_[by_frequency[a]].exact, &y = forms_[by_frequency[b]].exact;
    return x != y ? x < y : a < b;
  });
  for (std::uint32_t& form : form_order) form += kFirstForm;
  out.add_array<std::uint32_t>(kFormOrder, form_order);

  std::vector<std::vector<std::uint32_t>> forms_of(lemmas_.size());
  for (std::size_t i = 0; i < by_frequency.size(); ++i) {
    for (const std::uint32_t lemma : forms_[by_frequency[i]].lemmas) {
      forms_of[lemma].push_back(static_cast<std::uint32_t>(i) + kFirstForm);
    }
  }
  schema::StringTableBuilder lemma_table;
  std::vector<std::uint32_t> rows{0}, row_forms;
  const auto lemma_order =
      ordered(lemmas_.size(), [&](std::uint32_t a, std::uint32_t b) { return lemmas_[a] < lemmas_[b]; });
  for (const std::uint32_t lemma : lemma_order) {
    lemma_table.add(lemmas_[lemma]);
    row_forms.insert(row_forms.end(), forms_of[lemma].begin(), forms_of[lemma].end());
    rows.push_back(static_cast<std::uint32_t>(row_forms.size()));
  }
  lemma_table.write(out, kLemmaOffset, kLemmaBytes);
  std::vector<std::uint32_t> lemma_rank(lemmas_.size());
  for (std::size_t i = 0; i < lemma_order.size(); ++i) lemma_rank[lemma_order[i]] = static_cast<std::uint32_t>(i);
  std::vector<std::uint32_t> form_lemma_row{0}, form_lemmas;
  for (const std::uint32_t form : by_frequency) {
    for (const std::uint32_t lemma : forms_[form].lemmas) form_lemmas.push_back(lemma_rank[lemma]);
    form_lemma_row.push_back(static_cast<std::uint32_t>(form_lemmas.size()));
  }
  out.add_array<std::uint32_t>(kFormLemmaRow, form_lemma_row);
  out.add_array<std::uint32_t>(kFormLemmas, form_lemmas);
  out.add_array<std::uint32_t>(kLemmaRow, rows);
  out.add_array<std::uint32_t>(kLemmaForms, row_forms);

  std::string bytes;
  bytes.reserve(stream_.size());
  std::vector<std::uint64_t> offsets{0, 0};  // entry 0 is no document
  for (std::size_t doc = 0; doc < documents(); ++doc) {
    for (std::size_t at = offsets_[doc]; at < offsets_[doc + 1];) {
      const std::uint32_t number = schema::get_stream_number(stream_, at);
      schema::put_stream_number(bytes, number < kFirstForm ? number : number_of[number - kFirstForm]);
    }
    offsets.push_back(bytes.size());
  }
  out.add_array<std::uint64_t>(kOffset, offsets);
  out.add(kBytes, bytes);
  std::vector<std::uint64_t> sentence_offsets{0};
  sentence_offsets.insert(sentence_offsets.end(), sentence_offsets_.begin(), sentence_offsets_.end());
  out.add_array<std::uint64_t>(kSentenceOffset, sentence_offsets);
  out.add(kSentenceBytes, sentences_);
}

}  // namespace depeche::indexer
