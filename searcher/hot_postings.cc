#include "searcher/hot_postings.hh"

namespace depeche::searcher {

using namespace schema::hot;

Result<HotPostings> HotPostings::open(std::shared_ptr<const schema::Sidecar> sidecar) {
  HotPostings h;
  h.terms_ = {*sidecar, kTermOffset, kTermBytes};
  h.start_ = sidecar->array<std::uint64_t>(kBlockStart);
  h.docs_ = sidecar->array<std::uint16_t>(kDocs);
  h.wdfs_ = sidecar->array<std::uint8_t>(kWdfs);
  const bool whole = h.terms_.is_whole() && !h.start_.empty() && h.start_.back() == h.docs_.size() &&
                     h.wdfs_.size() == h.docs_.size();
  const std::size_t terms = whole ? h.terms_.size() : 0;
  if (!whole || (terms == 0 ? h.start_.size() != 1 : (h.start_.size() - 1) % terms != 0)) {
    return failure(ErrorCode::kIndexDamaged, "the postings of a part are cut", "run `depeche check --repair`");
  }
  if (terms > 0) h.blocks_ = (h.start_.size() - 1) / terms;
  h.sidecar_ = std::move(sidecar);
  return h;
}

std::optional<Postings> HotPostings::find(std::string_view wanted) const {
  const std::size_t i = terms_.lower_bound(wanted);
  if (i == terms_.size() || terms_[i] != wanted) return std::nullopt;
  return Postings{start_.subspan(i * blocks_, blocks_ + 1), docs_, wdfs_};
}

}  // namespace depeche::searcher
