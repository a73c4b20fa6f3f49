# A decision table, cell by cell as FEEL text (lianhu/routing/table.h says what the fields mean).
#
# Evolution: as in problem.capnp.
@0xb1f0c2a4d97e5836;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("lianhu::io::schema");

struct TableInput {
  name @0 :Text;
  expression @1 :Text;
  type @2 :Text;
  allowedValues @3 :Text;
}

struct TableOutput {
  name @0 :Text;
  type @1 :Text;
  allowedValues @2 :Text;
  defaultEntry @3 :Text;
}

struct TableRule {
  id @0 :Text;
  inputs @1 :List(Text);
  outputs @2 :List(Text);
  note @3 :Text;
}

struct DecisionTable {
  name @0 :Text;
  hitPolicy @1 :Text;  # by name, with its aggregation: "COLLECT SUM"
  inputs @2 :List(TableInput);
  outputs @3 :List(TableOutput);
  rules @4 :List(TableRule);
}
