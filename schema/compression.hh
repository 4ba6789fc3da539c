// Compression of what an index stores: Zstandard (RFC 8878) with a dictionary of French tech news, since articles are
// short. An index names the dictionary by the number in each frame; a dictionary is never changed or removed once an
// index may have been made with it, a better one is added beside it. scripts/train-dictionary makes one.
#pragma once

#include <string>
#include <string_view>

namespace depeche::schema {

// Appends the compressed form of `plain` to `out`.
void compress(std::string_view plain, std::string& out);

// Replaces `plain` by what was compressed. False when it is damaged: the bytes are not trusted.
bool decompress(std::string_view compressed, std::string& plain);

}  // namespace depeche::schema
