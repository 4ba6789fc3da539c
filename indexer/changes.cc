#include "indexer/changes.hh"

#include <algorithm>

namespace depeche::indexer {

void ParsedRecord::article(Article&& article, std::string_view where) {
  Candidate& candidate = articles.emplace_back();
  candidate.stored.article = std::move(article);
  candidate.where = where;
  candidate.origin = origin;
}

void ParsedRecord::reject(std::string_view where, std::string_view why) {
  refused.push_back({std::string(where), std::string(why)});
}

std::vector<Candidate> Changes::admit(ParsedRecord&& record) {
  refuse(record.before);
  summary.skipped += record.skipped;
  for (const ParsedRecord::Refusal& r : record.refused) refuse(r.where, r.why);
  if (options_.sync_deleted && !record.refused.empty()) spoilt_origins_.insert(record.origin);
  std::vector<Candidate> kept;
  for (Candidate& c : record.articles) {
    if (const char* first = seen_.first_place(c.stored.article.id, c.where)) {
      refuse(c.where, "id \"" + c.stored.article.id + "\" was met before, in " + first);
      continue;
    }
    ++summary.read;
    if (c.existing && c.existing->content_hash == c.stored.content_hash && !c.moved) {
      ++summary.unchanged;
      continue;
    }
    if (c.existing) {
      ++summary.updated;
      deletions_[c.existing->place.part].push_back(c.existing->place.doc);
    } else {
      ++summary.added;
    }
    if (!options_.dry_run) kept.push_back(std::move(c));
  }
  return kept;
}

void Changes::refuse(const std::vector<ingest::Rejection>& rejections) {
  for (const ingest::Rejection& r : rejections) {
    refuse(r.where, r.why);
    if (r.unreadable) ++summary.unreadable;
    if (options_.sync_deleted) spoilt_places_.push_back(r.where);
  }
}

void Changes::refuse(std::string_view where, std::string_view why) {
  ++summary.rejected;
  progress_.reject(where, why);
}

void Changes::delete_what_is_gone(const schema::IndexFolder& index, const std::vector<std::string>& covered) {
  std::vector<Xapian::Database> parts;
  for (std::size_t i = 0; i < index.parts.size(); ++i) parts.emplace_back(index.part_path(i));
  std::string buffer;
  for (const auto& [place, origin] : ExistingArticles(index).from_inputs(covered)) {
    const std::string data = parts[place.part].get_document(place.doc).get_data();
    const auto article = schema::decode_summary(data, buffer);
    if (!article || seen_.contains(article->id) || may_still_be_there(origin)) continue;
    deletions_[place.part].push_back(place.doc);
    ++summary.deleted;
  }
}

bool Changes::may_still_be_there(const std::string& origin) const {
  if (spoilt_origins_.contains(origin)) return true;
  const std::string path = origin.substr(std::min(origin.find('/'), origin.size()));  // below the folder: "/2024/a.jsonl"
  return std::any_of(spoilt_places_.begin(), spoilt_places_.end(), [&](const std::string& where) {
    for (std::size_t end = path.size(); end != 0 && end != std::string::npos; end = path.rfind('/', end - 1)) {
      if (where.ends_with(std::string_view(path).substr(0, end))) return true;  // the file, or a folder it is in
    }
    return false;
  });
}

}  // namespace depeche::indexer
