#include "indexer/columns.hh"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <span>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "core/date.hh"
#include "schema/database.hh"
#include "schema/fields.hh"
#include "schema/packed.hh"
#include "schema/part_layout.hh"
#include "schema/sidecar_key.hh"
#include "schema/string_table.hh"
#include "text/fold.hh"

namespace depeche::indexer {
namespace {

using namespace schema::columns;
using schema::kFacetCount;
using schema::kFacets;

// The labels of one facet, numbered as they are met; per document the numbers it has.
struct FacetColumn {
  std::unordered_map<std::string, std::uint32_t> numbers;
  std::vector<std::string> labels;
  std::vector<std::uint8_t> given;  // by number
  std::vector<std::pair<Xapian::docid, std::uint32_t>> rows;  // by document, then as packed

  void add(Xapian::docid doc, std::string_view label, bool is_given) {
    const auto [it, added] = numbers.try_emplace(std::string(label), static_cast<std::uint32_t>(labels.size()));
    if (added) {
      labels.emplace_back(label);
      given.push_back(0);
    }
    if (is_given) given[it->second] = 1;
    rows.emplace_back(doc, it->second);
  }
};

struct Columns {
  std::uint64_t last = 0, alive_count = 0;
  std::vector<std::uint64_t> alive;
  std::vector<std::uint32_t> length, id_rank;
  std::vector<std::string> ids;
  std::array<FacetColumn, kFacetCount> facets;
  std::vector<std::int32_t> day, last_day;
  std::vector<std::uint8_t> precision;
  std::vector<std::uint32_t> amount_offset;
  std::vector<double> amount_value, amount_eur;
  std::vector<std::array<char, 4>> amount_currency;
  std::vector<std::uint64_t> group;
};

void read_documents(const Xapian::Database& db, Columns& c) {
  c.last = db.get_lastdocid();
  c.alive.assign(c.last / 64 + 1, 0);
  c.length.assign(c.last + 1, 0);
  for (auto it = db.postlist_begin(""), end = db.postlist_end(""); it != end; ++it) {
    c.alive[*it / 64] |= std::uint64_t{1} << (*it % 64);
    c.length[*it] = it.get_doclength();
    ++c.alive_count;
  }
}

void read_dates(const Xapian::Database& db, Columns& c) {
  c.day.assign(c.last + 1, schema::kNoDay);
  c.last_day.assign(c.last + 1, schema::kNoDay);
  c.precision.assign(c.last + 1, 0);
  const auto slot = schema::field(schema::FieldId::kDate).slot;
  for (auto it = db.valuestream_begin(slot), end = db.valuestream_end(slot); it != end; ++it) {
    if (const auto date = schema::unpack_date(*it)) {
      c.day[it.get_docid()] = date->first;
      c.last_day[it.get_docid()] = date->last();
      c.precision[it.get_docid()] = static_cast<std::uint8_t>(date->precision);
    }
  }
}

void read_amounts(const Xapian::Database& db, Columns& c) {
  c.amount_offset.assign(1, 0);
  const auto slot = schema::field(schema::FieldId::kAmount).slot;
  for (auto it = db.valuestream_begin(slot), end = db.valuestream_end(slot); it != end; ++it) {
    c.amount_offset.resize(it.get_docid() + 1, static_cast<std::uint32_t>(c.amount_value.size()));
    for (const auto& amount : schema::unpack_amounts(*it).value_or(std::vector<schema::AmountValue>{})) {
      c.amount_value.push_back(amount.value);
      c.amount_eur.push_back(amount.eur);
      std::array<char, 4> currency{};
      std::memcpy(currency.data(), amount.currency.data(), std::min<std::size_t>(4, amount.currency.size()));
      c.amount_currency.push_back(currency);
    }
  }
  c.amount_offset.resize(c.last + 2, static_cast<std::uint32_t>(c.amount_value.size()));
}

void read_facets(const Xapian::Database& db, Columns& c) {
  std::vector<std::uint8_t> given(c.last + 1, 0);
  for (auto it = db.valuestream_begin(schema::kGivenSlot), end = db.valuestream_end(schema::kGivenSlot); it != end; ++it) {
    const std::string bits = *it;
    if (!bits.empty()) given[it.get_docid()] = static_cast<std::uint8_t>(bits[0]);
  }
  for (std::size_t f = 0; f < kFacetCount; ++f) {
    const auto slot = kFacets[f].slot;
    for (auto it = db.valuestream_begin(slot), end = db.valuestream_end(slot); it != end; ++it) {
      const std::string packed = *it;
      schema::for_each_label(packed, [&](std::string_view label) {
        c.facets[f].add(it.get_docid(), label, !kFacets[f].entity || (given[it.get_docid()] >> f & 1) != 0);
      });
    }
  }
}

void read_groups(const Xapian::Database& db, Columns& c) {
  c.group.assign(c.last + 1, 0);
  const auto slot = schema::kGroupSlot;
  for (auto it = db.valuestream_begin(slot), end = db.valuestream_end(slot); it != end; ++it) {
    const std::string value = *it;
    if (value.size() == sizeof(std::uint64_t)) std::memcpy(&c.group[it.get_docid()], value.data(), value.size());
  }
}

// Ids in their order, as the terms of the id field are (an id always fits into its term).
void read_ids(const Xapian::Database& db, Columns& c) {
  c.id_rank.assign(c.last + 1, 0);
  c.ids.resize(c.last + 1);
  const std::string prefix(schema::field(schema::FieldId::kId).prefix);
  std::uint32_t rank = 0;
  for (auto term = db.allterms_begin(prefix), end = db.allterms_end(prefix); term != end; ++term, ++rank) {
    const std::string name = *term;
    for (auto it = db.postlist_begin(name), last = db.postlist_end(name); it != last; ++it) {
      c.id_rank[*it] = rank;
      c.ids[*it] = name.substr(prefix.size());
    }
  }
}

void build_groups(const Columns& c, schema::SidecarBuilder& out) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_group;
  for (std::uint32_t doc = 1; doc <= c.last; ++doc) {
    if (c.alive[doc / 64] >> (doc % 64) & 1) by_group.emplace_back(c.group[doc], doc);
  }
  std::sort(by_group.begin(), by_group.end());
  std::vector<std::uint64_t> shared(c.last / 64 + 1, 0), keys;
  for (std::size_t i = 0; i < by_group.size(); ++i) {
    const bool before = i > 0 && by_group[i - 1].first == by_group[i].first;
    const bool after = i + 1 < by_group.size() && by_group[i + 1].first == by_group[i].first;
    if (!before) keys.push_back(by_group[i].first);
    if (before || after) shared[by_group[i].second / 64] |= std::uint64_t{1} << (by_group[i].second % 64);
  }
  out.add_array<std::uint64_t>(kGroup, c.group);
  out.add_array<std::uint64_t>(kGroupShared, shared);
  out.add_array<std::uint64_t>(kGroupKeys, keys);
}

void build_facets(Columns& c, schema::SidecarBuilder& out) {
  std::vector<std::uint32_t> base{0}, key_order, row_count(c.last + 2, 0);
  std::vector<std::uint8_t> given;
  schema::StringTableBuilder labels, keys;
  std::array<std::vector<std::uint32_t>, kFacetCount> code_of;
  for (std::size_t f = 0; f < kFacetCount; ++f) {
    const FacetColumn& column = c.facets[f];
    const std::size_t n = column.labels.size();
    std::vector<std::string> sort_keys(n);
    for (std::size_t i = 0; i < n; ++i) sort_keys[i] = text::collation_key(column.labels[i]);
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return sort_keys[a] != sort_keys[b] ? sort_keys[a] < sort_keys[b] : column.labels[a] < column.labels[b];
    });
    code_of[f].resize(n);
    std::vector<std::string> value_keys(n);
    for (std::size_t i = 0; i < n; ++i) {
      code_of[f][order[i]] = base.back() + static_cast<std::uint32_t>(i);
      labels.add(column.labels[order[i]]);
      given.push_back(column.given[order[i]]);
      value_keys[i] = text::value_key(column.labels[order[i]]);
      keys.add(value_keys[i]);
    }
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return value_keys[a] != value_keys[b] ? value_keys[a] < value_keys[b] : a < b;
    });
    for (const std::uint32_t i : order) key_order.push_back(base.back() + i);
    base.push_back(base.back() + static_cast<std::uint32_t>(n));
    for (const auto& [doc, number] : column.rows) ++row_count[doc + 1];
  }
  std::partial_sum(row_count.begin(), row_count.end(), row_count.begin());  // now offsets
  std::vector<std::uint32_t> codes(row_count.back()), next(row_count.begin(), row_count.end() - 1);
  for (std::size_t f = 0; f < kFacetCount; ++f) {
    for (const auto& [doc, number] : c.facets[f].rows) codes[next[doc]++] = code_of[f][number];
  }
  for (std::size_t doc = 0; doc <= c.last; ++doc) {
    std::sort(codes.begin() + row_count[doc], codes.begin() + row_count[doc + 1]);
  }
  std::vector<std::uint8_t> facet_mask(c.last + 1, 0);
  for (std::size_t f = 0; f < kFacetCount; ++f) {
    for (const auto& [doc, number] : c.facets[f].rows) facet_mask[doc] |= static_cast<std::uint8_t>(1u << f);
  }
  out.add_array<std::uint8_t>(kFacetMask, facet_mask);
  std::vector<std::uint32_t> code_count(base.back(), 0);
  for (const std::uint32_t code : codes) ++code_count[code];
  out.add_array<std::uint32_t>(kCodeCount, code_count);
  out.add_array<std::uint8_t>(kCodeGiven, given);
  out.add_array<std::uint32_t>(kBase, base);
  out.add_array<std::uint32_t>(kRowOffset, row_count);
  if (base.back() <= 65536) {
    const std::vector<std::uint16_t> narrow(codes.begin(), codes.end());
    out.add_array<std::uint16_t>(kRowCodes16, narrow);
  } else {
    out.add_array<std::uint32_t>(kRowCodes32, codes);
  }
  labels.write(out, kLabelOffset, kLabelBytes);
  keys.write(out, kKeyOffset, kKeyBytes);
  out.add_array<std::uint32_t>(kKeyOrder, key_order);
}

void build_columns(Columns& c, schema::SidecarBuilder& out) {
  const std::array<std::uint64_t, 2> documents{c.last, c.alive_count};
  out.add_array<std::uint64_t>(kDocuments, documents);
  out.add_array<std::uint64_t>(kAlive, c.alive);
  out.add_array<std::uint32_t>(kLength, c.length);
  build_facets(c, out);
  out.add_array<std::int32_t>(kDay, c.day);
  out.add_array<std::int32_t>(kLastDay, c.last_day);
  out.add_array<std::uint8_t>(kPrecision, c.precision);
  out.add_array<std::uint32_t>(kAmountOffset, c.amount_offset);
  out.add_array<double>(kAmountValue, c.amount_value);
  out.add_array<double>(kAmountEur, c.amount_eur);
  out.add_array<std::array<char, 4>>(kAmountCurrency, c.amount_currency);
  out.add_array<std::uint32_t>(kIdRank, c.id_rank);
  schema::StringTableBuilder ids;
  for (const std::string& id : c.ids) ids.add(id);
  ids.write(out, kIdOffset, kIdBytes);
  build_groups(c, out);
}

}  // namespace

Result<void> write_columns(const std::string& part_path, bool sync) {
  schema::SidecarBuilder out;
  schema::SidecarKey key;
  auto read = schema::guarded("reading " + part_path, [&] {
    const Xapian::Database db(part_path);
    key = schema::sidecar_key(db, schema::kColumnsFormat);
    Columns c;
    read_documents(db, c);
    read_facets(db, c);
    read_dates(db, c);
    read_amounts(db, c);
    read_groups(db, c);
    read_ids(db, c);
    build_columns(c, out);
  });
  if (!read) return read;
  return out.write(part_path + "/" + std::string(schema::kColumnsFile), key, sync);
}

Result<void> write_hot_postings(const std::string& part_path, bool sync) {
  schema::SidecarBuilder out;
  schema::SidecarKey key;
  auto read = schema::guarded("reading " + part_path, [&] {
    const Xapian::Database db(part_path);
    key = schema::sidecar_key(db, schema::kHotFormat);
    const auto enough = std::max<Xapian::doccount>(
        schema::kHotAtLeast, static_cast<Xapian::doccount>(schema::kHotShare * db.get_doccount()));
    schema::StringTableBuilder terms;
    const std::size_t blocks = schema::hot::block_of(db.get_lastdocid()) + 1;  // of every term
    std::vector<std::uint64_t> block_start;
    std::vector<std::uint16_t> docs;
    std::vector<std::uint8_t> wdfs;
    for (auto term = db.allterms_begin(), end = db.allterms_end(); term != end; ++term) {
      if (term.get_termfreq() < enough) continue;
      const std::string name = *term;
      if (name[0] >= 'A' && name[0] <= 'Z' && name[0] != 'S') continue;  // facet values are counted in the columns
      terms.add(name);
      const std::size_t first = block_start.size();
      for (auto it = db.postlist_begin(name), last = db.postlist_end(name); it != last; ++it) {
        block_start.resize(first + schema::hot::block_of(*it) + 1, docs.size());
        docs.push_back(static_cast<std::uint16_t>(*it));
        wdfs.push_back(static_cast<std::uint8_t>(std::min<Xapian::termcount>(255, it.get_wdf())));
      }
      block_start.resize(first + blocks, docs.size());
    }
    block_start.push_back(docs.size());
    terms.write(out, schema::hot::kTermOffset, schema::hot::kTermBytes);
    out.add_array<std::uint64_t>(schema::hot::kBlockStart, block_start);
    out.add_array<std::uint16_t>(schema::hot::kDocs, docs);
    out.add_array<std::uint8_t>(schema::hot::kWdfs, wdfs);
  });
  if (!read) return read;
  return out.write(part_path + "/" + std::string(schema::kHotFile), key, sync);
}

}  // namespace depeche::indexer
