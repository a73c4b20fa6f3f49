// The taxonomy of issues: categories with their kind, departments and limits, and the words for what tables name.
#ifndef LIANHU_ROUTING_TAXONOMY_H_
#define LIANHU_ROUTING_TAXONOMY_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lianhu/routing/work_calendar.h"

namespace lianhu::routing {

// A code with its words in both languages.
struct Word {
  std::string code;
  std::string name;
  std::string name_zh;
};

// Whom to go to first: a facility goes to its owner and then to the place, an event to the place and then to the owner.
enum class FirstAsked : int32_t { kPlace = 0, kOwner = 1 };

struct Category {
  std::string code;
  std::string name;
  std::string name_zh;
  std::vector<std::string> kinds;   // at least one; the first unless an issue chooses another of them
  int32_t lead = 0;                 // departments are indices of Taxonomy::departments
  std::vector<int32_t> joins = {};  // departments that work beside the lead
  int32_t then = -1;                // the department that follows when the lead has failed; -1: none
  FirstAsked first = FirstAsked::kPlace;
  bool needs_power = false;                // statutory power, a permit or budget is always needed
  std::optional<TimeBudget> stop = {};     // to stop what goes on, before it is resolved
  std::array<TimeBudget, 4> resolve = {};  // by severity 1..4
  std::array<TimeBudget, 4> respond = {};
};

struct Taxonomy {
  std::vector<Category> categories;
  std::vector<Word> departments;
  std::vector<Word> groups;
  std::vector<Word> actions;

  // O(n); -1 when there is none.
  int32_t FindCategory(absl::string_view code) const;
};

// The word's index, or -1. O(n).
int32_t FindWord(const std::vector<Word>& words, absl::string_view code);

// Errors name the list and the entry: an empty or doubled code, a category without a kind, a department that is not
// there, a budget out of range; no category at all.
absl::Status Validate(const Taxonomy& taxonomy);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_TAXONOMY_H_
