#include "ingest/language.hh"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/utf8.hh"
#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

constexpr std::size_t kMaxBytes = 20'000;
constexpr std::size_t kMinLetters = 200;

// Words of about the same weight in each language; those that two languages share count for both.
constexpr auto kLanguages = std::to_array<std::string_view>({
    // French; single letters are elided articles and pronouns.
    "le la les l de d des du un une et en est que qu qui dans pour sur au aux par plus ne n pas se s ce c il elle on "
    "nous "
    "vous ils avec sont son sa ses leur cette ces mais ou été être a ont j je y selon après entre comme même",
    // English
    "the of and to a in that is was for on it with as at by from are be this have has had not but they we you his "
    "her its "
    "their which who will would an or been more said were he she i can",
    // Spanish
    "el la los las de del un una y en es que por para con se su sus al lo como más pero no ha han este esta ser fue "
    "son "
    "también entre sobre desde cuando hasta",
    // Italian
    "il la i gli le di del della dei un una e in è che per con si al alla non da nel nella sono ha anche più come ma "
    "dal "
    "questo questa lo l delle degli",
    // Portuguese
    "o a os as de do da dos das um uma e em é que por para com se no na nos não ao mais foi ou seu sua como ser são "
    "pela "
    "pelo também",
    // German
    "der die das und in den von zu mit ist im für auf des dem ein eine nicht sich auch es an als werden aus er hat "
    "dass sie "
    "nach bei wird einer um am sind",
    // Dutch
    "de het een van en in is dat op te zijn voor met die aan niet er om ook als bij door naar maar uit worden werd "
    "wordt nog "
    "heeft hij ze over",
    // Catalan
    "el la els les de del un una i en és que per amb es al dels l d no ha han aquest aquesta ser també més com s "
    "seva seu "
    "pel però",
    // Romanian
    "și de la în a cu pe din care că nu un o este sunt pentru mai fi au s ale ca al după prin",
});

struct Counts {
  std::array<std::size_t, kLanguages.size()> hits{};
  std::size_t words = 0;
  std::size_t letters = 0;
  std::size_t foreign_letters = 0;  // of scripts other than Latin
};

using Lexicon = std::unordered_map<std::string, std::vector<std::size_t>>;

Lexicon make_lexicon() {
  Lexicon lexicon;
  for (std::size_t language = 0; language < kLanguages.size(); ++language) {
    std::string_view words = kLanguages[language];
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      auto& languages = lexicon[std::string(words.substr(0, end))];
      if (languages.empty() || languages.back() != language) languages.push_back(language);
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }
  return lexicon;
}

// The letter at `at` in lower case, and its length; length 0 for what is no letter. Beyond Latin-1 and Latin Extended
// all of U+0370 and up counts as a letter of another script, but for the punctuation blocks.
struct Letter {
  std::size_t size = 0;
  bool foreign = false;
};

Letter letter_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {is_ascii_letter(text[at]) ? 1U : 0U, false};
  if (lead == 0xC3) return {byte(1) == 0x97 || byte(1) == 0xB7 ? 0U : 2U, false};
  if (lead >= 0xC4 && lead <= 0xC9) return {2, false};
  if (lead >= 0xCD && lead <= 0xDF) return {2, true};
  if (lead == 0xE1 && byte(1) >= 0xB8 && byte(1) <= 0xBB) return {3, false};
  if ((lead >= 0xE0 && lead <= 0xE1) || (lead >= 0xE3 && lead <= 0xED)) return {3, true};
  return {};
}

Counts count_words(std::string_view text) {
  static const Lexicon lexicon = make_lexicon();
  Counts counts;
  std::string word;
  const auto close = [&] {
    if (word.empty()) return;
    ++counts.words;
    if (const auto found = lexicon.find(word); found != lexicon.end()) {
      for (const std::size_t language : found->second) ++counts.hits[language];
    }
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const Letter letter = letter_at(text, at);
    if (letter.size == 0) {
      close();
      ++at;
      continue;
    }
    ++counts.letters;
    counts.foreign_letters += letter.foreign ? 1 : 0;
    if (letter.size == 1) {
      word += to_lower_ascii(text[at]);
    } else {
      word += text[at];
      // Latin-1 capitals are 0x20 below.
      const auto second = static_cast<unsigned char>(text[at + 1]);
      const bool capital = text[at] == '\xC3' && second < 0x9F;
      word += capital ? static_cast<char>(second + 0x20) : text[at + 1];
      if (letter.size == 3) word += text[at + 2];
    }
    at += letter.size;
  }
  close();
  return counts;
}

}  // namespace

bool is_clearly_not_french(std::string_view text) {
  const Counts counts = count_words(utf8_prefix(text, kMaxBytes));
  if (counts.letters < kMinLetters) return false;
  if (counts.foreign_letters * 2 > counts.letters) return true;
  const auto words = static_cast<double>(counts.words);
  const auto french = static_cast<double>(counts.hits[0]);
  const auto other = static_cast<double>(*std::max_element(counts.hits.begin() + 1, counts.hits.end()));
  // French news has 40 to 50 % of these words, lists and tables 15 %; Polish or Turkish 3 %.
  return french < words * 0.08 || other > french * 1.2;
}

}  // namespace depeche::ingest
