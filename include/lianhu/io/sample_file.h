// The households to be asked whether they know their steward, as a file to fill in.
#ifndef LIANHU_IO_SAMPLE_FILE_H_
#define LIANHU_IO_SAMPLE_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "lianhu/scoring/sample.h"

namespace lianhu::io {

// `steward,household,stratum,draw,seed,knows_steward`, the last to be filled in with yes or no. `strata_column` of
// `strata` (with `id` or `household`) names a household's stratum; both empty: one stratum.
absl::StatusOr<std::string> DrawSampleCsv(const std::string& plan, const std::string& strata,
                                          const std::string& strata_column, const scoring::SampleOptions& options);

}  // namespace lianhu::io

#endif  // LIANHU_IO_SAMPLE_FILE_H_
