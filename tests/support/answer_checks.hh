// What is true of every answer of `search --format json`, whatever was asked.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace depeche::test {

// Where the answer leaves the contract: keys that are missing, unknown, null or of another type, counts that
// contradict each other, ranges outside their text. Empty when it does nowhere.
std::vector<std::string> answer_problems(const nlohmann::json& answer);

// The characters [begin, end) of a text, in code points.
std::string code_points(const std::string& text, std::size_t begin, std::size_t end);

}  // namespace depeche::test
