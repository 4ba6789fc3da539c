#include "entities/gazetteer.hh"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include "core/utf8.hh"
#include "entities/embedded.hh"
#include "entities/gazetteer_data.hh"
#include "entities/latin.hh"

DEPECHE_EMBEDDED(gazetteer_org)
DEPECHE_EMBEDDED(gazetteer_person)
DEPECHE_EMBEDDED(gazetteer_place)
DEPECHE_EMBEDDED(gazetteer_product)

namespace depeche::entities {
namespace {

constexpr std::size_t kMaxNameBytes = 200;

struct Line {
  std::array<std::string_view, 6> columns;  // label, type, aliases, flags, country, kind
};

std::optional<EntityType> type_of(std::string_view name) {
  if (name == "org") return EntityType::kOrg;
  if (name == "person") return EntityType::kPerson;
  if (name == "place") return EntityType::kPlace;
  if (name == "product") return EntityType::kProduct;
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \r") + 1 - begin);
}

// How a spelling may appear in a text, from its own letters.
std::uint8_t spelling_flags(std::string_view name) {
  std::size_t letters = 0;
  std::size_t capitals = 0;
  bool starts_small = false;
  for (std::size_t at = 0; at < name.size();) {
    const Char c = char_at(name, at);
    if (is_letter(c.kind)) {
      if (letters == 0 && capitals == 0) starts_small = c.kind == CharKind::kLower;
      ++letters;
      if (c.kind == CharKind::kUpper) ++capitals;
    }
    at += c.size;
  }
  std::uint8_t flags = 0;
  if (letters > 0 && letters <= 4 && capitals == letters) flags |= NameForm::kCapitals;
  if (starts_small) flags |= NameForm::kSmall;
  if (!name.empty() && name.back() == '+') flags |= NameForm::kPlus;
  return flags;
}

class Loader {
 public:
  Loader(GazetteerData& data, std::vector<GazetteerProblem>* problems) : data_(data), problems_(problems) {}

  void read(std::string_view text, const std::string& file, bool user) {
    std::size_t number = 0;
    for_each_line(text, [&](std::string_view line) { read_line(line, file, ++number, user); });
  }

 private:
  void problem(const std::string& file, std::size_t number, std::string why) {
    if (problems_ != nullptr) problems_->push_back({file + ":" + std::to_string(number), std::move(why)});
  }

  void read_line(std::string_view text, const std::string& file, std::size_t number, bool user) {
    if (trimmed(text).empty() || text.front() == '#') return;
    if (!is_valid_utf8(text)) return problem(file, number, "not UTF-8");
    Line line;
    std::size_t count = 0;
    for_each_part(text, '\t', [&](std::string_view part) {
      if (count < line.columns.size()) line.columns[count] = trimmed(part);
      ++count;
    });
    const auto& [label, type_name, aliases, flags, country, kind] = line.columns;
    if (count < 2) return problem(file, number, "expected at least a label and a type, with a tab between them");
    if (count > line.columns.size()) return problem(file, number, "more than six columns");
    const std::optional<EntityType> type = type_of(type_name);
    if (!type)
      return problem(file, number, "unknown type '" + std::string(type_name) + "' (org, person, place, product)");
    if (label.empty() || label.size() > kMaxNameBytes) return problem(file, number, "the label is empty or too long");
    if (!flags.empty() && flags != "ambiguous")
      return problem(file, number, "unknown flag '" + std::string(flags) + "'");
    std::uint8_t common = user ? NameForm::kUser : 0;
    if (!flags.empty()) common |= NameForm::kAmbiguous;
    add_entry({std::string(without_note(label)), *type, std::string(country), std::string(kind)},
              without_note(label) == label ? common : common | NameForm::kAmbiguous);
    const auto owner = static_cast<std::uint32_t>(data_.entries.size() - 1);
    for_each_part(aliases, '|', [&](std::string_view alias) {
      alias = trimmed(alias);
      std::uint8_t own = common | NameForm::kAlias;
      if (!alias.empty() && alias.back() == '?') {
        own |= NameForm::kAmbiguous;
        alias.remove_suffix(1);
      }
      if (alias.empty() || alias.size() > kMaxNameBytes) return;
      if (*type == EntityType::kProduct && extends(alias, label)) {
        add_entry({std::string(alias), *type, std::string(country), std::string(kind)}, own & ~NameForm::kAlias);
      } else {
        add_form(alias, owner, own);
      }
    });
  }

  // "Orange (ville)" is a homonym: called Orange, and never without context.
  static std::string_view without_note(std::string_view label) {
    const std::size_t note = label.find(" (");
    return note == std::string_view::npos || note == 0 ? label : label.substr(0, note);
  }

  // "Pixel 8 Pro" of "Pixel 8": a version is a product of its own.
  static bool extends(std::string_view alias, std::string_view label) {
    return alias.size() > label.size() + 1 && alias.starts_with(label) &&
           (alias[label.size()] == ' ' || alias[label.size()] == '-');
  }

  void add_entry(GazetteerEntry entry, int flags) {
    data_.entries.push_back(std::move(entry));
    const auto index = static_cast<std::uint32_t>(data_.entries.size() - 1);
    const GazetteerEntry& added = data_.entries.back();
    add_form(added.label, index, static_cast<std::uint8_t>(flags));
    const std::size_t blank = added.label.rfind(' ');
    if (added.type == EntityType::kPerson && blank != std::string::npos) {
      data_.given_names[key_hash(std::string_view(added.label).substr(0, added.label.find(' '))).value | 1] = true;
    }
    if (added.type != EntityType::kPerson || blank == std::string::npos) return;
    std::uint32_t& person = data_.by_surname[key_hash(std::string_view(added.label).substr(blank + 1)).value | 1];
    person = person == 0 || (person != GazetteerData::kSeveral && data_.entries[person - 1].label == added.label)
                 ? index + 1
                 : GazetteerData::kSeveral;
  }

  void add_form(std::string_view name, std::uint32_t entry, std::uint8_t flags) {
    const KeyHash key = key_hash(name);
    if (key.empty()) return;
    data_.forms.push_back({entry, 0, static_cast<std::uint8_t>(flags | spelling_flags(name))});
    link(key.value);
    note_beginnings(name);
    if (data_.entries[entry].type == EntityType::kPerson || data_.entries[entry].type == EntityType::kPlace) return;
    if (const std::string parted = parted_at_capital(name); !parted.empty()) {
      add_form(parted, entry, static_cast<std::uint8_t>(flags | NameForm::kAlias));
    }
  }

  // "Open AI" for OpenAI; empty for names without one capital after small letters, and for those like iPhone.
  static std::string parted_at_capital(std::string_view name) {
    std::size_t cut = 0;
    for (std::size_t at = 1; at < name.size(); ++at) {
      const bool small = name[at - 1] >= 'a' && name[at - 1] <= 'z';
      if (name[at] == ' ' || name[at] == '-') return {};
      if (!small || name[at] < 'A' || name[at] > 'Z') continue;
      if (cut != 0) return {};
      cut = at;
    }
    if (cut < 3) return {};
    return std::string(name.substr(0, cut)) + " " + std::string(name.substr(cut));
  }

  // Puts the newest form into the list of its key. A user's name replaces ours, unless it is ambiguous and thus one
  // reading among others; a label goes before aliases.
  void link(std::uint64_t key) {
    const std::uint32_t added = static_cast<std::uint32_t>(data_.forms.size());
    NameForm& form = data_.forms.back();
    std::uint32_t& head = data_.by_key[key];
    if (head == 0) {
      head = added;
      return;
    }
    const NameForm& first = data_.forms[head - 1];
    if (form.is(NameForm::kUser) && !first.is(NameForm::kUser)) {
      if (form.is(NameForm::kAmbiguous)) form.next = head;
      head = added;
    } else if (!form.is(NameForm::kAlias) && first.is(NameForm::kAlias)) {
      form.next = head;
      head = added;
    } else {
      NameForm* last = &data_.forms[head - 1];
      while (last->next != 0) last = &data_.forms[last->next - 1];
      last->next = added;
    }
  }

  // Every first part of the name, cut at blanks and punctuation, may be the first token of the name in a text.
  void note_beginnings(std::string_view name) {
    KeyHash part;
    std::uint8_t words = 1;
    std::vector<std::uint64_t> beginnings;
    bool pending = false;
    for (std::size_t at = 0; at < name.size();) {
      const Char c = char_at(name, at);
      if (is_letter(c.kind) || c.kind == CharKind::kDigit) {
        if (pending && !part.empty()) {
          beginnings.push_back(part.value);
          part.add('-');
          if (words < 255) ++words;
        }
        pending = false;
        const std::string_view fold = folded(c.code);
        for (const char byte : fold.empty() ? name.substr(at, c.size) : fold) part.add(byte);
      } else if (c.kind != CharKind::kMark) {
        pending = true;
      }
      at += c.size;
    }
    beginnings.push_back(part.value);
    for (const std::uint64_t beginning : beginnings) {
      std::uint8_t& longest = data_.longest_from[beginning];
      longest = std::max(longest, words);
    }
  }

  GazetteerData& data_;
  std::vector<GazetteerProblem>* problems_;
};

// FNV-1a, going on from `hash`.
std::uint64_t hashed(std::string_view bytes, std::uint64_t hash) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

std::string hexadecimal(std::uint64_t value) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value));
  return text;
}

// An empty file is a list without names.
bool read_file(const std::string& path, std::string& bytes) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 1 << 14> block;
  do {
    in.read(block.data(), block.size());
    bytes.append(block.data(), static_cast<std::size_t>(in.gcount()));
  } while (in);
  return in.eof() && !in.bad();
}

// Spreadsheets begin what they save with a byte order mark.
std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

std::array<std::pair<std::string, std::string_view>, 4> built_in_lists() {
  return {{{"gazetteer-org.tsv", embedded_gazetteer_org()},
           {"gazetteer-person.tsv", embedded_gazetteer_person()},
           {"gazetteer-place.tsv", embedded_gazetteer_place()},
           {"gazetteer-product.tsv", embedded_gazetteer_product()}}};
}

}  // namespace

Gazetteer::Gazetteer() : data_(std::make_unique<GazetteerData>()) {}
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;
Gazetteer::~Gazetteer() = default;

Result<Gazetteer> Gazetteer::load(const std::string& user_file, std::vector<GazetteerProblem>* problems) {
  Gazetteer gazetteer;
  Loader loader(*gazetteer.data_, problems);
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const auto& [name, bytes] : built_in_lists()) {
    loader.read(bytes, name, false);
    hash = hashed(bytes, hash);
  }
  if (!user_file.empty()) {
    std::string bytes;
    if (!read_file(user_file, bytes)) {
      return failure(ErrorCode::kIo, "cannot read the gazetteer " + user_file,
                     "give a file of lines 'label<TAB>type<TAB>aliases' with --gazetteer");
    }
    loader.read(without_mark(bytes), user_file, true);
    hash = hashed(bytes, hash);
  }
  gazetteer.data_->fingerprint = hexadecimal(hash);
  return gazetteer;
}

std::size_t Gazetteer::size() const {
  return data_->entries.size();
}

const GazetteerEntry* Gazetteer::find(std::string_view name, std::optional<EntityType> type) const {
  const KeyHash key = key_hash(name);
  if (key.empty()) return nullptr;
  for (const NameForm* form = data_->first(key.value); form != nullptr; form = data_->next(*form)) {
    const GazetteerEntry& entry = data_->entries[form->entry];
    if (!type || entry.type == *type) return &entry;
  }
  return nullptr;
}

const std::string& Gazetteer::fingerprint() const {
  return data_->fingerprint;
}

}  // namespace depeche::entities
