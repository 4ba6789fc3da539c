#include "schema/index_folder.hh"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/temp_folder.hh"

namespace depeche::schema {
namespace {

TEST(IndexFolder, ThereAndBack) {
  test::TempFolder folder;
  const IndexFolder written{folder.path(), 12, {"part-000011-1", "part-000012-1"}};
  test::write_file(folder / kStubName, stub_text(written));
  const auto read = read_index_folder(folder.path());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->revision, 12u);
  EXPECT_EQ(read->parts, written.parts);
  EXPECT_EQ(read->part_path(1), folder / "part-000012-1");
}

TEST(IndexFolder, WhatIsNone) {
  test::TempFolder folder;
  EXPECT_EQ(read_index_folder(folder / "none").error().code, ErrorCode::kIndexMissing);
  EXPECT_EQ(read_index_folder(folder.path()).error().code, ErrorCode::kIndexMissing);
  const std::string file = folder.write("file", "x");
  EXPECT_EQ(read_index_folder(file).error().code, ErrorCode::kIndexDamaged);
  EXPECT_EQ(read_index_folder(folder.path()).error().message, folder.path() + " is not an index: it has no XAPIANDB");
}

TEST(IndexFolder, AStubOfGarbageIsRefused) {
  for (const std::string stub :
       {"", "\n", "auto part-1\n", "# depeche revision \n", "# depeche revision x\n", "# depeche revision 1x\n",
        "# depeche revision 99999999999999999999999\n", "# depeche revision 1\npart-1\n",
        "# depeche revision 1\nauto ../other\n", "# depeche revision 1\nauto a/b\n", "# depeche revision 1\nauto \n",
        "# depeche revision 1\nremote host:1\n", "\xFF\xFE\x01"}) {
    test::TempFolder folder;
    test::write_file(folder / kStubName, stub);
    const auto read = read_index_folder(folder.path());
    ASSERT_FALSE(read.has_value()) << stub;
    EXPECT_EQ(read.error().code, ErrorCode::kIndexDamaged) << stub;
    EXPECT_NE(read.error().hint, "");
  }
}

}  // namespace
}  // namespace depeche::schema
