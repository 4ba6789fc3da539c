#include "entities/names.hh"

#include <algorithm>

namespace depeche::entities {
namespace {

class NameMerger {
 public:
  NameMerger(const NameContext& context, std::vector<NameSpan>& names) : context_(context), names_(names) {}

  void run(const std::vector<TaggedSpan>& tagged) {
    taken_.assign(context_.document.tokens.size(), false);
    for (const NameMatch& match : context_.matches) {
      if (match.form->is(NameForm::kUser) && !match.form->is(NameForm::kAmbiguous)) add_match(match);
    }
    for (const TaggedSpan& span : tagged) {
      if (is_free(span.tokens)) add_tagged(span);
    }
    for (const NameMatch& match : context_.matches) {
      if (is_free(match.tokens) && stands_alone(match)) add_match(match);
    }
    std::sort(names_.begin(), names_.end(),
              [](const NameSpan& a, const NameSpan& b) { return a.tokens.first < b.tokens.first; });
  }

 private:
  bool is_free(TokenSpan tokens) const {
    return std::find(taken_.begin() + tokens.first, taken_.begin() + tokens.last, true) ==
           taken_.begin() + tokens.last;
  }

  void add(NameSpan name) {
    std::fill(taken_.begin() + name.tokens.first, taken_.begin() + name.tokens.last, true);
    names_.push_back(std::move(name));
  }

  void add_match(const NameMatch& match) {
    const GazetteerEntry& entry = context_.matcher.entry(*match.form);
    add({match.tokens, entry.type, &entry, match.form->is(NameForm::kAlias) ? "alias" : "gazetteer", {}});
  }

  void add_tagged(const TaggedSpan& span) {
    NameSpan name{span.tokens, span.type, nullptr, "tagger", {}};
    const NameForm* sole = context_.matcher.exact(context_.document, span.tokens, context_.any_case);
    for (const NameForm* form = sole; form != nullptr; form = context_.matcher.next(*form)) {
      const GazetteerEntry& entry = context_.matcher.entry(*form);
      if (entry.type != span.type) continue;
      name.entry = &entry;
      name.why = form->is(NameForm::kAmbiguous) ? "context" : form->is(NameForm::kAlias) ? "alias" : "gazetteer";
      break;
    }
    add(name);
  }

  // Names that are taken although the tagger saw none: where it has nothing to go by, in texts without capitals.
  bool stands_alone(const NameMatch& match) const {
    return context_.any_case && !match.form->is(NameForm::kAmbiguous) &&
           context_.matcher.next(*match.form) == nullptr;
  }

  const NameContext& context_;
  std::vector<NameSpan>& names_;
  std::vector<bool> taken_;
};

}  // namespace

KeyHash key_of(const Document& document, TokenSpan tokens) {
  KeyHash key;
  for (std::uint32_t at = tokens.first; at < tokens.last; ++at) key = joined(key, document.tokens[at].key);
  return key;
}

void merge_names(const NameContext& context, const std::vector<TaggedSpan>& tagged, std::vector<NameSpan>& names) {
  NameMerger(context, names).run(tagged);
}

}  // namespace depeche::entities
