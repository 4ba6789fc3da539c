// Who takes part in an event: the names of its sentence, or the firm that "la start-up" stands for.
#pragma once

#include <string>
#include <vector>

#include "entities/events.hh"
#include "entities/names.hh"

namespace depeche::entities {

// The labels of the participants of `event`, in the order of the text, each once. Places take part where something is
// set up there. `names` are those of the document, labelled and in order.
std::vector<std::string> participants_of(const Document& document, const FoundEvent& event,
                                         const std::vector<NameSpan>& names);

}  // namespace depeche::entities
