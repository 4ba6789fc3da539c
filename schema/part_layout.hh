// The sidecars of a part: which files there are, which sections they have, who numbers what. The indexer writes them,
// the searcher maps them; a change here is a new format number.
//
// Documents are numbered by Xapian from 1; arrays "by document" have an entry 0 that means nothing, and holes where a
// document was deleted.
#pragma once

#include <cstdint>
#include <string_view>

namespace depeche::schema {

// columns.dps: everything that filters, counts and sorts. Derived from the value slots alone.
inline constexpr std::string_view kColumnsFile = "columns.dps";
inline constexpr std::uint32_t kColumnsFormat = 3;
namespace columns {
inline constexpr std::string_view kDocuments = "documents";    // u64[2]: highest number, how many there are
inline constexpr std::string_view kAlive = "alive";            // u64 bitmap by document
inline constexpr std::string_view kLength = "length";          // u32 by document: terms, for BM25
// Facet values have one numbering for all fields: field f has the codes [base[f], base[f+1]), in French collation.
inline constexpr std::string_view kBase = "base";              // u32[kFacetCount + 1]
inline constexpr std::string_view kRowOffset = "row.offset";   // u32 by document, and one more: into row.codes
inline constexpr std::string_view kRowCodes16 = "row.codes16"; // u16, when there are at most 65,536 codes
inline constexpr std::string_view kRowCodes32 = "row.codes32"; // u32, otherwise; increasing within a document
inline constexpr std::string_view kLabelOffset = "label.offset";  // u32 by code, and one more
inline constexpr std::string_view kLabelBytes = "label.bytes";
inline constexpr std::string_view kKeyOffset = "key.offset";   // u32 by code, and one more: text::value_key(label)
inline constexpr std::string_view kKeyBytes = "key.bytes";
inline constexpr std::string_view kKeyOrder = "key.order";     // u32: the codes of each field, ordered by key
inline constexpr std::string_view kCodeCount = "code.count";   // u32 by code: the documents that have it
// u8 by code: 1 when it is a label that was given, or of a field without entities: it is what it is; else other spellings
// of it are the same value.
inline constexpr std::string_view kCodeGiven = "code.given";
inline constexpr std::string_view kFacetMask = "facet.mask";   // u8 by document: bit f when it has a value of facet f
inline constexpr std::string_view kIdRank = "id.rank";         // u32 by document: order of the ids, bytewise
inline constexpr std::string_view kIdOffset = "id.offset";     // u32 by document, and one more: into id.bytes
inline constexpr std::string_view kIdBytes = "id.bytes";       // decides ties between parts
inline constexpr std::string_view kDay = "day";                // i32 by document: first day, kNoDay without a date
inline constexpr std::string_view kLastDay = "day.last";       // i32 by document: last day it may mean
inline constexpr std::string_view kPrecision = "precision";    // u8 by document: DatePrecision, 0 without a date
inline constexpr std::string_view kAmountOffset = "amount.offset";  // u32 by document, and one more
inline constexpr std::string_view kAmountValue = "amount.value";    // double, in units of the currency
inline constexpr std::string_view kAmountEur = "amount.eur";        // double; 0 without a rate
inline constexpr std::string_view kAmountCurrency = "amount.currency";  // char[4], zero-padded
inline constexpr std::string_view kGroup = "group";            // u64 by document: near-duplicates share it
inline constexpr std::string_view kGroupShared = "group.shared";  // u64 bitmap by document: another one here shares it
inline constexpr std::string_view kGroupKeys = "group.keys";   // u64: each group of the part once, increasing
}  // namespace columns
inline constexpr std::int32_t kNoDay = INT32_MIN;

// stream.dps: the words of every article in order; verifies phrases, chooses and highlights snippets. Derived from the
// stored articles by the analyzer.
//
// A form is a folded surface form together with its lemmas; forms are numbered by falling frequency from kFirstForm.
// The stream of a document is its title's forms, kTitleEnd, then its text's, with kSentenceEnd after each sentence of
// either. Numbers are written in groups of seven bits, lowest first; the last byte of a number, and no other, has bit 7.
inline constexpr std::string_view kStreamFile = "stream.dps";
inline constexpr std::uint32_t kStreamFormat = 1;
namespace stream {
inline constexpr std::uint32_t kSentenceEnd = 0;
inline constexpr std::uint32_t kTitleEnd = 1;
inline constexpr std::uint32_t kFirstForm = 2;
inline constexpr std::string_view kOffset = "offset";          // u64 by document, and one more: into bytes
inline constexpr std::string_view kBytes = "bytes";
inline constexpr std::string_view kSentenceOffset = "sent.offset";  // u64 by document, and one more: into sent.bytes
inline constexpr std::string_view kSentenceBytes = "sent.bytes";    // of the text: LEB128 pairs, gap before and size in bytes
inline constexpr std::string_view kFormOffset = "form.offset";      // u32 by form − kFirstForm, and one more
inline constexpr std::string_view kFormBytes = "form.bytes";        // the folded surface form
inline constexpr std::string_view kFormOrder = "form.order";        // u32: form numbers, ordered by form
inline constexpr std::string_view kFormLemmaRow = "form.lemma.row"; // u32 by form − kFirstForm, and one more
inline constexpr std::string_view kFormLemmas = "form.lemmas";      // u32: the lemmas of the form
inline constexpr std::string_view kLemmaOffset = "lemma.offset";    // u32 by lemma, and one more: lemma strings, ordered
inline constexpr std::string_view kLemmaBytes = "lemma.bytes";
inline constexpr std::string_view kLemmaRow = "lemma.row";          // u32 by lemma, and one more: into lemma.forms
inline constexpr std::string_view kLemmaForms = "lemma.forms";      // u32: the forms that have the lemma, increasing
}  // namespace stream

// hot.dps: postings of frequent terms, decoded. Derived from the posting lists.
inline constexpr std::string_view kHotFile = "hot.dps";
inline constexpr std::uint32_t kHotFormat = 2;
namespace hot {
inline constexpr std::string_view kTermOffset = "term.offset";  // u32 by term, and one more: terms, ordered bytewise
inline constexpr std::string_view kTermBytes = "term.bytes";
inline constexpr std::string_view kBlockStart = "block.start";  // u64 by term and block, and one more: into docs and wdfs
inline constexpr std::string_view kDocs = "docs";               // u16: document numbers within their block, increasing
inline constexpr std::string_view kWdfs = "wdfs";               // u8: within-document frequency, 255 for more
inline constexpr unsigned kBlockBits = 16;  // the number of a document's block, and behind it the number within it
inline constexpr std::size_t block_of(std::uint32_t document) { return document >> kBlockBits; }
}  // namespace hot
inline constexpr double kHotShare = 0.02;  // of the articles that must have a term for it to be hot
inline constexpr std::uint32_t kHotAtLeast = 256;


// suggest.dps: what a beginning of a word may become, and what a misspelt one may have meant. Derived from the token
// stream and the columns, but for the spellings, which only the texts have. An index without it answers all the same,
// with nothing to suggest.
inline constexpr std::string_view kSuggestFile = "suggest.dps";
inline constexpr std::uint32_t kSuggestFormat = 1;
namespace suggest {
inline constexpr std::string_view kSpellingOffset = "spelling.offset";  // u32 by form − kFirstForm, and one more
inline constexpr std::string_view kSpellingBytes = "spelling.bytes";    // the most usual one; empty: the form itself
inline constexpr std::string_view kWordOffset = "word.offset";  // u32 by word, and one more: forms, ordered bytewise
inline constexpr std::string_view kWordBytes = "word.bytes";
inline constexpr std::string_view kWordForm = "word.form";      // u32 by word: its number in the stream
inline constexpr std::string_view kWordCount = "word.count";    // u32 by word: the articles that have the form
inline constexpr std::string_view kNameCode = "name.code";      // u32: the code of a facet value
inline constexpr std::string_view kNameStart = "name.start";    // u32: byte of its key where a word begins; both
                                                                // ordered by the key from there on
inline constexpr std::string_view kTitleDocument = "title.document";  // u32: the article
inline constexpr std::string_view kTitleStart = "title.start";        // u8: word of its title, from 0; both ordered by
                                                                      // the forms from there on
}  // namespace suggest
inline constexpr std::uint32_t kAllWordsBelow = 10'000;  // articles; in a larger part a word must be in two of them

}  // namespace depeche::schema
