// Why a table decided as it did: the row that matched, or the rows that nearly did and the cells that stood in the way.
#ifndef LIANHU_ROUTING_EXPLAIN_H_
#define LIANHU_ROUTING_EXPLAIN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/base/language.h"
#include "lianhu/routing/table.h"

namespace lianhu::routing {

struct NearMiss {
  int32_t rule = 0;
  std::vector<int32_t> failed;  // inputs whose cells do not accept the value, ascending
};

struct Explanation {
  Outcome outcome;
  std::vector<Value> inputs;
  // When nothing matched: the rules with the fewest failed cells, in row order, at most as many as asked for.
  std::vector<NearMiss> nearest;
};

// Decides and explains. Errors as Table::Decide. O(rules x inputs).
absl::StatusOr<Explanation> Explain(const Table& table, absl::Span<const Value> inputs, size_t most_near_misses = 3);

// "result: ...", "no rule matched" or "policy violated by rules i, j" with the row ids, then the rows and their cells.
std::string ToText(const Table& table, const Explanation& explanation, Language language);
// The first line of it.
std::string ToText(const Table& table, const Outcome& outcome, Language language);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_EXPLAIN_H_
