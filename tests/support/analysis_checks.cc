#include "tests/support/analysis_checks.hh"

#include "core/utf8.hh"

namespace depeche::test {
namespace {

using text::Analysis;
using text::Token;

bool on_border(std::string_view text, std::size_t at) {
  if (at > text.size()) return false;
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

bool is_range_of(std::string_view text, ByteRange range, bool well_formed) {
  if (range.begin >= range.end || range.end > text.size()) return false;
  return !well_formed || (on_border(text, range.begin) && on_border(text, range.end));
}

std::string broken_terms(const Analysis& analysis, const Token& token) {
  const auto is_term = [](std::string_view s) {
    return !s.empty() && s.size() <= text::kMaxTermBytes && is_valid_utf8(s);
  };
  if (!is_term(analysis.exact(token))) return "the exact form is empty, too long or ill-formed";
  if (analysis.lemma_count(token) == 0) return "a token has no lemma";
  for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) {
    if (!is_term(analysis.lemma(token, i))) return "a lemma is empty, too long or ill-formed";
    for (std::size_t j = 0; j < i; ++j) {
      if (analysis.lemma(token, i) == analysis.lemma(token, j)) return "a lemma occurs twice";
    }
  }
  return {};
}

std::string broken_order(const Token* before, const Token& token) {
  if (before == nullptr) return token.position == 1 ? "" : "the first position is not 1";
  if (token.has(text::kCompound)) {
    const bool nests = token.range.begin <= before->range.begin && token.range.end >= before->range.end;
    return nests && token.position == before->position ? "" : "a compound does not begin at its first part";
  }
  if (token.position <= before->position) return "positions do not increase";
  return token.range.begin >= before->range.begin && token.range.end >= before->range.begin
             ? ""
             : "ranges do not increase";
}

}  // namespace

std::string broken_invariant(std::string_view text, const Analysis& analysis) {
  const bool well_formed = is_valid_utf8(text);
  if (well_formed != (analysis.invalid_bytes() == 0)) return "ill-formed bytes are not counted";
  const Token* before = nullptr;
  for (const Token& token : analysis.tokens()) {
    if (!is_range_of(text, token.range, well_formed))
      return "a range is empty, outside the text or inside a character";
    if (auto broken = broken_terms(analysis, token); !broken.empty()) return broken;
    if (auto broken = broken_order(before, token); !broken.empty()) return broken;
    before = &token;
  }
  std::uint32_t end = 0;
  auto sentence = analysis.sentences().begin();
  for (const ByteRange range : analysis.sentences()) {
    if (!is_range_of(text, range, well_formed) || range.begin < end) return "sentences are out of order";
    end = range.end;
  }
  for (const Token& token : analysis.tokens()) {
    while (sentence != analysis.sentences().end() && sentence->end < token.range.end) ++sentence;
    if (sentence == analysis.sentences().end() || token.range.begin < sentence->begin)
      return "a token is in no sentence";
  }
  return {};
}

std::string terms_of(const Analysis& analysis) {
  std::string out;
  for (const Token& token : analysis.tokens()) {
    out.append(std::to_string(token.position)).append(1, ' ').append(analysis.exact(token)).append(1, ':');
    for (std::size_t i = 0; i < analysis.lemma_count(token); ++i) out.append(1, ' ').append(analysis.lemma(token, i));
    out.push_back('\n');
  }
  return out;
}

}  // namespace depeche::test
