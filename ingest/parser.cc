#include "ingest/deliver.hh"
#include "ingest/jsonl.hh"
#include "ingest/reader.hh"
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
      case Format::kFeed:
      case Format::kWarc:
      case Format::kAuto:
      case Format::kTxt:
        return parse_txt(raw, sink);
    }
  }

 private:
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
