// Small logic-less templates, in the manner of Mustache:
//
//   {{name}}            the value, escaped; SafeHtml and Url go in as their types say
//   {{#name}}…{{/name}} for each element of a list; once for an object (whose names are then seen first), a text that
//                       is not empty, or true
//   {{?name}}…{{/name}} once, in the same scope, when {{#name}} would give something
//   {{^name}}…{{/name}} when {{#name}} would give nothing
//   {{>part}}           another template, in the same scope
//   {{t.key}}           a text of the reader's language
//
// There is no raw insertion. In href, src, action and formaction only a Url is taken: anything else gives "#".
// Names are looked up from the innermost scope outwards; one that is nowhere is empty.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.hh"
#include "output/strings.hh"
#include "web/html.hh"

namespace depeche::web {

class Value;
using List = std::vector<Value>;

// Names and values in the order they were set. Names must be literals: they are not copied.
class Object {
 public:
  Object& set(std::string_view name, Value value);
  const Value* find(std::string_view name) const;

 private:
  std::vector<std::pair<std::string_view, Value>> members_;
};

class Value {
 public:
  Value() : data_(false) {}
  Value(bool on) : data_(on) {}                               // NOLINT: conversions wanted, so that data reads well
  Value(const char* text) : data_(std::string(text)) {}       // NOLINT
  Value(std::string_view text) : data_(std::string(text)) {}  // NOLINT
  Value(std::string text) : data_(std::move(text)) {}         // NOLINT
  Value(SafeHtml html) : data_(std::move(html)) {}            // NOLINT
  Value(Url url) : data_(std::move(url)) {}                   // NOLINT
  Value(List list) : data_(std::move(list)) {}                // NOLINT
  Value(Object object) : data_(std::move(object)) {}          // NOLINT

  bool truthy() const;
  const auto& data() const { return data_; }

 private:
  std::variant<bool, std::string, SafeHtml, Url, List, Object> data_;
};

// A parsed template. Immutable; shared by threads.
class Template {
 public:
  // Finds a template by name, for {{>name}}; null for none.
  using Finder = std::function<const Template*(std::string_view)>;

  // kInternal, with the line, for a section that is not closed and the like.
  static Result<Template> parse(std::string_view source);

  SafeHtml render(const Object& values, const output::Strings& texts, const Finder& parts) const;

 private:
  enum class Kind { kLiteral, kValue, kUrl, kSection, kIf, kInverted, kPart };
  struct Node {
    Kind kind = Kind::kLiteral;
    std::string text;  // the literal, or the name
    std::vector<Node> children = {};
  };
  struct Scope;
  struct Context;
  class Parser;

  static void render(const std::vector<Node>& nodes, Context& context, const Scope& scope);
  static void render_section(const Node& node, Context& context, const Scope& scope);
  static void render_value(const Node& node, Context& context, const Scope& scope);

  std::vector<Node> nodes_;
};

}  // namespace depeche::web
