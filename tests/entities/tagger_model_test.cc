#include "entities/tagger_model.hh"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace depeche::entities {
namespace {

// A model file with one empty row, aligned as the built-in one is.
struct SmallFile {
  TaggerModelHeader header;
  TaggerModelRow row;
  std::string_view bytes() const { return {reinterpret_cast<const char*>(this), sizeof *this}; }
};

TEST(TaggerModel, HasABuiltInOneThatKnowsSomething) {
  EXPECT_GT(TaggerModel::built_in().header().log2_rows, 10u);
}

TEST(TaggerModel, OpensAWellFormedFile) {
  const SmallFile file;
  const Result<TaggerModel> model = TaggerModel::open(file.bytes());
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(model->find(42), nullptr);
}

TEST(TaggerModel, RefusesAnotherVersionWithAHint) {
  SmallFile file;
  file.header.version = kTaggerModelVersion + 1;
  const Result<TaggerModel> model = TaggerModel::open(file.bytes());
  ASSERT_FALSE(model.has_value());
  EXPECT_EQ(model.error().code, ErrorCode::kIndexVersion);
  EXPECT_NE(model.error().hint.find("scripts/train"), std::string::npos);
}

TEST(TaggerModel, RefusesWhatIsNoModel) {
  const SmallFile file;
  EXPECT_FALSE(TaggerModel::open("").has_value());
  EXPECT_FALSE(TaggerModel::open(file.bytes().substr(0, 20)).has_value());
  EXPECT_FALSE(TaggerModel::open(file.bytes().substr(0, file.bytes().size() - 1)).has_value());
  SmallFile other;
  other.header.magic[0] = 'X';
  EXPECT_FALSE(TaggerModel::open(other.bytes()).has_value());
  SmallFile huge;
  huge.header.log2_rows = 60;
  EXPECT_FALSE(TaggerModel::open(huge.bytes()).has_value());
}

}  // namespace
}  // namespace depeche::entities
