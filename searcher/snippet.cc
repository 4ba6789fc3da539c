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
  if (node.kind != Kind::kPhrase) return;
  for (const text::Slot& slot : node.slots) {
    words_.push_back({slot.exact_only ? std::vector<std::string>{} : slot.lemmas, slot.exact, slot.exact_only});
    if (!slot.exact.empty()) exacts_.insert(slot.exact);
    if (!slot.exact_only) lemmas_.insert(slot.lemmas.begin(), slot.lemmas.end());
  }
}

std::vector<std::pair<Form, std::uint32_t>> SnippetTerms::forms(const WordStream& words) const {
  std::vector<std::pair<Form, std::uint32_t>> out;
  std::vector<Form> exact;
  for (std::uint32_t i = 0; i < words_.size(); ++i) {
    for (const std::string& lemma : words_[i].lemmas) {
      for (const Form form : words.forms_of_lemma(lemma)) out.emplace_back(form, i);
    }
    exact.clear();
    if (!words_[i].exact.empty()) words.forms_of_exact(words_[i].exact, exact);
    for (const Form form : exact) out.emplace_back(form, i);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end(), [](auto& a, auto& b) { return a.first == b.first; }), out.end());
  return out;
}

bool SnippetTerms::matches(const text::Analysis& analysis, const text::Token& token) const {
  if (exacts_.contains(std::string(analysis.exact(token)))) return true;
  for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) {
    if (lemmas_.contains(std::string(analysis.lemma(token, i)))) return true;
  }
  return false;
}

// The sentence with the most different words of the query, then the most matches, then the earliest.
std::size_t SnippetMaker::best_sentence(const std::vector<std::pair<Form, std::uint32_t>>& forms, const Part& part,
                                        DocId doc, bool skip_first) {
  part.words.read(doc, stream_);
  auto at = std::find(stream_.begin(), stream_.end(), schema::stream::kTitleEnd);
  if (at != stream_.end()) ++at;
  const std::size_t begin = skip_first && sentences_.size() > 1 ? 1 : 0;
  std::size_t best = begin, sentence = 0;
  double best_score = 0;
  std::uint64_t seen = 0;
  double count = 0;
  for (; at != stream_.end() && sentence < sentences_.size(); ++at) {
    if (*at == schema::stream::kSentenceEnd) {
      const double score = 4.0 * std::popcount(seen) + std::min(count, 6.0) * 0.5 - 0.01 * static_cast<double>(std::min<std::size_t>(sentence, 50));
      if (seen != 0 && sentence >= begin && score > best_score) best = sentence, best_score = score;
      ++sentence;
      seen = 0;
      count = 0;
      continue;
    }
    const auto found = std::lower_bound(forms.begin(), forms.end(), std::pair<Form, std::uint32_t>{*at, 0});
    if (found == forms.end() || found->first != *at) continue;
    seen |= std::uint64_t{1} << (found->second % 64);
    ++count;
  }
  return best;
}

Snippet SnippetMaker::make(const SnippetTerms& terms, const std::vector<std::pair<Form, std::uint32_t>>& forms,
                           const Part& part, DocId doc, std::string_view text, bool skip_first) {
  Snippet out;
  part.words.read_sentences(doc, sentences_);
  if (sentences_.empty() || sentences_.back().end > text.size()) return out;
  std::size_t first = best_sentence(forms, part, doc, skip_first);
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
  bool joins = false;  // only stop words of the query stand between the last mark and here
  for (const text::Token& token : tokens) {
    if (token.has(text::kCompound)) {
      if (terms.matches(analysis_, token)) marks.push_back(token.range);
      continue;
    }
    if (terms.matches(analysis_, token)) {
      if (joins) {
        marks.back().end = std::max(marks.back().end, token.range.end);  // "levée de fonds" is one mark
      } else {
        marks.push_back(token.range);
      }
      joins = true;
    } else {
      joins = joins && token.has(text::kStopWord) && terms.is_stop_word(analysis_.exact(token));
    }
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
