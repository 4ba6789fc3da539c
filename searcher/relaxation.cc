#include "searcher/relaxation.hh"

#include <cmath>

#include "schema/fields.hh"
#include "searcher/ranking.hh"

namespace depeche::searcher {
namespace {

using Kind = PlanNode::Kind;

PlanNode all_of(std::vector<PlanNode> children) {
  if (children.size() == 1) return std::move(children.front());
  PlanNode node;
  node.kind = children.empty() ? Kind::kNone : Kind::kAnd;
  node.children = std::move(children);
  return node;
}

// A phrase without quotes ("10 M€"): its slots as words.
PlanNode words_of_slots(const PlanNode& phrase) {
  std::vector<PlanNode> words;
  for (const text::Slot& slot : phrase.slots) {
    PlanNode& word = words.emplace_back();
    word.kind = slot.lemmas.empty() ? Kind::kNone : Kind::kTerms;
    word.terms = slot.lemmas;
    word.weight = phrase.weight;
    word.label = slot.exact;
  }
  return all_of(std::move(words));
}

void move_into_title(PlanNode& node) {
  node.in_title = node.kind == Kind::kPhrase;
  for (std::string& term : node.terms) term.insert(0, schema::field(schema::FieldId::kTitle).prefix);
  for (PlanNode& child : node.children) move_into_title(child);
}

// An AND inside an AND is one.
void flatten(PlanNode& node) {
  std::vector<PlanNode> flat;
  for (PlanNode& child : node.children) {
    if (child.kind != Kind::kAnd) {
      flat.push_back(std::move(child));
      continue;
    }
    for (PlanNode& grandchild : child.children) flat.push_back(std::move(grandchild));
  }
  node.children = std::move(flat);
}

}  // namespace

PlanNode with_phrases_opened(PlanNode node, const OpenPhrase& open) {
  if (node.weight == 0) return node;
  switch (node.kind) {
    case Kind::kPhrase: {
      PlanNode words = node.quoted.empty() ? words_of_slots(node) : open(node.quoted);
      if (node.in_title) move_into_title(words);
      return words;
    }
    case Kind::kAny: {  // a compound in quotes, in one word or in several
      if (node.quoted.empty()) return node;
      PlanNode words = open(node.quoted);
      if (node.children.front().in_title) move_into_title(words);
      return words;
    }
    case Kind::kNear:
      return with_phrases_opened(all_of(std::move(node.children)), open);
    case Kind::kNot:
      node.children.front() = with_phrases_opened(std::move(node.children.front()), open);
      return node;
    case Kind::kAnd:
    case Kind::kOr:
      for (PlanNode& child : node.children) child = with_phrases_opened(std::move(child), open);
      if (node.kind == Kind::kAnd) flatten(node);
      return node;
    case Kind::kAll: case Kind::kNone: case Kind::kTerms: case Kind::kForms: case Kind::kRange: case Kind::kSome:
      break;
  }
  return node;
}

PlanNode with_some_words(PlanNode node, double part, std::uint64_t articles, const Frequency& frequency) {
  if (node.kind == Kind::kNot) {
    node.children.front() = with_some_words(std::move(node.children.front()), part, articles, frequency);
  } else if (node.kind == Kind::kOr) {
    for (PlanNode& child : node.children) child = with_some_words(std::move(child), part, articles, frequency);
  } else if (node.kind == Kind::kAnd) {
    std::vector<PlanNode> required;
    PlanNode some;
    some.kind = Kind::kSome;
    for (PlanNode& child : node.children) {
      if (child.weight == 0) {
        required.push_back(std::move(child));
        continue;
      }
      const std::uint64_t n = articles_with(child, frequency);
      if (n == 0) continue;  // a word that no article has helps nobody
      child.mass = inverse_frequency(articles, n);
      some.need += child.mass * part;
      some.children.push_back(std::move(child));
    }
    if (!some.children.empty()) required.push_back(std::move(some));
    return all_of(std::move(required));
  }
  return node;
}

std::vector<const PlanNode*> words_of(const PlanNode& node) {
  if (node.kind == Kind::kNot) return words_of(node.children.front());
  const bool several = node.kind == Kind::kAnd || node.kind == Kind::kOr || node.kind == Kind::kSome;
  if (!several) {
    return node.weight == 0 || node.kind == Kind::kAll || node.kind == Kind::kRange ? std::vector<const PlanNode*>{}
                                                                                 : std::vector{&node};
  }
  std::vector<const PlanNode*> out;
  for (const PlanNode& child : node.children) {
    const auto inside = words_of(child);
    out.insert(out.end(), inside.begin(), inside.end());
  }
  return out;
}

}  // namespace depeche::searcher
