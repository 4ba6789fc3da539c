// What the reader sees, by key, in French or English: output/strings/fr.txt and en.txt, built in.
//
//   const Strings& t = strings(Language::kFrench);
//   t.count("articles", 42);                       // "42 articles"
//   t.fill("sorted", {{"sort", "pertinence"}});    // "tri : pertinence"
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace depeche::output {

enum class Language : std::uint8_t { kFrench, kEnglish };

// Immutable; shared by threads.
class Strings {
 public:
  using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  Strings(Language language, std::string_view file);

  Language language() const { return language_; }
  // An unknown key comes back as "⟦key⟧", which the tests look for.
  const std::string& operator[](std::string_view key) const;
  bool has(std::string_view key) const;
  // The text with each {name} replaced. Names that are not given stay.
  std::string fill(std::string_view key, Values values) const;
  // The form of `key` that agrees with `n`; {n} is the number, written as the language does.
  std::string count(std::string_view key, std::uint64_t n, Values values = {}) const;
  std::vector<std::string> keys() const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  Language language_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> texts_;
};

const Strings& strings(Language language);

}  // namespace depeche::output
