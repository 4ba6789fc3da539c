// Forms of a string that compare equal when a French reader would call them the same.
#pragma once

#include <string>
#include <string_view>

namespace depeche::text {

// NFKC, lower case, marks dropped, œ→oe æ→ae ø→o ł→l ß→ss, every apostrophe → '.  "Élysée" → "elysee".
std::string fold(std::string_view text);

// The key that facet values are matched by: fold(), then each run of anything but letters and digits is one hyphen,
// none at the ends. "Mistral AI" → "mistral-ai", "États-Unis" → "etats-unis". A text without letters and digits is
// its own key.
std::string value_key(std::string_view label);

// What two labels share when they are spellings of one value: the key, and the "+" and "#" that tell C++ from C#, and
// Disney+ from Disney.
std::string value_identity(std::string_view label);

// The first letter in lower case: "Élysée" → "élysée".
std::string with_small_initial(std::string_view word);

// NFC, white space trimmed and folded to single blanks: the form in which given labels are kept.
std::string clean_label(std::string_view label);

// Sort key for French collation (ICU, fr, primary to tertiary): compare keys bytewise.
std::string collation_key(std::string_view label);

}  // namespace depeche::text
