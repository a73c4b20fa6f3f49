// lianhu table check|show|diff|test|eval: decision tables, looked at and tried.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/table_inputs.h"
#include "lianhu/io/atomic_file.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/dmn.h"
#include "lianhu/io/model_snapshot.h"
#include "lianhu/io/routing_files.h"
#include "lianhu/io/table_csv.h"
#include "lianhu/io/table_snapshot.h"
#include "lianhu/routing/analysis.h"
#include "lianhu/routing/diff.h"
#include "lianhu/routing/explain.h"

namespace lianhu::cli {
namespace {

using routing::Model;
using routing::Value;

struct Arguments {
  std::string path;
  std::string other;
  std::string decision;
  std::string form = "text";
  std::string out;
  std::string issues;
  std::string tables;
  std::vector<std::string> inputs;
  bool json = false;
};

absl::StatusOr<size_t> ChooseDecision(const Model& model, const std::string& path, const std::string& wanted) {
  absl::StatusOr<size_t> chosen = model.Choose(wanted);
  if (chosen.ok()) return chosen;
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", chosen.status().message(), " (--decision NAME)"));
}

absl::StatusOr<routing::Context> ReadInputs(const Model& model, const std::vector<std::string>& given) {
  routing::Context inputs;
  for (const std::string& pair : given) {
    const size_t equals = pair.find('=');
    if (equals == std::string::npos)
      return absl::InvalidArgumentError(absl::StrCat("--input '", pair, "': NAME=VALUE expected"));
    const std::string name = routing::NormalizeName(pair.substr(0, equals));
    bool known = false;
    std::string type;
    std::vector<std::string> names;
    for (const routing::InputData& input : model.definition().inputs) {
      names.push_back(input.name);
      if (input.name != name) continue;
      known = true;
      type = input.type;
    }
    // Models without input data take their inputs from the tables' expressions.
    for (const routing::Decision& decision : model.definition().decisions) {
      for (const routing::InputClause& clause : decision.logic.table.inputs) {
        if (known || routing::NormalizeName(clause.expression) != name) continue;
        known = true;
        type = clause.type;
      }
    }
    if (!known)
      return absl::InvalidArgumentError(
          absl::StrCat("--input ", name, ": no such input; the inputs are ", absl::StrJoin(names, ", ")));
    const auto resolved = model.types().Resolve(type);
    absl::StatusOr<Value> value =
        ReadValue(name, pair.substr(equals + 1), resolved.has_value() ? resolved->base : routing::BaseType::kAny);
    if (!value.ok()) return value.status();
    inputs.emplace_back(name, *std::move(value));
  }
  return inputs;
}

ExitCode Eval(const Arguments& arguments, Session& session) {
  const absl::StatusOr<Model> model = io::LoadModel(arguments.path);
  if (!model.ok()) return Complain(model.status());
  const absl::StatusOr<size_t> decision = ChooseDecision(*model, arguments.path, arguments.decision);
  if (!decision.ok()) return Complain(decision.status());
  const absl::StatusOr<routing::Context> inputs = ReadInputs(*model, arguments.inputs);
  if (!inputs.ok()) return Complain(inputs.status());
  const absl::StatusOr<routing::DecisionResult> result =
      model->Evaluate(model->definition().decisions[*decision].name, *inputs);
  if (!result.ok()) return Complain(result.status());
  if (!result->status.ok()) return Complain(result->status);
  if (!result->outcome.has_value()) {
    absl::PrintF("%s\n", absl::StrCat(session.chinese() ? "结果：" : "result: ", routing::ToFeel(result->value)));
    return kDone;
  }
  const routing::Table& table = *model->table(*decision);
  std::vector<Value> values;
  bool plain = true;  // every input expression is an input: then the cells can be explained
  for (const routing::InputClause& clause : table.definition().inputs) {
    const std::string name = routing::NormalizeName(clause.expression);
    const Value found = Value(*inputs).Get(name);
    bool is_input = !found.is_null();
    for (const routing::InputData& input : model->definition().inputs) is_input = is_input || input.name == name;
    plain = plain && is_input;
    values.push_back(found);
  }
  if (const auto explanation = routing::Explain(table, values); plain && explanation.ok()) {
    absl::PrintF("%s\n", routing::ToText(table, *explanation, session.language));
  } else {
    absl::PrintF("%s\n", routing::ToText(table, *result->outcome, session.language));
  }
  return result->outcome->kind == routing::OutcomeKind::kResult ? kDone : kVerificationFailed;
}

ExitCode Test(const Arguments& arguments, Session& session) {
  const absl::StatusOr<std::vector<io::DmnCase>> cases = io::RunDmnTests(arguments.path);
  if (!cases.ok()) return Complain(cases.status());
  int passed = 0;
  int failed = 0;
  for (const io::DmnCase& result : *cases) {
    ++(result.passed ? passed : failed);
    for (const std::string& failure : result.failures) {
      absl::PrintF("%s\n", absl::StrCat(session.chinese() ? "未通过 " : "FAIL ", result.file,
                                        result.id.empty() ? "" : absl::StrCat(" case ", result.id), ": ", failure));
    }
  }
  absl::PrintF("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? kDone : kVerificationFailed;
}

nlohmann::json FindingAsJson(const routing::Table& table, const routing::Finding& finding) {
  const routing::DecisionTable& definition = table.definition();
  nlohmann::json json = {{"kind", routing::FindingKindName(finding.kind)}, {"rules", nlohmann::json::array()}};
  for (const int32_t rule : finding.rules) json["rules"].push_back(definition.rules[static_cast<size_t>(rule)].id);
  if (!finding.box.empty()) {
    const std::vector<std::string> tests = routing::BoxAsTests(table, finding.box);
    const std::vector<Value> witness = routing::BoxWitness(table, finding.box);
    for (size_t i = 0; i < tests.size(); ++i) {
      json["box"][definition.inputs[i].expression] = tests[i];
      json["witness"][definition.inputs[i].expression] = routing::ToFeel(witness[i]);
    }
  }
  if (finding.kind == routing::FindingKind::kMergeable)
    json["input"] = definition.inputs[static_cast<size_t>(finding.column)].expression;
  if (finding.kind == routing::FindingKind::kUnreachableOutput) {
    json["output"] = definition.outputs[static_cast<size_t>(finding.column)].name;
    json["value"] = finding.value;
  }
  json["text"] = routing::ToText(table, finding, Language::kEnglish);
  return json;
}

ExitCode Check(const Arguments& arguments, Session& session) {
  const absl::StatusOr<Model> model = io::LoadModel(arguments.path);
  if (!model.ok()) return Complain(model.status());
  nlohmann::json json = {{"tables", nlohmann::json::array()}};
  int64_t found = 0;
  for (size_t i = 0; i < model->definition().decisions.size(); ++i) {
    const routing::Table* table = model->table(i);
    if (table == nullptr) continue;
    const std::string& name = model->definition().decisions[i].name;
    nlohmann::json entry = {
        {"table", name}, {"rules", table->definition().rules.size()}, {"findings", nlohmann::json::array()}};
    if (table->compiled() == nullptr) {
      ++found;  // what cannot be looked at is not clean
      entry["not_analysed"] = table->not_compiled_because();
      if (!arguments.json) {
        absl::PrintF("%s\n", absl::StrCat(name, session.chinese() ? "：无法分析：" : ": cannot be analysed: ",
                                          table->not_compiled_because()));
      }
      json["tables"].push_back(std::move(entry));
      continue;
    }
    const absl::StatusOr<routing::Analysis> analysis = routing::Analyze(*table, {}, session.context);
    if (!analysis.ok()) return Complain(analysis.status());
    if (analysis->cancelled) return kInterrupted;
    for (const routing::Finding& finding : analysis->findings) {
      ++found;
      entry["findings"].push_back(FindingAsJson(*table, finding));
      if (!arguments.json)
        absl::PrintF("%s\n", absl::StrCat(name, ": ", routing::ToText(*table, finding, session.language)));
    }
    entry["complete"] = analysis->complete;
    if (!analysis->complete) {
      ++found;
      if (!arguments.json)
        absl::PrintF("%s\n", absl::StrCat(name, session.chinese() ? "：还有更多，未全部列出"
                                                                  : ": there is more than is listed"));
    }
    json["tables"].push_back(std::move(entry));
  }
  json["clean"] = found == 0;
  if (arguments.json) {
    absl::PrintF("%s\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else if (found == 0) {
    absl::PrintF("%s\n", session.chinese() ? "没有发现问题" : "clean: no gap, no overlap, no rule too many");
  }
  return found == 0 ? kDone : kVerificationFailed;
}

// Decides every row of a file of past issues by both tables.
ExitCode CompareIssues(const Arguments& arguments, const routing::Table& before, const routing::Table& after,
                       Session& session) {
  const absl::StatusOr<io::CsvTable> csv = io::CsvTable::Read(arguments.issues);
  if (!csv.ok()) return Complain(csv.status());
  const absl::StatusOr<routing::RoutingTables> town =
      arguments.tables.empty() ? io::DefaultRoutingTables() : io::ReadRoutingTables(arguments.tables);
  if (!town.ok()) return Complain(town.status());
  const absl::StatusOr<PastIssues> of_before = PastIssues::Find(*csv, before, town->taxonomy);
  if (!of_before.ok()) return Complain(of_before.status());
  const absl::StatusOr<PastIssues> of_after = PastIssues::Find(*csv, after, town->taxonomy);
  if (!of_after.ok()) return Complain(of_after.status());
  int64_t changed = 0;
  for (int64_t row = 0; row < csv->rows(); ++row) {
    const absl::StatusOr<routing::Outcome> a = of_before->Decide(row);
    if (!a.ok()) return Complain(a.status());
    const absl::StatusOr<routing::Outcome> b = of_after->Decide(row);
    if (!b.ok()) return Complain(b.status());
    if (!routing::SameOutcome(*a, *b)) ++changed;
  }
  absl::PrintF("%s\n", session.chinese()
                           ? absl::StrCat(csv->rows(), " 件历史事项中有 ", changed, " 件会改变去向")
                           : absl::StrCat(changed, " of ", csv->rows(), " past issues would have gone elsewhere"));
  return changed == 0 ? kDone : kVerificationFailed;
}

ExitCode Compare(const Arguments& arguments, Session& session) {
  const absl::StatusOr<Model> first = io::LoadModel(arguments.path), second = io::LoadModel(arguments.other);
  if (!first.ok()) return Complain(first.status());
  if (!second.ok()) return Complain(second.status());
  const absl::StatusOr<size_t> a = ChooseDecision(*first, arguments.path, arguments.decision);
  const absl::StatusOr<size_t> b = ChooseDecision(*second, arguments.other, arguments.decision);
  if (!a.ok()) return Complain(a.status());
  if (!b.ok()) return Complain(b.status());
  const routing::Table* before = first->table(*a);
  const routing::Table* after = second->table(*b);
  if (before == nullptr || after == nullptr) {
    return Complain(absl::InvalidArgumentError(
        absl::StrCat(before == nullptr ? arguments.path : arguments.other, ": the decision is no decision table")));
  }
  const absl::StatusOr<routing::TableDiff> diff = routing::Diff(*before, *after, {}, session.context);
  if (!diff.ok()) return Complain(diff.status());
  if (diff->cancelled) return kInterrupted;
  for (const routing::Change& change : diff->changes) {
    std::vector<std::string> parts;
    for (size_t i = 0; i < change.box.size(); ++i) {
      if (change.box[i] != "-")
        parts.push_back(absl::StrCat(before->definition().inputs[i].expression, " = ", change.box[i]));
    }
    absl::PrintF("%s\n", absl::StrCat(parts.empty() ? (session.chinese() ? "任何输入" : "any input")
                                                    : absl::StrJoin(parts, "; "),
                                      "\n  - ", routing::ToText(*before, change.before, session.language), "\n  + ",
                                      routing::ToText(*after, change.after, session.language)));
  }
  if (!diff->complete)
    absl::PrintF("%s\n", session.chinese() ? "还有更多，未全部列出" : "there is more than is listed");
  if (diff->changes.empty() && diff->complete)
    absl::PrintF("%s\n", session.chinese() ? "没有变化" : "no outcome changes");
  const ExitCode changed = diff->changes.empty() && diff->complete ? kDone : kVerificationFailed;
  if (arguments.issues.empty()) return changed;
  const ExitCode issues = CompareIssues(arguments, *before, *after, session);
  return issues == kBadInput ? kBadInput : changed;
}

std::string TableAsText(const routing::DecisionTable& table) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> header = {""};
  for (const auto& input : table.inputs) header.push_back(input.name.empty() ? input.expression : input.name);
  for (const auto& output : table.outputs)
    header.push_back(absl::StrCat("> ", output.name.empty() ? table.name : output.name));
  rows.push_back(std::move(header));
  for (const auto& rule : table.rules) {
    std::vector<std::string> row = {rule.id};
    for (const auto& cell : rule.inputs)
      row.push_back(routing::NormalizeName(cell).empty() ? "-" : routing::NormalizeName(cell));
    for (const auto& cell : rule.outputs) row.push_back(routing::NormalizeName(cell));
    rows.push_back(std::move(row));
  }
  // Display columns: an ideograph takes two.
  const auto width = [](const std::string& text) {
    size_t columns = 0;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte & 0xC0) != 0x80) columns += byte >= 0xE3 ? 2 : 1;
    }
    return columns;
  };
  std::vector<size_t> widths(rows[0].size(), 0);
  for (const auto& row : rows) {
    for (size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
  }
  std::string text = absl::StrCat(table.name, ": ", routing::HitPolicyName(table.hit_policy, table.aggregation), "\n");
  for (const auto& row : rows) {
    std::string line;
    for (size_t c = 0; c < row.size(); ++c)
      absl::StrAppend(&line, row[c], std::string(widths[c] - width(row[c]) + 2, ' '));
    while (!line.empty() && line.back() == ' ') line.pop_back();
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

// Nothing but one decision table and its inputs: what a snapshot of a table keeps.
bool IsOneTable(const Model& model) {
  const routing::ModelDefinition& definition = model.definition();
  return definition.decisions.size() == 1 && model.table(0) != nullptr && definition.types.empty() &&
         definition.knowledge.empty() && definition.services.empty();
}

ExitCode Show(const Arguments& arguments, Session&) {
  const absl::StatusOr<Model> model = io::LoadModel(arguments.path);
  if (!model.ok()) return Complain(model.status());
  std::string text;
  if (arguments.form == "dmn") {
    text = io::ModelToDmn(model->definition());
  } else {
    const auto& decisions = model->definition().decisions;
    if (arguments.form == "snapshot" && arguments.decision.empty() && !IsOneTable(*model)) {
      const absl::StatusOr<std::string> bytes = io::EncodeSnapshot(model->definition());
      if (!bytes.ok()) return Complain(bytes.status());
      text = *bytes;
    } else if (arguments.form == "csv" || arguments.form == "snapshot") {
      const absl::StatusOr<size_t> decision = ChooseDecision(*model, arguments.path, arguments.decision);
      if (!decision.ok()) return Complain(decision.status());
      if (model->table(*decision) == nullptr) {
        return Complain(absl::InvalidArgumentError(
            absl::StrCat(arguments.path, ": '", decisions[*decision].name, "' is no decision table")));
      }
      const routing::DecisionTable& chosen = decisions[*decision].logic.table;
      if (arguments.form == "csv") {
        text = io::TableToCsv(chosen);
      } else {
        const absl::StatusOr<std::string> bytes = io::EncodeSnapshot(chosen);
        if (!bytes.ok()) return Complain(bytes.status());
        text = *bytes;
      }
    } else {
      for (size_t i = 0; i < decisions.size(); ++i) {
        if (model->table(i) != nullptr)
          absl::StrAppend(&text, text.empty() ? "" : "\n", TableAsText(decisions[i].logic.table));
        if (decisions[i].logic.kind == routing::BoxedExpression::Kind::kLiteral) {
          absl::StrAppend(&text, text.empty() ? "" : "\n", decisions[i].name, " = ", decisions[i].logic.text, "\n");
        }
      }
    }
  }
  if (arguments.out.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kDone;
  }
  absl::StatusOr<io::AtomicFile> file = io::AtomicFile::Create(arguments.out);
  if (!file.ok()) return Complain(file.status());
  if (absl::Status status = file->Write(text); !status.ok()) return Complain(status);
  if (absl::Status status = file->Commit(); !status.ok()) return Complain(status);
  return kDone;
}

}  // namespace

void AddTable(CLI::App& app, Session& session) {
  CLI::App* table = app.add_subcommand("table", "Decision tables: check, show, compare, test, try.");
  table->require_subcommand(1);
  const auto arguments = std::make_shared<Arguments>();
  const auto add = [&](const char* name, const char* help, const char* what,
                       ExitCode (*run)(const Arguments&, Session&)) {
    CLI::App* command = table->add_subcommand(name, help);
    command->add_option("table", arguments->path, what)->required()->type_name("T");
    command->callback([arguments, &session, run] { session.exit_code = run(*arguments, session); });
    return command;
  };
  CLI::App* eval = add("eval", "Decide one case and say why.", "a .dmn or .csv file", Eval);
  eval->add_option("--input", arguments->inputs, "NAME=VALUE, one an input")->type_name("NAME=VALUE");
  eval->add_option("--decision", arguments->decision, "by name or id; needed when the model has several")
      ->type_name("NAME");
  CLI::App* show = add("show", "Print a table, or write it in another form.", "a .dmn or .csv file", Show);
  show->add_option("--as", arguments->form, "text, csv, dmn or snapshot")
      ->check(CLI::IsMember({"text", "csv", "dmn", "snapshot"}))
      ->type_name("FORM");
  show->add_option("--decision", arguments->decision, "for csv and snapshot: by name or id")->type_name("NAME");
  show->add_option("--out", arguments->out, "write it there")->type_name(kOutputFile);
  CLI::App* check =
      add("check", "Find gaps, overlaps and rules too many: exit 0 clean, 1 findings.", "a .dmn or .csv file", Check);
  check->add_flag("--json", arguments->json, "print the findings as JSON");
  CLI::App* diff =
      add("diff", "Compare two tables: exit 0 no outcome changes, 1 some do.", "the table before", Compare);
  diff->add_option("other", arguments->other, "the table after")->required()->type_name("T2");
  diff->add_option("--decision", arguments->decision, "by name or id, in both")->type_name("NAME");
  diff->add_option("--issues", arguments->issues,
                   "CSV of past issues, as for route or with a column an input: how many would have gone elsewhere")
      ->type_name("FILE");
  diff->add_option("--tables", arguments->tables,
                   "folder whose categories the issues have; default: those of the library")
      ->type_name("DIR");
  add("test", "Run *-test-*.xml files of the DMN kit's form against their models.", "a directory or a file", Test);
}

}  // namespace lianhu::cli
