// Any bytes as a checklist: as JSON, and as a snapshot's payload behind a header that is right for it. What is read
// must be fit to score with, and come back the same from both forms.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "io/snapshot_envelope.h"
#include "lianhu/io/checklist.h"
#include "lianhu/scoring/explain.h"
#include "lianhu/scoring/score.h"

namespace {

using lianhu::scoring::Checklist;

void Require(bool condition) {
  if (!condition) std::abort();
}

absl::Span<const std::byte> Bytes(const std::string& text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

void Use(const Checklist& checklist) {
  Require(lianhu::scoring::Validate(checklist).ok());
  const auto json = lianhu::io::FormatChecklistJson(checklist);
  Require(json.ok());
  const auto from_json = lianhu::io::ParseChecklistJson(*json);
  Require(from_json.ok() && *from_json == checklist);
  const auto snapshot = lianhu::io::EncodeSnapshot(checklist);
  Require(snapshot.ok());
  const auto from_snapshot = lianhu::io::DecodeChecklistSnapshot(Bytes(*snapshot));
  Require(from_snapshot.ok() && *from_snapshot == checklist);
  if (checklist.facts.size() > 50) return;
  for (const int64_t fact : {0, 1, 1000}) {
    const std::vector<int64_t> facts(checklist.facts.size(), fact);
    lianhu::RunContext context;
    context.threads = 1;
    const auto scores = lianhu::scoring::Score(checklist, {.stewards = 1, .values = facts}, context);
    if (!scores.ok()) continue;  // a derived fact below 0
    const auto explanation = lianhu::scoring::Explain(checklist, facts);
    Require(explanation.ok() && explanation->total == scores->total[0]);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto checklist = lianhu::io::ParseChecklistJson(text); checklist.ok()) Use(*checklist);
  if (const auto checklist = lianhu::io::DecodeChecklistSnapshot(Bytes(text)); checklist.ok()) Use(*checklist);
  text.resize(text.size() / 8 * 8);
  const lianhu::io::SnapshotHeader header = lianhu::io::MakeSnapshotHeader(lianhu::io::SnapshotKind::kChecklist, text);
  const std::string whole = std::string(header.data(), header.size()) + text;
  if (const auto checklist = lianhu::io::DecodeChecklistSnapshot(Bytes(whole)); checklist.ok()) Use(*checklist);
  return 0;
}
