// What is wrong with a command line, in the program's own words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.hh"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace depeche::cli {

// `search OpenAI -huawei`: a word that was meant to be excluded, but reads as a bundle of one-letter options (-h
// first).
std::optional<Error> lone_exclusion(const std::vector<std::string>& arguments);

// Everything fails with kUsage that is about the words of the command line; CLI11 has many codes for it.
Error usage_error(CLI::App& app, const CLI::ParseError& error);

}  // namespace depeche::cli
