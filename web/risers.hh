// What is spoken of more in the latest month of the index than before.
#pragma once

#include "core/date.hh"
#include "web/page.hh"

namespace depeche::web {

// The values whose share of the articles in the month of `latest` is above their share before by more than chance
// explains (a log-likelihood ratio that chance reaches once in a thousand), those that grew most first: as values for
// the overview, with how many times more frequent they are and their course over the last year. `articles` is the
// number of those in the index.
List risers(const Visit& visit, Day latest, std::uint64_t articles, std::size_t most);

}  // namespace depeche::web
