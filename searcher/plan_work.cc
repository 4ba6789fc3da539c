#include "searcher/plan_work.hh"

#include <algorithm>

namespace depeche::searcher {
namespace {

using Kind = PlanNode::Kind;
using Frequency = std::function<std::uint64_t(std::string_view)>;

constexpr std::uint64_t kVerification = 16;  // of a phrase in one article, in postings
constexpr std::uint64_t kSkip = 4;           // to one candidate in a list of others, in postings

PlanWork of_terms(const std::vector<std::string>& terms, std::uint64_t articles, const Frequency& frequency) {
  std::uint64_t sum = 0;
  for (const std::string& term : terms) sum += frequency(term);
  return {std::min(sum, articles), sum};
}

PlanWork of_phrase(const PlanNode& node, std::uint64_t articles, const Frequency& frequency) {
  std::uint64_t least = articles, postings = 0;
  for (const text::Slot& slot : node.slots) {
    if (slot.lemmas.empty()) continue;
    const PlanWork work = of_terms(slot.lemmas, articles, frequency);
    least = std::min(least, work.matches);
    postings += std::min(work.postings, kSkip * least);
  }
  return {least, postings + kVerification * least};
}

}  // namespace

PlanWork work_of(const PlanNode& plan, std::uint64_t articles, const Frequency& frequency) {
  switch (plan.kind) {
    case Kind::kNone:
      return {};
    case Kind::kAll:
    case Kind::kRange:
      return {articles, articles};
    case Kind::kTerms:
      return of_terms(plan.terms, articles, frequency);
    case Kind::kPhrase:
      return of_phrase(plan, articles, frequency);
    case Kind::kAnd:
    case Kind::kNear: {
      std::vector<PlanWork> children;
      for (const PlanNode& child : plan.children) children.push_back(work_of(child, articles, frequency));
      std::sort(children.begin(), children.end(),
                [](const PlanWork& a, const PlanWork& b) { return a.matches < b.matches; });
      PlanWork out{articles, 0};
      for (const PlanWork& child : children) {
        out.postings += out.postings == 0 ? child.postings : std::min(child.postings, kVerification * out.matches);
        out.matches = std::min(out.matches, child.matches);
      }
      if (plan.kind == Kind::kNear) out.postings += kVerification * out.matches;
      return out;
    }
    case Kind::kOr:
    case Kind::kAny:
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
