# The household assignment problem as stored in a snapshot (lianhu/io/problem_snapshot.h).
#
# A household is an index with a position: there is no place here for a name, a telephone number or any other
# identifier of a resident, and none may be added.
#
# Evolution: fields are only ever added, at the end; a reader ignores what it does not know. A change that an older
# reader must not ignore raises the major version in the file header instead.
@0xefcbd44b9c97d61c;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("lianhu::io::schema");

enum Datum {
  planarMetres @0;
  wgs84Degrees @1;
}

struct Point {
  x @0 :Float64;  # metres east, or degrees of longitude
  y @1 :Float64;  # metres north, or degrees of latitude
}

struct LoadBounds {
  min @0 :Int32;
  max @1 :Int32;
}

struct Problem {
  datum @0 :Datum;
  bounds @1 :LoadBounds;            # for every steward, unless the last two lists say otherwise
  households @2 :List(Point);       # n
  stewards @3 :List(Point);         # m
  householdUnits @4 :List(Int32);   # n, or empty with stewardUnits: one jurisdiction
  stewardUnits @5 :List(Int32);     # m
  stewardMin @6 :List(Int32);       # m, or empty
  stewardMax @7 :List(Int32);       # m, or empty
}
