// What a docket writes: its cases, what is to be done, its figures.
#ifndef LIANHU_IO_DOCKET_FILES_H_
#define LIANHU_IO_DOCKET_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "lianhu/io/units.h"
#include "lianhu/routing/docket.h"
#include "lianhu/routing/figures.h"
#include "lianhu/routing/taxonomy.h"

namespace lianhu::io {

// What the indices of a docket mean.
struct DocketNames {
  const routing::Taxonomy& taxonomy;
  const UnitTable& units;
  const std::vector<std::string>& people;    // by Person
  const std::vector<std::string>& case_ids;  // by number of the case
};

// cases.csv, actions.csv and figures.csv; docs/formats.md lists their columns. Equal dockets give equal bytes.
std::string FormatCasesCsv(const DocketNames& names, const routing::Docket& docket);
std::string FormatActionsCsv(const DocketNames& names, const routing::Docket& docket,
                             absl::Span<const routing::Action> actions);
std::string FormatFiguresCsv(const DocketNames& names, const routing::Docket& docket);
std::string FormatDocketSummaryJson(const DocketNames& names, const routing::Docket& docket);

// A row of cases.csv, for whoever draws facts from it: what each steward's cases came to.
struct CaseRecord {
  std::string id;
  std::string category;     // a code of the taxonomy
  std::string kind;         // the first kind of that category
  std::string mode;         // help, mediate, report
  std::string state;        // CaseStateName
  std::string unit;         // that is responsible
  std::string responsible;  // the person; empty: nobody
  int32_t severity = 1;
  int32_t reopened = 0;
  int32_t breaches = 0;
  // Seconds from an answer or closing to the reopening after it, the least; -1: never reopened. 0 where a case was
  // reopened and the file does not say.
  int64_t shortest_stand = -1;
  routing::Instant registered = routing::kNoInstant;
  routing::Instant answered = routing::kNoInstant;  // kNoInstant: not yet
  routing::Instant closed = routing::kNoInstant;
  routing::Verdict in_time = routing::Verdict::kUnknown;  // unknown until answered
  routing::Verdict resolved = routing::Verdict::kUnknown;
  routing::Verdict satisfied = routing::Verdict::kUnknown;
};

// Reads cases.csv back; columns in any order, others ignored. Errors name file, row, column and value.
absl::StatusOr<std::vector<CaseRecord>> ReadCases(const std::string& path);

}  // namespace lianhu::io

#endif  // LIANHU_IO_DOCKET_FILES_H_
