// The words of articles in order, as the stream sidecar holds them (schema/part_layout.hh). Filled document by document
// while indexing, one writer a thread; the writers of a part are joined in the order of their documents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/sidecar.hh"
#include "schema/string_table.hh"
#include "text/analyzer.hh"

namespace depeche::indexer {

class TokenStream {
 public:
  // An analysis and the text that it is of.
  struct Analysed {
    std::string_view text;
    const text::Analysis& words;
  };
  // The next document. `title` may be empty (then the text's first sentence stands in for it and is not repeated).
  void add(const Analysed& title, const Analysed& text);
  // A document number that was not given or is deleted.
  void add_hole();
  // Appends the documents of `other` behind those here.
  void append(const TokenStream& other);
  // Appends the documents [first, last] of a stream sidecar, with the spellings of its suggestions. False when one is
  // not well formed.
  bool append(const schema::Sidecar& sidecar, const schema::Sidecar& suggestions, std::size_t first, std::size_t last);

  std::size_t documents() const { return offsets_.size() - 1; }
  std::uint64_t bytes() const { return stream_.size() + sentences_.size(); }
  // Writes all sections, forms renumbered by falling frequency (ties by form, so that the result is reproducible), and
  // collects the most usual spelling of each form in that order; empty where it is the form itself.
  void build(schema::SidecarBuilder& out, schema::StringTableBuilder& spellings) const;

 private:
  struct Spelling {
    std::string text;
    std::uint64_t count = 0;
  };
  struct Form {
    std::string exact;
    std::vector<std::uint32_t> lemmas;  // into lemmas_
    std::uint64_t count = 0;
    std::vector<Spelling> spellings = {};  // others than `exact`
  };
  std::uint32_t lemma_number(std::string_view lemma);
  std::uint32_t form_number(const text::Analysis& analysis, const text::Token& token);
  std::uint32_t form_number(std::string_view exact, std::vector<std::uint32_t> lemmas);
  void add_tokens(const Analysed& part);
  static void add_spelling(Form& form, std::string_view spelling, std::uint64_t count);
  static void count_spelling(Form& form, const text::Token& token, std::string_view text);
  static std::string_view usual_spelling(const Form& form);
  void end_document();

  std::unordered_map<std::string, std::uint32_t> form_numbers_;  // by form_key()
  std::vector<Form> forms_;
  std::unordered_map<std::string, std::uint32_t> lemma_numbers_;
  std::vector<std::string> lemmas_;
  std::string stream_;  // numbers of forms_ + kFirstForm, in the sidecar's byte code
  std::vector<std::uint64_t> offsets_{0};
  std::string sentences_;
  std::vector<std::uint64_t> sentence_offsets_{0};
  std::string key_;  // scratch
};

}  // namespace depeche::indexer
