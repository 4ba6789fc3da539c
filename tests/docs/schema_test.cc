// SCHEMA.md against the code: the field table row by row, the sections of the sidecars, the metadata keys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "schema/fields.hh"
#include "schema/index_folder.hh"
#include "schema/part_layout.hh"
#include "tests/support/source_tree.hh"

namespace depeche::test {
namespace {

std::string text_of(std::string_view path) {
  for (const SourceFile& file : source_tree()) {
    if (file.path == path) return file.text;
  }
  return {};
}

// The rows below the table's head, up to the first line that is none.
std::vector<std::string> rows_below(std::string_view text, std::string_view head) {
  std::vector<std::string> rows;
  bool inside = false;
  for (const std::string_view line : lines_of(text)) {
    if (inside && !line.starts_with('|')) break;
    if (inside && !line.starts_with("|---")) rows.emplace_back(line);
    inside = inside || line == head;
  }
  return rows;
}

std::string quoted(std::string_view name) {
  return name.empty() ? " " : " `" + std::string(name) + "` ";
}

std::string row_of(const schema::Field& field) {
  constexpr const char* kKinds[] = {"text", "exact", "facet", "range"};
  const std::string slot = field.slot == schema::kNoSlot ? " " : " " + std::to_string(field.slot) + " ";
  return "|" + quoted(field.name) + "|" + quoted(field.french) + "| " + kKinds[static_cast<std::size_t>(field.kind)] +
         " |" + quoted(field.prefix) + "|" + slot + "| " + std::to_string(field.weight) + " |" +
         (field.entity ? " yes " : " ") + "|";
}

TEST(Schema, FieldTableIsThatOfTheCode) {
  std::vector<std::string> rows;
  for (const schema::Field& field : schema::kFields) rows.push_back(row_of(field));
  EXPECT_EQ(rows_below(text_of("schema/SCHEMA.md"), "| name | French | kind | prefix | slot | weight | entity |"),
            rows);
}

TEST(Schema, VersionIsThatOfTheCode) {
  const std::string version = "Schema version **" + std::to_string(schema::kSchemaVersion) + "**";
  EXPECT_NE(text_of("schema/SCHEMA.md").find(version), std::string::npos);
}

TEST(Schema, SidecarFormatsAreThoseOfTheCode) {
  const std::pair<std::string_view, std::uint32_t> kFiles[] = {{schema::kColumnsFile, schema::kColumnsFormat},
                                                               {schema::kStreamFile, schema::kStreamFormat},
                                                               {schema::kHotFile, schema::kHotFormat},
                                                               {schema::kSuggestFile, schema::kSuggestFormat}};
  for (const auto& [file, format] : kFiles) {
    const std::string heading = "### `" + std::string(file) + "`, format " + std::to_string(format) + ":";
    EXPECT_NE(text_of("schema/SCHEMA.md").find(heading), std::string::npos) << heading;
  }
}

TEST(Schema, MetadataKeysAreThoseOfTheCode) {
  std::vector<std::string> keys;
  for (const std::string& row : rows_below(text_of("schema/SCHEMA.md"), "| key | value |")) {
    keys.push_back(row.substr(3, row.find('`', 3) - 3));
  }
  EXPECT_THAT(keys, testing::UnorderedElementsAre(schema::kMetaSchema, schema::kMetaAnalyzer, schema::kMetaEntities,
                                                  schema::kMetaBuiltWith));
}

// Names in backquotes in the first cell of all tables with that head.
std::multiset<std::string> sections_told(std::string_view text) {
  std::multiset<std::string> names;
  bool inside = false;
  for (const std::string_view line : lines_of(text)) {
    inside = line == "| section | type | holds |" || (inside && line.starts_with('|'));
    const std::string_view cell = inside ? line.substr(0, line.find('|', 1)) : std::string_view();
    for (std::size_t open = cell.find('`'); open != cell.npos;) {
      const std::size_t close = cell.find('`', open + 1);
      names.emplace(cell.substr(open + 1, close - open - 1));
      open = cell.find('`', close + 1);
    }
  }
  return names;
}

// Names that part_layout.hh gives to sections: its string constants inside the inner namespaces.
std::multiset<std::string> sections_coded(std::string_view text) {
  std::multiset<std::string> names;
  bool inside = false;
  for (const std::string_view line : lines_of(text)) {
    if (line.starts_with("namespace ")) inside = line.find("depeche") == line.npos;
    if (line.starts_with("}  // namespace")) inside = false;
    const std::size_t open = line.find(" = \"");
    if (inside && open != line.npos) names.emplace(line.substr(open + 4, line.find('"', open + 4) - open - 4));
  }
  return names;
}

TEST(Schema, SidecarSectionsAreThoseOfTheCode) {
  const auto coded = sections_coded(text_of("schema/part_layout.hh"));
  EXPECT_GT(coded.size(), 30u);
  EXPECT_EQ(sections_told(text_of("schema/SCHEMA.md")), coded);
}

}  // namespace
}  // namespace depeche::test
