#include "lianhu/io/table_snapshot.h"

#include <utility>
#include <vector>

#include "io/snapshot_message.h"
#include "schema/table.capnp.h"

namespace lianhu::io {
namespace {

using routing::DecisionTable;

constexpr size_t kWords = 64;  // beside the cells

kj::StringPtr Text(const std::string& text) {
  return {text.c_str(), text.size()};
}

template <typename ListBuilder>
void FillTexts(const std::vector<std::string>& texts, ListBuilder list) {
  for (size_t i = 0; i < texts.size(); ++i) list.set(static_cast<unsigned>(i), Text(texts[i]));
}

void Fill(const DecisionTable& table, schema::DecisionTable::Builder root) {
  root.setName(Text(table.name));
  root.setHitPolicy(Text(routing::HitPolicyName(table.hit_policy, table.aggregation)));
  auto inputs = root.initInputs(static_cast<unsigned>(table.inputs.size()));
  for (unsigned i = 0; i < inputs.size(); ++i) {
    inputs[i].setName(Text(table.inputs[i].name));
    inputs[i].setExpression(Text(table.inputs[i].expression));
    inputs[i].setType(Text(table.inputs[i].type));
    inputs[i].setAllowedValues(Text(table.inputs[i].allowed_values));
  }
  auto outputs = root.initOutputs(static_cast<unsigned>(table.outputs.size()));
  for (unsigned i = 0; i < outputs.size(); ++i) {
    outputs[i].setName(Text(table.outputs[i].name));
    outputs[i].setType(Text(table.outputs[i].type));
    outputs[i].setAllowedValues(Text(table.outputs[i].allowed_values));
    outputs[i].setDefaultEntry(Text(table.outputs[i].default_entry));
  }
  auto rules = root.initRules(static_cast<unsigned>(table.rules.size()));
  for (unsigned i = 0; i < rules.size(); ++i) {
    const routing::Rule& rule = table.rules[i];
    rules[i].setId(Text(rule.id));
    rules[i].setNote(Text(rule.note));
    FillTexts(rule.inputs, rules[i].initInputs(static_cast<unsigned>(rule.inputs.size())));
    FillTexts(rule.outputs, rules[i].initOutputs(static_cast<unsigned>(rule.outputs.size())));
  }
}

std::string String(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

absl::StatusOr<DecisionTable> FromMessage(schema::DecisionTable::Reader root, const MessageExtent& extent) {
  DecisionTable table;
  table.name = String(root.getName());
  // Each list and text is asked for once: a message may not make its reader visit more words than it has.
  const std::string policy = String(root.getHitPolicy());
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
    table.inputs.push_back({.name = String(input.getName()),
                            .expression = String(input.getExpression()),
                            .type = String(input.getType()),
                            .allowed_values = String(input.getAllowedValues())});
  }
  for (const auto output : outputs) {
    table.outputs.push_back({.name = String(output.getName()),
                             .type = String(output.getType()),
                             .allowed_values = String(output.getAllowedValues()),
                             .default_entry = String(output.getDefaultEntry())});
  }
  for (const auto rule : rules) {
    routing::Rule read;
    read.id = String(rule.getId());
    read.note = String(rule.getNote());
    for (const auto cell : rule.getInputs()) read.inputs.push_back(String(cell));
    for (const auto cell : rule.getOutputs()) read.outputs.push_back(String(cell));
    table.rules.push_back(std::move(read));
  }
  return table;
}

}  // namespace

absl::Status WriteSnapshot(const std::string& path, const DecisionTable& table) {
  return WriteWith<schema::DecisionTable>(path, SnapshotKind::kTable, table, kWords, Fill);
}

absl::StatusOr<std::string> EncodeSnapshot(const DecisionTable& table) {
  return EncodeWith<schema::DecisionTable>(SnapshotKind::kTable, table, kWords, Fill);
}

absl::StatusOr<DecisionTable> DecodeTableSnapshot(absl::Span<const std::byte> bytes, absl::string_view source) {
  const auto payload = OpenSnapshot(bytes, SnapshotKind::kTable, source);
  if (!payload.ok()) return payload.status();
  return DecodeMessage<schema::DecisionTable>(*payload, source, FromMessage);
}

absl::StatusOr<DecisionTable> ReadTableSnapshot(const std::string& path) {
  return ReadWith(path, DecodeTableSnapshot);
}

}  // namespace lianhu::io
