// How much work a plan is, before it is run.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "searcher/plan.hh"

namespace depeche::searcher {

struct PlanWork {
  std::uint64_t matches = 0;   // about: words are a little more often together than by chance
  std::uint64_t postings = 0;  // looked at, about; verifying a phrase in an article counts as several
};

// `frequency` tells how many articles have a term; `articles` are all.
PlanWork work_of(const PlanNode& plan, std::uint64_t articles,
                 const std::function<std::uint64_t(std::string_view)>& frequency);

}  // namespace depeche::searcher
