#include "text/trace.hh"

#include "text/chars.hh"
#include "text/chunk_scanner.hh"
#include "text/elide.hh"
#include "text/normalise.hh"
#include "text/tokenise.hh"

namespace depeche::text {
namespace {

std::string_view name_of(WordKind kind) {
  switch (kind) {
    case WordKind::kPlain:
      return "word";
    case WordKind::kNumber:
      return "number";
    case WordKind::kPointed:
      return "pointed name";
    case WordKind::kHost:
      return "host";
    case WordKind::kMail:
      return "mail";
    case WordKind::kAcronym:
      return "acronym";
    case WordKind::kSign:
      return "sign";
    case WordKind::kSignedName:
      return "signed name";
    case WordKind::kMagnitude:
      return "magnitude";
    case WordKind::kIdeograph:
      return "ideograph";
  }
  return "word";
}

TracedWord traced(const SourceText& text, std::size_t begin, std::size_t end, std::size_t offset,
                  std::string_view kind) {
  TracedWord word;
  word.range = {static_cast<std::uint32_t>(offset + text[begin].begin),
                static_cast<std::uint32_t>(offset + text[end - 1].end)};
  for (std::size_t i = begin; i < end; ++i) append_utf8(word.normalised, text[i].c);
  word.kind = kind;
  return word;
}

// The elisions in text[from, to), which no word covers.
void trace_elisions(const SourceText& text, std::size_t from, std::size_t to, std::size_t offset,
                    std::vector<TracedWord>& out) {
  while (from < to) {
    const std::size_t length = is_letter(text[from].c) ? elision_length(text, from) : 0;
    if (length > 0) out.push_back(traced(text, from, from + length, offset, "elision"));
    from += length > 0 ? length : 1;
  }
}

}  // namespace

std::vector<TracedWord> trace_words(std::string_view text) {
  std::vector<TracedWord> out;
  Tokenizer tokenizer;
  SourceText source;
  std::vector<Word> words;
  for (Chunk chunk = next_chunk(text, 0); chunk.begin < text.size(); chunk = next_chunk(text, chunk.end)) {
    normalise(text.substr(chunk.begin, chunk.end - chunk.begin), source);
    tokenizer.run(source, words);
    std::size_t seen = 0;
    for (const Word& word : words) {
      trace_elisions(source, seen, word.begin, chunk.begin, out);
      out.push_back(traced(source, word.begin, word.end, chunk.begin, name_of(word.kind)));
      seen = word.end;
    }
    trace_elisions(source, seen, source.size(), chunk.begin, out);
  }
  return out;
}

}  // namespace depeche::text
