#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/search_options.hh"
#include "cli/terminal.hh"
#include "output/csv.hh"
#include "output/facet_url.hh"
#include "output/json.hh"
#include "output/text.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

struct FacetOptions {
  std::string field, prefix, sort = "count";
  std::size_t limit = SIZE_MAX, offset = 0;
  QueryOptions query;
};

Result<Outcome> run_facets(const Globals& globals, const FacetOptions& options) {
  const auto format = format_among(globals, "text|json|csv");
  if (!format) return tl::unexpected(format.error());
  const auto field = searcher::parse_filter(options.field + "=x");  // for its message about unknown fields
  if (!field) return tl::unexpected(field.error());
  const schema::Field& entry = schema::field(field->field);
  if (entry.kind != schema::FieldKind::kFacet && entry.kind != schema::FieldKind::kRange) {
    return failure(ErrorCode::kUsage, "the field " + options.field + " is not counted", "see `depeche facets --help`");
  }
  if (options.sort != "count" && options.sort != "value") {
    return failure(ErrorCode::kUsage, "there is no order \"" + options.sort + "\"", "orders are count, value");
  }
  auto state = state_of(options.query);
  if (!state) return tl::unexpected(state.error());
  const bool is_range = entry.kind == schema::FieldKind::kRange;
  searcher::SearchRequest& request = state->request;
  request.limit = 0;
  request.snippets = false;
  request.histograms = is_range;
  output::FacetPage page;
  page.request.field = field->field;
  page.request.size = options.limit;
  page.request.offset = options.offset;
  page.request.prefix = options.prefix;
  page.request.order = options.sort == "value" ? searcher::ValueOrder::kLabel : searcher::ValueOrder::kCount;
  if (!is_range) request.facets.push_back(page.request);
  page.state = *state;
  page.path = "/facets/" + std::string(entry.name) + ".json";

  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, false});
  if (!index) return tl::unexpected(index.error());
  const auto response = (*index)->search(request);
  if (!response) return tl::unexpected(response.error());
  std::string text;
  if (is_range) {
    text = *format == "json" ? output::histogram_json(field->field, *response) + "\n"
                             : output::histogram_text(field->field, *response, output_style());
  } else if (*format == "json") {
    text = output::facet_json(page, *response) + "\n";
  } else if (*format == "csv") {
    text = output::facet_csv(response->facets.front());
  } else {
    text = output::facet_text(response->facets.front(), output_style());
  }
  if (*format == "text") {
    for (const std::string& note : response->notes) report_note(note);
  }
  if (auto written = write_out(text); !written) return tl::unexpected(written.error());
  return response->total > 0 ? Outcome::kDone : Outcome::kNothing;
}

}  // namespace

void setup_facets(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<FacetOptions>();
  CLI::App* command = app.add_subcommand("facets", "Every value of one field with its count, or the histogram of a range field");
  command->add_option("field", options->field, "org, person, place, product, event, topic, source, agency, date, amount")->required()->type_name("FIELD");
  add_query_options(*command, options->query);
  command->add_option("--limit", options->limit, "Values to show; default: all");
  command->add_option("--offset", options->offset, "Values to pass over first");
  command->add_option("--prefix", options->prefix, "Only values with a word that begins so");
  command->add_option("--sort", options->sort, "count or value")->capture_default_str();
  command->footer("Example: depeche facets org \"levée de fonds\" --limit 20");
  command->callback([&globals, options] { globals.chosen = [&globals, options] { return run_facets(globals, *options); }; });
}

}  // namespace depeche::cli
