#include "searcher/positions.hh"

#include <algorithm>

#include "schema/part_layout.hh"
#include "text/analyzer.hh"

namespace depeche::searcher {
namespace {

bool fits(const std::vector<Form>& forms, Form form) { return std::binary_search(forms.begin(), forms.end(), form); }

}  // namespace

SlotForms forms_of(const std::vector<text::Slot>& slots, const WordStream& words) {
  SlotForms out;
  for (const text::Slot& slot : slots) {
    std::vector<Form>& forms = out.emplace_back();
    if (!slot.exact.empty()) words.forms_of_exact(slot.exact, forms);
    if (!slot.exact_only) {
      for (const std::string& lemma : slot.lemmas) {
        const auto more = words.forms_of_lemma(lemma);
        forms.insert(forms.end(), more.begin(), more.end());
      }
    }
    std::sort(forms.begin(), forms.end());
    forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
  }
  return out;
}

SlotForms forms_of(const PlanNode& node, const WordStream& words) {
  if (node.kind != PlanNode::Kind::kForms) return forms_of(node.slots, words);
  SlotForms out(1);
  for (const std::string& form : node.forms) words.forms_of_exact(form, out[0]);
  std::sort(out[0].begin(), out[0].end());
  return out;
}

std::span<const Form> title_of(std::span<const Form> stream) {
  const auto title_end = std::find(stream.begin(), stream.end(), schema::stream::kTitleEnd);
  if (title_end != stream.begin() || title_end == stream.end()) return {stream.begin(), title_end};
  const auto sentence_end = std::find(title_end + 1, stream.end(), schema::stream::kSentenceEnd);
  return {title_end + 1, sentence_end};
}

bool phrase_at(std::span<const Form> stream, std::size_t at, const SlotForms& slots) {
  if (at + slots.size() > stream.size()) return false;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!fits(slots[i], stream[at + i])) return false;  // a sentence's end fits no slot
  }
  return true;
}

bool phrase_at(std::string_view coded, std::size_t begin, const SlotForms& slots) {
  return std::all_of(slots.begin(), slots.end(), [&](const std::vector<Form>& forms) {
    return begin < coded.size() && fits(forms, schema::get_stream_number(coded, begin));
  });
}

bool has_phrase(std::span<const Form> stream, const SlotForms& slots) {
  for (std::size_t at = 0; at < stream.size(); ++at) {
    if (phrase_at(stream, at, slots)) return true;
  }
  return false;
}

void phrase_positions(std::span<const Form> stream, const SlotForms& slots, std::vector<std::uint32_t>& out) {
  std::uint32_t position = 0;
  for (std::size_t at = 0; at < stream.size(); ++at) {
    if (stream[at] < schema::stream::kFirstForm) {
      position += text::kSentenceGap;
      continue;
    }
    ++position;
    if (phrase_at(stream, at, slots)) out.push_back(position);
  }
}

bool within_distance(const std::vector<std::vector<std::uint32_t>>& lists, std::uint32_t distance) {
  std::vector<std::size_t> at(lists.size(), 0);
  for (const auto& list : lists) {
    if (list.empty()) return false;
  }
  for (;;) {  // move the lowest one on until all are close or it runs out
    std::uint32_t low = UINT32_MAX, high = 0;
    std::size_t lowest = 0;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      const std::uint32_t position = lists[i][at[i]];
      if (position < low) low = position, lowest = i;
      high = std::max(high, position);
    }
    if (high - low <= distance) return true;
    if (++at[lowest] == lists[lowest].size()) return false;
  }
}

}  // namespace depeche::searcher
