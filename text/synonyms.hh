// Other names of the same thing, from a file that users can edit: one group a line, names parted by |, # comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hh"
#include "text/query_words.hh"

namespace depeche::text {

class Synonyms {
 public:
  // One name: what a query must hold to mean it, and what a document must hold instead.
  struct Name {
    std::vector<Alternative> forms;  // a hyphenated name has two: its parts and its joined form
  };
  using Group = std::vector<Name>;

  static const Synonyms& builtin();
  static Synonyms parse(std::string_view text);

  const std::vector<Group>& groups() const { return groups_; }

 private:
  std::vector<Group> groups_;
};

// Reads a file in the form of text/data/synonyms.txt, which it replaces.
Result<Synonyms> load_synonyms(const std::string& path);

}  // namespace depeche::text
