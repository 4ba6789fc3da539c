#include "entities/agencies.hh"

#include <algorithm>
#include <array>

namespace depeche::entities {
namespace {

struct Agency {
  std::uint64_t word;    // the first of its name
  std::uint64_t second;  // the second, or 0
  const char* label;
};

constexpr auto kAgencies = std::to_array<Agency>({
    {hash_of_key("afp"), 0, "AFP"},
    {hash_of_key("agence"), hash_of_key("france-presse"), "AFP"},
    {hash_of_key("reuters"), 0, "Reuters"},
    {hash_of_key("ap"), 0, "AP"},
    {hash_of_key("associated"), hash_of_key("press"), "AP"},
    {hash_of_key("bloomberg"), 0, "Bloomberg"},
    {hash_of_key("dpa"), 0, "DPA"},
    {hash_of_key("efe"), 0, "EFE"},
    {hash_of_key("ansa"), 0, "ANSA"},
    {hash_of_key("belga"), 0, "Belga"},
    {hash_of_key("ats"), 0, "ATS"},
    {hash_of_key("keystone-ats"), 0, "ATS"},
    {hash_of_key("xinhua"), 0, "Xinhua"},
    {hash_of_key("kyodo"), 0, "Kyodo"},
    {hash_of_key("tass"), 0, "TASS"},
    {hash_of_key("relaxnews"), 0, "Relaxnews"},
    {hash_of_key("etx"), 0, "ETX"},
    {hash_of_key("6medias"), 0, "6Medias"},
    {hash_of_key("agefi-dow"), 0, "Agefi-Dow Jones"},
});

constexpr std::uint32_t kLongestCredit = 12;  // tokens
constexpr std::uint64_t kAvec = hash_of_key("avec");
// What may stand between agencies in a credit.
constexpr auto kLinks =
    std::to_array<std::uint64_t>({kAvec, hash_of_key("et"), hash_of_key("l"), hash_of_key("d"), hash_of_key("source"),
                                  hash_of_key("sources"), hash_of_key("apres"), hash_of_key("par")});

void add(const char* label, std::vector<std::string>& agencies) {
  if (std::find(agencies.begin(), agencies.end(), label) == agencies.end()) agencies.emplace_back(label);
}

class CreditReader {
 public:
  CreditReader(const Document& document, std::vector<std::string>& agencies)
      : document_(document), agencies_(agencies) {}

  void run() {
    for (const Sentence& sentence : document_.sentences) {
      read(sentence.first, sentence.last);  // a line of its own
      for (std::uint32_t at = sentence.first; at < sentence.last; ++at) {
        const Token& token = document_.tokens[at];
        if (token.punct == '(') read(at + 1, closing(at + 1, sentence.last));
        if (token.key.value == kAvec) read(at, sentence.last);
      }
    }
  }

  void add_all() {
    for (std::uint32_t at = 0; at < document_.tokens.size(); ++at) {
      if (const Agency* agency = agency_at(at, static_cast<std::uint32_t>(document_.tokens.size())))
        add(agency->label, agencies_);
    }
  }

 private:
  std::uint32_t closing(std::uint32_t at, std::uint32_t last) const {
    last = std::min(last, at + kLongestCredit + 1);  // longer is no credit, however long
    while (at < last && document_.tokens[at].punct != ')') ++at;
    return at;
  }

  const Agency* agency_at(std::uint32_t at, std::uint32_t last) const {
    const Token& token = document_.tokens[at];
    if (!token.is(Token::kUpper) && !token.is(Token::kDigit)) return nullptr;
    for (const Agency& agency : kAgencies) {
      if (agency.word != token.key.value) continue;
      if (agency.second == 0) return token.length > 3 || token.is(Token::kAllUpper) ? &agency : nullptr;
      if (at + 1 < last && document_.tokens[at + 1].key.value == agency.second) return &agency;
    }
    return nullptr;
  }

  // Takes tokens [first, last) as a credit where they are agencies and links, and nothing else.
  void read(std::uint32_t first, std::uint32_t last) {
    if (last - first > kLongestCredit) return;
    std::vector<const char*> found;
    for (std::uint32_t at = first; at < last; ++at) {
      const Token& token = document_.tokens[at];
      if (const Agency* agency = agency_at(at, last)) {
        found.push_back(agency->label);
        if (agency->second != 0) ++at;
      } else if (!token.is(Token::kPunct) &&
                 std::find(kLinks.begin(), kLinks.end(), token.key.value) == kLinks.end()) {
        return;
      }
    }
    for (const char* label : found) add(label, agencies_);
  }

  const Document& document_;
  std::vector<std::string>& agencies_;
};

}  // namespace

void find_agencies(const Document& document, std::vector<std::string>& agencies) {
  CreditReader(document, agencies).run();
}

void find_agencies_in_byline(std::string_view byline, std::vector<std::string>& agencies) {
  Document document;
  document.parts[1] = byline;
  document.add(Part::kText, 0, byline.size());
  CreditReader(document, agencies).add_all();
}

}  // namespace depeche::entities
