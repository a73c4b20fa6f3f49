# The tree of units as stored in a snapshot (lianhu/io/hierarchy_snapshot.h): the arrays of lianhu::HierarchyView.
#
# Units are in level order: parents come before children, the children of one unit stand side by side.
#
# Evolution: as in problem.capnp.
@0x83c3d105fcde36b7;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("lianhu::io::schema");

struct Hierarchy {
  parents @0 :List(Int32);  # n, -1 for the root
  levels @1 :List(Int32);   # n
  codes @2 :List(Int64);    # n, -1 where a unit has none; empty when none has
  rows @3 :List(Int32);     # n: the row it was built from, -1 for a unit that the builder made
}
