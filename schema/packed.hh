// The forms in which values are written into slots and stored articles: little, ordered, self-delimiting.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotations.hh"
#include "core/date.hh"

namespace depeche::schema {

// Appends `value` as LEB128: seven bits a byte, lowest first, the top bit set on all but the last.
void put_varint(std::string& out, std::uint64_t value);
// A varint that holds the size, then the bytes.
void put_string(std::string& out, std::string_view value);

// Reads what the functions above wrote. After a failure ok() is false and everything read is zero or empty.
class PackedReader {
 public:
  explicit PackedReader(std::string_view data) : rest_(data) {}

  std::uint64_t varint();
  std::string_view string();  // points into the data
  std::uint8_t byte();
  double number();            // 8 bytes, IEEE 754, little-endian
  bool ok() const { return ok_; }
  bool done() const { return rest_.empty(); }

 private:
  void fail() { ok_ = false, rest_ = {}; }
  std::string_view rest_;
  bool ok_ = true;
};
void put_number(std::string& out, double value);

// A facet slot: its labels one after another, each with its size.
std::string pack_labels(const std::vector<std::string>& labels);
// Calls `each` with every label; false when the value is not well formed.
template <class Each>
bool for_each_label(std::string_view packed, Each&& each) {
  PackedReader in(packed);
  while (!in.done()) each(in.string());
  return in.ok();
}

// The date slot: "20241001m": first day it may mean and precision (y, m, d). Ordered bytewise.
std::string pack_date(const Date& date);
std::optional<Date> unpack_date(std::string_view packed);  // without the time of day

// The amount slot: value, currency and euros of each distinct amount.
struct AmountValue {
  double value = 0;
  std::string currency;
  double eur = 0;  // 0: no rate
};
std::string pack_amounts(const std::vector<AmountValue>& amounts);
std::optional<std::vector<AmountValue>> unpack_amounts(std::string_view packed);

}  // namespace depeche::schema
