// What is wrong with a decision table, found before it decides anything: exact, and with the inputs that show it.
//
// The domain of every input is cut into the segments on which all cells are constant (compiled_table.h), so a rule is a
// box of segments and every question is one about boxes:
//   gap               inputs that no rule matches (not under COLLECT, nor where a default output answers)
//   overlap           under UNIQUE inputs that two rules match; under ANY only if their outputs differ
//   masked            a rule that can never decide: under FIRST by earlier rules, under PRIORITY by rules of higher
//                     priority; under any policy a rule that no allowed input matches
//   subsumed          a rule within another of the same outputs: it can be deleted (UNIQUE, ANY, FIRST, PRIORITY)
//   mergeable         two rules of the same outputs that differ in one cell: they can become one
//   unreachable output  an allowed output value that no rule can give
// null counts as an input only in columns where a cell asks for it. Which segments are inhabited is exact: between 3
// and 4 there is no integer, between two consecutive days no date.
//
// Method: gaps and masks by splitting the box along the face of a rule that parts the rules most evenly, until a rule
// covers the rest or none touches it; overlaps, subsumed and mergeable rules pairwise over cells. After Calvanese,
// Dumas, Laurson, Maggi, Montali, Teinemaa, "Semantics and analysis of DMN decision tables" (arXiv 1603.07466), whose
// sweep goes column by column. docs/algorithms/decision_tables.md has the figures.
#ifndef LIANHU_ROUTING_ANALYSIS_H_
#define LIANHU_ROUTING_ANALYSIS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "lianhu/base/language.h"
#include "lianhu/base/run_context.h"
#include "lianhu/routing/compiled_table.h"
#include "lianhu/routing/table.h"

namespace lianhu::routing {

enum class FindingKind { kGap, kOverlap, kMasked, kSubsumed, kMergeable, kUnreachableOutput };

struct Finding {
  FindingKind kind = FindingKind::kGap;
  // kOverlap: the two; kMasked: the rule; kSubsumed: the rule, then the one it lies within; kMergeable: the two.
  std::vector<int32_t> rules;
  // The box of inputs that shows it, one set of segments an input: kGap, kOverlap.
  std::vector<SegmentSet> box;
  // kMergeable: the input in which the two differ; kUnreachableOutput: the output; else -1.
  int32_t column = -1;
  std::string value;  // kUnreachableOutput
};

struct AnalysisOptions {
  int64_t max_findings = 1000;       // of each kind that are listed; at least 1
  int64_t max_work = 2'000'000'000;  // elementary steps of the search for gaps and masks, about 1 ns each
};

struct Analysis {
  std::vector<Finding> findings;  // by kind, then by rule or box
  // False if findings of some kind were left out (max_findings), or the search was stopped (max_work).
  bool complete = true;
  bool cancelled = false;
};

// InvalidArgument (with the cell) for a table whose cells are not all constant tests.
absl::StatusOr<Analysis> Analyze(const Table& table, const AnalysisOptions& options, RunContext& context);

// The box as unary tests, one an input.
std::vector<std::string> BoxAsTests(const Table& table, const std::vector<SegmentSet>& box);
// A case in the box, to try.
std::vector<Value> BoxWitness(const Table& table, const std::vector<SegmentSet>& box);
// "gap", "overlap", "masked", "subsumed", "mergeable", "unreachable output".
const char* FindingKindName(FindingKind kind);
// One sentence.
std::string ToText(const Table& table, const Finding& finding, Language language);

}  // namespace lianhu::routing

#endif  // LIANHU_ROUTING_ANALYSIS_H_
