// The fields of an article: one table that the indexer, the query language, the help text and SCHEMA.md read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace depeche::schema {

enum class FieldId : std::uint8_t {
  kId, kTitle, kText, kAuthor, kUrl,                                             // not counted
  kOrg, kPerson, kPlace, kProduct, kEvent, kTopic, kSource, kAgency,             // facets
  kDate, kAmount,                                                                // ranges
};

enum class FieldKind : std::uint8_t {
  kText,   // searched by words
  kExact,  // one term, taken as it is
  kFacet,  // labels, counted
  kRange,  // ordered values, counted in a histogram
};

inline constexpr std::uint32_t kNoSlot = UINT32_MAX;

struct Field {
  FieldId id;
  std::string_view name;        // in English, and in JSON
  std::string_view french;      // the other accepted name, without accents
  std::string_view title;       // what the reader sees, in French
  std::string_view prefix;      // of its terms; empty: none of its own (kText), or no terms (ranges)
  std::uint32_t slot;           // of its values, or kNoSlot; stored: never renumber
  FieldKind kind;
  std::uint8_t weight;          // wdf that one occurrence in this field adds to the unprefixed term
  bool entity;                  // extraction fills it with names
};

inline constexpr auto kFields = std::to_array<Field>({
    {FieldId::kId, "id", "identifiant", "Identifiant", "Q", kNoSlot, FieldKind::kExact, 0, false},
    {FieldId::kTitle, "title", "titre", "Titre", "S", kNoSlot, FieldKind::kText, 3, false},
    {FieldId::kText, "text", "texte", "Texte", "", kNoSlot, FieldKind::kText, 1, false},
    {FieldId::kAuthor, "author", "auteur", "Auteurs", "A", kNoSlot, FieldKind::kText, 0, false},
    {FieldId::kUrl, "url", "adresse", "Adresse", "U", kNoSlot, FieldKind::kExact, 0, false},
    {FieldId::kOrg, "org", "organisation", "Organisations", "XO", 2, FieldKind::kFacet, 0, true},
    {FieldId::kPerson, "person", "personne", "Personnes", "XP", 3, FieldKind::kFacet, 0, true},
    {FieldId::kPlace, "place", "lieu", "Lieux", "XL", 4, FieldKind::kFacet, 0, true},
    {FieldId::kProduct, "product", "produit", "Produits", "XD", 5, FieldKind::kFacet, 0, true},
    {FieldId::kEvent, "event", "evenement", "Événements", "XE", 6, FieldKind::kFacet, 0, false},
    {FieldId::kTopic, "topic", "theme", "Thèmes", "XT", 7, FieldKind::kFacet, 0, false},
    {FieldId::kSource, "source", "source", "Sources", "XS", 8, FieldKind::kFacet, 0, false},
    {FieldId::kAgency, "agency", "agence", "Agences", "XG", 9, FieldKind::kFacet, 0, false},
    {FieldId::kDate, "date", "date", "Dates", "", 0, FieldKind::kRange, 0, false},
    {FieldId::kAmount, "amount", "montant", "Montants", "", 1, FieldKind::kRange, 0, false},
});

// Slots that hold no field of their own (stored: never renumber).
inline constexpr std::uint32_t kSignatureSlot = 10;  // MinHash of the text, for near-duplicates (indexer/near_duplicates.hh)
inline constexpr std::uint32_t kGroupSlot = 11;      // the group of near-duplicates: 8 bytes; alone in it or not
inline constexpr std::uint32_t kHashSlot = 12;       // of the article as read: 8 bytes; tells whether it changed
inline constexpr std::uint32_t kGivenSlot = 13;      // a byte: bit f when the labels of facet f were given, not found
inline constexpr std::uint32_t kFirstFreeSlot = 14;

// Prefix of the term that says which input an article came from ("Pcorpus/a.jsonl"): what `index --sync` looks at.
inline constexpr std::string_view kOriginPrefix = "P";

inline constexpr std::size_t kFieldCount = kFields.size();
inline constexpr std::size_t kFirstFacet = static_cast<std::size_t>(FieldId::kOrg);
inline constexpr std::size_t kFacetCount = 8;
inline constexpr std::span<const Field> kFacets{kFields.data() + kFirstFacet, kFacetCount};

constexpr bool well_formed(std::span<const Field> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (static_cast<std::size_t>(fields[i].id) != i) return false;
    for (std::size_t j = 0; j < fields.size(); ++j) {
      if (i == j) continue;
      const Field &a = fields[i], &b = fields[j];
      if (a.name == b.name || a.french == b.french || a.name == b.french) return false;
      if (a.slot != kNoSlot && (a.slot == b.slot || (a.slot >= kSignatureSlot && a.slot < kFirstFreeSlot))) return false;
      if (!a.prefix.empty() && (b.prefix.starts_with(a.prefix) || kOriginPrefix.starts_with(a.prefix))) return false;
    }
  }
  for (std::size_t i = 0; i < kFacetCount; ++i) {
    if (fields[kFirstFacet + i].kind != FieldKind::kFacet) return false;
  }
  return true;
}
static_assert(well_formed(kFields), "ids in order; names and slots unique; no prefix begins another; facets together");

constexpr const Field& field(FieldId id) { return kFields[static_cast<std::size_t>(id)]; }
// 0 for kOrg to kFacetCount − 1 for kAgency. REQUIRES: a facet.
constexpr std::size_t facet_index(FieldId id) { return static_cast<std::size_t>(id) - kFirstFacet; }

// By English or French name; case and accents do not matter ("Thème"). `internal` finds kId as well.
std::optional<FieldId> find_field(std::string_view name, bool internal = false);

}  // namespace depeche::schema
