#include "output/strings.hh"

#include <map>

#include "output/typography.hh"

extern "C" const char depeche_data_strings_fr[];
extern "C" const char depeche_data_strings_fr_end[];
extern "C" const char depeche_data_strings_en[];
extern "C" const char depeche_data_strings_en_end[];

namespace depeche::output {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// The text for an unknown key. Kept, so that a reference to it can be returned.
const std::string& unknown_key(std::string_view key) {
  thread_local std::map<std::string, std::string, std::less<>> seen;
  const auto found = seen.find(key);
  if (found != seen.end()) return found->second;
  return seen.emplace(key, "⟦" + std::string(key) + "⟧").first->second;
}

std::string replaced(std::string_view text, Strings::Values values) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    out += text.substr(0, open);
    if (open == text.npos) break;
    text.remove_prefix(open);
    const auto close = text.find('}');
    const std::string_view name = close == text.npos ? std::string_view{} : text.substr(1, close - 1);
    bool known = false;
    for (const auto& [key, value] : values) {
      if (key != name) continue;
      out += value;
      known = true;
      break;
    }
    if (!known) out += text.substr(0, close == text.npos ? 1 : close + 1);
    text.remove_prefix(close == text.npos ? 1 : close + 1);
  }
  return out;
}

}  // namespace

Strings::Strings(Language language, std::string_view file) : language_(language) {
  while (!file.empty()) {
    const auto end = file.find('\n');
    const std::string_view line = file.substr(0, end);
    file.remove_prefix(end == file.npos ? file.size() : end + 1);
    const auto equals = line.find(" = ");
    if (line.starts_with('#') || equals == line.npos) continue;
    texts_.emplace(trimmed(line.substr(0, equals)), typeset(trimmed(line.substr(equals + 3)), language));
  }
}

const std::string& Strings::operator[](std::string_view key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? unknown_key(key) : found->second;
}

bool Strings::has(std::string_view key) const {
  return texts_.find(key) != texts_.end();
}

std::string Strings::fill(std::string_view key, Values values) const {
  return replaced((*this)[key], values);
}

std::string Strings::count(std::string_view key, std::uint64_t n, Values values) const {
  const bool singular = language_ == Language::kFrench ? n <= 1 : n == 1;
  const std::string text = fill(std::string(key) + (singular ? ".one" : ".other"), values);
  return replaced(text, {{"n", number(n, language_)}});
}

std::vector<std::string> Strings::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, text] : texts_) keys.push_back(key);
  return keys;
}

const Strings& strings(Language language) {
  static const Strings french(Language::kFrench, {depeche_data_strings_fr, depeche_data_strings_fr_end});
  static const Strings english(Language::kEnglish, {depeche_data_strings_en, depeche_data_strings_en_end});
  return language == Language::kFrench ? french : english;
}

}  // namespace depeche::output
