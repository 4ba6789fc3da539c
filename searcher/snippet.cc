#include "searcher/snippet.hh"

#include <algorithm>
#include <bit>

#include "schema/part_layout.hh"

namespace depeche::searcher {
namespace {

using Kind = PlanNode::Kind;

// In bytes, about as many letters: two lines of the page.
constexpr std::size_t kGoodLength = 160;  // shorter: the next sentence is added when both fit
constexpr std::size_t kMaxLength = 300;   // longer: cut around the first match
constexpr std::size_t kBefore = 90;       // kept before that match

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool has_punctuation(std::string_view between) {
  return between.find_first_of(".,;:!?()\"/") != std::string_view::npos || between.find("«") != std::string_view::npos ||
         between.find("»") != std::string_view::npos || between.find("…") != std::string_view::npos;
}

}  // namespace

SnippetTerms::SnippetTerms(const PlanNode& plan, std::string_view query, text::Analyzer& analyzer) {
  collect(plan);
  text::Analysis analysis;
  analyzer.analyze(query, analysis);
  for (const text::Token& token : analysis.tokens()) {
    if (token.has(text::kStopWord)) stop_words_.emplace(analysis.exact(token));
  }
}

void SnippetTerms::collect(const PlanNode& node) {
  if (node.kind == Kind::kNot) return collect(node.children.front());
  for (const PlanNode& child : node.children) collect(child);
  if (node.weight == 0) return;
  if (node.kind == Kind::kTerms) {
    Word word;
    for (const std::string& term : node.terms) {
      // The title field's terms are the same words behind one capital letter.
      word.lemmas.push_back(!term.empty() && term[0] >= 'A' && term[0] <= 'Z' ? term.substr(1) : term);
    }
    lemmas_.insert(word.lemmas.begin(), word.lemmas.end());
    words_.push_back(std::move(word));
  }
  for (const std::string& form : node.forms) {
    words_.push_back({{}, form, true});
    phrases_.push_back({words_.back()});
  }
  if (node.kind != Kind::kPhrase) return;
  std::vector<Word> phrase;
  for (const text::Slot& slot : node.slots) phrase.push_back({slot.lemmas, slot.exact, slot.exact_only});
  if (phrase.size() == 1) words_.push_back(phrase.front());
  phrases_.push_back(std::move(phrase));
  phrase_slots_.push_back(node.slots);
}

bool SnippetTerms::fits(const Word& word, const text::Analysis& analysis, const text::Token& token) {
  if (analysis.exact(token) == word.exact) return true;
  for (std::size_t i = 0; !word.exact_only && i < analysis.lemma_count(token); ++i) {
    if (std::find(word.lemmas.begin(), word.lemmas.end(), analysis.lemma(token, i)) != word.lemmas.end()) return true;
  }
  return false;
}

std::size_t SnippetTerms::phrase_length(const text::Analysis& analysis, std::span<const text::Token> tokens,
                                        std::size_t at) const {
  std::size_t longest = 0;
  for (const std::vector<Word>& phrase : phrases_) {
    if (phrase.size() <= longest || at + phrase.size() > tokens.size()) continue;
    std::size_t i = 0;
    while (i < phrase.size() && tokens[at + i].position == tokens[at].position + i && fits(phrase[i], analysis, tokens[at + i])) ++i;
    if (i == phrase.size()) longest = i;
  }
  return longest;
}

PartTerms SnippetTerms::in_part(const WordStream& words) const {
  PartTerms out;
  std::vector<Form> exact;
  for (std::uint32_t i = 0; i < words_.size(); ++i) {
    for (const std::string& lemma : words_[i].lemmas) {
      if (words_[i].exact_only) break;
      for (const Form form : words.forms_of_lemma(lemma)) out.words.emplace_back(form, i);
    }
    exact.clear();
    if (!words_[i].exact.empty()) words.forms_of_exact(words_[i].exact, exact);
    for (const Form form : exact) out.words.emplace_back(form, i);
  }
  std::sort(out.words.begin(), out.words.end());
  out.words.erase(std::unique(out.words.begin(), out.words.end(), [](auto& a, auto& b) { return a.first == b.first; }),
                  out.words.end());
  out.first_phrase = static_cast<std::uint32_t>(words_.size());
  for (const auto& slots : phrase_slots_) {
    if (slots.size() > 1) out.phrases.push_back(forms_of(slots, words));
  }
  const auto note = [&](Form form) { out.scan.look_for(form); };
  for (const auto& [form, word] : out.words) note(form);
  for (const SlotForms& phrase : out.phrases) std::for_each(phrase.front().begin(), phrase.front().end(), note);
  return out;
}

bool SnippetTerms::matches(const text::Analysis& analysis, const text::Token& token) const {
  for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) {
    if (lemmas_.contains(std::string(analysis.lemma(token, i)))) return true;
  }
  return false;
}

// The sentence with the most different words of the query, then the most matches, then the earliest.
std::size_t SnippetMaker::best_sentence(const PartTerms& part_terms, const Part& part,
                                        DocId doc, bool skip_first) {
  const auto& words = part_terms.words;
  const std::string_view coded = part.words.coded(doc);
  const std::size_t begin = skip_first && sentences_.size() > 1 ? 1 : 0;
  std::size_t best = begin, sentence = 0;
  double best_score = 0, count = 0;
  std::uint64_t seen = 0;
  const auto mark_seen = [&](std::uint32_t number) {
    seen |= std::uint64_t{1} << (number % 64);
    ++count;
  };
  part_terms.scan.run_text(coded, [&](Form form, std::uint32_t, std::size_t at) {
    if (sentence >= sentences_.size()) return;
    if (form == schema::stream::kSentenceEnd) {
      const double score = 4.0 * std::popcount(seen) + std::min(count, 6.0) * 0.5 - 0.01 * static_cast<double>(std::min<std::size_t>(sentence, 50));
      if (seen != 0 && sentence >= begin && score > best_score) best = sentence, best_score = score;
      ++sentence;
      seen = 0;
      count = 0;
      return;
    }
    const auto found = std::lower_bound(words.begin(), words.end(), std::pair<Form, std::uint32_t>{form, 0});
    if (found != words.end() && found->first == form) mark_seen(found->second);
    for (std::uint32_t i = 0; i < part_terms.phrases.size(); ++i) {
      if (phrase_at(coded, at, part_terms.phrases[i])) mark_seen(part_terms.first_phrase + i);
    }
  });
  return best;
}

Snippet SnippetMaker::make(const SnippetTerms& terms, const PartTerms& part_terms,
                           const Part& part, DocId doc, std::string_view text, bool skip_first) {
  Snippet out;
  part.words.read_sentences(doc, sentences_);
  if (sentences_.empty() || sentences_.back().end > text.size()) return out;
  std::size_t first = best_sentence(part_terms, part, doc, skip_first);
  std::size_t last = first;
  const auto fits = [&](std::size_t a, std::size_t b) { return sentences_[b].end - sentences_[a].begin <= kMaxLength; };
  while (sentences_[last].end - sentences_[first].begin < kGoodLength) {
    if (last + 1 < sentences_.size() && fits(first, last + 1)) {
      ++last;
    } else if (first > (skip_first ? 1u : 0u) && fits(first - 1, last)) {
      --first;
    } else {
      break;
    }
  }
  out.text = text.substr(sentences_[first].begin, sentences_[last].end - sentences_[first].begin);
  std::replace_if(out.text.begin(), out.text.end(), is_space, ' ');
  highlight(terms, out);
  return out;
}

void SnippetMaker::highlight(const SnippetTerms& terms, Snippet& snippet) {
  const bool long_sentence = snippet.text.size() > kMaxLength;
  if (terms.empty() && !long_sentence) return;
  analyzer_.analyze(snippet.text, analysis_);
  const auto tokens = analysis_.tokens();
  std::vector<ByteRange> marks;
  plain_tokens_.clear();
  for (const text::Token& token : tokens) {
    if (!token.has(text::kCompound)) {
      plain_tokens_.push_back(token);
    } else if (terms.matches(analysis_, token)) {
      marks.push_back(token.range);
    }
  }
  bool joins = false;  // only blanks and stop words of the query stand between the last mark and here
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < plain_tokens_.size(); ++i) {
    const text::Token& token = plain_tokens_[i];
    joins = joins && !has_punctuation(std::string_view(snippet.text).substr(before, token.range.begin - std::min(before, token.range.begin)));
    before = token.range.end;
    const std::size_t words = std::max<std::size_t>(terms.phrase_length(analysis_, plain_tokens_, i), terms.matches(analysis_, token));
    if (words == 0) {
      joins = joins && token.has(text::kStopWord) && terms.is_stop_word(analysis_.exact(token));
      continue;
    }
    const std::uint32_t end = plain_tokens_[i + words - 1].range.end;
    if (joins) {
      marks.back().end = end;  // "levée de fonds" is one mark
    } else {
      marks.push_back({token.range.begin, end});
    }
    joins = true;
    i += words - 1;
    before = end;
  }
  // A compound's mark covers those of its parts.
  std::sort(marks.begin(), marks.end(), [](ByteRange a, ByteRange b) { return a.begin < b.begin; });
  std::vector<ByteRange> merged;
  for (const ByteRange mark : marks) {
    if (!merged.empty() && mark.begin < merged.back().end) {
      merged.back().end = std::max(merged.back().end, mark.end);
    } else {
      merged.push_back(mark);
    }
  }
  std::size_t from = 0, to = snippet.text.size();
  if (long_sentence) {  // cut at words, around the first match
    const std::size_t centre = merged.empty() ? 0 : merged.front().begin;
    if (centre > kBefore + kBefore / 2) {
      for (const text::Token& token : tokens) {
        if (token.range.begin + kBefore >= centre) break;
        from = token.range.begin;
      }
    }
    to = from;
    for (const text::Token& token : tokens) {
      if (token.range.end <= from + kMaxLength) to = std::max<std::size_t>(to, token.range.end);
    }
    if (to == from) to = std::min(snippet.text.size(), from + kMaxLength);
    while (to < snippet.text.size() && (static_cast<unsigned char>(snippet.text[to]) & 0xC0) == 0x80) ++to;
    snippet.cut_before = from > 0;
    snippet.cut_after = to < snippet.text.size();
  }
  for (const ByteRange mark : merged) {
    if (mark.begin >= from && mark.end <= to) snippet.highlights.emplace_back(mark.begin - from, mark.end - from);
  }
  if (from > 0 || to < snippet.text.size()) snippet.text = snippet.text.substr(from, to - from);
}

}  // namespace depeche::searcher
