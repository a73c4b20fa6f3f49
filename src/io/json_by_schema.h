// JSON as a person or a program wrote it, made ready for Cap'n Proto's codec.
//
// The codec of Cap'n Proto 0.9 reads \u escapes wrongly, takes the last of two members of one name, and says of a fault
// neither where nor in which member it is. So the text is read by a JSON parser first, member by member along the
// schema, and written anew for the codec: escapes resolved to UTF-8, numbers for decimals that are text ("weight": 8)
// as text, exactly as they were written.
#ifndef LIANHU_SRC_IO_JSON_BY_SCHEMA_H_
#define LIANHU_SRC_IO_JSON_BY_SCHEMA_H_

// clang-format off
#include "io/capnp_headers.h"  // before anything of Cap'n Proto
#include <capnp/schema.h>
// clang-format on

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lianhu::io {

// Errors name `source` and the line, or the member by its path ("groups[0].indicators[2].weight"): text that is no
// JSON or no UTF-8, a member that the schema does not know or that is there twice, a value of another type, control
// characters. O(bytes).
absl::StatusOr<std::string> ReadJsonBySchema(absl::string_view json, capnp::StructSchema schema,
                                             absl::string_view source);

}  // namespace lianhu::io

#endif  // LIANHU_SRC_IO_JSON_BY_SCHEMA_H_
