#include "searcher/matcher.hh"

#include <algorithm>
#include <bit>

#include "searcher/conditions.hh"
#include "searcher/phrase_search.hh"
#include "searcher/positions.hh"

namespace depeche::searcher {
namespace {

using Kind = PlanNode::Kind;

// Looking into the token stream of a candidate costs as much as reading so many postings.
constexpr std::uint64_t kVerifyCost = 30;
constexpr std::uint64_t kSkipFactor = 8;  // below a frequency / this many candidates, postings are skipped to, not read

// The first index at or behind `from` whose document is at least `doc`: doubling steps, then binary search.
template <class Number>
std::size_t gallop(std::span<const Number> docs, std::size_t from, Number doc) {
  std::size_t step = 1, to = from;
  while (to < docs.size() && docs[to] < doc) {
    from = to + 1;
    to += step;
    step *= 2;
  }
  const auto end = docs.begin() + static_cast<std::ptrdiff_t>(std::min(to, docs.size()));
  return static_cast<std::size_t>(std::lower_bound(docs.begin() + static_cast<std::ptrdiff_t>(from), end, doc) -
                                  docs.begin());
}

// Appends postings, the frequency in place of the score.
void add_postings(const Postings& postings, Matches& out) {
  std::size_t at = out.size();
  out.docs.resize(at + postings.size());
  out.scores.resize(at + postings.size());
  for (std::size_t b = 0; b < postings.blocks(); ++b) {
    const PostingBlock block = postings.block(b);
    for (std::size_t i = 0; i < block.docs.size(); ++i, ++at) {
      out.docs[at] = block.base + block.docs[i];
      out.scores[at] = block.wdfs[i];
    }
  }
}

// Only those of the articles in `within`.
void add_postings(const Postings& postings, const std::vector<DocId>& within, Matches& out) {
  PostingBlock block;
  std::size_t at = 0, number = SIZE_MAX;
  for (const DocId doc : within) {
    if (schema::hot::block_of(doc) != number) {
      number = schema::hot::block_of(doc);
      block = postings.block(number);
      at = 0;
    }
    at = gallop<std::uint16_t>(block.docs, at, static_cast<std::uint16_t>(doc));
    if (at < block.docs.size() && block.base + block.docs[at] == doc) {
      out.docs.push_back(doc);
      out.scores.push_back(block.wdfs[at]);
    }
  }
}

bool is_verified(const PlanNode& node) {
  return node.kind == Kind::kPhrase || node.kind == Kind::kForms || node.kind == Kind::kNear ||
         std::any_of(node.children.begin(), node.children.end(), is_verified);
}

PlanNode word_of(std::vector<std::string> terms, double weight) {
  PlanNode node;
  node.kind = terms.empty() ? Kind::kNone : Kind::kTerms;
  node.terms = std::move(terms);
  node.weight = weight;
  return node;
}

}  // namespace

Matches Matcher::fresh() {
  if (scratch_.free.empty()) return {};
  Matches m = std::move(scratch_.free.back());
  scratch_.free.pop_back();
  m.clear();
  return m;
}

void Matcher::recycle(Matches&& matches) { scratch_.free.push_back(std::move(matches)); }

std::uint64_t Matcher::articles_with(std::string_view exact) const {
  std::vector<Form> forms;
  part_.words.forms_of_exact(exact, forms);
  std::uint64_t total = 0;
  for (const std::string& lemma : lemmas_of(forms)) total += part_.frequency(db_, lemma);
  return total;
}

std::uint64_t Matcher::estimate(const PlanNode& node) const {
  const auto of_children = [&](bool sum) {
    std::uint64_t total = sum ? 0 : UINT64_MAX;
    for (const PlanNode& child : node.children) {
      const std::uint64_t n = estimate(child);
      total = sum ? total + n : std::min(total, n);
    }
    return total;
  };
  switch (node.kind) {
    case Kind::kAll:
    case Kind::kRange: return part_.columns.count();
    case Kind::kNone: return 0;
    case Kind::kTerms: {
      std::uint64_t total = 0;
      for (const std::string& term : node.terms) total += part_.frequency(db_, term);
      return total;
    }
    case Kind::kForms: {
      std::uint64_t total = 0;
      for (const std::string& lemma : lemmas_of(forms_of(node, part_.words).front())) total += part_.frequency(db_, lemma);
      return total;
    }
    case Kind::kPhrase: {
      std::uint64_t rarest = UINT64_MAX;
      for (const text::Slot& slot : node.slots) {
        std::uint64_t total = 0;
        for (const std::string& lemma : slot.lemmas) total += part_.frequency(db_, lemma);
        if (slot.exact_only) total = articles_with(slot.exact);
        rarest = std::min(rarest, total);
      }
      return rarest;
    }
    case Kind::kNear:
    case Kind::kAnd: return of_children(false);
    case Kind::kOr:
    case Kind::kSome:
    case Kind::kAny: return of_children(true);
    case Kind::kNot: return estimate(node.children.front());
  }
  return 0;
}

Matches Matcher::evaluate(const PlanNode& node, const Matches* within) {
  switch (node.kind) {
    case Kind::kAll: return all(within);
    case Kind::kNone: return fresh();
    case Kind::kTerms: return terms(node, within);
    case Kind::kRange: return range(node, within);
    case Kind::kForms:
    case Kind::kPhrase: return phrase(node, within);
    case Kind::kNear: return near(node, within);
    case Kind::kAnd: {
      std::vector<const PlanNode*> children;
      for (const PlanNode& child : node.children) children.push_back(&child);
      return conjunction(children, within);
    }
    case Kind::kOr: return disjunction(node, within, false);
    case Kind::kAny: return disjunction(node, within, true);
    case Kind::kSome: return some(node, within);
    case Kind::kNot: return difference(node, within);
  }
  return fresh();
}

Matches Matcher::all(const Matches* within) {
  Matches out = fresh();
  if (within) {
    out.docs = within->docs;
  } else {
    out.docs.reserve(part_.columns.count());
    for (std::size_t word = 0; word < part_.columns.alive_bits.size(); ++word) {
      for (std::uint64_t bits = part_.columns.alive_bits[word]; bits != 0; bits &= bits - 1) {
        out.docs.push_back(static_cast<DocId>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
      }
    }
  }
  out.scores.assign(out.docs.size(), 0.0f);
  return out;
}

Matches Matcher::range(const PlanNode& node, const Matches* within) {
  Matches out = all(within);
  std::erase_if(out.docs, [&](DocId doc) {
    return node.days ? !Conditions::meets(part_, doc, *node.days) : !Conditions::meets(part_, doc, *node.amounts);
  });
  out.scores.resize(out.docs.size());
  return out;
}

// Appends the postings of one term, the frequency in place of the score.
void Matcher::add_term(const std::string& term, const Matches* within, Matches& out) {
  if (const auto hot = part_.hot.find(term)) {
    return within ? add_postings(*hot, within->docs, out) : add_postings(*hot, out);
  }
  auto it = db_.postlist_begin(term);
  const auto end = db_.postlist_end(term);
  if (!within) {
    for (; it != end; ++it) {
      out.docs.push_back(*it);
      out.scores.push_back(static_cast<float>(it.get_wdf()));
    }
    return;
  }
  for (const DocId doc : within->docs) {
    if (it == end) return;
    it.skip_to(doc);
    if (it == end) return;
    if (*it == doc) {
      out.docs.push_back(doc);
      out.scores.push_back(static_cast<float>(it.get_wdf()));
    }
  }
}

Matches Matcher::terms(const PlanNode& node, const Matches* within) {
  Matches out = fresh();
  if (node.terms.empty()) return out;
  add_term(node.terms.front(), within, out);
  for (std::size_t i = 1; i < node.terms.size(); ++i) {  // union, the highest frequency counts
    Matches more = fresh();
    add_term(node.terms[i], within, more);
    if (more.size() == 0) {
      recycle(std::move(more));
      continue;
    }
    Matches merged = fresh();
    std::size_t a = 0, b = 0;
    while (a < out.size() || b < more.size()) {
      const DocId x = a < out.size() ? out.docs[a] : UINT32_MAX, y = b < more.size() ? more.docs[b] : UINT32_MAX;
      merged.docs.push_back(std::min(x, y));
      merged.scores.push_back(x < y ? out.scores[a] : y < x ? more.scores[b] : std::max(out.scores[a], more.scores[b]));
      a += x <= y;
      b += y <= x;
    }
    std::swap(out, merged);
    recycle(std::move(merged));
    recycle(std::move(more));
  }
  score(node, out);
  return out;
}

// Turns frequencies within documents into scores.
void Matcher::score(const PlanNode& node, Matches& m) const {
  if (node.weight == 0) {
    std::fill(m.scores.begin(), m.scores.end(), 0.0f);
    return;
  }
  std::uint64_t n = 1;
  for (const std::string& term : node.terms) n = std::max(n, collection_.frequency(term));
  const double idf = inverse_frequency(collection_.articles, n);
  const auto top = static_cast<float>(node.weight * idf * (ranking_.k1 + 1));
  const auto fixed = static_cast<float>(ranking_.k1 * (1 - ranking_.b));
  const auto by_length = static_cast<float>(ranking_.k1 * ranking_.b / collection_.average_length);
  const std::uint32_t* length = part_.columns.length.data();
  for (std::size_t i = 0; i < m.size(); ++i) {
    const float wdf = std::max(m.scores[i], 1.0f);  // words of titles and authors are stored without a frequency
    m.scores[i] = top * wdf / (wdf + fixed + by_length * static_cast<float>(length[m.docs[i]]));
  }
}

void Matcher::intersect_adding(Matches& into, const Matches& other) {
  std::size_t kept = 0, at = 0;
  for (std::size_t i = 0; i < into.size(); ++i) {
    at = gallop<DocId>(other.docs, at, into.docs[i]);
    if (at == other.size()) break;
    if (other.docs[at] != into.docs[i]) continue;
    into.docs[kept] = into.docs[i];
    into.scores[kept++] = into.scores[i] + other.scores[at];
  }
  into.docs.resize(kept);
  into.scores.resize(kept);
}

Matches Matcher::conjunction(const std::vector<const PlanNode*>& children, const Matches* within) {
  std::vector<std::pair<std::uint64_t, const PlanNode*>> order;
  for (const PlanNode* child : children) {
    order.emplace_back(estimate(*child) * (is_verified(*child) ? kVerifyCost : 1), child);
  }
  std::stable_sort(order.begin(), order.end(), [](auto& a, auto& b) { return a.first < b.first; });
  Matches out = evaluate(*order.front().second, within);
  for (std::size_t i = 1; i < order.size() && out.size() > 0; ++i) {
    const auto [frequency, child] = order[i];
    const bool few = out.size() * kSkipFactor < frequency || child->kind != Kind::kTerms;
    Matches more = evaluate(*child, few ? &out : nullptr);
    intersect_adding(out, more);
    recycle(std::move(more));
  }
  return out;
}

Matches Matcher::disjunction(const PlanNode& node, const Matches* within, bool highest) {
  std::vector<Matches> parts;  // first all of them: a nested OR uses the same arrays
  for (const PlanNode& child : node.children) parts.push_back(evaluate(child, within));
  return add_up(parts, highest);
}

Matches Matcher::add_up(std::vector<Matches>& parts, bool highest) {
  Matches out = fresh();
  const std::size_t rows = part_.columns.last() + 1;
  scratch_.sums.resize(std::max(scratch_.sums.size(), rows), 0.0f);
  scratch_.bits.resize(std::max(scratch_.bits.size(), rows / 64 + 1), 0);
  float* sums = scratch_.sums.data();
  std::uint64_t* bits = scratch_.bits.data();
  for (Matches& part : parts) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      const DocId doc = part.docs[i];
      bits[doc / 64] |= std::uint64_t{1} << (doc % 64);
      sums[doc] = highest ? std::max(sums[doc], part.scores[i]) : sums[doc] + part.scores[i];
    }
    recycle(std::move(part));
  }
  for (std::size_t word = 0; word <= rows / 64; ++word) {
    for (std::uint64_t b = bits[word]; b != 0; b &= b - 1) {
      const auto doc = static_cast<DocId>(word * 64 + static_cast<std::size_t>(std::countr_zero(b)));
      out.docs.push_back(doc);
      out.scores.push_back(sums[doc]);
      sums[doc] = 0;
    }
    bits[word] = 0;
  }
  return out;
}

// Two sums a document: the score, and the mass of the children that it has.
Matches Matcher::some(const PlanNode& node, const Matches* within) {
  constexpr float kRounding = 1e-4f;
  scratch_.masses.resize(std::max<std::size_t>(scratch_.masses.size(), part_.columns.last() + 1), 0.0f);
  float* masses = scratch_.masses.data();
  std::vector<Matches> parts;
  for (const PlanNode& child : node.children) {
    parts.push_back(evaluate(child, within));
    const auto mass = static_cast<float>(child.mass);
    for (const DocId doc : parts.back().docs) masses[doc] += mass;
  }
  Matches out = add_up(parts, false);
  const auto need = static_cast<float>(node.need) - kRounding;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (masses[out.docs[i]] >= need) {
      out.docs[kept] = out.docs[i];
      out.scores[kept++] = out.scores[i];
    }
    masses[out.docs[i]] = 0;
  }
  out.docs.resize(kept);
  out.scores.resize(kept);
  return out;
}

Matches Matcher::difference(const PlanNode& node, const Matches* within) {
  Matches out = evaluate(node.children.front(), within);
  for (std::size_t child = 1; child < node.children.size() && out.size() > 0; ++child) {
    Matches taken = evaluate(node.children[child], &out);
    std::size_t kept = 0, at = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      at = gallop<DocId>(taken.docs, at, out.docs[i]);
      if (at < taken.size() && taken.docs[at] == out.docs[i]) continue;
      out.docs[kept] = out.docs[i];
      out.scores[kept++] = out.scores[i];
    }
    out.docs.resize(kept);
    out.scores.resize(kept);
    recycle(std::move(taken));
  }
  return out;
}

template <class Verify>
void Matcher::keep_verified(Matches& candidates, Verify&& verify) {
  constexpr std::size_t kAhead = 6;  // candidates lie far apart: their bytes are asked for before they are needed
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i + kAhead < candidates.size()) __builtin_prefetch(part_.words.coded(candidates.docs[i + kAhead]).data());
    if (!verify(candidates.docs[i])) continue;
    candidates.docs[kept] = candidates.docs[i];
    candidates.scores[kept++] = candidates.scores[i];
  }
  candidates.docs.resize(kept);
  candidates.scores.resize(kept);
}

// One lemma of each form, each once: every article with one of the forms is in their postings.
std::vector<std::string> Matcher::lemmas_of(const std::vector<Form>& forms) const {
  std::vector<std::string> lemmas;
  for (const Form form : forms) {
    std::string lemma(part_.words.any_lemma(form));
    if (std::find(lemmas.begin(), lemmas.end(), lemma) == lemmas.end()) lemmas.push_back(std::move(lemma));
  }
  return lemmas;
}

// Candidates have all of its words; then the order is verified.
Matches Matcher::phrase(const PlanNode& node, const Matches* within) {
  const SlotForms slots = forms_of(node, part_.words);
  std::vector<PlanNode> words;
  for (const std::vector<Form>& forms : slots) {
    std::vector<std::string> lemmas = lemmas_of(forms);
    if (lemmas.empty()) return fresh();  // a word that this part does not have
    words.push_back(word_of(std::move(lemmas), node.weight));
  }
  std::vector<const PlanNode*> children;
  for (const PlanNode& word : words) children.push_back(&word);
  Matches out = conjunction(children, within);
  const PhraseSearch search(slots);
  keep_verified(out, [&](DocId doc) {
    if (!search.is_in(part_.words.coded(doc))) return false;
    if (!node.in_title) return true;
    part_.words.read(doc, scratch_.stream);
    return has_phrase(title_of(scratch_.stream), slots);
  });
  return out;
}

namespace {

// The places of a word, a phrase, or any of several alternatives.
void places(const PlanNode& node, std::span<const Form> stream, const WordStream& words,
            std::vector<std::uint32_t>& out) {
  for (const PlanNode& child : node.children) places(child, stream, words, out);
  if (node.kind == Kind::kPhrase || node.kind == Kind::kForms) {
    phrase_positions(stream, forms_of(node, words), out);
  } else if (node.kind == Kind::kTerms) {
    text::Slot slot;
    slot.lemmas = node.terms;
    phrase_positions(stream, forms_of({slot}, words), out);
  }
  std::sort(out.begin(), out.end());
}

}  // namespace

Matches Matcher::near(const PlanNode& node, const Matches* within) {
  std::vector<const PlanNode*> children;
  for (const PlanNode& child : node.children) children.push_back(&child);
  Matches out = conjunction(children, within);
  std::vector<std::vector<std::uint32_t>> lists(node.children.size());
  keep_verified(out, [&](DocId doc) {
    part_.words.read(doc, scratch_.stream);
    for (std::size_t i = 0; i < lists.size(); ++i) {
      lists[i].clear();
      places(node.children[i], scratch_.stream, part_.words, lists[i]);
    }
    return within_distance(lists, static_cast<std::uint32_t>(node.distance));
  });
  return out;
}

bool Matcher::matches(const PlanNode& plan, DocId doc) {
  Matches only;
  only.docs.push_back(doc);
  Matches found = evaluate(plan, &only);
  const bool yes = found.size() > 0;
  recycle(std::move(found));
  return yes;
}

std::vector<ScorePart> Matcher::explain(const PlanNode& plan, DocId doc) {
  if (plan.kind == Kind::kNot) return explain(plan.children.front(), doc);
  std::vector<ScorePart> parts;
  const auto adds_up = [](Kind kind) { return kind == Kind::kAnd || kind == Kind::kOr || kind == Kind::kSome; };
  const bool several = adds_up(plan.kind);
  const std::size_t n = several ? plan.children.size() : 1;
  Matches only;
  only.docs.push_back(doc);
  only.scores.push_back(0);
  std::vector<Form> stream;
  part_.words.read(doc, stream);
  const std::span<const Form> title = title_of(stream);
  std::vector<std::uint32_t> in_title, in_all;
  for (std::size_t i = 0; i < n; ++i) {
    const PlanNode& node = several ? plan.children[i] : plan;
    if (node.kind == Kind::kNot || adds_up(node.kind)) {
      for (ScorePart& nested : explain(node, doc)) parts.push_back(std::move(nested));
      continue;
    }
    Matches found = evaluate(node, &only);
    if (found.size() == 1 && found.scores.front() > 0) {
      in_title.clear();
      in_all.clear();
      places(node, title, part_.words, in_title);
      places(node, stream, part_.words, in_all);
      parts.push_back({node.label, {}, in_title.size(), in_all.size() - in_title.size(), found.scores.front()});
    }
    recycle(std::move(found));
  }
  std::stable_sort(parts.begin(), parts.end(), [](const ScorePart& a, const ScorePart& b) { return a.score > b.score; });
  return parts;
}

}  // namespace depeche::searcher
