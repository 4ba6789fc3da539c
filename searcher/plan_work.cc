#include "searcher/plan_work.hh"

#include <algorithm>

namespace depeche::searcher {
namespace {

using Kind = PlanNode::Kind;
using Frequency = std::function<std::uint64_t(std::string_view)>;

constexpr std::uint64_t kVerification = 48; // of a phrase in one article, in postings
constexpr double kTogether = 3;             // times more often than by chance
constexpr std::uint64_t kSkip = 4;          // to one candidate in a list of others, in postings

PlanWork of_terms(const std::vector<std::string>& terms, std::uint64_t articles, const Frequency& frequency) {
  std::uint64_t sum = 0;
  for (const std::string& term : terms) sum += frequency(term);
  return {std::min(sum, articles), sum};
}

// The articles that have all of several things.
std::uint64_t together(const std::vector<std::uint64_t>& matches, std::uint64_t articles) {
  std::uint64_t least = articles;
  double chance = static_cast<double>(articles) * kTogether;
  for (const std::uint64_t n : matches) {
    least = std::min(least, n);
    chance *= static_cast<double>(n) / static_cast<double>(std::max<std::uint64_t>(1, articles));
  }
  return std::min(least, static_cast<std::uint64_t>(chance) + 1);
}

// The rarest first, each further one where the others are; what looks at every candidate is added by the caller.
PlanWork conjunction(std::vector<PlanWork> children, std::uint64_t articles, std::uint64_t looks) {
  std::sort(children.begin(), children.end(),
            [](const PlanWork& a, const PlanWork& b) { return a.matches < b.matches; });
  PlanWork out;
  std::vector<std::uint64_t> matches;
  for (const PlanWork& child : children) {
    out.postings += matches.empty() ? child.postings : std::min(child.postings, looks * out.matches);
    matches.push_back(child.matches);
    out.matches = together(matches, articles);
  }
  return out;
}

PlanWork of_phrase(const PlanNode& node, std::uint64_t articles, const Frequency& frequency) {
  std::vector<PlanWork> slots;
  for (const text::Slot& slot : node.slots) {  // of an exact form only the part knows which terms have it
    slots.push_back(slot.lemmas.empty() ? PlanWork{articles, articles} : of_terms(slot.lemmas, articles, frequency));
  }
  PlanWork out = conjunction(std::move(slots), articles, kSkip);
  out.postings += kVerification * out.matches;
  return out;
}

}  // namespace

PlanWork work_of(const PlanNode& plan, std::uint64_t articles, const Frequency& frequency) {
  switch (plan.kind) {
    case Kind::kNone:
      return {};
    case Kind::kAll:
    case Kind::kRange:
    case Kind::kForms:  // of a form only the part knows which terms have it
      return {articles, articles};
    case Kind::kTerms:
      return of_terms(plan.terms, articles, frequency);
    case Kind::kPhrase:
      return of_phrase(plan, articles, frequency);
    case Kind::kAnd:
    case Kind::kNear: {
      std::vector<PlanWork> children;
      for (const PlanNode& child : plan.children) children.push_back(work_of(child, articles, frequency));
      PlanWork out = conjunction(std::move(children), articles, kVerification);
      if (plan.kind == Kind::kNear) out.postings += kVerification * out.matches;
      return out;
    }
    case Kind::kOr:
    case Kind::kAny:
    case Kind::kSome:
    case Kind::kNot: {
      PlanWork out;
      for (const PlanNode& child : plan.children) {
        const PlanWork work = work_of(child, articles, frequency);
        out.matches = plan.kind == Kind::kNot && out.postings > 0 ? out.matches
                                                                  : std::min(articles, out.matches + work.matches);
        out.postings += work.postings;
      }
      return out;
    }
  }
  return {};
}

}  // namespace depeche::searcher
