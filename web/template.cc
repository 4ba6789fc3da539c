#include "web/template.hh"

#include <algorithm>

namespace depeche::web {

Object& Object::set(std::string_view name, Value value) {
  members_.emplace_back(name, std::move(value));
  return *this;
}

const Value* Object::find(std::string_view name) const {
  const auto found = std::find_if(members_.rbegin(), members_.rend(), [&](const auto& m) { return m.first == name; });
  return found == members_.rend() ? nullptr : &found->second;
}

bool Value::truthy() const {
  struct Visitor {
    bool operator()(bool on) const { return on; }
    bool operator()(const std::string& text) const { return !text.empty(); }
    bool operator()(const SafeHtml& html) const { return !html.empty(); }
    bool operator()(const Url& url) const { return !url.empty(); }
    bool operator()(const List& list) const { return !list.empty(); }
    bool operator()(const Object&) const { return true; }
  };
  return std::visit(Visitor{}, data_);
}

// Splits the source into tags and what stands between them.
class Template::Parser {
 public:
  explicit Parser(std::string_view source) : source_(source) {}

  Result<std::vector<Node>> nodes(std::string_view closing) {
    std::vector<Node> out;
    while (true) {
      const auto open = source_.find("{{", at_);
      add_literal(out, source_.substr(at_, open == source_.npos ? open : open - at_));
      if (open == source_.npos)
        return closing.empty() ? Result<std::vector<Node>>(std::move(out)) : broken("not closed: ", closing);
      const auto close = source_.find("}}", open);
      if (close == source_.npos) return broken("a tag is not closed: ", source_.substr(open, 20));
      std::string_view name = source_.substr(open + 2, close - open - 2);
      if (unquoted(open)) return broken("an attribute is not in double quotes: ", name);
      at_ = close + 2;
      if (name.starts_with('/'))
        return name.substr(1) == closing ? Result<std::vector<Node>>(std::move(out))
                                         : broken("closes nothing: ", name);
      if (auto added = add_tag(out, name, in_address(open)); !added) return tl::unexpected(added.error());
    }
  }

 private:
  static constexpr std::string_view kAddresses[] = {" href=\"", " src=\"", " action=\"", " formaction=\""};

  // The tag is the whole or the beginning of an attribute that holds an address.
  bool in_address(std::size_t open) const {
    const std::string_view before = source_.substr(0, open);
    return std::any_of(std::begin(kAddresses), std::end(kAddresses), [&](auto a) { return before.ends_with(a); });
  }

  // The tag is an attribute's value that escaping for double quotes would not hold in.
  bool unquoted(std::size_t open) const {
    const std::string_view before = source_.substr(0, open);
    const auto less = before.rfind('<'), greater = before.rfind('>');
    const bool inside = less != before.npos && (greater == before.npos || less > greater);
    return inside && (before.ends_with('=') || before.ends_with("='"));
  }

  // Line breaks and indentation between tags are for those who read templates.
  static void add_literal(std::vector<Node>& out, std::string_view text) {
    std::string squeezed;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\n') {
        squeezed += text[i];
        continue;
      }
      while (i + 1 < text.size() && (text[i + 1] == ' ' || text[i + 1] == '\n')) ++i;
    }
    if (!squeezed.empty()) out.push_back({Kind::kLiteral, std::move(squeezed)});
  }

  Result<void> add_tag(std::vector<Node>& out, std::string_view name, bool address) {
    Node node;
    const char sigil = name.empty() ? ' ' : name[0];
    node.kind = sigil == '#'   ? Kind::kSection
                : sigil == '?' ? Kind::kIf
                : sigil == '^' ? Kind::kInverted
                : sigil == '>' ? Kind::kPart
                : address      ? Kind::kUrl
                               : Kind::kValue;
    node.text = name.substr(node.kind == Kind::kValue || node.kind == Kind::kUrl ? 0 : 1);
    if (node.kind == Kind::kSection || node.kind == Kind::kIf || node.kind == Kind::kInverted) {
      auto children = nodes(node.text);
      if (!children) return tl::unexpected(children.error());
      node.children = std::move(*children);
    }
    out.push_back(std::move(node));
    return {};
  }

  tl::unexpected<Error> broken(std::string_view what, std::string_view where) const {
    const auto line = 1 + std::count(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
    return failure(ErrorCode::kInternal,
                   "template, line " + std::to_string(line) + ": " + std::string(what) + std::string(where));
  }

  std::string_view source_;
  std::size_t at_ = 0;
};

struct Template::Scope {
  const Object* values = nullptr;
  const Value* element = nullptr;  // of a list that holds no objects: {{.}}
  const Scope* outer = nullptr;

  const Value* find(std::string_view name) const {
    for (const Scope* scope = this; scope; scope = scope->outer) {
      if (name == "." && scope->element) return scope->element;
      if (const Value* value = scope->values ? scope->values->find(name) : nullptr) return value;
    }
    return nullptr;
  }
};

struct Template::Context {
  const output::Strings& texts;
  const Finder& parts;
  std::string out = {};
};

Result<Template> Template::parse(std::string_view source) {
  auto nodes = Parser(source).nodes("");
  if (!nodes) return tl::unexpected(nodes.error());
  Template out;
  out.nodes_ = std::move(*nodes);
  return out;
}

SafeHtml Template::render(const Object& values, const output::Strings& texts, const Finder& parts) const {
  Context context{texts, parts};
  context.out.reserve(40 << 10);
  render(nodes_, context, Scope{&values});
  return SafeHtml(std::move(context.out));
}

void Template::render_value(const Node& node, Context& context, const Scope& scope) {
  constexpr std::string_view kText = "t.";
  if (node.text.starts_with(kText))
    return output::append_escaped(context.out, context.texts[node.text.substr(kText.size())]);
  const Value* value = scope.find(node.text);
  const Url* url = value ? std::get_if<Url>(&value->data()) : nullptr;
  if (node.kind == Kind::kUrl) {
    output::append_escaped(context.out, url && !url->empty() ? url->text() : "#");
  } else if (url) {
    output::append_escaped(context.out, url->text());
  } else if (value && std::holds_alternative<SafeHtml>(value->data())) {
    context.out += std::get<SafeHtml>(value->data()).markup();
  } else if (value && std::holds_alternative<std::string>(value->data())) {
    output::append_escaped(context.out, std::get<std::string>(value->data()));
  }
}

void Template::render_section(const Node& node, Context& context, const Scope& scope) {
  const Value* value = scope.find(node.text);
  if (!value || !value->truthy()) return;
  if (const auto* list = std::get_if<List>(&value->data())) {
    for (const Value& element : *list) {
      render(node.children, context, Scope{std::get_if<Object>(&element.data()), &element, &scope});
    }
  } else {
    render(node.children, context, Scope{std::get_if<Object>(&value->data()), nullptr, &scope});
  }
}

void Template::render(const std::vector<Node>& nodes, Context& context, const Scope& scope) {
  for (const Node& node : nodes) {
    switch (node.kind) {
      case Kind::kLiteral:
        context.out += node.text;
        break;
      case Kind::kValue:
      case Kind::kUrl:
        render_value(node, context, scope);
        break;
      case Kind::kSection:
        render_section(node, context, scope);
        break;
      case Kind::kIf:
        if (const Value* value = scope.find(node.text); value && value->truthy())
          render(node.children, context, scope);
        break;
      case Kind::kInverted:
        if (const Value* value = scope.find(node.text); !value || !value->truthy())
          render(node.children, context, scope);
        break;
      case Kind::kPart:
        if (const Template* part = context.parts(node.text)) render(part->nodes_, context, scope);
        break;
    }
  }
}

}  // namespace depeche::web
