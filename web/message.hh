// A request and its answer as plain values, without a word of the server library.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "output/percent.hh"

namespace depeche::web {

struct Call {
  std::string path;               // decoded: "/article/corpus/a.txt"
  std::string query_string;       // as it came
  output::Parameters parameters;  // decoded
  std::string host;               // the Host header
  std::string accept_language;
  std::string referer;
};

struct Reply {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
  // The answer depends on the index, the URL and the language alone: an ETag is made of them.
  bool tagged = false;
  std::uint64_t revision = 0;
  bool immutable = false;  // an asset under a name that changes with its content
};

}  // namespace depeche::web
