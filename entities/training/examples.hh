// Annotated articles from their various sources, and what the trainer makes of them.
#pragma once

#include <string>
#include <vector>

#include "core/error.hh"
#include "core/range.hh"
#include "entities/training/crf.hh"

namespace depeche::entities {

// A stretch of text with a name; several types where either is right, none where the annotation says nothing.
struct AnnotatedSpan {
  ByteRange range;
  std::vector<EntityType> types;
};

struct AnnotatedText {
  std::string id;
  std::string text;
  std::vector<AnnotatedSpan> spans;  // in order, not overlapping
  std::vector<std::string> topics;
  float weight = 1;
};

// Lines {"doc","text","mentions":[{"start","end","type","alt"}]}, offsets in code points, types PER ORG LOC PRODUCT
// IGNORE.
Result<std::vector<AnnotatedText>> read_jsonl(const std::string& path);

// A corpus folder with articles/SOURCE/NAME.txt, annotations/SOURCE/NAME.ann and split.tsv, which keeps a third of
// the stories for testing: `test` says which part is read.
Result<std::vector<AnnotatedText>> read_corpus(const std::string& folder, bool test);

// Lines "token TAB tag" (IOB2; PER, ORG, LOC; other tags are left open), a blank line after a sentence.
Result<std::vector<AnnotatedText>> read_conll(const std::string& path);

// Sentences with their names in braces, "{org:Orange} recrute", one a line; "#" begins a comment.
Result<std::vector<AnnotatedText>> read_sentences(const std::string& path);

// Lines {"id","title","abstract","text"} without annotation.
Result<std::vector<AnnotatedText>> read_articles(const std::string& path, std::size_t limit);

}  // namespace depeche::entities
