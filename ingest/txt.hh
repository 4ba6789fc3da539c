// One article a file: an optional date on the first line, paragraphs with blank lines between them, no title.
#pragma once

#include "ingest/reader.hh"

namespace depeche::ingest {

void parse_txt(const RawRecord& raw, ArticleSink& sink);

}  // namespace depeche::ingest
