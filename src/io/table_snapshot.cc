#include "lianhu/io/table_snapshot.h"

#include <utility>
#include <vector>

#include "io/snapshot_message.h"
#include "io/table_message.h"

namespace lianhu::io {

using routing::DecisionTable;

constexpr size_t kTableWords = 64;  // beside the cells

void FillTable(const DecisionTable& table, schema::DecisionTable::Builder root) {
  root.setName(MessageText(table.name));
  root.setHitPolicy(MessageText(routing::HitPolicyName(table.hit_policy, table.aggregation)));
  auto inputs = root.initInputs(static_cast<unsigned>(table.inputs.size()));
  for (unsigned i = 0; i < inputs.size(); ++i) {
    inputs[i].setName(MessageText(table.inputs[i].name));
    inputs[i].setExpression(MessageText(table.inputs[i].expression));
    inputs[i].setType(MessageText(table.inputs[i].type));
    inputs[i].setAllowedValues(MessageText(table.inputs[i].allowed_values));
  }
  auto outputs = root.initOutputs(static_cast<unsigned>(table.outputs.size()));
  for (unsigned i = 0; i < outputs.size(); ++i) {
    outputs[i].setName(MessageText(table.outputs[i].name));
    outputs[i].setType(MessageText(table.outputs[i].type));
    outputs[i].setAllowedValues(MessageText(table.outputs[i].allowed_values));
    outputs[i].setDefaultEntry(MessageText(table.outputs[i].default_entry));
  }
  auto rules = root.initRules(static_cast<unsigned>(table.rules.size()));
  for (unsigned i = 0; i < rules.size(); ++i) {
    const routing::Rule& rule = table.rules[i];
    rules[i].setId(MessageText(rule.id));
    rules[i].setNote(MessageText(rule.note));
    FillTexts(rule.inputs, rules[i].initInputs(static_cast<unsigned>(rule.inputs.size())));
    FillTexts(rule.outputs, rules[i].initOutputs(static_cast<unsigned>(rule.outputs.size())));
  }
}

absl::StatusOr<DecisionTable> TableFromMessage(schema::DecisionTable::Reader root, const MessageExtent& extent) {
  DecisionTable table;
  table.name = StringOf(root.getName());
  // Each list and text is asked for once: a message may not make its reader visit more words than it has.
  const std::string policy = StringOf(root.getHitPolicy());
  if (!routing::ParseHitPolicy(policy, &table.hit_policy, &table.aggregation)) {
    return InvalidField("hitPolicy", -1, absl::StrCat("'", policy, "' is not known"));
  }
  const auto inputs = root.getInputs();
  const auto outputs = root.getOutputs();
  const auto rules = root.getRules();
  if (auto status = extent.CheckCount("inputs", inputs.size(), 4); !status.ok()) return status;
  if (auto status = extent.CheckCount("outputs", outputs.size(), 4); !status.ok()) return status;
  if (auto status = extent.CheckCount("rules", rules.size(), 4); !status.ok()) return status;
  for (const auto input : inputs) {
    table.inputs.push_back({.name = StringOf(input.getName()),
                            .expression = StringOf(input.getExpression()),
                            .type = StringOf(input.getType()),
                            .allowed_values = StringOf(input.getAllowedValues())});
  }
  for (const auto output : outputs) {
    table.outputs.push_back({.name = StringOf(output.getName()),
                             .type = StringOf(output.getType()),
                             .allowed_values = StringOf(output.getAllowedValues()),
                             .default_entry = StringOf(output.getDefaultEntry())});
  }
  for (const auto rule : rules) {
    routing::Rule read;
    read.id = StringOf(rule.getId());
    read.note = StringOf(rule.getNote());
    read.inputs = CopyTexts(rule.getInputs());
    read.outputs = CopyTexts(rule.getOutputs());
    table.rules.push_back(std::move(read));
  }
  return table;
}

absl::Status WriteSnapshot(const std::string& path, const DecisionTable& table) {
  return WriteWith<schema::DecisionTable>(path, SnapshotKind::kTable, table, kTableWords, FillTable);
}

absl::StatusOr<std::string> EncodeSnapshot(const DecisionTable& table) {
  return EncodeWith<schema::DecisionTable>(SnapshotKind::kTable, table, kTableWords, FillTable);
}

absl::StatusOr<DecisionTable> DecodeTableSnapshot(absl::Span<const std::byte> bytes, absl::string_view source) {
  const auto payload = OpenSnapshot(bytes, SnapshotKind::kTable, source);
  if (!payload.ok()) return payload.status();
  return DecodeMessage<schema::DecisionTable>(*payload, source, TableFromMessage);
}

absl::StatusOr<DecisionTable> ReadTableSnapshot(const std::string& path) {
  return ReadWith(path, DecodeTableSnapshot);
}

}  // namespace lianhu::io
