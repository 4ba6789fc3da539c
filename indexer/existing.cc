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

std::optional<Signature> ExistingArticles::signature(Place place) const {
  return unpack_signature(
      parts_[place.part].get_document(place.doc, Xapian::DOC_ASSUME_VALID).get_value(schema::kSignatureSlot));
}

std::string ExistingArticles::origin(Place place) const {
  const Xapian::Database& db = parts_[place.part];
  const std::string prefix(schema::kOriginPrefix);
  auto term = db.termlist_begin(place.doc);
  term.skip_to(prefix);
  const bool there = term != db.termlist_end(place.doc) && (*term).starts_with(prefix);
  return there ? (*term).substr(prefix.size()) : std::string();
}

std::vector<ExistingArticles::FromInput> ExistingArticles::from_inputs(std::vector<std::string> inputs) const {
  // Ordered by what lies below them: what is below another one is found with that.
  const auto below = [](const std::string& input) { return input + "/"; };
  std::sort(inputs.begin(), inputs.end(), [&](const auto& a, const auto& b) { return below(a) < below(b); });
  const auto covered = [&](const std::string& a, const std::string& b) { return below(b).starts_with(below(a)); };
  inputs.erase(std::unique(inputs.begin(), inputs.end(), covered), inputs.end());
  std::vector<FromInput> found;
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    const Xapian::Database& db = parts_[part];
    const auto take = [&](const std::string& term) {
      for (auto it = db.postlist_begin(term), last = db.postlist_end(term); it != last; ++it) {
        found.push_back({{part, *it}, term.substr(schema::kOriginPrefix.size())});
      }
    };
    for (const std::string& input : inputs) {
      take(schema::origin_term(input));
      const std::string beginning = std::string(schema::kOriginPrefix) + below(input);
      for (auto term = db.allterms_begin(beginning), end = db.allterms_end(beginning); term != end; ++term) take(*term);
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

}  // namespace depeche::indexer
