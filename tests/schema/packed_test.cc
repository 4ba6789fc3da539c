#include "schema/packed.hh"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "schema/stream_code.hh"

namespace depeche::schema {
namespace {

TEST(Packed, NumbersThereAndBack) {
  std::string bytes;
  std::vector<std::uint64_t> numbers{0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX, 1ULL << 63};
  for (const std::uint64_t n : numbers) put_varint(bytes, n);
  put_number(bytes, -0.5);
  put_string(bytes, "é");
  put_string(bytes, "");
  PackedReader in(bytes);
  for (const std::uint64_t n : numbers) EXPECT_EQ(in.varint(), n);
  EXPECT_EQ(in.number(), -0.5);
  EXPECT_EQ(in.string(), "é");
  EXPECT_EQ(in.string(), "");
  EXPECT_TRUE(in.ok() && in.done());
  EXPECT_EQ(in.byte(), 0);
  EXPECT_FALSE(in.ok());
}

TEST(Packed, WhatIsCutFails) {
  for (const std::string_view bytes : {"", "\x80", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"}) {
    PackedReader in(bytes);
    EXPECT_EQ(in.varint(), 0u);
    EXPECT_FALSE(in.ok());
  }
  PackedReader in(
      "\x05"
      "abc");
  EXPECT_EQ(in.string(), "");
  EXPECT_FALSE(in.ok());
}

TEST(Packed, Labels) {
  const std::vector<std::string> labels{"OpenAI", "", "Élysée", std::string(300, 'x')};
  std::vector<std::string> back;
  EXPECT_TRUE(for_each_label(pack_labels(labels), [&](std::string_view label) { back.emplace_back(label); }));
  EXPECT_EQ(back, labels);
  EXPECT_FALSE(for_each_label("\x09x", [](std::string_view) {}));
}

TEST(Packed, DatesKeepTheirOrderAndPrecision) {
  std::string last;
  for (const std::string_view text :
       {"1000", "1999-12-31", "2023", "2024-01", "2024-10-01", "2024-10-02", "9999-12"}) {
    const auto date = parse_date(text);
    const std::string packed = pack_date(*date);
    EXPECT_EQ(unpack_date(packed), date) << text;
    EXPECT_LT(last, packed);
    last = packed;
  }
  for (const std::string_view bytes : {"", "20241001", "20241301d", "abcdefghd", "2024100!d", "20241001dd"}) {
    EXPECT_FALSE(unpack_date(bytes)) << bytes;
  }
}

TEST(Packed, Amounts) {
  const std::vector<AmountValue> amounts{{6.6e9, "USD", 6.1e9}, {12, "EUR", 12}, {1, "BTC", 0}};
  const auto back = unpack_amounts(pack_amounts(amounts));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->size(), amounts.size());
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    EXPECT_EQ((*back)[i].value, amounts[i].value);
    EXPECT_EQ((*back)[i].currency, amounts[i].currency);
    EXPECT_EQ((*back)[i].eur, amounts[i].eur);
  }
  std::string cut = pack_amounts(amounts);
  cut.pop_back();
  EXPECT_FALSE(unpack_amounts(cut));
}

TEST(StreamCode, NumbersThereAndBack) {
  std::mt19937 random(3);
  std::vector<std::uint32_t> numbers{0, 1, 127, 128, 16383, 16384, UINT32_MAX};
  for (int i = 0; i < 1000; ++i) numbers.push_back(static_cast<std::uint32_t>(random()) >> random() % 32);
  std::string bytes;
  for (const std::uint32_t n : numbers) put_stream_number(bytes, n);
  std::size_t at = 0;
  for (const std::uint32_t n : numbers) EXPECT_EQ(get_stream_number(bytes, at), n);
  EXPECT_EQ(at, bytes.size());
  std::string damaged(50, '\x01');  // never ends
  at = 0;
  get_stream_number(damaged, at);
  EXPECT_LE(at, damaged.size());
}

}  // namespace
}  // namespace depeche::schema
