#include "searcher/selection.hh"

#include <algorithm>

namespace depeche::searcher {

bool Selection::before(const Entry& a, const Entry& b) const {
  if (sort_ == Sort::kRelevance && a.score != b.score) return a.score > b.score;
  return a.day != b.day ? earlier_day(a.day, b.day) : lower_id(a, b);
}

bool Selection::earlier_day(Day a, Day b) const {
  if (a == INT32_MIN || b == INT32_MIN) return b == INT32_MIN;  // without a date: last in either order
  return sort_ == Sort::kDateAscending ? a < b : a > b;
}

bool Selection::is_behind_cursor(const Entry& entry) const {
  if (!after_) return true;
  if (entry.day != after_->day) return earlier_day(after_->day, entry.day);
  return columns_[entry.part]->id(entry.doc) > after_->id;
}

bool Selection::lower_id(const Entry& a, const Entry& b) const {
  if (a.part == b.part) return a.id_rank < b.id_rank;
  return columns_[a.part]->id(a.doc) < columns_[b.part]->id(b.doc);
}

bool Selection::published_before(const Entry& a, const Entry& b) const {
  const auto day = [](const Entry& e) { return e.day == INT32_MIN ? INT32_MAX : e.day; };
  return day(a) != day(b) ? day(a) < day(b) : lower_id(a, b);
}

void Selection::offer(const Entry& entry) {
  if (!is_behind_cursor(entry)) return;
  ++eligible_;
  const auto worse_on_top = [this](const Entry& a, const Entry& b) { return before(a, b); };
  if (heap_.size() < wanted_) {
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), worse_on_top);
  } else if (wanted_ > 0 && before(entry, heap_.front())) {
    std::pop_heap(heap_.begin(), heap_.end(), worse_on_top);
    heap_.back() = entry;
    std::push_heap(heap_.begin(), heap_.end(), worse_on_top);
  }
}

void Selection::add(const Matches& matches, std::uint32_t part_number, const Part& part) {
  const Columns& c = part.columns;
  columns_.resize(std::max<std::size_t>(columns_.size(), part_number + 1));
  columns_[part_number] = &c;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const DocId doc = matches.docs[i];
    const bool may_share = group_ && ((c.group_shared[doc / 64] >> (doc % 64) & 1) != 0 ||
                                      (!shared_.empty() && shared_.contains(c.group[doc])));
    if (!may_share) {
      ++singles_;
      // The common case, a hopeless match, costs one comparison.
      if (sort_ == Sort::kRelevance && heap_.size() == wanted_ && wanted_ > 0 &&
          matches.scores[i] < heap_.front().score) {
        continue;
      }
      offer({matches.scores[i], c.day[doc], part_number, doc, c.id_rank[doc]});
      continue;
    }
    const Entry entry{matches.scores[i], c.day[doc], part_number, doc, c.id_rank[doc]};
    const auto [it, added] = families_.try_emplace(c.group[doc], Family{entry, entry, {}});
    Family& family = it->second;
    family.members.push_back(entry);
    if (added) continue;
    if (before(entry, family.best)) family.best = entry;
    if (published_before(entry, family.head)) family.head = entry;
  }
}

std::vector<RankedHit> Selection::take() {
  struct Line {
    Entry order, shown;
    Family* family;
  };
  std::vector<Line> lines;
  for (const Entry& e : heap_) lines.push_back({e, e, nullptr});
  for (auto& [key, family] : families_) {
    if (!is_behind_cursor(family.head)) continue;
    ++eligible_;
    lines.push_back({sort_ == Sort::kRelevance ? family.best : family.head, family.head, &family});
  }
  const std::size_t n = std::min(wanted_, lines.size());
  std::partial_sort(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(n), lines.end(),
                    [this](const Line& a, const Line& b) { return before(a.order, b.order); });
  std::vector<RankedHit> hits;
  for (std::size_t i = 0; i < n; ++i) {
    const Entry &shown = lines[i].shown, &order = lines[i].order;
    RankedHit hit{{shown.part, shown.doc}, {order.part, order.doc}, order.score, {}, order.day, order.id_rank, {}};
    if (lines[i].family) {
      auto members = lines[i].family->members;
      std::sort(members.begin(), members.end(),
                [this](const Entry& x, const Entry& y) { return published_before(x, y); });
      for (const Entry& e : members) {
        if (e.part != shown.part || e.doc != shown.doc) hit.duplicates.push_back({e.part, e.doc});
      }
    }
    hits.push_back(std::move(hit));
  }
  return hits;
}

void Selection::sort(std::span<RankedHit> hits) const {
  const auto entry = [](const RankedHit& h) { return Entry{h.score, h.day, h.best.part, h.best.doc, h.id_rank}; };
  std::sort(hits.begin(), hits.end(),
            [&](const RankedHit& a, const RankedHit& b) { return before(entry(a), entry(b)); });
}

}  // namespace depeche::searcher
