#include "entities/participants.hh"

#include <algorithm>
#include <array>

namespace depeche::entities {
namespace {

// "la start-up", "le groupe", "elle": what stands for a firm that was named before.
bool refers_back(const Document& document, const Sentence& sentence) {
  static constexpr auto kWords = std::to_array<std::uint64_t>(
      {hash_of_key("start-up"), hash_of_key("startup"), hash_of_key("pousse"), hash_of_key("societe"),
       hash_of_key("entreprise"), hash_of_key("groupe"), hash_of_key("firme"), hash_of_key("compagnie"),
       hash_of_key("operateur"), hash_of_key("constructeur"), hash_of_key("fabricant"), hash_of_key("editeur"),
       hash_of_key("geant"), hash_of_key("plateforme"), hash_of_key("fintech"), hash_of_key("licorne"),
       hash_of_key("elle"), hash_of_key("il")});
  for (std::uint32_t at = sentence.first; at < sentence.last; ++at) {
    if (std::find(kWords.begin(), kWords.end(), document.tokens[at].key.value) != kWords.end()) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> participants_of(const Document& document, const FoundEvent& event,
                                         const std::vector<NameSpan>& names) {
  const Sentence& sentence = document.sentences[event.sentence];
  const bool with_places = event.type == "implantation";
  std::vector<std::string> labels;
  bool acting = false;
  const NameSpan* org_before = nullptr;
  auto next = std::lower_bound(names.begin(), names.end(), sentence.first,
                               [](const NameSpan& name, std::uint32_t token) { return name.tokens.first < token; });
  for (auto before = next; before != names.begin() && org_before == nullptr;) {
    --before;
    if (before->type == EntityType::kOrg) org_before = &*before;
  }
  for (; next != names.end() && next->tokens.first < sentence.last; ++next) {
    const NameSpan& name = *next;
    const bool place = name.type == EntityType::kPlace;
    acting = acting || !place;
    if (place && !with_places) continue;
    if (std::find(labels.begin(), labels.end(), name.label) == labels.end()) labels.push_back(name.label);
  }
  if (!acting && org_before != nullptr && refers_back(document, sentence)) {
    labels.insert(labels.begin(), org_before->label);
  }
  return labels;
}

}  // namespace depeche::entities
