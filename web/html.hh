// The three kinds of text that may enter a page. Plain text is escaped wherever it lands; the two types here are the
// only way around that, and each can only be made by something that knows what it does.
#pragma once

#include <string>
#include <string_view>

#include "output/percent.hh"
#include "output/xml.hh"

namespace depeche::web {

// Markup that is known to be well formed: made of escaped text and literals, by the template engine or an
// HtmlBuilder.
class SafeHtml {
 public:
  SafeHtml() = default;
  const std::string& markup() const { return markup_; }
  bool empty() const { return markup_.empty(); }

 private:
  friend class HtmlBuilder;
  friend class Template;
  explicit SafeHtml(std::string markup) : markup_(std::move(markup)) {}
  std::string markup_;
};

// The address of a link. Only these may stand in href, src and action.
class Url {
 public:
  // A path of ours; it begins with "/" or "#" and is already percent-encoded.
  static Url local(std::string path) { return Url(path.starts_with("//") ? "/" : std::move(path)); }
  // An address from an article: empty unless it is a plain http or https link.
  static Url external(std::string_view address) {
    return Url(output::is_web_link(address) ? std::string(address) : std::string());
  }
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  explicit Url(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Markup in code, where a template cannot say it: text with marked ranges, SVG paths.
class HtmlBuilder {
 public:
  // A literal of the program, never data: consteval keeps anything else out.
  struct Literal {
    template <std::size_t N>
    consteval Literal(const char (&text)[N]) : view(text, N - 1) {}  // NOLINT: conversion wanted
    std::string_view view;
  };

  HtmlBuilder& raw(Literal markup) { return out_ += markup.view, *this; }
  HtmlBuilder& text(std::string_view data) { return output::append_escaped(out_, data), *this; }
  HtmlBuilder& url(const Url& url) { return output::append_escaped(out_, url.empty() ? "#" : url.text()), *this; }
  HtmlBuilder& number(long long n) { return out_ += std::to_string(n), *this; }
  SafeHtml finish() { return SafeHtml(std::move(out_)); }

 private:
  std::string out_;
};

}  // namespace depeche::web
