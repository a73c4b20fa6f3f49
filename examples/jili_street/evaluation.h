// The month's work of all stewards as facts, their scores, and a fund divided by them.
#ifndef LIANHU_EXAMPLES_JILI_STREET_EVALUATION_H_
#define LIANHU_EXAMPLES_JILI_STREET_EVALUATION_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "folder.h"
#include "lianhu/base/run_context.h"

namespace jili {

struct Evaluation {
  int64_t stewards = 0;
  int64_t rated = 0;
  std::string mean;                                     // points
  std::vector<std::pair<std::string, int64_t>> grades;  // their Chinese titles, best first
  std::string least;                                    // yuan, of those who get any
  std::string most;
};

// Visits, hardship lists, the sample's answers and counts are drawn from `seed`; deliveries and cases are those of the
// month. `merchant_links` and `delivery_counts` are rows without a header. Writes served.csv, visits.csv, hardship.csv,
// sample.csv, counts.csv, facts.csv, scores.csv, scores.html and fund.csv.
absl::StatusOr<Evaluation> Evaluate(const std::string& merchant_links, const std::string& delivery_counts,
                                    uint64_t seed, const Folder& out, lianhu::RunContext& context);

}  // namespace jili

#endif  // LIANHU_EXAMPLES_JILI_STREET_EVALUATION_H_
