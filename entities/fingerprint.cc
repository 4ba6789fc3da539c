#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>

#include "entities/embedded.hh"
#include "entities/extractor.hh"
#include "entities/gazetteer.hh"

DEPECHE_EMBEDDED(entity_words)
DEPECHE_EMBEDDED(event_rules)
DEPECHE_EMBEDDED(first_names)
DEPECHE_EMBEDDED(first_names_world)
DEPECHE_EMBEDDED(list_cities)
DEPECHE_EMBEDDED(list_communes)
DEPECHE_EMBEDDED(list_companies)
DEPECHE_EMBEDDED(list_mentions)
DEPECHE_EMBEDDED(rates)
DEPECHE_EMBEDDED(tagger_model)
DEPECHE_EMBEDDED(topics_model)

namespace depeche::entities {
namespace {

constexpr unsigned kCodeVersion = 1;  // raise it when the same data are read to another effect

// Eight bytes at a step: the models are large.
std::uint64_t hashed(std::string_view bytes, std::uint64_t hash) {
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t piece = 0;
    std::memcpy(&piece, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
    hash = mixed(hash ^ piece) * KeyHash::kBase;
  }
  return hash ^ bytes.size();
}

std::uint64_t data_hash() {
  std::uint64_t hash = kCodeVersion;
  for (const std::string_view bytes :
       {embedded_entity_words(), embedded_event_rules(), embedded_first_names(), embedded_first_names_world(),
        embedded_list_cities(), embedded_list_communes(), embedded_list_companies(), embedded_list_mentions(),
        embedded_rates(), embedded_tagger_model(), embedded_topics_model()}) {
    hash = hashed(bytes, hash);
  }
  return hash;
}

}  // namespace

std::string extractor_fingerprint(const Gazetteer& gazetteer) {
  static const std::uint64_t data = data_hash();
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(data));
  return text + ("-" + gazetteer.fingerprint());
}

}  // namespace depeche::entities
