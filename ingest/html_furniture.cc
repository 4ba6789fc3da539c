// Lines that every site prints around and within its articles, by how they begin.
#include <algorithm>
#include <array>

#include "ingest/ascii.hh"
#include "ingest/html_boilerplate.hh"

namespace depeche::ingest {
namespace {

// Beginnings, in lower case, with straight apostrophes.
constexpr auto kFurniture = std::to_array<std::string_view>({"lire aussi",
                                                             "à lire aussi",
                                                             "a lire aussi",
                                                             "à lire également",
                                                             "à lire :",
                                                             "à lire sur",
                                                             "lire également",
                                                             "lire :",
                                                             "lire notre",
                                                             "lire la suite",
                                                             "voir aussi",
                                                             "à voir aussi",
                                                             "voir également",
                                                             "à découvrir aussi",
                                                             "découvrez aussi",
                                                             "sur le même sujet",
                                                             "dans la même rubrique",
                                                             "à écouter",
                                                             "écouter aussi",
                                                             "regarder aussi",
                                                             "pour aller plus loin",
                                                             "pour en savoir plus",
                                                             "en savoir plus :",
                                                             "plus d'infos",
                                                             "notre dossier",
                                                             "nos articles",
                                                             "articles liés",
                                                             "articles similaires",
                                                             "ces articles",
                                                             "vous aimerez aussi",
                                                             "vous pourriez aussi aimer",
                                                             "ailleurs sur le web",
                                                             "publicité",
                                                             "contenu sponsorisé",
                                                             "la suite après",
                                                             "la suite de cet article",
                                                             "abonnez-vous",
                                                             "déjà abonné",
                                                             "cet article est réservé",
                                                             "article réservé",
                                                             "il vous reste",
                                                             "inscrivez-vous",
                                                             "recevez ",
                                                             "s'inscrire",
                                                             "je m'inscris",
                                                             "suivez-nous",
                                                             "suivez nous",
                                                             "suivez toute l'actualité",
                                                             "retrouvez-nous",
                                                             "partager",
                                                             "partagez",
                                                             "imprimer",
                                                             "envoyer par",
                                                             "commenter",
                                                             "commentaires",
                                                             "laisser un commentaire",
                                                             "aucun commentaire",
                                                             "réagir",
                                                             "mots-clés",
                                                             "mots clés",
                                                             "tags :",
                                                             "tags:",
                                                             "étiquettes",
                                                             "crédit photo",
                                                             "crédits photo",
                                                             "crédit :",
                                                             "crédits :",
                                                             "photo :",
                                                             "photo:",
                                                             "illustration :",
                                                             "image :",
                                                             "source image",
                                                             "copyright",
                                                             "©",
                                                             "tous droits réservés",
                                                             "reproduction interdite",
                                                             "accepter",
                                                             "nous utilisons des cookies",
                                                             "ce site utilise des cookies",
                                                             "cliquez ici pour",
                                                             "téléchargez notre application",
                                                             "temps de lecture",
                                                             "read more",
                                                             "read also",
                                                             "also read",
                                                             "read next",
                                                             "related",
                                                             "see also",
                                                             "more on this",
                                                             "more from",
                                                             "more stories",
                                                             "you may also like",
                                                             "you might also like",
                                                             "recommended",
                                                             "recommended for you",
                                                             "most read",
                                                             "most popular",
                                                             "trending",
                                                             "editor's picks",
                                                             "don't miss",
                                                             "advertisement",
                                                             "advertising",
                                                             "sponsored",
                                                             "story continues below",
                                                             "article continues",
                                                             "continue reading",
                                                             "sign up",
                                                             "subscribe",
                                                             "already a subscriber",
                                                             "log in",
                                                             "follow us",
                                                             "follow @",
                                                             "share this",
                                                             "share on",
                                                             "share:",
                                                             "click here to",
                                                             "click to share",
                                                             "leave a comment",
                                                             "comments",
                                                             "view comments",
                                                             "post a comment",
                                                             "join the conversation",
                                                             "tags",
                                                             "filed under",
                                                             "photo by",
                                                             "photo credit",
                                                             "photograph:",
                                                             "image credit",
                                                             "image:",
                                                             "picture:",
                                                             "all rights reserved",
                                                             "this article originally",
                                                             "watch:",
                                                             "watch now",
                                                             "we use cookies",
                                                             "by continuing to use",
                                                             "download our app",
                                                             "enlarge",
                                                             "image source",
                                                             "getty images",
                                                             "lesen sie auch",
                                                             "lea también",
                                                             "leer más",
                                                             "leia também",
                                                             "leggi anche",
                                                             "lees ook",
                                                             "mehr zum thema"});

std::string comparable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size() && out.size() < 200; ++i) {
    if (text.substr(i, 3) == "’") {
      out += '\'';
      i += 2;
    } else if (text.substr(i, 2) == "\xC2\xA0") {
      out += ' ';
      ++i;
    } else if (text[i] == '\xC3' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0x9F) {
      out += text[i];
      out += static_cast<char>(static_cast<unsigned char>(text[++i]) + 0x20);  // À to à
    } else {
      out += to_lower_ascii(text[i]);
    }
  }
  // A bullet, arrow, bracket or emoji before the words. Letters beyond ASCII begin with C3 or C5; © is one of the
  // words.
  std::size_t begin = 0;
  while (begin < out.size() && !is_ascii_alnum(out[begin]) && out[begin] != '\xC3' && out[begin] != '\xC5' &&
         out.compare(begin, 2, "©") != 0) {
    ++begin;
  }
  return out.substr(begin);
}

const std::string_view* furniture_lead(const std::string& text) {
  const auto found = std::find_if(kFurniture.begin(), kFurniture.end(), [&](std::string_view lead) {
    if (!text.starts_with(lead)) return false;
    return text.size() == lead.size() || !is_ascii_letter(lead.back()) || !is_ascii_letter(text[lead.size()]);
  });
  return found == kFurniture.end() ? nullptr : &*found;
}

}  // namespace

bool is_furniture(std::string_view text) {
  // What blog software puts under every item of a feed.
  constexpr auto kFeedFooters = std::to_array<std::string_view>({"est apparu en premier sur", "appeared first on"});
  for (const std::string_view footer : kFeedFooters) {
    if (text.size() < 500 && text.find(footer) != std::string_view::npos) return true;
  }
  if (text.size() > 220) return false;
  return furniture_lead(comparable(text)) != nullptr;
}

bool is_furniture_heading(std::string_view text) {
  if (text.size() > 60) return false;
  const std::string plain = comparable(text);
  const std::string_view* lead = furniture_lead(plain);
  return lead != nullptr && plain.size() < lead->size() + 12;
}

}  // namespace depeche::ingest
