// Pieces that several texts for the terminal are made of.
#pragma once

#include <string>
#include <vector>

#include "output/terminal.hh"
#include "output/typography.hh"
#include "searcher/request.hh"

namespace depeche::output {

using Lines = std::vector<std::string>;

inline constexpr Language kData = Language::kFrench;  // what is shown of articles on a terminal

std::size_t usable_width(const TextStyle& style);  // between 40 and 120
std::string join(const std::vector<std::string>& pieces, std::string_view separator);
void append_indented(Lines& lines, const Lines& more, std::size_t indent);
std::string to_text(const Lines& lines, const TextStyle& style);  // without blanks at the ends of lines

char type_mark(schema::FieldId field);
// "org OpenAI, Nvidia · personne Sam Altman · montant 6,6 Md$"
std::string entity_line(const searcher::Hit& hit, const searcher::SearchResponse& response);
// One hit of the answer: title, slug line, snippet, entities.
Lines hit_lines(const searcher::Hit& hit, const searcher::SearchResponse& response, std::size_t rank,
                std::size_t width);
// "▁▃█" for counts from 0 to `max`.
std::string spark(std::uint64_t count, std::uint64_t max);
struct YearCount {
  int year = 0;
  std::uint64_t count = 0;
};
std::vector<YearCount> counts_by_year(const searcher::DateHistogram& dates);

}  // namespace depeche::output
