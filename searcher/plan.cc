#include "searcher/plan.hh"

#include <algorithm>
#include <iterator>
#include <set>

#include "schema/terms.hh"
#include "text/fold.hh"

namespace depeche::searcher {
namespace {

using Kind = PlanNode::Kind;
using Tree = QueryNode::Kind;

PlanNode node_of(Kind kind) {
  PlanNode node;
  node.kind = kind;
  return node;
}

PlanNode join(Kind kind, std::vector<PlanNode> children) {
  if (children.size() == 1) return std::move(children.front());
  PlanNode node = node_of(kind);
  node.children = std::move(children);
  return node;
}

// Words by their shape in the index.
using Shapes = std::set<std::string>;

class Planner {
 public:
  // `kept`: the words to plan, all others left out; none: all.
  Planner(const PlanContext& context, const Shapes* kept, Plan& plan) : context_(context), kept_(kept), plan_(plan) {}

  PlanNode plan(const QueryNode& node) {
    switch (node.kind) {
      case Tree::kAll:
        return {};
      case Tree::kWords:
        return words(node.text);
      case Tree::kPhrase:
        return phrase(node.text);
      case Tree::kPrefix:
        return prefix(node.text);
      case Tree::kNear:
        return near(node);
      case Tree::kField:
        return field(node);
      case Tree::kAnd:
        return all_of(node);
      case Tree::kOr:
        return any_of(node);
      case Tree::kNot:
        return without(PlanNode{}, node);
    }
    return {};
  }

  // Different words, phrases and prefixes that were planned.
  std::size_t words_seen() const { return seen_.size(); }

  // The `n` rarest of them; of equal ones those that stand first.
  Shapes rarest(std::size_t n, const Frequency& frequency) const {
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t i = 0; i < words_.size(); ++i) order.emplace_back(articles_with(words_[i], frequency), i);
    std::sort(order.begin(), order.end());
    order.resize(std::min(n, order.size()));
    Shapes out;
    for (const auto& [count, i] : order) out.insert(to_string(words_[i]));
    return out;
  }

 private:
  // Notes a word; whether it is to be planned.
  bool keeps(const PlanNode& word) {
    std::string shape = to_string(word);
    if (kept_ && !kept_->contains(shape)) return false;
    if (seen_.insert(std::move(shape)).second) words_.push_back(word);
    return true;
  }

  static PlanNode alternative(const text::Alternative& from, const std::string& label) {
    PlanNode node;
    node.label = label;
    node.weight = from.weight;
    if (from.slots.size() == 1 && !from.slots[0].exact_only) {
      node.kind = Kind::kTerms;
      node.terms = from.slots[0].lemmas;
      node.exact = from.slots[0].exact;
    } else {
      node.kind = Kind::kPhrase;
      node.slots = from.slots;
    }
    return node;
  }

  static PlanNode group(const text::QueryGroup& from, const std::string& label) {
    std::vector<PlanNode> children;
    for (const text::Alternative& a : from.alternatives) children.push_back(alternative(a, label));
    if (children.empty()) return node_of(Kind::kNone);
    PlanNode node = join(Kind::kAny, std::move(children));
    node.label = label;
    return node;
  }

  // All groups, or without stop words where others remain.
  PlanNode words(std::string_view query) {
    const auto groups = context_.analyzer.words(query, context_.has_term);
    const bool only_stop_words =
        std::all_of(groups.begin(), groups.end(), [](const text::QueryGroup& g) { return g.stop_word; });
    std::vector<PlanNode> kept;
    Shapes in_run;
    for (const text::QueryGroup& g : groups) {
      if (g.stop_word && !only_stop_words) continue;
      PlanNode node = group(g, std::string(g.range.of(query)));
      if (in_run.insert(to_string(node)).second && keeps(node)) kept.push_back(std::move(node));
    }
    plan_.words += kept.size();
    if (kept.empty()) return {};
    return join(Kind::kAnd, std::move(kept));
  }

  PlanNode phrase(std::string_view inside) {
    std::vector<PlanNode> kept;
    for (const text::QueryGroup& g : context_.analyzer.phrase(inside)) {
      kept.push_back(group(g, "« " + std::string(inside) + " »"));
      kept.back().quoted = inside;
    }
    if (kept.empty()) return {};
    PlanNode node = join(Kind::kAnd, std::move(kept));
    if (!keeps(node)) return {};
    ++plan_.words;
    return node;
  }

  PlanNode prefix(std::string_view stem) {
    Expansion words = context_.expand(text::fold(stem));
    std::vector<PlanNode> ways;
    if (!words.terms.empty()) {
      ways.push_back(node_of(Kind::kTerms));
      ways.back().terms = std::move(words.terms);
    }
    if (!words.forms.empty()) {
      ways.push_back(node_of(Kind::kForms));
      ways.back().forms = std::move(words.forms);
    }
    const std::string label = std::string(stem) + "*";
    for (PlanNode& way : ways) way.label = label;
    PlanNode node = ways.empty() ? node_of(Kind::kNone) : join(Kind::kAny, std::move(ways));
    node.label = label;
    if (!keeps(node)) return {};
    ++plan_.words;
    return node;
  }

  PlanNode near(const QueryNode& from) {
    PlanNode node = node_of(Kind::kNear);
    node.distance = from.distance;
    node.label = "NEAR/" + std::to_string(from.distance);
    for (const QueryNode& child : from.children) {
      PlanNode operand = plan(child);
      if (operand.kind == Kind::kAll) continue;
      if (operand.kind == Kind::kAnd) {
        for (PlanNode& word : operand.children) node.children.push_back(std::move(word));
      } else {
        node.children.push_back(std::move(operand));
      }
    }
    if (node.children.size() < 2) return node.children.empty() ? PlanNode{} : std::move(node.children.front());
    return node;
  }

  PlanNode field(const QueryNode& from) {
    const schema::Field& f = schema::field(from.field);
    ++plan_.words;
    switch (f.kind) {
      case schema::FieldKind::kText:
        return in_field(
            f.id == schema::FieldId::kAuthor ? author(from.children.front()) : plan(from.children.front()), f);
      case schema::FieldKind::kFacet:
        return filter(context_.facet_terms(from.field, from.text), from.text);
      case schema::FieldKind::kExact:
        return filter({schema::value_term(f.prefix, from.text)}, from.text);
      case schema::FieldKind::kRange:
        --plan_.words;
        return range(from, f);
    }
    return {};
  }

  // Of authors no order of words is known: a phrase asks for its words.
  PlanNode author(QueryNode node) {
    if (node.kind == Tree::kPhrase) node.kind = Tree::kWords;
    return plan(node);
  }

  // One that means nothing is told and asks for nothing.
  PlanNode range(const QueryNode& from, const schema::Field& f) {
    PlanNode node = node_of(Kind::kRange);
    node.label = std::string(f.french) + ":" + from.text;
    node.weight = 0;
    bool sound = false;
    if (f.id == schema::FieldId::kDate) {
      node.days = parse_day_span(from.text);
      sound = node.days && node.days->first <= node.days->last;
    } else {
      node.amounts = parse_amount_span(from.text);
      sound = node.amounts && node.amounts->low <= node.amounts->high;
    }
    if (sound) return node;
    plan_.problems.push_back({from.range, {NoteKind::kBadRange, node.label}});
    return {};
  }

  static PlanNode filter(std::vector<std::string> terms, const std::string& label) {
    PlanNode node = node_of(terms.empty() ? Kind::kNone : Kind::kTerms);
    node.terms = std::move(terms);
    node.label = label;
    node.weight = 0;
    return node;
  }

  // The same words in another field: their terms get its prefix; a phrase must stand in the title.
  static PlanNode in_field(PlanNode node, const schema::Field& field) {
    if (field.id == schema::FieldId::kText) return node;
    for (std::string& term : node.terms) term.insert(0, field.prefix);
    for (PlanNode& child : node.children) child = in_field(std::move(child), field);
    if (node.kind != Kind::kPhrase && node.kind != Kind::kForms) return node;
    if (field.id == schema::FieldId::kTitle) {
      node.in_title = true;
      return node;
    }
    if (node.kind == Kind::kForms) return node_of(Kind::kNone);  // authors have no token stream
    std::vector<PlanNode> words;  // a field without positions: the words of the phrase
    for (text::Slot& slot : node.slots) {
      PlanNode word = node_of(Kind::kTerms);
      word.terms = std::move(slot.lemmas);
      for (std::string& term : word.terms) term.insert(0, field.prefix);
      word.label = node.label;
      words.push_back(std::move(word));
    }
    return join(Kind::kAnd, std::move(words));
  }

  PlanNode all_of(const QueryNode& from) {
    std::vector<PlanNode> wanted;
    std::vector<const QueryNode*> unwanted;
    for (const QueryNode& child : from.children) {
      if (child.kind == Tree::kNot) {
        unwanted.push_back(&child);
        continue;
      }
      PlanNode part = plan(child);
      if (part.kind == Kind::kAnd) {
        for (PlanNode& p : part.children) wanted.push_back(std::move(p));
      } else if (part.kind != Kind::kAll) {
        wanted.push_back(std::move(part));
      }
    }
    PlanNode node = wanted.empty() ? PlanNode{} : join(Kind::kAnd, std::move(wanted));
    for (const QueryNode* child : unwanted) node = without(std::move(node), *child);
    return node;
  }

  PlanNode without(PlanNode from, const QueryNode& negation) {
    const std::size_t words_before = plan_.words;
    PlanNode taken = plan(negation.children.front());
    plan_.words = words_before;
    if (taken.kind == Kind::kAll) return from;  // nothing that could be excluded
    if (from.kind == Kind::kNot) {
      from.children.push_back(std::move(taken));
      return from;
    }
    PlanNode node = node_of(Kind::kNot);
    node.children.push_back(std::move(from));
    node.children.push_back(std::move(taken));
    return node;
  }

  PlanNode any_of(const QueryNode& from) {
    std::vector<PlanNode> children;
    for (const QueryNode& child : from.children) {
      PlanNode part = plan(child);
      if (part.kind != Kind::kAll) children.push_back(std::move(part));
    }
    if (children.empty()) return {};
    return join(Kind::kOr, std::move(children));
  }

  const PlanContext& context_;
  const Shapes* kept_;
  Plan& plan_;
  Shapes seen_;
  std::vector<PlanNode> words_;  // of seen_, in the order of the query
};

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : std::string(between)) + part;
  return out;
}

}  // namespace

Plan make_plan(const QueryNode& query, const PlanContext& context,
               const Frequency& frequency) {
  Plan plan;
  Planner whole(context, nullptr, plan);
  plan.root = whole.plan(query);
  if (whole.words_seen() <= kMaxTerms) return plan;
  const Shapes kept = whole.rarest(kMaxTerms, frequency);
  Plan shorter;
  shorter.root = Planner(context, &kept, shorter).plan(query);
  shorter.truncated = true;
  return shorter;
}

std::uint64_t articles_with(const PlanNode& node, const Frequency& frequency) {
  std::uint64_t most = 0;
  const auto most_of = [&](const std::vector<std::string>& terms) {
    std::uint64_t n = 0;
    for (const std::string& term : terms) n = std::max(n, frequency(term));
    return n;
  };
  if (node.kind == Kind::kPhrase) {
    most = UINT64_MAX;
    for (const text::Slot& slot : node.slots) {
      if (!slot.exact_only) most = std::min(most, most_of(slot.lemmas));
    }
    return most == UINT64_MAX ? 0 : most;
  }
  most = most_of(node.terms);
  for (const PlanNode& child : node.children) most = std::max(most, articles_with(child, frequency));
  return most;
}

Clauses clauses_of(PlanNode root) {
  Clauses out;
  while (root.kind == Kind::kNot) {
    std::move(root.children.begin() + 1, root.children.end(), std::back_inserter(out.unwanted));
    root = PlanNode(std::move(root.children.front()));
  }
  if (root.kind == Kind::kAnd) {
    out.wanted = std::move(root.children);
  } else if (root.kind != Kind::kAll) {
    out.wanted.push_back(std::move(root));
  }
  return out;
}

PlanNode root_of(Clauses clauses) {
  PlanNode all = clauses.wanted.empty() ? PlanNode{} : join(Kind::kAnd, std::move(clauses.wanted));
  if (clauses.unwanted.empty()) return all;
  PlanNode root = node_of(Kind::kNot);
  root.children.push_back(std::move(all));
  std::move(clauses.unwanted.begin(), clauses.unwanted.end(), std::back_inserter(root.children));
  return root;
}

void drop_scores(PlanNode& node) {
  node.weight = 0;
  for (PlanNode& child : node.children) drop_scores(child);
}

std::string to_string(const PlanNode& node) {
  const auto list = [&](std::string_view name) {
    std::string out = "(" + std::string(name);
    for (const PlanNode& child : node.children) out += " " + to_string(child);
    return out + ")";
  };
  switch (node.kind) {
    case Kind::kAll:
      return "*";
    case Kind::kNone:
      return "∅";
    case Kind::kTerms:
      return joined(node.terms, "|");
    case Kind::kForms:
      return (node.in_title ? "title=" : "=") + joined(node.forms, "|=");
    case Kind::kPhrase: {
      std::string out = node.in_title ? "(title-phrase" : "(phrase";
      for (const text::Slot& slot : node.slots) {
        out += " " + (slot.exact_only ? "=" + slot.exact : joined(slot.lemmas, "|"));
      }
      return out + ")";
    }
    case Kind::kRange:
      return node.label;
    case Kind::kNear:
      return list("near/" + std::to_string(node.distance));
    case Kind::kAnd:
      return list("and");
    case Kind::kOr:
      return list("or");
    case Kind::kSome:
      return list("some");
    case Kind::kAny:
      return list("any");
    case Kind::kNot:
      return list("not");
  }
  return {};
}

}  // namespace depeche::searcher
