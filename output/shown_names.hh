// Which of a hit's names are shown with it: a few of each type, the telling ones first.
#pragma once

#include <string>
#include <vector>

#include "output/strings.hh"
#include "searcher/request.hh"

namespace depeche::output {

struct ShownName {
  schema::FieldId field = schema::FieldId::kOrg;
  std::string label;       // as the language writes it
  std::string value;       // the label as it is counted; of an amount empty
  std::size_t amount = 0;  // of an amount: its number among the hit's amounts
};

// At most six, in the order org, person, place, product, event, amount. Within a type, names of the query come first,
// then those that most of the answer's articles share.
std::vector<ShownName> shown_names(const searcher::Hit& hit, const searcher::SearchResponse& response,
                                   Language language);

}  // namespace depeche::output
