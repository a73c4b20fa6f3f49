// The tables by which a town routes, as a folder of CSV files, and the default ones.
#ifndef LIANHU_IO_ROUTING_FILES_H_
#define LIANHU_IO_ROUTING_FILES_H_

#include <string>

#include "absl/status/statusor.h"
#include "lianhu/routing/router.h"

namespace lianhu::io {

// Reads a folder; docs/formats.md, "Routing tables", has the columns.
//   categories.csv            the taxonomy: kind, departments, limits
//   words.csv                 departments, groups and actions by code, in English and Chinese
//   t1.csv, t2.csv, t3.csv    decision tables (table_csv.h)
// Errors name the file, and the row, column and value where there is one. Whether tables and taxonomy fit together is
// for routing::Router::Create.
absl::StatusOr<routing::RoutingTables> ReadRoutingTables(const std::string& folder);

// The files of data/routing as they were when the library was built.
absl::StatusOr<routing::RoutingTables> DefaultRoutingTables();

}  // namespace lianhu::io

#endif  // LIANHU_IO_ROUTING_FILES_H_
