// The best matches in order, near-duplicates collapsed into one.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "searcher/cursor.hh"
#include "searcher/matcher.hh"
#include "searcher/request.hh"

namespace depeche::searcher {

struct Place {
  std::uint32_t part = 0;
  DocId doc = 0;
};

// One line of the result list.
struct RankedHit {
  Place place;  // of several near-duplicates the one published first
  Place best;   // and the one whose score this is
  float score = 0;
  Bonuses bonuses{};  // that are part of it
  Day day = 0;        // of the one that decides the order
  std::uint32_t id_rank = 0;
  std::vector<Place> duplicates;  // the others, earliest first; without a date last
};

// Keeps the best `wanted` while matches stream in. The order is total: by score or date, then newest first, then by
// id, bytewise. A family of near-duplicates stands where its best member would; in an order by date, where the one
// shown does.
class Selection {
 public:
  // `shared` tells which groups have members in several parts.
  // Keeps only what comes behind `after`, where that is given.
  Selection(Sort sort, std::size_t wanted, bool group, const std::unordered_set<std::uint64_t>& shared,
            std::optional<Cursor> after)
      : sort_(sort), wanted_(wanted), group_(group), shared_(shared), after_(std::move(after)) {}

  void add(const Matches& matches, std::uint32_t part_number, const Part& part);
  std::uint64_t groups() const { return singles_ + families_.size(); }
  // The best `wanted`, in order.
  std::vector<RankedHit> take();
  // How many there are behind the cursor, whether wanted or not. After take().
  std::uint64_t eligible() const { return eligible_; }
  // Again, after scores have changed.
  void sort(std::span<RankedHit> hits) const;

 private:
  struct Entry {
    float score;
    Day day;
    std::uint32_t part, doc, id_rank;
  };
  struct Family {
    Entry best, head;
    std::vector<Entry> members;
  };
  bool before(const Entry& a, const Entry& b) const;
  bool earlier_day(Day a, Day b) const;  // stands first in the order; REQUIRES: a != b
  bool is_behind_cursor(const Entry& entry) const;
  bool lower_id(const Entry& a, const Entry& b) const;
  bool published_before(const Entry& a, const Entry& b) const;
  void offer(const Entry& entry);

  Sort sort_;
  std::size_t wanted_;
  bool group_;
  const std::unordered_set<std::uint64_t>& shared_;
  std::optional<Cursor> after_;
  std::uint64_t eligible_ = 0;
  std::vector<const Columns*> columns_;  // by part, of those added
  std::vector<Entry> heap_;              // the worst on top
  std::unordered_map<std::uint64_t, Family> families_;
  std::uint64_t singles_ = 0;
};

}  // namespace depeche::searcher
