# A scoring checklist: in JSON by Cap'n Proto's own codec, and in a snapshot (lianhu/io/checklist.h). What the fields
# mean is said in lianhu/scoring/checklist.h. Numbers that are not counts are decimal text, "0.3": a binary float has
# no place in what is published.
#
# Evolution: as in problem.capnp.
@0xd0c0318ff110916c;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("lianhu::io::schema");

enum FactKind {
  count @0;
  amount @1;
}

struct Fact {
  name @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  kind @3 :FactKind;
  optional @4 :Bool;
}

struct FactTerm {
  coefficient @0 :Int32 = 1;
  fact @1 :Text;
}

struct DerivedFact {
  name @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  terms @3 :List(FactTerm);
}

struct Term {
  weight @0 :Text = "1";
  numerator @1 :Text;
  denominator @2 :Text;
  proportion @3 :Bool = true;
  title @4 :Text;
  titleZh @5 :Text;
}

enum Direction {
  higherIsBetter @0;
  lowerIsBetter @1;
}

struct Indicator {
  id @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  weight @3 :Text;
  formula @4 :List(Term);
  low @5 :Text = "0";
  high @6 :Text = "1";
  direction @7 :Direction;
  cap @8 :Text = "0";
}

struct Group {
  id @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  indicators @3 :List(Indicator);
}

struct PointRule {
  id @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  fact @3 :Text;
  pointsEach @4 :Text;
  cap @5 :Text = "0";
}

struct Veto {
  id @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  fact @3 :Text;
  grade @4 :Text;
}

struct Band {
  grade @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  from @3 :Text;
  to @4 :Text;
  toIncluded @5 :Bool;
}

struct Coverage {
  numerator @0 :Int32 = 2;
  denominator @1 :Int32 = 3;
}

struct Checklist {
  id @0 :Text;
  title @1 :Text;
  titleZh @2 :Text;
  fullMarks @3 :Text = "100";
  coverage @4 :Coverage;
  households @5 :Text;
  facts @6 :List(Fact);
  derived @7 :List(DerivedFact);
  groups @8 :List(Group);
  bonuses @9 :List(PointRule);
  bonusCap @10 :Text = "0";
  deductions @11 :List(PointRule);
  deductionCap @12 :Text = "0";
  vetoes @13 :List(Veto);
  bands @14 :List(Band);
}
