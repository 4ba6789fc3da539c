#include <CLI/CLI.hpp>

#include "cli/command.hh"
#include "cli/options.hh"
#include "cli/search_options.hh"
#include "cli/terminal.hh"
#include "output/csv.hh"
#include "output/facet_url.hh"
#include "output/json.hh"
#include "output/text.hh"
#include "searcher/searcher.hh"

namespace depeche::cli {
namespace {

constexpr std::string_view kFormats = "text|json|csv";

struct FacetOptions {
  std::string field, prefix, with, sort = "count";
  std::size_t limit = SIZE_MAX, offset = 0;  // SIZE_MAX: all
  QueryOptions query;
};

std::string values(const output::FacetPage& page, const searcher::SearchResponse& response,
                   const std::string& format) {
  if (format == "json") return output::facet_json(page, response) + "\n";
  if (format == "csv") return output::facet_csv(response.facets.front());
  return output::facet_text(response.facets.front(), output_style());
}

std::string histogram(schema::FieldId field, const searcher::SearchResponse& response, const std::string& format) {
  if (format == "json") return output::histogram_json(field, response) + "\n";
  if (format == "csv") return output::histogram_csv(field, response);
  return output::histogram_text(field, response, output_style());
}

std::string pairs(const searcher::PairRequest& request, const searcher::SearchResponse& response,
                  const std::string& format) {
  if (format == "json") return output::pairs_json(request, response) + "\n";
  if (format == "csv") return output::pairs_csv(*response.pairs);
  return output::pairs_text(*response.pairs, output_style());
}

bool has_values(schema::FieldId field, const searcher::SearchResponse& response) {
  if (field == schema::FieldId::kDate) return response.dates && !response.dates->buckets.empty();
  if (field == schema::FieldId::kAmount) return response.amounts && !response.amounts->buckets.empty();
  return !response.facets.front().values.empty();
}

Result<Outcome> run_facets(const Globals& globals, const FacetOptions& options) {
  const auto format = format_among(globals, kFormats);
  if (!format) return tl::unexpected(format.error());
  const auto field = field_named(options.field);
  if (!field) return tl::unexpected(field.error());
  const schema::Field& entry = schema::field(*field);
  if (entry.kind != schema::FieldKind::kFacet && entry.kind != schema::FieldKind::kRange) {
    return failure(ErrorCode::kUsage, "the field " + options.field + " is not counted",
                   "see `depeche facets --help`");
  }
  const auto order = output::value_order_from_name(options.sort);
  if (!order) {
    return failure(ErrorCode::kUsage, "there is no order \"" + options.sort + "\"", "orders are count, value, unusual");
  }
  auto state = state_of(options.query);
  if (!state) return tl::unexpected(state.error());
  const bool is_range = entry.kind == schema::FieldKind::kRange;
  output::FacetPage page;
  page.request.field = *field;
  page.request.size = options.limit;
  page.request.offset = options.offset;
  page.request.prefix = options.prefix;
  page.request.order = *order;
  page.state = *state;
  page.path = "/facets/" + std::string(entry.name) + ".json";
  searcher::SearchRequest request = state->request;
  request.limit = 0;
  request.snippets = false;
  request.histograms = is_range;
  if (!is_range) request.facets.push_back(page.request);
  if (!options.with.empty()) {
    const auto other = field_named(options.with);
    if (!other) return tl::unexpected(other.error());
    request.pairs = searcher::PairRequest{*field, *other, options.limit};
  }

  auto index = searcher::Searcher::open(index_path(globals), {globals.gazetteer, false});
  if (!index) return tl::unexpected(index.error());
  const auto response = (*index)->search(request);
  if (!response) return tl::unexpected(response.error());
  if (*format == "text") report_notes(response->notes);
  if (request.pairs) {
    const std::string text = pairs(*request.pairs, *response, *format);
    if (auto written = write_out(text); !written) return tl::unexpected(written.error());
    return response->pairs->pairs.empty() ? Outcome::kNothing : Outcome::kDone;
  }
  const std::string text = is_range ? histogram(*field, *response, *format) : values(page, *response, *format);
  if (auto written = write_out(text); !written) return tl::unexpected(written.error());
  return has_values(*field, *response) ? Outcome::kDone : Outcome::kNothing;
}

}  // namespace

void setup_facets(CLI::App& app, Globals& globals) {
  auto options = std::make_shared<FacetOptions>();
  CLI::App* command =
      app.add_subcommand("facets", "Every value of one field with its count, or the histogram of a range field");
  command
      ->add_option("field", options->field, "org, person, place, product, event, topic, source, agency, date, amount")
      ->required()
      ->type_name("FIELD");
  add_query_options(*command, options->query);
  add_number(*command, "--limit", options->limit, 1, SIZE_MAX, "Values to show; default: all");
  add_number(*command, "--offset", options->offset, 0, SIZE_MAX, "Values to pass over first");
  add_text(*command, "--prefix", options->prefix, "TEXT", "Only values with a word that begins so");
  add_text(*command, "--sort", options->sort, "ORDER", "count, value, or unusual: what is more frequent here than in the whole index")
      ->capture_default_str();
  add_text(*command, "--with", options->with, "FIELD", "Pairs instead: values of both fields in the same articles");
  end_help(*command, kFormats, "depeche facets org \"levée de fonds\" --limit 20");
  command->callback(
      [&globals, options] { globals.chosen = [&globals, options] { return run_facets(globals, *options); }; });
}

}  // namespace depeche::cli
