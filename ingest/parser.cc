#include "ingest/deliver.hh"
#include "ingest/feed.hh"
#include "ingest/html.hh"
#include "ingest/http_message.hh"
#include "ingest/jsonl.hh"
#include "ingest/language.hh"
#include "ingest/reader.hh"
#include "ingest/sniff.hh"
#include "ingest/txt.hh"

namespace depeche::ingest {

class ArticleParserImpl {
 public:
  explicit ArticleParserImpl(ReadOptions options) : options_(std::move(options)) {}

  void parse(const RawRecord& raw, ArticleSink& sink) {
    switch (raw.format) {
      case Format::kJsonl:
        return jsonl_.parse(raw, sink);
      case Format::kHtml:
        return parse_page(raw, raw.bytes, {}, sink);
      case Format::kFeed:
        return parse_feed(raw, raw.bytes, {}, options_, sink);
      case Format::kWarc:
        return parse_response(raw, sink);
      case Format::kAuto:
      case Format::kTxt:
        break;
    }
    parse_txt(raw, sink);
  }

 private:
  void parse_page(const RawRecord& raw, std::string_view bytes, std::string_view encoding, ArticleSink& sink) {
    PageContext context{.url = raw.url, .encoding = encoding, .fetched = {}};
    if (!raw.url.empty()) context.fetched = raw.fetched;  // an archive's file date says little
    auto article = read_page(bytes, context);
    if (!article) return sink.reject(raw.where, article.error().message);
    if (article->source.empty()) article->source = raw.source;
    if (options_.french_only && is_clearly_not_french(article->text)) return sink.skip(raw.where, "is not in French");
    deliver(std::move(*article), raw.path_id, raw.where, sink);
  }

  void parse_response(const RawRecord& raw, ArticleSink& sink) {
    const auto response = read_http_response(raw.bytes, options_.max_record_bytes);
    if (!response) return sink.reject(raw.where, response.error().message);
    if (response->status != 200) {
      return sink.skip(raw.where, "is an HTTP answer with status " + std::to_string(response->status));
    }
    const auto format = sniff_format(std::string_view(response->body).substr(0, kSniffSize), {});
    if (format && *format == Format::kFeed) return parse_feed(raw, response->body, response->charset, options_, sink);
    const bool is_page =
        (format && *format == Format::kHtml) || response->content_type.find("html") != std::string::npos;
    if (!is_page) return sink.skip(raw.where, "is no page but " + response->content_type);
    parse_page(raw, response->body, response->charset, sink);
  }

  ReadOptions options_;
  JsonlParser jsonl_;
};

ArticleParser::ArticleParser(ReadOptions options) : impl_(std::make_unique<ArticleParserImpl>(std::move(options))) {}
ArticleParser::~ArticleParser() = default;
ArticleParser::ArticleParser(ArticleParser&&) noexcept = default;
void ArticleParser::parse(const RawRecord& raw, ArticleSink& sink) {
  impl_->parse(raw, sink);
}

}  // namespace depeche::ingest
