// Articles like another one: the query that its most telling words are.
#pragma once

#include <string>
#include <vector>

#include <xapian.h>

#include "searcher/plan.hh"

namespace depeche::searcher {

// Words that are frequent in the document `doc` and rare in the index, joined by OR, without the article `id` itself.
// May throw Xapian::Error.
PlanNode similar_plan(const Xapian::Database& db, Xapian::docid doc, const std::string& id, std::uint64_t articles,
                      const Frequency& frequency);

}  // namespace depeche::searcher
