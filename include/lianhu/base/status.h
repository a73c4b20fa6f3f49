// Errors that name the field, the row and the value.
//
// Every door of the library answers bad input with an absl::Status whose message is one sentence for a person and whose
// payload says, for a program, which field and which row were at fault. Outcomes that are not errors (infeasible,
// cancelled) are part of each result and never a Status.
#ifndef LIANHU_BASE_STATUS_H_
#define LIANHU_BASE_STATUS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace lianhu {

// Where bad input was found. `row` is a 0-based index into the named column or array, or -1 when the fault is not in
// one row (an array of the wrong length, an option out of range).
struct ErrorDetail {
  std::string field;
  int64_t row = -1;
};

// An InvalidArgument status for `field` at `row` (-1: none). Its message reads "<field>[<row>]: <message>", or
// "<field>: <message>" without a row.
absl::Status InvalidField(absl::string_view field, int64_t row, absl::string_view message);

// The detail stored by InvalidField; empty field and row -1 for any other status.
ErrorDetail GetErrorDetail(const absl::Status& status);

// `status` with the detail of `from` attached: for a floor that words the message anew (a file name, a column letter).
absl::Status WithErrorDetail(absl::Status status, const ErrorDetail& detail);

}  // namespace lianhu

#endif  // LIANHU_BASE_STATUS_H_
