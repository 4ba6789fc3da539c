// Numbers as the French write them, in one canonical form: 1 000 and 1.000 → 1000, 6,6 → 6.6, 2.0.1 as it is.
#pragma once

#include <cstddef>
#include <string>

#include "text/normalise.hh"

namespace depeche::text {

// The number at `at` (a digit), its inner points and commas included: the index behind it, and its canonical form.
std::size_t read_number(const SourceText& text, std::size_t at, std::string& canonical);

// May it head a number in groups: one to three digits?
bool is_group_head(std::string_view canonical);
// May it follow as the next group: three digits, the last group with decimals ("234.5")?
bool is_group_tail(std::string_view canonical);

}  // namespace depeche::text
