#include "searcher/hot_postings.hh"

#include "schema/part_layout.hh"

namespace depeche::searcher {

using namespace schema::hot;

Result<HotPostings> HotPostings::open(std::shared_ptr<const schema::Sidecar> sidecar) {
  HotPostings h;
  h.terms_ = {*sidecar, kTermOffset, kTermBytes};
  h.start_ = sidecar->array<std::uint64_t>(kStart);
  h.docs_ = sidecar->array<std::uint32_t>(kDocs);
  h.wdfs_ = sidecar->array<std::uint8_t>(kWdfs);
  if (!h.terms_.is_whole() || h.start_.size() != h.terms_.size() + 1 || h.start_.back() != h.docs_.size() ||
      h.wdfs_.size() != h.docs_.size()) {
    return failure(ErrorCode::kIndexDamaged, "the postings of a part are cut", "run `depeche check --repair`");
  }
  h.sidecar_ = std::move(sidecar);
  return h;
}

std::optional<Postings> HotPostings::find(std::string_view wanted) const {
  const std::size_t i = terms_.lower_bound(wanted);
  if (i == terms_.size() || terms_[i] != wanted) return std::nullopt;
  const std::size_t begin = start_[i], size = start_[i + 1] - begin;
  return Postings{docs_.subspan(begin, size), wdfs_.subspan(begin, size)};
}

}  // namespace depeche::searcher
