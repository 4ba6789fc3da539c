#include "indexer/existing.hh"

#include <cstring>

#include "schema/fields.hh"
#include "schema/terms.hh"

namespace depeche::indexer {
namespace {

std::uint64_t eight_bytes(const std::string& value) {
  std::uint64_t number = 0;
  if (value.size() == sizeof number) std::memcpy(&number, value.data(), sizeof number);
  return number;
}

}  // namespace

ExistingArticles::ExistingArticles(const schema::IndexFolder& folder) {
  for (std::size_t i = 0; i < folder.parts.size(); ++i) parts_.emplace_back(folder.part_path(i));
}

std::optional<ExistingArticles::Found> ExistingArticles::find(std::string_view id) const {
  const std::string term = schema::id_term(id);
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const auto it = parts_[part].postlist_begin(term);
    if (it == parts_[part].postlist_end(term)) continue;
    const std::string hash = parts_[part].get_document(*it, Xapian::DOC_ASSUME_VALID).get_value(schema::kHashSlot);
    return Found{{part, *it}, eight_bytes(hash)};
  }
  return std::nullopt;
}

std::vector<Place> ExistingArticles::from_inputs(const std::vector<std::string>& prefixes) const {
  std::vector<Place> places;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    for (const std::string& prefix : prefixes) {
      const std::string beginning = std::string(schema::kOriginPrefix) + prefix;
      for (auto term = parts_[part].allterms_begin(beginning), end = parts_[part].allterms_end(beginning); term != end;
           ++term) {
        for (auto it = parts_[part].postlist_begin(*term), last = parts_[part].postlist_end(*term); it != last; ++it) {
          places.push_back({part, *it});
        }
      }
    }
  }
  return places;
}

void ExistingArticles::load_groups(GroupFinder& finder) const {
  for (const Xapian::Database& db : parts_) {
    auto group = db.valuestream_begin(schema::kGroupSlot);
    for (auto it = db.valuestream_begin(schema::kSignatureSlot), end = db.valuestream_end(schema::kSignatureSlot);
         it != end; ++it) {
      const auto signature = unpack_signature(*it);
      group.skip_to(it.get_docid());
      if (signature) finder.add(*signature, eight_bytes(*group));
    }
  }
}

std::uint64_t ExistingArticles::count() const {
  std::uint64_t n = 0;
  for (const Xapian::Database& db : parts_) n += db.get_doccount();
  return n;
}

}  // namespace depeche::indexer
