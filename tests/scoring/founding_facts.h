// Facts for the founding checklist, by name, and random ones.
#ifndef LIANHU_TESTS_SCORING_FOUNDING_FACTS_H_
#define LIANHU_TESTS_SCORING_FOUNDING_FACTS_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "lianhu/base/random.h"
#include "lianhu/scoring/checklist.h"

namespace lianhu::scoring::testing {

inline size_t FactIndex(const Checklist& checklist, const std::string& name) {
  for (size_t f = 0; f < checklist.facts.size(); ++f) {
    if (checklist.facts[f].name == name) return f;
  }
  std::abort();  // a test that misspells a fact
}

using NamedFacts = std::initializer_list<std::pair<const char*, int64_t>>;

// One row: everything is due ten times and done ten times, nothing rare has happened, but for `changes`.
inline std::vector<int64_t> PerfectRow(const Checklist& checklist, NamedFacts changes = {}) {
  std::vector<int64_t> row;
  for (const Fact& fact : checklist.facts) row.push_back(fact.optional ? 0 : 10);
  for (const auto& [name, value] : changes) row[FactIndex(checklist, name)] = value;
  return row;
}

// Counts of a steward's size; a denominator is 0 now and then, and rare things happen now and then.
inline std::vector<int64_t> RandomRow(const Checklist& checklist, Random& random, int32_t greatest = 40) {
  std::vector<int64_t> row(checklist.facts.size(), -1);
  for (const Group& group : checklist.groups) {
    for (const Indicator& indicator : group.indicators) {
      for (const Term& term : indicator.terms) {
        int64_t& whole = row[FactIndex(checklist, term.denominator)];
        if (whole < 0) whole = random.Below(8) == 0 ? 0 : random.Between(1, greatest);
        row[FactIndex(checklist, term.numerator)] = random.Below(whole + 1);
      }
    }
  }
  for (int64_t& value : row) {
    if (value < 0) value = random.Below(10) == 0 ? random.Between(1, 3) : 0;
  }
  return row;
}

}  // namespace lianhu::scoring::testing

#endif  // LIANHU_TESTS_SCORING_FOUNDING_FACTS_H_
