// libFuzzer target: any bytes as a text, as a query and as a phrase. What must always hold is checked, not only
// crashes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/support/analysis_checks.hh"
#include "tests/support/brute_match.hh"
#include "text/analyzer.hh"
#include "text/fold.hh"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace depeche;
  static text::Analyzer analyzer;
  static text::Analysis analysis;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);

  analyzer.analyze(bytes, analysis);
  const std::string broken = test::broken_invariant(bytes, analysis);
  require(broken.empty(), broken.c_str());
  const std::string terms = test::terms_of(analysis);
  {
    text::Analyzer fresh;
    fresh.analyze(bytes, analysis);
    require(terms == test::terms_of(analysis), "a warm cache changes the terms");
  }
  if (!analysis.tokens().empty() && size < 256) {
    text::QueryAnalyzer queries(analyzer);
    const auto groups = queries.words(bytes, [](std::string_view term) { return term.size() % 2 == 0; });
    require(!groups.empty() && test::brute_match(analysis, groups), "a text is not found by its own words");
    const auto phrase = queries.phrase(bytes);
    require(!phrase.empty(), "a text with tokens is no phrase");
  }
  text::fold(bytes);
  text::value_key(bytes);
  text::clean_label(bytes);
  return 0;
}
