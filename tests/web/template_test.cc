#include "web/template.hh"

#include <gtest/gtest.h>

#include "web/assets.hh"

namespace depeche::web {
namespace {

std::string rendered(std::string_view source, const Object& values) {
  const auto parsed = Template::parse(source);
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().message);
  if (!parsed) return "";
  return parsed->render(values, output::strings(output::Language::kFrench), find_template).markup();
}

TEST(Template, Forms) {
  const Object values = Object()
                            .set("name", "a")
                            .set("empty", "")
                            .set("on", true)
                            .set("list", List{Object().set("x", "1"), Object().set("x", "2")})
                            .set("plain", List{"p", "q"})
                            .set("object", Object().set("x", "o"));
  struct Case {
    std::string_view source, text;
  };
  for (const auto& [source, text] : std::vector<Case>{
           {"{{name}}", "a"},
           {"{{missing}}", ""},
           {"{{#list}}{{x}}{{name}};{{/list}}", "1a;2a;"},
           {"{{#plain}}{{.}}{{/plain}}", "pq"},
           {"{{#object}}{{x}}{{/object}}", "o"},
           {"{{#empty}}x{{/empty}}{{^empty}}y{{/empty}}", "y"},
           {"{{#on}}x{{/on}}{{^on}}y{{/on}}", "x"},
           {"{{?list}}<ul>{{#list}}{{x}}{{/list}}</ul>{{/list}}", "<ul>12</ul>"},
           {"{{#missing}}x{{/missing}}{{^missing}}y{{/missing}}", "y"},
           {"{{t.search.button}}", "Chercher"},
           {"a\n  b {{name}}\n\nc", "ab ac"},
           {"{ {} }", "{ {} }"},
       }) {
    EXPECT_EQ(rendered(source, values), text) << source;
  }
}

TEST(Template, EscapesTextWhereverItStands) {
  const Object values = Object().set("x", "<script>\"'&");
  EXPECT_EQ(rendered("<p title=\"{{x}}\">{{x}}</p>", values),
            "<p title=\"&lt;script&gt;&quot;'&amp;\">&lt;script&gt;&quot;'&amp;</p>");
}

TEST(Template, AddressesTakeUrlsOnly) {
  const Object values = Object()
                            .set("text", "javascript:alert(1)")
                            .set("local", Url::local("/?q=a&b=\""))
                            .set("good", Url::external("https://exemple.fr/"))
                            .set("bad", Url::external("javascript:alert(1)"))
                            .set("markup", HtmlBuilder().raw("<b>").finish());
  EXPECT_EQ(rendered("<a href=\"{{text}}\">", values), "<a href=\"#\">");
  EXPECT_EQ(rendered("<a href=\"{{markup}}\">", values), "<a href=\"#\">");
  EXPECT_EQ(rendered("<a href=\"{{bad}}\">", values), "<a href=\"#\">");
  EXPECT_EQ(rendered("<form action=\"{{text}}\">", values), "<form action=\"#\">");
  EXPECT_EQ(rendered("<a href=\"{{local}}\">", values), "<a href=\"/?q=a&amp;b=&quot;\">");
  EXPECT_EQ(rendered("<a href=\"{{good}}\">", values), "<a href=\"https://exemple.fr/\">");
}

TEST(Template, MarkupOnlyByItsType) {
  EXPECT_EQ(rendered("{{x}}", Object().set("x", HtmlBuilder().raw("<b>").text("<i>").raw("</b>").finish())),
            "<b>&lt;i&gt;</b>");
}

TEST(Template, RefusesBrokenSources) {
  for (const char* source : {"{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{a", "{{#a}}{{#b}}{{/a}}{{/b}}",
                             "<a title='{{x}}'>", "<a title={{x}}>"}) {
    EXPECT_FALSE(Template::parse(source)) << source;
  }
}

TEST(Template, OursAreWhole) {
  for (const std::string_view name : template_names()) EXPECT_NE(find_template(name), nullptr) << name;
}

TEST(Url, LocalPathsStayLocal) {
  EXPECT_EQ(Url::local("//evil.example/").text(), "/");
  EXPECT_EQ(Url::local("/x").text(), "/x");
}

}  // namespace
}  // namespace depeche::web
