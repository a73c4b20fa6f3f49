// Uses floor 3 from an installed package: a snapshot written and read, a map rendered.
#include <cstdio>

#include "lianhu/hierarchy/bgl.h"
#include "lianhu/io/hierarchy_snapshot.h"
#include "lianhu/report/map.h"

int main() {
  const auto tree = lianhu::Hierarchy::FromCodes({430181002216}, {.root = 430181002});
  const auto bytes = lianhu::io::EncodeSnapshot(*tree);
  const auto again =
      lianhu::io::DecodeHierarchySnapshot({reinterpret_cast<const std::byte*>(bytes->data()), bytes->size()});
  const lianhu::assignment::Plan nothing;
  const auto page = lianhu::report::RenderMap({.plan = &nothing}, {});
  if (!again.ok() || num_vertices(*again) != 2 || !page.ok()) return 1;
  std::printf("rooms\n");
}
