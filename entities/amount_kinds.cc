#include "entities/amount_kinds.hh"

#include <algorithm>
#include <array>
#include <string_view>

#include "entities/folded_token.hh"

namespace depeche::entities {
namespace {

// A word that tells what the sums near it are. `stem` is the beginning of its folded form, or all of it.
struct Cue {
  std::string_view stem;
  bool whole;
  std::string_view kind;
  int strength;  // how many tokens farther away than another cue it may stand and still win
};

constexpr auto kCues = std::to_array<Cue>({
    {"levee", false, "levee", 4},
    {"leve", true, "levee", 4},
    {"lever", true, "levee", 4},
    {"levent", true, "levee", 4},
    {"tour", true, "levee", 2},
    {"amorcage", true, "levee", 4},
    {"financement", false, "levee", 0},
    {"recolt", false, "levee", 2},
    {"boucl", false, "levee", 2},
    {"reuni", false, "levee", 1},
    {"serie", true, "levee", 1},
    {"collect", false, "levee", 0},
    {"souscri", false, "levee", 1},
    {"empoch", false, "levee", 1},
    {"valoris", false, "valorisation", 6},
    {"capitalisation", true, "valorisation", 4},
    {"valeur", true, "valorisation", 1},
    {"evalu", false, "valorisation", 5},
    {"valant", true, "valorisation", 1},
    {"vaut", true, "valorisation", 1},
    {"fortune", true, "", 2},
    {"pese", true, "valorisation", 1},
    {"rachet", false, "rachat", 4},
    {"rachat", false, "rachat", 4},
    {"acqui", false, "rachat", 3},
    {"acquer", false, "rachat", 3},
    {"offre", true, "rachat", 0},
    {"opa", true, "rachat", 3},
    {"cession", true, "rachat", 2},
    {"cede", false, "rachat", 1},
    {"reprise", true, "rachat", 1},
    {"paie", true, "rachat", 0},
    {"paye", true, "rachat", 1},
    {"payer", true, "rachat", 0},
    {"emplette", false, "rachat", 2},
    {"achat", true, "rachat", 2},
    {"operation", true, "rachat", 0},
    {"absor", false, "rachat", 1},
    {"avale", false, "rachat", 1},
    {"amende", false, "amende", 6},
    {"inflig", false, "amende", 5},
    {"sanction", false, "amende", 4},
    {"condamn", false, "amende", 4},
    {"ecop", false, "amende", 5},
    {"penalite", false, "amende", 4},
    {"astreinte", false, "amende", 3},
    {"dommages", true, "amende", 2},
    {"chiffre", true, "chiffre-affaires", 3},
    {"affaires", true, "chiffre-affaires", 2},
    {"revenu", false, "chiffre-affaires", 3},
    {"recettes", true, "chiffre-affaires", 3},
    {"benefice", false, "chiffre-affaires", 2},
    {"ventes", true, "chiffre-affaires", 1},
    {"engrang", false, "chiffre-affaires", 1},
    {"perte", false, "", 1},
    {"perdu", true, "", 2},
    {"perdre", true, "", 2},
    {"dette", false, "", 2},
    {"manque", true, "", 3},
    {"prejudice", true, "", 3},
    {"cautionnement", true, "", 4},
    {"caution", true, "", 4},
    {"frais", true, "", 2},
    {"aide", true, "", 1},
    {"bourse", true, "", 1},
    {"trimestre", true, "chiffre-affaires", 1},
    {"prix", true, "prix", 4},
    {"tarif", false, "prix", 4},
    {"coute", false, "prix", 3},
    {"coutent", true, "prix", 3},
    {"vendu", false, "prix", 3},
    {"factur", false, "prix", 3},
    {"abonne", false, "prix", 3},
    {"mois", true, "prix", 3},
    {"affiche", false, "prix", 1},
    {"commercialis", false, "prix", 2},
    {"achet", false, "prix", 2},
    {"rancon", true, "rancon", 5},
    {"invest", false, "investissement", 4},
    {"inject", false, "investissement", 2},
    {"enveloppe", true, "investissement", 2},
    {"depens", false, "investissement", 1},
    {"plan", true, "investissement", 1},
    {"consacr", false, "investissement", 1},
    {"mobilis", false, "investissement", 1},
    {"projet", true, "investissement", 0},
    {"mise", true, "investissement", 0},
    {"construi", false, "investissement", 1},
    {"usine", false, "investissement", 0},
    {"subvention", false, "investissement", 1},
    {"poursuites", true, "amende", 3},
    {"solder", true, "amende", 3},
    {"apporte", false, "levee", 1},
    {"forfait", false, "prix", 3},
    {"compter", true, "prix", 2},
    {"ramene", false, "prix", 1},
    {"valait", true, "valorisation", 1},
    {"chere", true, "valorisation", 2},
    {"dote", false, "investissement", 2},
    {"agrandi", false, "investissement", 2},
    {"chantier", false, "investissement", 1},
    {"credit", true, "", 2},
    {"rafle", false, "levee", 3},
    {"repris", true, "rachat", 2},
    {"repren", false, "rachat", 2},
    {"economies", true, "", 2},
});

const Cue* cue_of(std::string_view word) {
  if (word.empty()) return nullptr;
  for (const Cue& cue : kCues) {
    if (cue.stem.front() != word.front()) continue;
    if (cue.whole ? word == cue.stem : word.starts_with(cue.stem)) return &cue;
  }
  return nullptr;
}

// The cue that is nearest, where one after the amount counts as farther away, and one across a comma or another sum
// farther still.
struct Decision {
  std::string_view kind;
  bool found = false;  // by a word; its kind may be none
};

Decision kind_of(const Document& document, const std::vector<FoundAmount>& amounts, std::size_t index) {
  constexpr int kFar = 30;
  constexpr int kAfter = 3;
  constexpr int kComma = 3;
  constexpr int kOtherSum = 5;
  const TokenSpan span = amounts[index].tokens;
  const Sentence& sentence = document.sentences[document.sentence_of[span.first]];
  Decision best;
  int best_distance = kFar;
  const auto weigh = [&](std::uint32_t at, int distance) {
    if (distance - 6 >= best_distance || !document.tokens[at].is(Token::kLetter)) return;
    const Cue* cue = cue_of(FoldedToken(document, at).view());
    if (cue == nullptr || distance - cue->strength >= best_distance) return;
    best = {cue->kind, true};
    best_distance = distance - cue->strength;
  };
  int distance = 0;
  std::size_t other = index;  // the next sum on the way
  for (std::uint32_t at = span.first; at > sentence.first;) {
    --at;
    ++distance;
    if (document.tokens[at].punct == ',') distance += kComma;
    if (other > 0 && amounts[other - 1].tokens.first == at) {
      distance += kOtherSum;
      --other;
    }
    weigh(at, distance);
  }
  distance = kAfter;
  other = index + 1;
  for (std::uint32_t at = span.last; at < sentence.last; ++at) {
    ++distance;
    if (document.tokens[at].punct == ',') distance += kComma;
    if (other < amounts.size() && amounts[other].tokens.first == at) {
      distance += kOtherSum;
      ++other;
    }
    weigh(at, distance);
  }
  return best;
}

// What the sums of an event mostly are; empty where they may be anything.
std::string_view kind_by_event(std::string_view type) {
  if (type == "levee-de-fonds") return "levee";
  if (type == "acquisition") return "rachat";
  if (type == "sanction") return "amende";
  if (type == "implantation") return "investissement";
  return {};
}

std::string_view event_kind(const Document& document, const std::vector<FoundEvent>& events,
                            const FoundAmount& amount) {
  const std::uint32_t sentence = document.sentence_of[amount.tokens.first];
  auto at = std::lower_bound(events.begin(), events.end(), sentence,
                             [](const FoundEvent& event, std::uint32_t wanted) { return event.sentence < wanted; });
  for (; at != events.end() && at->sentence == sentence; ++at) {
    const FoundEvent& event = *at;
    if (!kind_by_event(event.type).empty()) return kind_by_event(event.type);
  }
  return {};
}

// What the sums of the article are mostly about: by the first event that tells.
std::string_view main_kind(const std::vector<FoundEvent>& events) {
  for (const FoundEvent& event : events) {
    if (!kind_by_event(event.type).empty()) return kind_by_event(event.type);
  }
  return {};
}

// A sum of money for a firm, not for a thing.
bool is_large(const Amount& amount) {
  constexpr double kLarge = 1e6;
  return amount.value >= kLarge;
}

}  // namespace

void name_amount_kinds(const Document& document, const std::vector<FoundEvent>& events,
                       std::vector<FoundAmount>& amounts) {
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const Decision decision = kind_of(document, amounts, i);
    amounts[i].amount.kind = decision.found ? decision.kind : event_kind(document, events, amounts[i]);
    if (!decision.found && amounts[i].amount.kind.empty() && is_large(amounts[i].amount)) {
      amounts[i].amount.kind = main_kind(events);
    }
    // no firm is sold or fined for the price of a telephone, and no telephone costs millions
    if (amounts[i].amount.kind == "prix" && is_large(amounts[i].amount)) {
      const std::string_view by_event = event_kind(document, events, amounts[i]);
      amounts[i].amount.kind = by_event.empty() ? main_kind(events) : by_event;
    }
    // money put into a firm that raises it, not into a plant
    if (amounts[i].amount.kind == "investissement" && event_kind(document, events, amounts[i]) == "levee") {
      amounts[i].amount.kind = "levee";
    }
  }
  // both ends of a range are the same sum
  for (std::size_t i = 1; i < amounts.size(); ++i) {
    Amount& low = amounts[i - 1].amount;
    Amount& high = amounts[i].amount;
    if (low.end == RangeEnd::kLow && high.end == RangeEnd::kHigh) low.kind = high.kind;
  }
}

}  // namespace depeche::entities
