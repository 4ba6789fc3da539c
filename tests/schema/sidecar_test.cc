#include "schema/sidecar.hh"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/temp_folder.hh"

namespace depeche::schema {
namespace {

constexpr SidecarKey kKey{{'u', 'u', 'i', 'd'}, 7, 2};

class SidecarTest : public ::testing::Test {
 protected:
  void SetUp() override {
    SidecarBuilder builder;
    const std::vector<std::uint32_t> numbers{1, 2, 3};
    builder.add_array<std::uint32_t>("numbers", numbers);
    builder.add("empty", "");
    builder.add("bytes", "some bytes");
    ASSERT_TRUE(builder.write(path_, kKey, true).has_value());
    bytes_ = test::read_file(path_);
  }
  Result<void> read(const SidecarKey& key = kKey) {
    const auto sidecar = Sidecar::open(path_, key);
    if (!sidecar) return tl::unexpected(sidecar.error());
    return (*sidecar)->verify();
  }

  test::TempFolder folder_;
  std::string path_ = folder_ / "a.dps", bytes_;
};

TEST_F(SidecarTest, SectionsThereAndBack) {
  const auto sidecar = Sidecar::open(path_, kKey);
  ASSERT_TRUE(sidecar) << sidecar.error().message;
  EXPECT_EQ((*sidecar)->section("bytes"), "some bytes");
  EXPECT_EQ((*sidecar)->section("empty"), "");
  EXPECT_EQ((*sidecar)->section("none"), "");
  const auto numbers = (*sidecar)->array<std::uint32_t>("numbers");
  EXPECT_EQ(std::vector<std::uint32_t>(numbers.begin(), numbers.end()), (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % 64, 0u);
  EXPECT_EQ((*sidecar)->section_names(), (std::vector<std::string>{"numbers", "empty", "bytes"}));
  EXPECT_TRUE((*sidecar)->verify().has_value());
  EXPECT_EQ((*sidecar)->bytes(), bytes_.size());
  EXPECT_FALSE(std::filesystem::exists(path_ + ".new"));
}

TEST_F(SidecarTest, OfAnotherStateIsNotOpened) {
  for (const SidecarKey& key : {SidecarKey{{'x'}, 7, 2}, SidecarKey{kKey.uuid, 8, 2}, SidecarKey{kKey.uuid, 7, 1}}) {
    EXPECT_EQ(read(key).error().code, ErrorCode::kIndexDamaged);
  }
  EXPECT_NE(read({kKey.uuid, 8, 2}).error().message.find("belongs to another state"), std::string::npos);
}

TEST_F(SidecarTest, CutAnywhereIsTold) {
  const std::size_t needed = bytes_.find("some bytes") + 10 + 64;  // 64 zero bytes follow the last section
  for (std::size_t n = 0; n < needed; ++n) {
    test::write_file(path_, bytes_.substr(0, n));
    const auto result = read();
    ASSERT_FALSE(result.has_value()) << n;
    EXPECT_EQ(result.error().code, ErrorCode::kIndexDamaged);
    EXPECT_EQ(result.error().hint, "run `depeche check --repair`");
  }
  std::filesystem::remove(path_);
  EXPECT_NE(read().error().message.find("is missing"), std::string::npos);
}

TEST_F(SidecarTest, AChangedByteIsFound) {
  std::size_t unseen = 0;
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    std::string changed = bytes_;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    test::write_file(path_, changed);
    unseen += read().has_value();
  }
  const std::size_t content = 48 + 3 * 40 + 12 + 10;
  EXPECT_EQ(unseen, bytes_.size() - content);  // only what fills up between the sections
}

TEST_F(SidecarTest, GarbageIsRefused) {
  for (const std::string& garbage :
       {std::string(1000, 'x'), std::string(48, '\0'), std::string("DEPSIDE1") + std::string(500, '\xFF')}) {
    test::write_file(path_, garbage);
    EXPECT_FALSE(read().has_value());
  }
}

TEST_F(SidecarTest, AFolderThatIsNotThereIsAnIoError) {
  EXPECT_EQ(SidecarBuilder().write(folder_ / "none/a.dps", kKey, false).error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace depeche::schema
