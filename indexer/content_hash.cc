#include "indexer/content_hash.hh"

#include "core/hash.hh"

namespace depeche::indexer {
namespace {

class Hash {
 public:
  // Each value with its size, so that no two articles are the same row of bytes.
  void add(std::string_view value) {
    add(value.size());
    value_ = fnv1a(value, value_);
  }
  void add(std::size_t number) {
    for (; number > 0; number >>= 8) value_ = (value_ ^ (number & 0xFF)) * kFnvPrime;
    value_ *= kFnvPrime;
  }
  void add(const std::vector<std::string>& list) {
    add(list.size());
    for (const std::string& value : list) add(std::string_view(value));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = kFnvStart;
};

}  // namespace

std::uint64_t content_hash(const Article& article, std::string_view extractor) {
  Hash hash;
  for (const std::string* field : {&article.id, &article.title, &article.text, &article.url, &article.source}) {
    hash.add(std::string_view(*field));
  }
  hash.add(article.authors);
  hash.add(article.date ? to_iso(*article.date, true) : std::string());
  hash.add(article.given.size());
  for (const auto& [name, labels] : article.given) {
    hash.add(std::string_view(name));
    hash.add(labels);
  }
  hash.add(std::string_view(article.extra));
  hash.add(extractor);
  return hash.value();
}

}  // namespace depeche::indexer
