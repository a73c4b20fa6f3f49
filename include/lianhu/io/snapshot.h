// Snapshots: a hierarchy, a problem, a plan or a checklist as one binary file that is written whole, read by memory map
// and believed only after it has been checked.
//
// A file is a header of 24 bytes, integers little-endian, and a payload:
//
//   offset  bytes  what
//        0      6  "LIANHU"
//        6      2  kind: 1 hierarchy, 2 problem, 3 plan, 4 checklist, 5 decision table, 6 model of decisions
//        8      2  major version of the format
//       10      2  minor version
//       12      4  CRC-32 (that of gzip and PNG, RFC 1952) of bytes 0..11, bytes 16..23 and the payload
//       16      8  length of the payload in bytes, a multiple of 8
//       24         payload: a Cap'n Proto message in its flat form (src/schema/<kind>.capnp)
//
// Guarantees, each of which has a test:
//  1. Write replaces atomically: at `path` there is either the old file or the whole new one (io/atomic_file.h).
//  2. Any change within 32 consecutive bits, so any single flipped byte, and any truncation or extension is an error:
//     a CRC-32 finds every burst up to its own width, and the length is compared with the file's.
//  3. No input crashes a reader or makes it allocate more than a small multiple of the input's size, whether the
//     checksum is right or not. Cap'n Proto may visit no more words than the payload has, counts are compared with the
//     bytes that are there, and the content passes the same door as any other input (assignment::Validate and the
//     like).
//  4. Equal content gives equal bytes.
//  5. A file of a newer minor version is read, and what it has beyond this version is ignored. Another major version
//     is refused.
//
// Errors name the file and say what is wrong: NotFound or PermissionDenied for a file that cannot be opened, DataLoss
// for a damaged one, InvalidArgument for a file that is no snapshot, is one of another kind, or holds bad content (with
// the field and row: GetErrorDetail), FailedPrecondition for another major version.
//
// A snapshot has no names and no identifiers of households: a household is an index with a position. Whoever needs to
// find a resident again keeps the list of ids beside the file, under whatever protection that list demands.
//
// Columns are copied once out of the mapped file into the result's own vectors. Handing out views of the map would let
// another process that writes to the file change values after they were checked.
#ifndef LIANHU_IO_SNAPSHOT_H_
#define LIANHU_IO_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>

namespace lianhu::io {

enum class SnapshotKind : uint16_t { kHierarchy = 1, kProblem = 2, kPlan = 3, kChecklist = 4, kTable = 5, kModel = 6 };

inline constexpr size_t kSnapshotHeaderSize = 24;

// The version written by this library; it reads every minor version of the same major.
inline constexpr uint16_t kSnapshotMajor = 1;
inline constexpr uint16_t kSnapshotMinor = 1;

}  // namespace lianhu::io

#endif  // LIANHU_IO_SNAPSHOT_H_
