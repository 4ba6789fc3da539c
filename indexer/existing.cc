#include "indexer/existing.hh"

#include <algorithm>
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

std::vector<ExistingArticles::FromInput> ExistingArticles::from_inputs(std::vector<std::string> prefixes) const {
  std::sort(prefixes.begin(), prefixes.end());  // of folders: different ones have no files in common
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  std::vector<FromInput> found;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const Xapian::Database& db = parts_[part];
    for (const std::string& prefix : prefixes) {
      const std::string beginning = std::string(schema::kOriginPrefix) + prefix;
      for (auto term = db.allterms_begin(beginning), end = db.allterms_end(beginning); term != end; ++term) {
        const std::string name = *term;
        for (auto it = db.postlist_begin(name), last = db.postlist_end(name); it != last; ++it) {
          found.push_back({{part, *it}, name.substr(schema::kOriginPrefix.size())});
        }
      }
    }
  }
  return found;
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
