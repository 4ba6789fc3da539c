// Feeds: RSS 2.0 and its forerunners, RSS 1.0 (RDF), Atom.
#pragma once

#include "ingest/reader.hh"

namespace depeche::ingest {

// Each item is parsed by itself, so that a broken one spoils no other and those of a cut feed are kept. `encoding` is
// from an HTTP header; may be empty. Podcasts are skipped.
void parse_feed(const RawRecord& raw, std::string_view bytes, std::string_view encoding, const ReadOptions& options,
                ArticleSink& sink);

}  // namespace depeche::ingest
