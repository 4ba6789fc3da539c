// From bytes in any of the encodings of the French web to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace depeche::ingest {

std::string_view skip_bom(std::string_view bytes);  // past the mark of UTF-8, when it is there

// True for a UTF-16 byte-order mark, and for text that can only be UTF-16: every other byte of its beginning is 0.
bool has_utf16_form(std::string_view bytes);
std::string decode_utf16(std::string_view bytes);

// The encoding that a name means on the web (WHATWG: "latin1" is windows-1252); empty for names that are none.
std::string encoding_from_label(std::string_view label);

// Decodes by byte-order mark, else as UTF-8 where the bytes are that, else by `declared` (a label from a header or
// the page itself; may be empty or wrong), else by what ICU makes of them. UTF-8 with a few broken places stays
// UTF-8, each of them replaced by U+FFFD. Never fails; the result is valid UTF-8 without a mark.
std::string to_utf8(std::string_view bytes, std::string_view declared = {});

}  // namespace depeche::ingest
