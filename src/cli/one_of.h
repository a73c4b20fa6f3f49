// An option whose value is one of a few words.
#ifndef LIANHU_SRC_CLI_ONE_OF_H_
#define LIANHU_SRC_CLI_ONE_OF_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace lianhu::cli {

// Turns a word into the number of the enumerator it stands for; any other word is refused with the list of those that
// are known.
template <typename Enum>
CLI::Validator OneOf(std::map<std::string, Enum> words) {
  return CLI::Validator(
      [words = std::move(words)](std::string& text) -> std::string {
        const auto found = words.find(text);
        if (found == words.end()) {
          return absl::StrCat(
              "'", text, "', need one of ",
              absl::StrJoin(words, ", ", [](std::string* out, const auto& word) { out->append(word.first); }));
        }
        text = absl::StrCat(static_cast<int64_t>(found->second));
        return "";
      },
      "");
}

}  // namespace lianhu::cli

#endif  // LIANHU_SRC_CLI_ONE_OF_H_
