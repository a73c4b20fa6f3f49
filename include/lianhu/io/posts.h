// Who holds which post, as a CSV file.
#ifndef LIANHU_IO_POSTS_H_
#define LIANHU_IO_POSTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/hierarchy/posts.h"
#include "lianhu/io/units.h"

namespace lianhu::io {

struct PostTable {
  Posts posts;
  std::vector<std::string> people;  // the id of each Person, in order of first appearance
};

// Reads the posts of `units`. Columns, in any order, others ignored: `unit` (an id of the units), `holder` and, if
// there is one, `stand_in` (ids of people, any text; empty: vacant). A unit that is not listed is vacant; one person
// may hold any number of posts, only not both of one unit. Errors name file, row, column and value: an unknown unit, a
// unit listed twice, one person in both posts. O(bytes).
absl::StatusOr<PostTable> ReadPosts(const std::string& path, const UnitTable& units);

}  // namespace lianhu::io

#endif  // LIANHU_IO_POSTS_H_
