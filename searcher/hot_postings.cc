#include "searcher/hot_postings.hh"

#include "schema/part_layout.hh"

namespace depeche::searcher {

using namespace schema::hot;

Result<HotPostings> HotPostings::open(std::shared_ptr<const schema::Sidecar> sidecar) {
  HotPostings h;
  h.term_offset_ = sidecar->array<std::uint32_t>(kTermOffset);
  h.term_bytes_ = sidecar->section(kTermBytes);
  h.start_ = sidecar->array<std::uint64_t>(kStart);
  h.docs_ = sidecar->array<std::uint32_t>(kDocs);
  h.wdfs_ = sidecar->array<std::uint8_t>(kWdfs);
  if (h.term_offset_.empty() || h.start_.size() != h.term_offset_.size() || h.start_.back() != h.docs_.size() ||
      h.wdfs_.size() != h.docs_.size() || h.term_offset_.back() != h.term_bytes_.size()) {
    return failure(ErrorCode::kIndexDamaged, "the postings of a part are cut", "run `depeche check --repair`");
  }
  h.sidecar_ = std::move(sidecar);
  return h;
}

std::optional<Postings> HotPostings::find(std::string_view wanted) const {
  std::size_t low = 0, high = term_offset_.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (term(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low + 1 >= term_offset_.size() || term(low) != wanted) return std::nullopt;
  const std::size_t begin = start_[low], size = start_[low + 1] - begin;
  return Postings{docs_.subspan(begin, size), wdfs_.subspan(begin, size)};
}

}  // namespace depeche::searcher
