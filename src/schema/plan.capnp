# A plan as stored in a snapshot (lianhu/io/plan_snapshot.h). The time it took to find is left out, so that equal plans
# give equal bytes.
#
# Evolution: as in problem.capnp.
@0xf4b18af18cd24c77;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("lianhu::io::schema");

enum Outcome {
  optimal @0;
  infeasible @1;
  bestEffort @2;
  cancelled @3;
  timeLimit @4;
}

struct Infeasibility {
  unit @0 :Int32;  # -1: the problem has no units
  households @1 :Int64;
  stewards @2 :Int64;
  capacity @3 :Int64;
  required @4 :Int64;
  shortage @5 :Int64;
  surplus @6 :Int64;
  stewardsNeeded @7 :Int64;  # -1: no number would do
  boundNeeded @8 :Int64;     # -1: none would do
  # Since version 1.1:
  kind @9 :Int32 = -1;       # -1: the problem has no kinds
  part @10 :Bool;            # a part of the jurisdiction: the two sets
  householdSet @11 :List(Int32);
  stewardSet @12 :List(Int32);
}

struct Plan {
  outcome @0 :Outcome;
  stewardOf @1 :List(Int32);  # n: a steward's index, or -1
  priceCm @2 :List(Int64);    # m
  load @3 :List(Int32);       # m: how often the steward occurs in stewardOf
  totalCostCm @4 :Int64;
  dualBoundCm @5 :Int64;
  unserved @6 :Int64;
  infeasibilities @7 :List(Infeasibility);  # by increasing unit
  # Since version 1.1:
  distanceCm @8 :Int64;
  switches @9 :Int64;
}
