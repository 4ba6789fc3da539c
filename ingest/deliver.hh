// The last step of every parser: what makes an article acceptable, and the id of those that were given none.
#pragma once

#include <string>
#include <string_view>

#include "core/article.hh"
#include "ingest/reader.hh"

namespace depeche::ingest {

inline constexpr std::size_t kMaxIdBytes = 240;

// `id` itself when it is short enough; else its beginning and a hash of the whole.
std::string bounded_id(std::string id);

// "content-" and 16 hexadecimal digits, from all that the article says.
std::string content_id(const Article& article);

bool has_letter_or_digit(std::string_view text);

// Gives the article an id (its own, else its URL, else `path_id`, else of its content) and hands it on; rejects it
// when title and text have neither letter nor digit.
void deliver(Article&& article, std::string_view path_id, std::string_view where, ArticleSink& sink);

// NFC, blanks cut from both ends. `label` must be valid UTF-8.
std::string normal_label(std::string_view label);

// Appends `key` and the JSON string `value` to Article::extra.
void add_extra(std::string& extra, std::string_view key, std::string_view value);
// The same with a value that is JSON already.
void add_extra_json(std::string& extra, std::string_view key, std::string_view json);

// Appends `text` as a JSON string with its quotes. `text` must be valid UTF-8.
void append_json_string(std::string_view text, std::string& out);

}  // namespace depeche::ingest
