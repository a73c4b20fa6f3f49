# A model of several decisions (lianhu/routing/model.h says what the fields mean).
#
# Trees are flat lists in preorder, so that they may be deeper than a message may nest: an element is followed by its
# children, of which it says the number.
#
# Evolution: as in problem.capnp.
@0xe3a65b1c9f7d2048;

using Cxx = import "/capnp/c++.capnp";
using Table = import "table.capnp";
$Cxx.namespace("lianhu::io::schema");

struct ModelItem {
  name @0 :Text;
  type @1 :Text;
  allowedValues @2 :Text;
  constraint @3 :Text;
  isCollection @4 :Bool;
  components @5 :UInt32;  # children
  functionOutput @6 :Text;
}

struct ModelExpression {
  kind @0 :UInt8;  # of BoxedExpression::Kind
  text @1 :Text;
  type @2 :Text;
  names @3 :List(Text);
  types @4 :List(Text);
  parts @5 :UInt32;  # children
  table @6 :Table.DecisionTable;  # of kind 2
}

struct ModelInput {
  id @0 :Text;
  name @1 :Text;
  type @2 :Text;
}

struct ModelDecision {
  id @0 :Text;
  name @1 :Text;
  type @2 :Text;
  requiredInputs @3 :List(Text);
  requiredDecisions @4 :List(Text);
  requiredKnowledge @5 :List(Text);
}

struct ModelService {
  id @0 :Text;
  name @1 :Text;
  type @2 :Text;
  outputs @3 :List(Text);
  encapsulated @4 :List(Text);
  inputDecisions @5 :List(Text);
  inputData @6 :List(Text);
}

struct DecisionModel {
  name @0 :Text;
  nameSpace @1 :Text;
  items @2 :List(ModelItem);
  inputs @3 :List(ModelInput);
  decisions @4 :List(ModelDecision);
  knowledge @5 :List(ModelDecision);  # without inputs and decisions
  services @6 :List(ModelService);
  expressions @7 :List(ModelExpression);  # a tree for each decision, then for each piece of knowledge
}
