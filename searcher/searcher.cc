// Opening an index and answering requests: query → plan → matches of each part → counts, order, hits.
#include "searcher/searcher.hh"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <map>
#include <mutex>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "core/utf8.hh"
#include "entities/gazetteer.hh"
#include "schema/database.hh"
#include "schema/index_folder.hh"
#include "schema/terms.hh"
#include "searcher/conditions.hh"
#include "searcher/correction.hh"
#include "searcher/counting.hh"
#include "searcher/everything.hh"
#include "searcher/facet_space.hh"
#include "searcher/matcher.hh"
#include "searcher/pairs.hh"
#include "searcher/part.hh"
#include "searcher/plan.hh"
#include "searcher/plan_work.hh"
#include "searcher/query_tree.hh"
#include "searcher/relaxation.hh"
#include "searcher/second_stage.hh"
#include "searcher/selection.hh"
#include "searcher/similar.hh"
#include "searcher/snippet.hh"
#include "searcher/suggest.hh"
#include "text/fold.hh"
#include "text/query_words.hh"

namespace depeche::searcher {
namespace {

// How many postings may be looked at to count what is suggested, and what another spelling finds: some nanoseconds
// each. An article that is held against a filter is as much work as several.
constexpr std::uint64_t kSuggestWork = 80'000, kCorrectionWork = 300'000, kConditionWork = 4;

constexpr std::size_t kKnownFrequencies = 4096;

// What one request borrows: nothing of Xapian crosses threads.
struct Session {
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  mutable std::unordered_map<std::string, std::uint64_t, Hash, std::equal_to<>> frequencies;  // of terms met lately
  std::vector<Xapian::Database> databases;
  text::Analyzer analyzer;
  MatchScratch scratch;
  std::vector<std::uint8_t> marks;
  CountScratch counts;
};

std::optional<EntityType> entity_type(FieldId field) {
  switch (field) {
    case FieldId::kOrg: return EntityType::kOrg;
    case FieldId::kPerson: return EntityType::kPerson;
    case FieldId::kPlace: return EntityType::kPlace;
    case FieldId::kProduct: return EntityType::kProduct;
    case FieldId::kId: case FieldId::kTitle: case FieldId::kText: case FieldId::kAuthor: case FieldId::kUrl:
    case FieldId::kEvent: case FieldId::kTopic: case FieldId::kSource: case FieldId::kAgency: case FieldId::kDate:
    case FieldId::kAmount: break;
  }
  return std::nullopt;
}

class IndexSearcher final : public Searcher {
 public:
  static Result<std::shared_ptr<Searcher>> open(const std::string& path, const OpenOptions& options);

  Result<SearchResponse> search(const SearchRequest& request) override;
  Result<schema::StoredArticle> article(const std::string& id) override;
  Result<std::vector<Hit>> similar(const std::string& id, std::size_t limit) override;
  Result<Suggestions> suggest(const SuggestRequest& request) override;
  Result<void> for_each_article(const std::function<Result<void>(const schema::StoredArticle&)>& each) override;
  Result<Stats> stats(bool with_terms) override;
  std::uint64_t revision() const override { return folder_.revision; }

 private:
  // Gives the session back when the request ends.
  struct Return {
    IndexSearcher* owner;
    void operator()(Session* session) const {
      const std::lock_guard lock(owner->pool_mutex_);
      owner->pool_.emplace_back(session);
    }
  };
  using Lease = std::unique_ptr<Session, Return>;
  Result<Lease> borrow();

  std::uint64_t frequency(const Session& session, std::string_view term) const;
  PlanContext context(Session& session, text::QueryAnalyzer& analyzer) const;
  Expansion expand(const Session& session, std::string_view prefix) const;
  // The value itself where articles have it; else, when it is an alias, the label that they are counted under.
  std::string known_value(FieldId field, const std::string& value) const;
  std::vector<Filter> resolve_aliases(const std::vector<Filter>& filters) const;
  const entities::Gazetteer* gazetteer() const;

  // Filters on text fields are words that must match but do not rank.
  void add_text_filters(Session& session, const std::vector<Filter>& filters, Plan& plan,
                        std::vector<Note>& notes) const;

  struct Answer {
    std::uint64_t total = 0, groups = 0;
    Place best;  // of the first hit; nothing when there is none
    std::vector<RankedHit> hits;
    std::uint64_t following = 0;  // hits behind the last one
    std::vector<FacetResult> facets;
    std::optional<PairResult> pairs;
    std::optional<DateHistogram> dates;
    std::optional<AmountHistogram> amounts;
  };
  // Calls `each` with the number of every part and what matches in it.
  template <class Each>
  void match(Session& session, const PlanNode& plan, const Conditions& conditions, Each&& each) const;
  static void add_counts(Answer& answer, const Counter& counter, const Conditions& conditions, const SearchRequest& request);
  Answer browse(Session& session, const Conditions& conditions, const SearchRequest& request, Sort sort);
  Answer run(Session& session, const PlanNode& plan, const Conditions& conditions, const SearchRequest& request, Sort sort);
  const Everything& everything(Session& session, Sort sort, bool group_duplicates);
  // The articles that have all of the query under the filters; exact. Nothing when that is more work than `budget`,
  // which is counted down.
  std::optional<std::uint64_t> count(Session& session, const std::string& query, const std::vector<Filter>& filters,
                                     std::uint64_t& budget);
  std::vector<Filter> with_terms(const std::vector<Filter>& filters, Plan& plan) const;
  std::vector<DocId> sample(const Session& session, std::size_t part, std::string_view term, std::size_t most) const;
  // The second stage: over the best of the first, in order again.
  void add_bonuses(Session& session, const PlanNode& plan, std::vector<RankedHit>& hits,
                   const Selection& selection) const;
  // Runs a looser query where the plan finds fewer than `few`. True: it found more, and `plan`, `answer` and `dropped`
  // (what its best hit does without) are those of the looser one. False: nothing has changed.
  bool relax(Session& session, Plan& plan, const Conditions& conditions, const SearchRequest& request, Sort sort,
             std::uint64_t few, Answer& answer, std::vector<std::string>& dropped);
  std::vector<Hit> make_hits(Session& session, const std::vector<RankedHit>& ranked, const PlanNode& plan,
                             const SearchRequest& request, Sort sort);
  std::vector<ScorePart> explain(Session& session, const PlanNode& plan, const RankedHit& hit) const;
  // Views point into `buffer`. Throws Xapian::DatabaseCorruptError when it cannot be read.
  schema::ArticleSummary summary_of(Session& session, const Place& place, std::string& buffer) const;
  // Its own, or the first sentence.
  std::string title_of(const schema::ArticleSummary& summary, const Place& place) const;
  std::vector<Amount> amounts_of(const Place& place) const;
  // May throw Xapian::Error.
  static std::optional<Place> place_of(Session& session, const std::string& id);
  Collection collection(const Session& session) const {
    return {articles_, average_length_, [this, &session](std::string_view term) { return frequency(session, term); }};
  }

  schema::IndexFolder folder_;
  OpenOptions options_;
  std::vector<std::shared_ptr<const Part>> parts_;
  std::unique_ptr<FacetSpace> space_;
  std::unordered_set<std::uint64_t> shared_groups_;
  DaySpan days_{INT32_MAX, INT32_MIN};
  std::uint64_t articles_ = 0;
  double average_length_ = 1;
  std::mutex everything_mutex_;
  std::array<std::unique_ptr<const Everything>, 6> everything_;  // by order and grouping
  std::mutex pool_mutex_;
  std::vector<std::unique_ptr<Session>> pool_;
  mutable std::once_flag gazetteer_once_;
  mutable std::unique_ptr<entities::Gazetteer> gazetteer_;
};

// Groups that have members in more than one part.
std::unordered_set<std::uint64_t> groups_between(const std::vector<std::shared_ptr<const Part>>& parts) {
  std::unordered_set<std::uint64_t> shared;
  for (std::size_t a = 0; a < parts.size(); ++a) {
    for (std::size_t b = a + 1; b < parts.size(); ++b) {
      const auto x = parts[a]->columns.group_keys, y = parts[b]->columns.group_keys;
      for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
        if (x[i] == y[j]) shared.insert(x[i]);
        const bool move_x = x[i] <= y[j], move_y = y[j] <= x[i];
        i += move_x;
        j += move_y;
      }
    }
  }
  return shared;
}

Result<std::shared_ptr<Searcher>> IndexSearcher::open(const std::string& path, const OpenOptions& options) {
  auto folder = schema::read_index_folder(path);
  if (!folder) return tl::unexpected(folder.error());
  auto searcher = std::make_shared<IndexSearcher>();
  searcher->folder_ = std::move(*folder);
  searcher->options_ = options;
  const std::string analyzer = options.any_analyzer ? std::string() : text::analyzer_fingerprint();
  double length = 0;
  for (std::size_t i = 0; i < searcher->folder_.parts.size(); ++i) {
    const std::string part_path = searcher->folder_.part_path(i);
    auto db = schema::open_part(part_path);
    if (!db) return tl::unexpected(db.error());
    if (auto checked = schema::check_version(*db, part_path, analyzer); !checked) return tl::unexpected(checked.error());
    auto opened = schema::guarded("opening " + part_path, [&] {
      length += static_cast<double>(db->get_total_length());
      return Part::open(part_path, *db);
    });
    if (!opened) return tl::unexpected(opened.error());
    if (!*opened) return tl::unexpected(opened->error());
    searcher->parts_.push_back(**opened);
    const Columns& columns = searcher->parts_.back()->columns;
    searcher->articles_ += columns.count();
    for (const Day day : columns.day) {
      if (day == INT32_MIN || day == INT32_MAX) continue;
      searcher->days_ = {std::min(searcher->days_.first, day), std::max(searcher->days_.last, day)};
    }
  }
  searcher->space_ = std::make_unique<FacetSpace>(searcher->parts_);
  searcher->shared_groups_ = groups_between(searcher->parts_);
  if (searcher->articles_ > 0) searcher->average_length_ = std::max(1.0, length / static_cast<double>(searcher->articles_));
  return std::shared_ptr<Searcher>(searcher);
}

Result<IndexSearcher::Lease> IndexSearcher::borrow() {
  {
    const std::lock_guard lock(pool_mutex_);
    if (!pool_.empty()) {
      Lease lease(pool_.back().release(), Return{this});
      pool_.pop_back();
      return lease;
    }
  }
  Lease lease(new Session, Return{this});
  for (std::size_t i = 0; i < folder_.parts.size(); ++i) {
    auto db = schema::open_part(folder_.part_path(i));
    if (!db) return tl::unexpected(db.error());
    lease->databases.push_back(std::move(*db));
  }
  return lease;
}

// Asked for again and again while a query is planned, estimated and scored; a look into the database costs a read.
std::uint64_t IndexSearcher::frequency(const Session& session, std::string_view term) const {
  const auto known = session.frequencies.find(term);
  if (known != session.frequencies.end()) return known->second;
  std::uint64_t n = 0;
  for (std::size_t p = 0; p < parts_.size(); ++p) n += parts_[p]->frequency(session.databases[p], term);
  if (session.frequencies.size() >= kKnownFrequencies) session.frequencies.clear();
  session.frequencies.emplace(term, n);
  return n;
}

namespace {

// The kMaxExpansions words of the greatest number, each once.
std::vector<std::string> most_frequent(std::map<std::string, std::uint64_t> words) {
  std::vector<std::pair<std::uint64_t, std::string>> ranked;
  for (auto& [word, n] : words) ranked.emplace_back(n, word);
  const std::size_t kept = std::min(ranked.size(), kMaxExpansions);
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(kept), ranked.end(),
                    [](auto& a, auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kept; ++i) out.push_back(std::move(ranked[i].second));
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

Expansion IndexSearcher::expand(const Session& session, std::string_view prefix) const {
  std::map<std::string, std::uint64_t> terms, forms;  // with about the number of their articles
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    const Xapian::Database& db = session.databases[p];
    const auto end = db.allterms_end(std::string(prefix));
    for (auto it = db.allterms_begin(std::string(prefix)); it != end; ++it) terms[*it] += it.get_termfreq();
    const WordStream& words = parts_[p]->words;
    for (const Form form : words.forms_that_begin(prefix)) {
      if (words.has_lemma_that_begins(form, prefix)) continue;
      forms[std::string(words.exact(form))] += db.get_termfreq(std::string(words.any_lemma(form)));
    }
  }
  return {most_frequent(std::move(terms)), most_frequent(std::move(forms))};
}

const entities::Gazetteer* IndexSearcher::gazetteer() const {
  std::call_once(gazetteer_once_, [this] {
    auto loaded = entities::Gazetteer::load(options_.gazetteer_file);
    if (loaded) gazetteer_ = std::make_unique<entities::Gazetteer>(std::move(*loaded));
  });
  return gazetteer_.get();
}

std::string IndexSearcher::known_value(FieldId field, const std::string& value) const {
  if (!space_->resolve(schema::facet_index(field), value).empty() || !schema::field(field).entity) return value;
  const entities::Gazetteer* names = gazetteer();
  const auto* entry = names ? names->find(value, entity_type(field)) : nullptr;
  return entry ? entry->label : value;
}

std::vector<Filter> IndexSearcher::resolve_aliases(const std::vector<Filter>& filters) const {
  std::vector<Filter> out = filters;
  for (Filter& filter : out) {
    if (schema::field(filter.field).kind == schema::FieldKind::kFacet) {
      filter.value = known_value(filter.field, filter.value);
    }
  }
  return out;
}

PlanContext IndexSearcher::context(Session& session, text::QueryAnalyzer& analyzer) const {
  return {analyzer, [this, &session](std::string_view term) { return frequency(session, term) > 0; },
          [this, &session](std::string_view prefix) { return expand(session, prefix); },
          [this](FieldId field, std::string_view value) {
            std::vector<std::string> terms;
            const std::string known = known_value(field, std::string(value));
            for (const GlobalCode code : space_->resolve(schema::facet_index(field), known)) {
              terms.push_back(schema::value_term(schema::field(field).prefix, space_->key(code)));
            }
            return terms;
          }};
}

template <class Each>
void IndexSearcher::match(Session& session, const PlanNode& plan, const Conditions& conditions, Each&& each) const {
  const Collection whole = collection(session);
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    Matcher matcher(*parts_[p], session.databases[p], whole, options_.ranking, session.scratch);
    auto outcome = conditions.apply(matcher.run(plan), p, *parts_[p], *space_, session.marks);
    each(p, outcome);
    matcher.recycle(std::move(outcome.matched));
  }
}

const Everything& IndexSearcher::everything(Session& session, Sort sort, bool group_duplicates) {
  const std::lock_guard lock(everything_mutex_);
  auto& made = everything_[static_cast<std::size_t>(sort) * 2 + (group_duplicates ? 1 : 0)];
  if (made) return *made;
  auto all = std::make_unique<Everything>(*space_, days_);
  std::vector<Note> none;
  const auto conditions = Conditions::resolve({}, {}, *space_, none);
  Selection selection(sort, kMaxDepth, group_duplicates, shared_groups_, std::nullopt);
  match(session, PlanNode{}, *conditions, [&](std::size_t p, const Conditions::Outcome& outcome) {
    selection.add(outcome.matched, static_cast<std::uint32_t>(p), *parts_[p]);
    all->counter.add(outcome, *conditions, p, *parts_[p]);
  });
  all->groups = selection.groups();
  all->first = selection.take();
  made = std::move(all);
  return *made;
}

// No words, no filters: nothing needs to be looked at again.
IndexSearcher::Answer IndexSearcher::browse(Session& session, const Conditions& conditions, const SearchRequest& request,
                                            Sort sort) {
  const Everything& all = everything(session, sort, request.group_duplicates);
  Answer answer;
  answer.total = articles_;
  answer.groups = all.groups;
  const std::size_t begin = std::min(request.offset, all.first.size());
  const std::size_t end = begin + std::min(request.limit, all.first.size() - begin);
  answer.hits.assign(all.first.begin() + static_cast<std::ptrdiff_t>(begin), all.first.begin() + static_cast<std::ptrdiff_t>(end));
  answer.following = all.groups - end;
  if (!all.first.empty()) answer.best = all.first.front().best;
  add_counts(answer, all.counter, conditions, request);
  return answer;
}

void IndexSearcher::add_counts(Answer& answer, const Counter& counter, const Conditions& conditions, const SearchRequest& request) {
  for (const FacetRequest& facet : request.facets) answer.facets.push_back(counter.facet(facet, conditions));
  if (!request.histograms) return;
  answer.dates = counter.dates(request.unit, conditions);
  answer.amounts = counter.amounts();
}

IndexSearcher::Answer IndexSearcher::run(Session& session, const PlanNode& plan, const Conditions& conditions,
                                         const SearchRequest& request, Sort sort) {
  const bool whole = plan.kind == PlanNode::Kind::kAll && conditions.none() && request.after.empty() && !request.pairs;
  if (whole) return browse(session, conditions, request, sort);
  Answer answer;
  const bool by_score = sort == Sort::kRelevance;
  const std::size_t shown = request.offset + request.limit;
  Selection selection(sort, std::max({std::size_t{1}, shown, by_score ? options_.ranking.depth : 0}), request.group_duplicates, shared_groups_, Cursor::parse(request.after));
  Counter counter(*space_, days_, session.counts);
  std::optional<PairCounter> pairs;
  if (request.pairs) pairs.emplace(*request.pairs, *space_);
  match(session, plan, conditions, [&](std::size_t p, const Conditions::Outcome& outcome) {
    answer.total += outcome.matched.size();
    selection.add(outcome.matched, static_cast<std::uint32_t>(p), *parts_[p]);
    counter.add(outcome, conditions, p, *parts_[p]);
    if (pairs) pairs->add(outcome.matched.docs, p, *parts_[p]);
  });
  answer.groups = selection.groups();
  answer.hits = selection.take();
  if (by_score) add_bonuses(session, plan, answer.hits, selection);
  if (!answer.hits.empty()) answer.best = answer.hits.front().best;
  if (answer.hits.size() > shown) answer.hits.resize(shown);
  answer.following = selection.eligible() - answer.hits.size();
  answer.hits.erase(answer.hits.begin(), answer.hits.begin() + static_cast<std::ptrdiff_t>(std::min(request.offset, answer.hits.size())));
  if (pairs) answer.pairs = pairs->take();
  add_counts(answer, counter, conditions, request);
  return answer;
}

// Adds filters for one value of a facet to the plan, as its term, which is quicker than to look at every match; gives
// those that are left.
std::vector<Filter> IndexSearcher::with_terms(const std::vector<Filter>& filters, Plan& plan) const {
  std::vector<Filter> left;
  Clauses clauses = clauses_of(std::move(plan.root));
  for (const Filter& filter : filters) {
    const schema::Field& field = schema::field(filter.field);
    const bool alone = field.kind == schema::FieldKind::kFacet && !filter.exclude &&
                       std::none_of(filters.begin(), filters.end(),
                                    [&](const Filter& f) { return &f != &filter && f.field == filter.field; });
    const auto codes = alone ? space_->resolve(schema::facet_index(filter.field), filter.value)
                             : std::vector<GlobalCode>{};
    if (codes.size() != 1 || space_->value(schema::facet_index(filter.field), codes[0]) != space_->key(codes[0])) {
      left.push_back(filter);
      continue;
    }
    PlanNode value;
    value.kind = PlanNode::Kind::kTerms;
    value.terms.push_back(schema::value_term(field.prefix, space_->key(codes[0])));
    clauses.wanted.push_back(std::move(value));
  }
  plan.root = root_of(std::move(clauses));
  return left;
}

std::optional<std::uint64_t> IndexSearcher::count(Session& session, const std::string& query,
                                                  const std::vector<Filter>& filters, std::uint64_t& budget) {
  text::QueryAnalyzer analyzer(session.analyzer);
  const auto frequencies = [&](std::string_view term) { return frequency(session, term); };
  Plan plan = make_plan(parse_query(query).root, context(session, analyzer), frequencies);
  std::vector<Note> notes;
  add_text_filters(session, filters, plan, notes);
  const auto conditions = Conditions::resolve(with_terms(filters, plan), {}, *space_, notes);
  if (!conditions) return std::nullopt;
  const bool one_term = plan.root.kind == PlanNode::Kind::kTerms && plan.root.terms.size() == 1;
  if (one_term && conditions->none()) return frequency(session, plan.root.terms.front());
  drop_scores(plan.root);
  const PlanWork work = work_of(plan.root, articles_, frequencies);
  const std::uint64_t postings = work.postings + (conditions->none() ? 0 : kConditionWork * work.matches);
  if (postings > budget) return std::nullopt;
  budget -= postings;
  std::uint64_t total = 0;
  match(session, plan.root, *conditions,
        [&](std::size_t, const Conditions::Outcome& outcome) { total += outcome.matched.size(); });
  return total;
}

// Every n-th article that has the term.
std::vector<DocId> IndexSearcher::sample(const Session& session, std::size_t part, std::string_view term,
                                         std::size_t most) const {
  std::vector<DocId> out;
  const std::size_t step = (parts_[part]->frequency(session.databases[part], term) + most - 1) / most;
  if (const auto hot = parts_[part]->hot.find(term)) {
    std::size_t next = 0;  // of those not seen yet
    for (std::size_t b = 0; b < hot->blocks(); ++b) {
      const PostingBlock block = hot->block(b);
      for (; next < block.docs.size(); next += step) out.push_back(block.base + block.docs[next]);
      next -= block.docs.size();
    }
    return out;
  }
  const Xapian::Database& db = session.databases[part];
  const std::string name(term);
  std::size_t i = 0;
  for (auto it = db.postlist_begin(name), end = db.postlist_end(name); it != end; ++it, ++i) {
    if (i % step == 0) out.push_back(*it);
  }
  return out;
}

Result<Suggestions> IndexSearcher::suggest(const SuggestRequest& request) {
  const auto start = std::chrono::steady_clock::now();
  if (request.limit == 0 || request.limit > kMostSuggestions) {
    return failure(ErrorCode::kUsage, "between 1 and " + std::to_string(kMostSuggestions) + " suggestions can be had",
                   "choose another limit");
  }
  auto lease = borrow();
  if (!lease) return tl::unexpected(lease.error());
  Session& session = **lease;
  Suggestions out;
  out.prefix = request.prefix;
  out.revision = folder_.revision;
  std::string data;
  std::uint64_t budget = kSuggestWork;
  const SuggestSource source{
      parts_, *space_, session.analyzer, articles_,
      [&](const std::string& query, const Filter* filter) {
        return count(session, query, filter ? std::vector{*filter} : std::vector<Filter>{}, budget);
      },
      [&](std::size_t part, std::string_view term) { return parts_[part]->frequency(session.databases[part], term); },
      [&](std::size_t part, std::string_view term, std::size_t most) { return sample(session, part, term, most); },
      [&](const Place& place, Suggestion& into) {
        const schema::ArticleSummary summary = summary_of(session, place, data);
        into.label = title_of(summary, place);
        into.id = summary.id;
        into.source = summary.source;
        into.date = summary.date;
      }};
  auto done = schema::guarded("searching " + folder_.path, [&] { out.list = searcher::suggest(request, source); });
  if (!done) return tl::unexpected(done.error());
  out.took_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return out;
}

void IndexSearcher::add_bonuses(Session& session, const PlanNode& plan, std::vector<RankedHit>& hits,
                                const Selection& selection) const {
  if (hits.empty() || options_.ranking.depth == 0) return;
  const Collection whole = collection(session);
  SecondStage stage(plan, whole, options_.ranking);
  if (stage.empty()) return;
  std::vector<PartWords> words;
  for (const auto& part : parts_) words.push_back(stage.in_part(part->words));
  const std::span<RankedHit> best = std::span(hits).first(std::min(options_.ranking.depth, hits.size()));
  for (RankedHit& hit : best) {
    hit.bonuses = stage.read(*parts_[hit.best.part], words[hit.best.part], hit.best.doc);
    hit.score += static_cast<float>(std::accumulate(hit.bonuses.begin(), hit.bonuses.end(), 0.0));
  }
  selection.sort(best);
}

// How many plain words a query has that is nothing but words and phrases.
std::size_t plain_words(const QueryNode& query, const PlanNode& plan) {
  const auto is_plain = [](const QueryNode& node) {
    return node.kind == QueryNode::Kind::kWords || node.kind == QueryNode::Kind::kPhrase;
  };
  const bool joined = query.kind == QueryNode::Kind::kAnd;
  if (!(joined ? std::all_of(query.children.begin(), query.children.end(), is_plain) : is_plain(query))) return 0;
  const auto words = words_of(plan);
  return static_cast<std::size_t>(
      std::count_if(words.begin(), words.end(), [](const PlanNode* word) { return word->quoted.empty(); }));
}

bool IndexSearcher::relax(Session& session, Plan& plan, const Conditions& conditions, const SearchRequest& request,
                          Sort sort, std::uint64_t few, Answer& answer, std::vector<std::string>& dropped) {
  text::QueryAnalyzer analyzer(session.analyzer);
  const Frequency frequencies = [&](std::string_view term) { return frequency(session, term); };
  const PlanNode asked = plan.root;
  const auto attempt = [&](PlanNode root, std::uint64_t wanted) {
    Answer found = run(session, root, conditions, request, sort);
    if (found.total < std::max(wanted, answer.total + 1)) return false;
    plan.root = std::move(root);
    answer = std::move(found);
    return true;
  };
  const OpenPhrase open = [&](const std::string& inside) {
    QueryNode words;
    words.kind = QueryNode::Kind::kWords;
    words.text = inside;
    return make_plan(words, context(session, analyzer), frequencies).root;
  };
  const PlanNode words = with_phrases_opened(asked, open);
  const auto some = [&](double part) { return with_some_words(words, part, articles_, frequencies); };
  const bool opened = to_string(words) != to_string(asked), several = to_string(some(0)) != to_string(words);
  const bool found = (opened && attempt(words, few)) ||
                     (several && (attempt(some(options_.ranking.enough), 1) || attempt(some(0), 1))) ||
                     (opened && attempt(words, 1));
  if (!found) return false;
  const Collection whole = collection(session);
  Matcher matcher(*parts_[answer.best.part], session.databases[answer.best.part], whole, options_.ranking,
                  session.scratch);
  for (const PlanNode* root : {&asked, &words}) {
    for (const PlanNode* word : words_of(*root)) {
      if (std::find(dropped.begin(), dropped.end(), word->label) != dropped.end()) continue;
      if (!matcher.matches(*word, answer.best.doc)) dropped.push_back(word->label);
    }
  }
  return true;
}

void IndexSearcher::add_text_filters(Session& session, const std::vector<Filter>& filters, Plan& plan,
                                     std::vector<Note>& notes) const {
  text::QueryAnalyzer analyzer(session.analyzer);
  Clauses clauses = clauses_of(std::move(plan.root));
  for (const Filter& filter : filters) {
    const schema::Field& field = schema::field(filter.field);
    if (field.kind != schema::FieldKind::kText && field.kind != schema::FieldKind::kExact) continue;
    QueryNode node;
    node.kind = QueryNode::Kind::kField;
    node.field = filter.field;
    node.text = filter.value;
    if (field.kind == schema::FieldKind::kText) {
      QueryNode words;
      words.kind = QueryNode::Kind::kWords;
      words.text = filter.value;
      node.children.push_back(std::move(words));
    }
    PlanNode condition =
        make_plan(node, context(session, analyzer), [&](std::string_view term) { return frequency(session, term); }).root;
    drop_scores(condition);
    if (condition.kind == PlanNode::Kind::kAll) {  // a value without any word
      notes.push_back({NoteKind::kNoWord, std::string(field.name) + "=" + filter.value});
      if (filter.exclude) continue;
      condition.kind = PlanNode::Kind::kNone;
    }
    (filter.exclude ? clauses.unwanted : clauses.wanted).push_back(std::move(condition));
  }
  plan.root = root_of(std::move(clauses));
}

Result<void> check_cursor(const SearchRequest& request, Sort sort) {
  if (!Cursor::parse(request.after)) {
    return failure(ErrorCode::kUsage, "\"" + request.after + "\" is no cursor",
                   "take it from the answer before, where it is called next_cursor");
  }
  if (sort == Sort::kRelevance) {
    return failure(ErrorCode::kUsage, "a cursor walks by date, not by relevance", "add --sort date or --sort date-asc");
  }
  if (request.offset > 0) return failure(ErrorCode::kUsage, "a cursor and an offset exclude each other", "give one of them");
  return {};
}

Result<SearchResponse> IndexSearcher::search(const SearchRequest& request) {
  const auto start = std::chrono::steady_clock::now();
  if (request.query.size() > kMaxQueryBytes) {
    return failure(ErrorCode::kUsage, "the query is longer than 8 KiB", "ask for fewer words");
  }
  if (request.limit > kMaxDepth || request.offset > kMaxDepth - request.limit) {
    return failure(ErrorCode::kUsage, "results can be paged up to number " + std::to_string(kMaxDepth),
                   "narrow the search, or walk everything with `depeche export`");
  }
  if (request.filters.size() > kMaxFilters) {
    return failure(ErrorCode::kUsage, "more than " + std::to_string(kMaxFilters) + " filters", "use fewer");
  }
  for (const FacetRequest& facet : request.facets) {
    const schema::Field& field = schema::field(facet.field);
    if (field.kind == schema::FieldKind::kFacet) continue;
    return failure(ErrorCode::kUsage, std::string(field.name) + " is no facet", "dates and amounts have histograms");
  }
  if (request.pairs) {
    for (const FieldId id : {request.pairs->first, request.pairs->second}) {
      if (schema::field(id).kind == schema::FieldKind::kFacet) continue;
      return failure(ErrorCode::kUsage, std::string(schema::field(id).name) + " is no facet", "pairs are of facet values");
    }
  }
  auto lease = borrow();
  if (!lease) return tl::unexpected(lease.error());
  Session& session = **lease;

  SearchResponse response;
  response.query = request.query;
  response.filters = request.filters;
  response.revision = folder_.revision;
  ParsedQuery parsed = parse_query(request.query);
  const auto refused = [&](const QueryProblem& p, const std::string& hint) {
    const std::size_t place = count_code_points(std::string_view(request.query).substr(0, p.range.begin)) + 1;
    return failure(ErrorCode::kUsage, "query, character " + std::to_string(place) + ": " + in_english(p.note), hint);
  };
  if (request.strict && !parsed.problems.empty()) {
    return refused(parsed.problems.front(), "leave out --strict to take it as plain text");
  }
  const auto note = [&](const QueryProblem& problem) {  // each thing once, however often it stands in the query
    auto& notes = response.notes;
    if (std::find(notes.begin(), notes.end(), problem.note) == notes.end()) notes.push_back(problem.note);
  };
  std::for_each(parsed.problems.begin(), parsed.problems.end(), note);

  auto answered = schema::guarded("searching " + folder_.path, [&]() -> Result<void> {
    text::QueryAnalyzer analyzer(session.analyzer);
    const auto frequencies = [&](std::string_view term) { return frequency(session, term); };
    const std::vector<Filter> filters = resolve_aliases(request.filters);
    Plan plan = make_plan(parsed.root, context(session, analyzer), frequencies);
    // Which article is asked about does not decide how the query is read.
    const auto is_id = [](const Filter& filter) { return filter.field == FieldId::kId; };
    std::vector<Filter> conditions_on_text, ids;
    std::partition_copy(filters.begin(), filters.end(), std::back_inserter(ids),
                        std::back_inserter(conditions_on_text), is_id);
    add_text_filters(session, conditions_on_text, plan, response.notes);
    if (request.strict && !plan.problems.empty()) {
      return refused(plan.problems.front(), "write date:2024-01..2024-06 or montant:10M..100M");
    }
    std::for_each(plan.problems.begin(), plan.problems.end(), note);
    auto conditions = Conditions::resolve(filters, request.all_of, *space_, response.notes);
    if (!conditions) return tl::unexpected(conditions.error());
    response.truncated = plan.truncated;
    const bool has_words = plan.words > 0;
    response.sort = request.sort.value_or(has_words ? Sort::kRelevance : Sort::kDate);
    if (!request.after.empty()) {
      if (auto usable = check_cursor(request, response.sort); !usable) return usable;
    }

    Answer answer = run(session, plan.root, *conditions, request, response.sort);
    const bool sentence = plain_words(parsed.root, plan.root) >= options_.ranking.sentence;
    const std::uint64_t found = answer.total;  // all of what was asked for
    const std::uint64_t few = sentence ? options_.ranking.few : 1;
    if (request.relax && has_words && answer.total < few) {
      response.relaxed =
          relax(session, plan, *conditions, request, response.sort, few, answer, response.dropped);
    }
    if (!ids.empty()) {
      add_text_filters(session, ids, plan, response.notes);
      answer = run(session, plan.root, *conditions, request, response.sort);
    }
    if (request.relax && request.limit > 0 && has_words && found <= kFewFound) {
      std::uint64_t budget = kCorrectionWork;
      const CorrectionSource source{parts_, analyzer, frequencies, [&](const std::string& query) {
                                      return count(session, query, filters, budget);
                                    }};
      response.suggestion = corrected(request.query, parsed.root, found, source);
    }
    response.parsed = to_string(plan.root);
    response.total = answer.total;
    response.groups = answer.groups;
    response.facets = std::move(answer.facets);
    response.pairs = std::move(answer.pairs);
    response.dates = std::move(answer.dates);
    response.amounts = std::move(answer.amounts);
    if (response.sort != Sort::kRelevance && answer.following > 0 && !answer.hits.empty()) {
      const Place& last = answer.hits.back().place;
      response.next = Cursor{answer.hits.back().day, std::string(parts_[last.part]->columns.id(last.doc))}.to_text();
    }
    response.hits = make_hits(session, answer.hits, plan.root, request, response.sort);
    return {};
  });
  if (!answered) return tl::unexpected(answered.error());
  if (!*answered) return tl::unexpected(answered->error());
  response.took_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return response;
}

schema::ArticleSummary IndexSearcher::summary_of(Session& session, const Place& place, std::string& buffer) const {
  const std::string data = session.databases[place.part].get_document(place.doc, Xapian::DOC_ASSUME_VALID).get_data();
  auto summary = schema::decode_summary(data, buffer);
  if (!summary) throw Xapian::DatabaseCorruptError(summary.error().message);
  return *summary;
}

std::string IndexSearcher::title_of(const schema::ArticleSummary& summary, const Place& place) const {
  if (!summary.title.empty()) return std::string(summary.title);
  std::vector<ByteRange> sentences;
  parts_[place.part]->words.read_sentences(place.doc, sentences);
  if (sentences.empty() || sentences[0].end > summary.text.size()) return std::string(summary.id);
  return std::string(sentences[0].of(summary.text));
}

std::vector<Amount> IndexSearcher::amounts_of(const Place& place) const {
  const Columns& columns = parts_[place.part]->columns;
  std::vector<Amount> out;
  for (std::uint32_t i = columns.amount_offset[place.doc]; i < columns.amount_offset[place.doc + 1]; ++i) {
    Amount amount;
    amount.value = columns.amount_value[i];
    const auto& currency = columns.amount_currency[i];
    amount.currency.assign(currency.data(), ::strnlen(currency.data(), currency.size()));
    amount.eur = columns.amount_eur[i];
    out.push_back(std::move(amount));
  }
  return out;
}

// Of several near-duplicates the one that the place in the list is owed to.
std::vector<ScorePart> IndexSearcher::explain(Session& session, const PlanNode& plan, const RankedHit& hit) const {
  const Collection whole = collection(session);
  Matcher matcher(*parts_[hit.best.part], session.databases[hit.best.part], whole, options_.ranking, session.scratch);
  std::vector<ScorePart> parts = matcher.explain(plan, hit.best.doc);
  for (std::size_t i = 0; i < kBonusCount; ++i) {
    const auto bonus = static_cast<Bonus>(i);
    if (hit.bonuses[i] > 0) parts.push_back({"", bonus, 0, 0, hit.bonuses[i]});
  }
  return parts;
}

std::vector<Hit> IndexSearcher::make_hits(Session& session, const std::vector<RankedHit>& ranked, const PlanNode& plan,
                                          const SearchRequest& request, Sort sort) {
  const SnippetTerms terms(plan, request.query, session.analyzer);
  std::vector<PartTerms> part_terms;
  for (const auto& part : parts_) part_terms.push_back(terms.in_part(part->words));
  SnippetMaker maker(session.analyzer);
  std::string buffer;
  std::vector<Hit> hits;
  for (const RankedHit& r : ranked) {
    const schema::ArticleSummary summary = summary_of(session, r.place, buffer);
    Hit hit;
    hit.id = summary.id;
    hit.title = title_of(summary, r.place);
    hit.title_from_text = summary.title.empty();
    hit.url = summary.url;
    hit.source = summary.source;
    hit.date = summary.date;
    hit.score = sort == Sort::kRelevance ? r.score : 0;
    hit.bonuses = r.bonuses;
    for (std::size_t f = 0; f < schema::kFacetCount; ++f) {
      for (const std::string_view label : summary.labels[f]) hit.labels[f].emplace_back(space_->label_of(f, label));
    }
    hit.amounts = amounts_of(r.place);
    if (request.snippets) {
      hit.snippet = maker.make(terms, part_terms[r.place.part], *parts_[r.place.part], r.place.doc, summary.text,
                               hit.title_from_text);
    }
    if (!request.why.empty() && hit.id == request.why) {
      hit.why = explain(session, plan, r);
    }
    for (const Place& place : r.duplicates) {
      const schema::ArticleSummary other = summary_of(session, place, buffer);
      hit.duplicates.push_back(
          {std::string(other.id), title_of(other, place), std::string(other.source), other.date});
    }
    hits.push_back(std::move(hit));
  }
  return hits;
}

std::optional<Place> IndexSearcher::place_of(Session& session, const std::string& id) {
  const std::string term = schema::id_term(id);
  for (std::size_t p = 0; p < session.databases.size(); ++p) {
    const Xapian::Database& db = session.databases[p];
    const auto it = db.postlist_begin(term);
    if (it != db.postlist_end(term)) return Place{static_cast<std::uint32_t>(p), *it};
  }
  return std::nullopt;
}

tl::unexpected<Error> no_such_article(const std::string& id) {
  return failure(ErrorCode::kNotFound, "no article has the id " + id, "ids stand behind each hit of `depeche search`");
}

Result<schema::StoredArticle> IndexSearcher::article(const std::string& id) {
  auto lease = borrow();
  if (!lease) return tl::unexpected(lease.error());
  std::optional<Result<schema::StoredArticle>> found;
  auto read = schema::guarded("reading " + folder_.path, [&] {
    const auto place = place_of(**lease, id);
    if (place) found = schema::decode((*lease)->databases[place->part].get_document(place->doc).get_data());
  });
  if (!read) return tl::unexpected(read.error());
  if (!found) return no_such_article(id);
  return *found;
}

Result<void> IndexSearcher::for_each_article(
    const std::function<Result<void>(const schema::StoredArticle&)>& each) {
  auto lease = borrow();
  if (!lease) return tl::unexpected(lease.error());
  std::optional<Error> stopped;
  auto read = schema::guarded("reading " + folder_.path, [&] {
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      // By id: document numbers depend on which thread was faster.
      const Columns& columns = parts_[p]->columns;
      std::vector<DocId> docs;
      for (DocId doc = 1; doc <= columns.last(); ++doc) {
        if (columns.alive(doc)) docs.push_back(doc);
      }
      std::sort(docs.begin(), docs.end(), [&](DocId a, DocId b) { return columns.id_rank[a] < columns.id_rank[b]; });
      for (const DocId doc : docs) {
        const auto stored = schema::decode((*lease)->databases[p].get_document(doc).get_data());
        if (!stored) {
          stopped = stored.error();
          return;
        }
        if (auto done = each(*stored); !done) {
          stopped = done.error();
          return;
        }
      }
    }
  });
  if (!read) return read;
  if (stopped) return tl::unexpected(*stopped);
  return {};
}

Result<Stats> IndexSearcher::stats(bool with_terms) {
  auto lease = borrow();
  if (!lease) return tl::unexpected(lease.error());
  Stats stats;
  stats.articles = articles_;
  stats.revision = folder_.revision;
  stats.parts = parts_.size();
  stats.schema = schema::kSchemaVersion;
  if (days_.first <= days_.last) stats.period = days_;
  for (std::size_t f = 0; f < schema::kFacetCount; ++f) {
    const auto [begin, end] = space_->codes_of(f);
    stats.distinct[f] = end - begin;
  }
  stats.sources = stats.distinct[schema::facet_index(FieldId::kSource)];
  auto read = schema::guarded("reading " + folder_.path, [&] {
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const Xapian::Database& db = (*lease)->databases[p];
      stats.analyzer = db.get_metadata(std::string(schema::kMetaAnalyzer));
      stats.entities = db.get_metadata(std::string(schema::kMetaEntities));
      stats.built_with = db.get_metadata(std::string(schema::kMetaBuiltWith));
      stats.column_bytes += parts_[p]->columns.bytes();
      stats.sidecar_bytes += parts_[p]->sidecar_bytes;
      if (!with_terms) continue;
      for (auto term = db.allterms_begin(), end = db.allterms_end(); term != end; ++term) ++stats.terms;
    }
  });
  if (!read) return tl::unexpected(read.error());
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(folder_.path, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file(error)) stats.bytes += it->file_size(error);
  }
  return stats;
}

Result<std::vector<Hit>> IndexSearcher::similar(const std::string& id, std::size_t limit) {
  auto lease = borrow();
  if (!lease) return tl::unexpected(lease.error());
  Session& session = **lease;
  auto found = schema::guarded("searching " + folder_.path, [&]() -> std::optional<std::vector<Hit>> {
    const auto place = place_of(session, id);
    if (!place) return std::nullopt;
    const PlanNode plan = similar_plan(session.databases[place->part], place->doc, id, articles_,
                                       [&](std::string_view term) { return frequency(session, term); });
    SearchRequest request;
    request.limit = limit;
    request.histograms = false;
    std::vector<Note> notes;
    const auto conditions = Conditions::resolve({}, {}, *space_, notes);
    const Answer answer = run(session, plan, *conditions, request, Sort::kRelevance);
    return make_hits(session, answer.hits, plan, request, Sort::kRelevance);
  });
  if (!found) return tl::unexpected(found.error());
  if (!*found) return no_such_article(id);
  return std::move(**found);
}

}  // namespace

Result<std::shared_ptr<Searcher>> Searcher::open(const std::string& path, const OpenOptions& options) {
  return IndexSearcher::open(path, options);
}

}  // namespace depeche::searcher
