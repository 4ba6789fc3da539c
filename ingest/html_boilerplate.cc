#include "ingest/html_boilerplate.hh"

#include <algorithm>
#include <array>

#include "ingest/ascii.hh"

namespace depeche::ingest {
namespace {

using namespace std::string_view_literals;

// Words of class and id names. The first list marks what may be long (comments); the second what is short where it is
// real, and otherwise part of an article's own name.
constexpr auto kForeignWords = std::to_array<std::string_view>({"comment",
                                                                "comments",
                                                                "commentaire",
                                                                "commentaires",
                                                                "commentlist",
                                                                "disqus",
                                                                "respond",
                                                                "cookie",
                                                                "cookies",
                                                                "consent",
                                                                "gdpr",
                                                                "rgpd",
                                                                "didomi",
                                                                "onetrust",
                                                                "outbrain",
                                                                "taboola",
                                                                "related",
                                                                "relatedposts",
                                                                "recirc",
                                                                "recirculation",
                                                                "recommended",
                                                                "recommendation",
                                                                "recommendations",
                                                                "sidebar",
                                                                "breadcrumb",
                                                                "breadcrumbs",
                                                                "ariane",
                                                                "newsletter",
                                                                "newsletters",
                                                                "sharedaddy",
                                                                "addthis",
                                                                "popup",
                                                                "modal",
                                                                "lightbox",
                                                                "paywall",
                                                                "jp-relatedposts",
                                                                "yarpp",
                                                                "crp",
                                                                "zergnet",
                                                                "livefyre",
                                                                "viafoura",
                                                                "lireaussi",
                                                                "readmore",
                                                                "morefrom",
                                                                "trending",
                                                                "mostread",
                                                                "mostpopular",
                                                                "navbar"});
constexpr auto kShortWords = std::to_array<std::string_view>({"share",
                                                              "sharing",
                                                              "shares",
                                                              "sharebar",
                                                              "sharetools",
                                                              "partage",
                                                              "partager",
                                                              "social",
                                                              "socials",
                                                              "follow",
                                                              "subscribe",
                                                              "subscription",
                                                              "signup",
                                                              "abonnement",
                                                              "abonnez",
                                                              "promo",
                                                              "promotion",
                                                              "sponsor",
                                                              "sponsored",
                                                              "sponsors",
                                                              "ad",
                                                              "ads",
                                                              "advert",
                                                              "adverts",
                                                              "advertisement",
                                                              "advertising",
                                                              "adslot",
                                                              "dfp",
                                                              "publicite",
                                                              "pub",
                                                              "nav",
                                                              "navigation",
                                                              "menu",
                                                              "toolbar",
                                                              "pagination",
                                                              "pager",
                                                              "widget",
                                                              "widgets",
                                                              "caption",
                                                              "captions",
                                                              "wp-caption-text",
                                                              "legend",
                                                              "legende",
                                                              "credit",
                                                              "credits",
                                                              "copyright",
                                                              "byline",
                                                              "bylines",
                                                              "signature",
                                                              "authorbox",
                                                              "bio",
                                                              "biography",
                                                              "tags",
                                                              "taglist",
                                                              "timestamp",
                                                              "skip",
                                                              "print",
                                                              "hidden",
                                                              "visuallyhidden",
                                                              "invisible",
                                                              "popular",
                                                              "plus-lus",
                                                              "teaser",
                                                              "teasers",
                                                              "upsell",
                                                              "inread",
                                                              "jumplink",
                                                              "jumplinks",
                                                              "rating",
                                                              "ratings",
                                                              "vote",
                                                              "login",
                                                              "feedback",
                                                              "correction",
                                                              "disclaimer",
                                                              "footer",
                                                              "banner",
                                                              "carousel",
                                                              "slideshow",
                                                              "gallery",
                                                              "metadata",
                                                              "postmeta",
                                                              "authors",
                                                              "author",
                                                              "auteur",
                                                              "date",
                                                              "published",
                                                              "pubdate",
                                                              "readtime",
                                                              "reading-time",
                                                              "kicker",
                                                              "rubrique",
                                                              "flyout",
                                                              "tooltip",
                                                              "dropdown",
                                                              "toc"});
// Two words that only together mean something.
constexpr auto kPairs = std::to_array<std::string_view>(
    {"lire-aussi",  "a-lire",        "read-also",     "read-more",       "also-read",      "see-also",
     "voir-aussi",  "sr-only",       "screen-reader", "visually-hidden", "most-read",      "most-popular",
     "plus-lus",    "sign-up",       "more-from",     "more-on",         "meme-sujet",     "you-may",
     "entry-meta",  "post-meta",     "article-meta",  "entry-footer",    "article-footer", "post-footer",
     "author-box",  "author-info",   "author-bio",    "about-author",    "post-author",    "post-navigation",
     "post-nav",    "next-article",  "prev-next",     "article-tags",    "post-tags",      "entry-tags",
     "tag-list",    "photo-credit",  "image-credit",  "image-caption",   "call-to",        "pull-quote",
     "also-like",   "skip-link",     "article-info",  "post-info",       "font-size",      "site-header",
     "page-header", "top-bar",       "cta-box",       "inline-cta",      "in-article",     "read-next",
     "up-next",     "editors-picks", "hot-topics"});

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

enum class Verdict : std::uint8_t { kKeep, kShort, kForeign };

// The words of "jp-relatedposts articleBody" are jp, relatedposts, article, body.
std::vector<std::string> name_words(std::string_view names) {
  std::vector<std::string> words;
  std::string word;
  bool lower_before = false;
  const auto close = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char c : names.substr(0, 400)) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (!is_ascii_alnum(c) || (upper && lower_before)) close();
    if (is_ascii_alnum(c)) word += to_lower_ascii(c);
    if (is_blank(c)) words.emplace_back();  // a border no pair reaches over
    lower_before = is_ascii_alnum(c) && !upper;
  }
  close();
  return words;
}

Verdict judge_names(std::string_view names) {
  Verdict verdict = Verdict::kKeep;
  const std::vector<std::string> words = name_words(names);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (contains(kForeignWords, words[i])) return Verdict::kForeign;
    if (contains(kShortWords, words[i])) verdict = Verdict::kShort;
    if (i + 1 < words.size() && contains(kPairs, words[i] + "-" + words[i + 1])) verdict = Verdict::kShort;
  }
  return verdict;
}

bool is_hidden(const HtmlTree& tree, std::uint32_t node) {
  if (tree.has_attribute(node, "hidden")) return true;
  if (tree.attribute(node, "aria-hidden") == "true"sv && tree[node].tag != GUMBO_TAG_P) return true;
  std::string style = to_lower_ascii(tree.attribute(node, "style").substr(0, 200));
  style.erase(std::remove_if(style.begin(), style.end(), is_blank), style.end());
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

bool is_never_text(GumboTag tag) {
  constexpr auto kTags = std::to_array<GumboTag>(
      {GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,   GUMBO_TAG_NOSCRIPT, GUMBO_TAG_HEAD,   GUMBO_TAG_BUTTON,
       GUMBO_TAG_SELECT,   GUMBO_TAG_INPUT,   GUMBO_TAG_TEXTAREA, GUMBO_TAG_IFRAME, GUMBO_TAG_SVG,
       GUMBO_TAG_TEMPLATE, GUMBO_TAG_OBJECT,  GUMBO_TAG_EMBED,    GUMBO_TAG_VIDEO,  GUMBO_TAG_AUDIO,
       GUMBO_TAG_CANVAS,   GUMBO_TAG_MATH,    GUMBO_TAG_LABEL,    GUMBO_TAG_RP,     GUMBO_TAG_RT,
       GUMBO_TAG_MAP,      GUMBO_TAG_PROGRESS});
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

Verdict judge(const HtmlTree& tree, std::uint32_t node) {
  switch (static_cast<int>(tree[node].tag)) {
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
      return Verdict::kKeep;
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_MENU:
      return Verdict::kForeign;
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_CAPTION:
      return Verdict::kShort;
    case GUMBO_TAG_HEADER:
      if (!tree.is_inside(node, GUMBO_TAG_ARTICLE) && !tree.is_inside(node, GUMBO_TAG_MAIN)) return Verdict::kShort;
      break;
    default:
      break;
  }
  const std::string role = to_lower_ascii(tree.attribute(node, "role"));
  for (const std::string_view foreign : {"navigation", "complementary", "banner", "contentinfo", "dialog",
                                         "alertdialog", "search", "menu", "menubar", "toolbar", "tooltip"}) {
    if (role == foreign) return Verdict::kForeign;
  }
  std::string names(tree.attribute(node, "class"));
  names.append(" ").append(tree.attribute(node, "id"));
  for (const char* component : {"data-component", "data-testid", "data-module"}) {
    names.append(" ").append(tree.attribute(node, component));
  }
  return judge_names(names);
}

// Running text below any node, in constant time.
class TextSums {
 public:
  TextSums(const HtmlTree& tree, const std::vector<Block>& blocks) : before_(tree.size() + 1) {
    std::size_t block = 0;
    std::size_t sum = 0;
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
      before_[i] = sum;
      while (block < blocks.size() && blocks[block].at == i) sum += running_text(blocks[block++]);
    }
    before_[tree.size()] = sum;
  }
  std::size_t total() const { return before_.back(); }
  std::size_t of(const HtmlNode& node, std::uint32_t at) const { return before_[node.end] - before_[at]; }

 private:
  std::vector<std::size_t> before_;
};

bool holds_main_heading(const HtmlTree& tree, std::uint32_t node, std::uint32_t only_h1) {
  return only_h1 != 0 && node < only_h1 && only_h1 < tree[node].end;
}

std::uint32_t find_only_h1(const HtmlTree& tree, const std::vector<bool>& dropped) {
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (dropped[i]) {
      i = tree[i].end - 1;
    } else if (tree[i].tag == GUMBO_TAG_H1) {
      if (found != 0) return 0;
      found = i;
    }
  }
  return found;
}

bool ends_sentence(std::string_view text) {
  for (const std::string_view mark :
       {".", "!", "?", "…", "»", "\"", "”", ":", ")", "。", "！", "？", "」", "’", "'"}) {
    if (text.ends_with(mark)) return true;
  }
  return false;
}

}  // namespace

std::size_t running_text(const Block& block) {
  if (block.kind == BlockKind::kHeading || block.link_density() > 0.4) return 0;
  const std::size_t size = block.text.size();
  if (size < 60 || (size < 140 && !ends_sentence(block.text))) return 0;
  return block.is_teaser ? size / 8 : size;
}

std::vector<bool> mark_invisible(const HtmlTree& tree) {
  std::vector<bool> dropped(tree.size());
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].is_text()) continue;
    if (is_never_text(tree[i].tag) || is_hidden(tree, i)) {
      dropped[i] = true;
      i = tree[i].end - 1;
    }
  }
  return dropped;
}

std::vector<bool> mark_boilerplate(const HtmlTree& tree) {
  std::vector<bool> dropped = mark_invisible(tree);
  const TextSums sums(tree, collect_blocks(tree, 0, dropped));
  const std::uint32_t h1 = find_only_h1(tree, dropped);
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].is_text() || dropped[i]) {
      i = tree[i].end - 1;
      continue;
    }
    const Verdict verdict = judge(tree, i);
    if (verdict == Verdict::kKeep || holds_main_heading(tree, i, h1)) continue;
    const std::size_t share = sums.total() == 0 ? 0 : sums.of(tree[i], i) * 100 / sums.total();
    if (share > (verdict == Verdict::kForeign ? 70U : 15U)) continue;
    dropped[i] = true;
    i = tree[i].end - 1;
  }
  return dropped;
}

}  // namespace depeche::ingest
