#include "schema/packed.hh"

#include <bit>
#include <cstdio>
#include <cstring>

namespace depeche::schema {

static_assert(std::endian::native == std::endian::little, "numbers are stored as they lie in memory");

void put_varint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>((value & 0x7F) | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

void put_string(std::string& out, std::string_view value) {
  put_varint(out, value.size());
  out += value;
}

void put_number(std::string& out, double value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

std::uint64_t PackedReader::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t b = byte();
    if (!ok_) return 0;
    value |= static_cast<std::uint64_t>(b & 0x7F) << shift;
    if ((b & 0x80) == 0) return value;
  }
  fail();
  return 0;
}

std::string_view PackedReader::string() {
  const std::uint64_t size = varint();
  if (size > rest_.size()) fail();
  if (!ok_) return {};
  const std::string_view value = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return value;
}

std::uint8_t PackedReader::byte() {
  if (rest_.empty()) fail();
  if (!ok_) return 0;
  const auto value = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return value;
}

double PackedReader::number() {
  double value = 0;
  if (rest_.size() < sizeof value) fail();
  if (!ok_) return 0;
  std::memcpy(&value, rest_.data(), sizeof value);
  rest_.remove_prefix(sizeof value);
  return value;
}

std::string pack_labels(const std::vector<std::string>& labels) {
  std::string out;
  for (const std::string& label : labels) put_string(out, label);
  return out;
}

std::string pack_date(const Date& date) {
  const CivilDay c = civil_from_day(date.first);
  constexpr char kPrecision[] = {'?', 'y', 'm', 'd'};
  char out[48];
  std::snprintf(out, sizeof out, "%04d%02d%02d%c", c.year, c.month, c.day,
                kPrecision[static_cast<std::size_t>(date.precision)]);
  return out;
}

std::optional<Date> unpack_date(std::string_view packed) {
  if (packed.size() != 9) return std::nullopt;
  const std::string iso =
      std::string(packed.substr(0, 4)) + '-' + std::string(packed.substr(4, 2)) + '-' + std::string(packed.substr(6, 2));
  auto date = parse_date(iso);
  if (!date) return std::nullopt;
  date->precision = packed[8] == 'y'   ? DatePrecision::kYear
                    : packed[8] == 'm' ? DatePrecision::kMonth
                                       : DatePrecision::kDay;
  return date;
}

std::string pack_amounts(const std::vector<AmountValue>& amounts) {
  std::string out;
  for (const AmountValue& a : amounts) {
    put_number(out, a.value);
    put_string(out, a.currency);
    put_number(out, a.eur);
  }
  return out;
}

std::optional<std::vector<AmountValue>> unpack_amounts(std::string_view packed) {
  std::vector<AmountValue> out;
  PackedReader in(packed);
  while (!in.done()) {
    AmountValue a;
    a.value = in.number();
    a.currency = in.string();
    a.eur = in.number();
    out.push_back(std::move(a));
  }
  if (!in.ok()) return std::nullopt;
  return out;
}

}  // namespace depeche::schema
