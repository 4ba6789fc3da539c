#include "searcher/query_tree.hh"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace depeche::searcher {
namespace {

using Kind = QueryNode::Kind;

// A letter without marks, or a part of any other character.
bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

struct QuoteMark {
  std::string_view open, close;
};
constexpr QuoteMark kQuotes[] = {{"\"", "\""}, {"«", "»"}, {"“", "”"}};
constexpr std::string_view kBlanks[] = {" ", "\t", "\n", "\r", "\xC2\xA0", "\xE2\x80\xAF", "\xE3\x80\x80"};

std::size_t blank_at(std::string_view text) {
  for (const std::string_view blank : kBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

std::size_t word_count(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  while (!text.empty()) {
    const std::size_t blank = blank_at(text);
    if (blank == 0 && !inside) ++words;
    inside = blank == 0;
    text.remove_prefix(std::max<std::size_t>(1, blank));
  }
  return words;
}

enum class TokenKind { kWord, kQuoted, kOpen, kClose, kOr, kNot, kAnd, kNear, kMinus, kEnd };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  ByteRange range;
  std::string_view text;                 // of the word, or the inside of the quotes
  std::optional<schema::FieldId> field;  // "titre:" stood before it
  int distance = 0;                      // of NEAR
};

// Cuts the query into tokens. A field name belongs to the token behind its colon.
class Lexer {
 public:
  Lexer(std::string_view query, std::vector<QueryProblem>& problems) : query_(query), problems_(problems) {}

  std::vector<Token> tokens() {
    std::vector<Token> out;
    while (skip_blanks()) {
      if (!skip_unclosed_quote()) out.push_back(next());
    }
    out.push_back({TokenKind::kEnd, range(query_.size(), query_.size()), {}, {}, 0});
    return out;
  }

 private:
  static ByteRange range(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  std::string_view rest() const { return query_.substr(at_); }

  bool skip_blanks() {
    while (at_ < query_.size()) {
      const std::size_t blank = blank_at(rest());
      if (blank == 0) return true;
      at_ += blank;
    }
    return false;
  }

  // A quote that is never closed is text: passed over, as a blank.
  bool skip_unclosed_quote() {
    for (std::size_t i = 0; i < std::size(kQuotes); ++i) {
      const QuoteMark& quote = kQuotes[i];
      if (!rest().starts_with(quote.open)) continue;
      const std::size_t inside = at_ + quote.open.size();
      never_closed_[i] = never_closed_[i] || query_.find(quote.close, inside) == std::string_view::npos;
      if (!never_closed_[i]) return false;
      problems_.push_back({range(at_, inside), {NoteKind::kOpenQuote}});
      at_ = inside;
      return true;
    }
    return false;
  }

  Token next() {
    const std::size_t begin = at_;
    if (rest().front() == '(' || rest().front() == ')') {
      const TokenKind kind = rest().front() == '(' ? TokenKind::kOpen : TokenKind::kClose;
      ++at_;
      return {kind, range(begin, at_), {}, {}, 0};
    }
    if (rest().front() == '-' && rest().size() > 1 && blank_at(rest().substr(1)) == 0 && rest()[1] != '-') {
      ++at_;
      return {TokenKind::kMinus, range(begin, at_), {}, {}, 0};
    }
    const auto field = field_name();
    while (field && skip_unclosed_quote()) {
    }
    Token token = quoted_or_word();
    token.field = field;
    token.range.begin = static_cast<std::uint32_t>(begin);
    return token;
  }

  // "titre:" with something behind it: moves behind the colon. What has other signs than letters before its colon, as
  // "14:30" and "https://", is no field's name.
  std::optional<schema::FieldId> field_name() {
    const std::size_t colon = rest().find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 24) return std::nullopt;
    const std::string_view name = rest().substr(0, colon);
    if (!std::all_of(name.begin(), name.end(), is_letter_byte)) return std::nullopt;
    for (const QuoteMark& quote : kQuotes) {
      if (name.find(quote.open) != std::string_view::npos) return std::nullopt;
    }
    for (std::size_t i = 0; i < name.size(); ++i) {
      if (blank_at(name.substr(i)) != 0) return std::nullopt;
    }
    const std::string_view behind = rest().substr(colon + 1);
    if (behind.empty() || blank_at(behind) != 0 || behind.starts_with("//")) return std::nullopt;
    const auto field = schema::find_field(name);
    if (field && (behind.front() == '(' || behind.front() == ')')) {
      problems_.push_back({range(at_, at_ + colon + 1), {NoteKind::kFieldOfParentheses}});
      return std::nullopt;
    }
    if (!field) {
      problems_.push_back({range(at_, at_ + colon + 1), {NoteKind::kUnknownField, std::string(name)}});
      return std::nullopt;
    }
    at_ += colon + 1;
    return field;
  }

  Token quoted_or_word() {
    const std::size_t begin = at_;
    for (const QuoteMark& quote : kQuotes) {
      if (!rest().starts_with(quote.open)) continue;
      const std::size_t inside = at_ + quote.open.size();
      const std::size_t close = query_.find(quote.close, inside);
      if (close == std::string_view::npos) break;
      at_ = close + quote.close.size();
      return {TokenKind::kQuoted, range(begin, at_), query_.substr(inside, close - inside), {}, 0};
    }
    while (at_ < query_.size() && !ends_word()) ++at_;
    const std::string_view word = query_.substr(begin, at_ - begin);
    return operator_or_word(word, range(begin, at_));
  }

  bool ends_word() const {
    if (blank_at(rest()) != 0 || rest().front() == ')') return true;
    return rest().front() == '(' || rest().front() == '"' || rest().starts_with("«") || rest().starts_with("“");
  }

  static Token operator_or_word(std::string_view word, ByteRange where) {
    if (word == "OR" || word == "OU") return {TokenKind::kOr, where, word, {}, 0};
    if (word == "NOT" || word == "SAUF") return {TokenKind::kNot, where, word, {}, 0};
    if (word == "AND") return {TokenKind::kAnd, where, word, {}, 0};
    if (word.starts_with("NEAR")) {
      if (word == "NEAR") return {TokenKind::kNear, where, word, {}, 10};
      const std::string_view number = word.substr(4);
      if (number.size() >= 2 && number.size() <= 3 && number[0] == '/' &&
          number.find_first_not_of("0123456789", 1) == std::string_view::npos) {
        return {TokenKind::kNear, where, word, {}, std::stoi(std::string(number.substr(1)))};
      }
    }
    return {TokenKind::kWord, where, word, {}, 0};
  }

  std::string_view query_;
  std::vector<QueryProblem>& problems_;
  std::size_t at_ = 0;
  std::array<bool, std::size(kQuotes)> never_closed_{};  // no closing mark stands behind at_
};

class Parser {
 public:
  Parser(std::string_view query, std::vector<QueryProblem>& problems)
      : problems_(problems), tokens_(Lexer(query, problems).tokens()) {}

  QueryNode parse() {
    std::vector<QueryNode> parts;
    while (peek().kind != TokenKind::kEnd) {
      parts.push_back(parse_or(0));
      if (peek().kind == TokenKind::kClose) {
        note(peek(), {NoteKind::kExtraParenthesis});
        ++at_;
      }
    }
    return join(Kind::kAnd, std::move(parts));
  }

 private:
  const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  void note(const Token& token, Note what) { problems_.push_back({token.range, std::move(what)}); }

  static bool begins_operand(TokenKind kind) {
    return kind == TokenKind::kWord || kind == TokenKind::kQuoted || kind == TokenKind::kOpen;
  }
  static bool begins_factor(TokenKind kind) {
    return begins_operand(kind) || kind == TokenKind::kNot || kind == TokenKind::kMinus;
  }

  // One child stands for itself; none is everything. Neighbouring plain words become one run again, so that the
  // analysis sees "start up" as neighbours.
  QueryNode join(Kind kind, std::vector<QueryNode> parts) {
    std::vector<QueryNode> kept;
    for (QueryNode& part : parts) {
      if (part.kind == Kind::kAll) continue;
      if (part.kind == kind) {
        for (QueryNode& child : part.children) kept.push_back(std::move(child));
      } else if (kind == Kind::kAnd && part.kind == Kind::kWords && !kept.empty() &&
                 kept.back().kind == Kind::kWords) {
        kept.back().text += " " + part.text;
        kept.back().range.end = part.range.end;
      } else {
        kept.push_back(std::move(part));
      }
    }
    if (kept.empty()) return {};
    if (kept.size() == 1) return std::move(kept.front());
    QueryNode node;
    node.kind = kind;
    node.range = {kept.front().range.begin, kept.back().range.end};
    node.children = std::move(kept);
    return node;
  }

  QueryNode parse_or(int depth) {
    std::vector<QueryNode> parts;
    parts.push_back(parse_and(depth));
    while (peek().kind == TokenKind::kOr) {
      const Token& op = tokens_[at_++];
      if (!begins_factor(peek().kind) || parts.front().kind == Kind::kAll) {
        note(op, {NoteKind::kLoneOperator, std::string(op.text)});
        QueryNode words = plain(op);
        parts.back() = join(Kind::kAnd, two(std::move(parts.back()), std::move(words)));
        if (begins_factor(peek().kind))
          parts.back() = join(Kind::kAnd, two(std::move(parts.back()), parse_and(depth)));
        continue;
      }
      parts.push_back(parse_and(depth));
    }
    return join(Kind::kOr, std::move(parts));
  }

  static std::vector<QueryNode> two(QueryNode a, QueryNode b) {
    std::vector<QueryNode> out;
    out.push_back(std::move(a));
    out.push_back(std::move(b));
    return out;
  }

  QueryNode parse_and(int depth) {
    std::vector<QueryNode> parts;
    for (;;) {
      const Token& token = peek();
      if (token.kind == TokenKind::kAnd) {
        ++at_;  // what stands beside each other is joined by AND anyway
        if (parts.empty() || !begins_factor(peek().kind)) {
          note(token, {NoteKind::kLoneOperator, std::string(token.text)});
          parts.push_back(plain(token));
        }
      } else if (token.kind == TokenKind::kNear) {
        ++at_;
        note(token, {NoteKind::kLoneOperator, std::string(token.text)});
        parts.push_back(plain(token));
      } else if (begins_factor(token.kind)) {
        parts.push_back(parse_factor(depth));
      } else {
        return join(Kind::kAnd, std::move(parts));
      }
    }
  }

  QueryNode parse_factor(int depth) {
    const Token& token = peek();
    if (token.kind != TokenKind::kNot && token.kind != TokenKind::kMinus) return parse_near(depth);
    std::size_t operators = 0;
    while (peek().kind == TokenKind::kNot || peek().kind == TokenKind::kMinus) ++at_, ++operators;
    if (!begins_operand(peek().kind)) {
      note(token, {NoteKind::kNothingToExclude});
      return token.kind == TokenKind::kMinus ? QueryNode{} : plain(token);
    }
    QueryNode operand = parse_operand(depth);
    if (operators % 2 == 0) return operand;
    QueryNode node;
    node.kind = Kind::kNot;
    node.range = {token.range.begin, operand.range.end};
    node.children.push_back(std::move(operand));
    return node;
  }

  QueryNode parse_near(int depth) {
    QueryNode first = parse_operand(depth);
    if (peek().kind != TokenKind::kNear || !can_be_near(first)) return first;
    QueryNode node;
    node.kind = Kind::kNear;
    node.range = first.range;
    node.children.push_back(std::move(first));
    while (peek().kind == TokenKind::kNear && begins_operand(peek(1).kind) && peek(1).kind != TokenKind::kOpen) {
      const Token& op = tokens_[at_++];
      if (op.distance < 1 || op.distance > kMaxNear) {
        note(op, {NoteKind::kNearDistance, std::to_string(kMaxNear)});
      }
      node.distance = std::max(node.distance, std::clamp(op.distance, 1, kMaxNear));
      node.children.push_back(parse_operand(depth));
      node.range.end = node.children.back().range.end;
    }
    if (node.children.size() == 1) return std::move(node.children.front());
    const bool fits = std::all_of(node.children.begin(), node.children.end(), can_be_near);
    if (!fits) {
      problems_.push_back({node.range, {NoteKind::kNearOperands}});
      node.kind = Kind::kAnd;
    }
    return node;
  }

  static bool can_be_near(const QueryNode& node) { return node.kind == Kind::kWords || node.kind == Kind::kPhrase; }

  QueryNode parse_operand(int depth) {
    const Token& token = tokens_[at_++];
    if (token.kind != TokenKind::kOpen) return leaf(token);
    if (depth >= kMaxQueryDepth) {
      if (!too_deep_) note(token, {NoteKind::kTooDeep, std::to_string(kMaxQueryDepth)});
      too_deep_ = true;
      return skip_nested();
    }
    QueryNode inside = parse_or(depth + 1);
    if (peek().kind == TokenKind::kClose) {
      ++at_;
    } else {
      note(token, {NoteKind::kOpenParenthesis});
    }
    return inside;
  }

  // Too deep: the words up to the closing parenthesis, without their operators.
  QueryNode skip_nested() {
    std::vector<QueryNode> words;
    for (std::size_t open = 1; open > 0 && peek().kind != TokenKind::kEnd; ++at_) {
      if (peek().kind == TokenKind::kOpen) ++open;
      if (peek().kind == TokenKind::kClose) --open;
      if (peek().kind == TokenKind::kWord || peek().kind == TokenKind::kQuoted) words.push_back(leaf(peek()));
    }
    return join(Kind::kAnd, std::move(words));
  }

  static QueryNode plain(const Token& token) {
    QueryNode node;
    if (token.text.empty()) return node;
    node.kind = Kind::kWords;
    node.text = token.text;
    node.range = token.range;
    return node;
  }

  QueryNode leaf(const Token& token) {
    QueryNode node = token.kind == TokenKind::kQuoted ? phrase(token) : word(token);
    if (!token.field) return node;
    if (word_count(token.text) == 0) {
      note(token, {NoteKind::kNothingAfterField});
      return {};
    }
    QueryNode field;
    field.kind = Kind::kField;
    field.field = *token.field;
    field.range = token.range;
    field.text = token.text;
    if (schema::field(*token.field).kind == schema::FieldKind::kText) field.children.push_back(std::move(node));
    return field;
  }

  QueryNode phrase(const Token& token) {
    QueryNode node = plain(token);
    const std::size_t words = word_count(token.text);
    if (words == 0) return {};
    if (words > kMaxPhraseWords) {
      note(token, {NoteKind::kLongPhrase, std::to_string(kMaxPhraseWords)});
    } else {
      node.kind = Kind::kPhrase;
    }
    return node;
  }

  QueryNode word(const Token& token) {
    QueryNode node = plain(token);
    if (token.text.size() < 2 || token.text.back() != '*') return node;
    std::string_view stem = token.text;
    while (!stem.empty() && stem.back() == '*') stem.remove_suffix(1);
    const auto letters = static_cast<std::size_t>(std::count_if(
        stem.begin(), stem.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    if (letters < kMinWildcardLetters || wildcards_ >= kMaxWildcards || stem.find('*') != std::string_view::npos) {
      note(token, letters < kMinWildcardLetters ? Note{NoteKind::kShortPrefix, std::to_string(kMinWildcardLetters)}
                                                : Note{NoteKind::kManyPrefixes, std::to_string(kMaxWildcards)});
      node.text = stem;
      return stem.empty() ? QueryNode{} : node;
    }
    ++wildcards_;
    node.kind = Kind::kPrefix;
    node.text = stem;
    return node;
  }

  std::vector<QueryProblem>& problems_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t wildcards_ = 0;
  bool too_deep_ = false;
};

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::kAll:
      return "all";
    case Kind::kWords:
      return "words";
    case Kind::kPhrase:
      return "phrase";
    case Kind::kPrefix:
      return "prefix";
    case Kind::kNear:
      return "near";
    case Kind::kField:
      return "field";
    case Kind::kAnd:
      return "and";
    case Kind::kOr:
      return "or";
    case Kind::kNot:
      return "not";
  }
  return "";
}

}  // namespace

ParsedQuery parse_query(std::string_view query) {
  ParsedQuery out;
  out.root = Parser(query, out.problems).parse();
  return out;
}

std::string to_string(const QueryNode& node) {
  std::string out = "(" + std::string(kind_name(node.kind));
  if (node.kind == Kind::kField) out += " " + std::string(schema::field(node.field).name);
  if (node.kind == Kind::kNear) out += " " + std::to_string(node.distance);
  if (node.children.empty() && !node.text.empty()) out += " " + node.text;
  for (const QueryNode& child : node.children) out += " " + to_string(child);
  return out + ")";
}

}  // namespace depeche::searcher
