// The keys of JSONL that mean something; any other is kept in Article::extra.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace depeche::ingest {

enum class JsonlKey : std::uint8_t { kId, kTitle, kText, kHtml, kUrl, kSource, kAuthors, kDate, kFacet };

struct JsonlName {
  std::string_view name;
  JsonlKey key;
  std::string_view facet = {};  // of kFacet: the field's JSON name
};

inline constexpr auto kJsonlNames = std::to_array<JsonlName>({
    {"id", JsonlKey::kId},
    {"title", JsonlKey::kTitle},
    {"date", JsonlKey::kDate},
    {"url", JsonlKey::kUrl},
    {"source", JsonlKey::kSource},
    {"text", JsonlKey::kText},
    {"html", JsonlKey::kHtml},
    {"author", JsonlKey::kAuthors},
    {"authors", JsonlKey::kAuthors},
    {"topic", JsonlKey::kFacet, "topic"},
    {"topics", JsonlKey::kFacet, "topic"},
    {"titre", JsonlKey::kTitle},
    {"texte", JsonlKey::kText},
    {"auteur", JsonlKey::kAuthors},
    {"auteurs", JsonlKey::kAuthors},
    {"theme", JsonlKey::kFacet, "topic"},
    {"themes", JsonlKey::kFacet, "topic"},
    {"thème", JsonlKey::kFacet, "topic"},
    {"thèmes", JsonlKey::kFacet, "topic"},
    {"org", JsonlKey::kFacet, "org"},
    {"orgs", JsonlKey::kFacet, "org"},
    {"organisation", JsonlKey::kFacet, "org"},
    {"organisations", JsonlKey::kFacet, "org"},
    {"person", JsonlKey::kFacet, "person"},
    {"persons", JsonlKey::kFacet, "person"},
    {"personne", JsonlKey::kFacet, "person"},
    {"personnes", JsonlKey::kFacet, "person"},
    {"place", JsonlKey::kFacet, "place"},
    {"places", JsonlKey::kFacet, "place"},
    {"lieu", JsonlKey::kFacet, "place"},
    {"lieux", JsonlKey::kFacet, "place"},
    {"product", JsonlKey::kFacet, "product"},
    {"products", JsonlKey::kFacet, "product"},
    {"produit", JsonlKey::kFacet, "product"},
    {"produits", JsonlKey::kFacet, "product"},
    {"event", JsonlKey::kFacet, "event"},
    {"events", JsonlKey::kFacet, "event"},
    {"evenement", JsonlKey::kFacet, "event"},
    {"evenements", JsonlKey::kFacet, "event"},
    {"événement", JsonlKey::kFacet, "event"},
    {"événements", JsonlKey::kFacet, "event"},
    {"agency", JsonlKey::kFacet, "agency"},
    {"agencies", JsonlKey::kFacet, "agency"},
    {"agence", JsonlKey::kFacet, "agency"},
    {"agences", JsonlKey::kFacet, "agency"},
});

}  // namespace depeche::ingest
