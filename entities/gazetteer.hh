// The names that are known beforehand: our own lists, built in, and the user's additions.
//
// A line of a list: label, type (org, person, place, product), aliases separated by "|", flags, country, kind; with
// tabs between them. "#" begins a comment line. Flag `ambiguous`: the name is also an ordinary word, so context must
// decide; an alias that ends in "?" is ambiguous by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotations.hh"
#include "core/error.hh"

namespace depeche::entities {

struct GazetteerEntry {
  std::string label;
  EntityType type = EntityType::kOrg;
  std::string country;  // ISO 3166 alpha-2, or empty
  std::string kind;     // "startup", "bank", "city", "model", …; or empty
};

struct GazetteerProblem {
  std::string where;  // "names.tsv:12"
  std::string why;
};

// Immutable once loaded; shared by threads.
class Gazetteer {
 public:
  // The built-in lists, and those of `user_file` where it is not empty: its lines come last and win over built-in
  // ones of the same name; ambiguous ones stand beside them. Bad lines are told in `problems` (not null) and passed over. Fails when the file cannot be
  // read.
  static Result<Gazetteer> load(const std::string& user_file = {}, std::vector<GazetteerProblem>* problems = nullptr);

  Gazetteer(Gazetteer&&) noexcept;
  Gazetteer& operator=(Gazetteer&&) noexcept;
  ~Gazetteer();

  std::size_t size() const;
  // The entry that `name` (label or alias; case, accents, hyphens and blanks alike) is known by; of several types the
  // one asked for. Used for filters: `-f org=Arcep`.
  const GazetteerEntry* find(std::string_view name, std::optional<EntityType> type = std::nullopt) const;
  const std::string& fingerprint() const;

 private:
  friend class Matcher;
  Gazetteer();
  std::unique_ptr<struct GazetteerData> data_;
};

}  // namespace depeche::entities
