#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "capi/checklist.h"
#include "capi/columns.h"
#include "capi/guard.h"
#include "capi/text.h"
#include "lianhu/io/dmn.h"
#include "lianhu/routing/analysis.h"
#include "lianhu/routing/compiled_table.h"

struct lianhu_table {
  lianhu::routing::Model model;
  const lianhu::routing::Table* table;
};

using lianhu::InvalidField;
using lianhu::capi::CheckArray;
using lianhu::capi::CheckPointer;
using lianhu::capi::Guard;
using lianhu::capi::WriteText;
namespace io = lianhu::io;
namespace routing = lianhu::routing;

int32_t lianhu_table_load(const char* path, const char* decision, lianhu_table** out, lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(path, "path"); !status.ok()) return status;
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    absl::StatusOr<routing::Model> model = io::LoadModel(path);
    if (!model.ok()) return model.status();
    const absl::StatusOr<size_t> chosen = model->Choose(decision == nullptr ? "" : decision);
    if (!chosen.ok()) return InvalidField("decision", -1, chosen.status().message());
    auto made = std::make_unique<lianhu_table>(lianhu_table{*std::move(model), nullptr});
    made->table = made->model.table(*chosen);
    if (made->table == nullptr) return InvalidField("decision", -1, "is no decision table");
    if (made->table->compiled() == nullptr) return InvalidField("table", -1, made->table->not_compiled_because());
    *out = made.release();
    return absl::OkStatus();
  });
}

void lianhu_table_free(lianhu_table* table) {
  delete table;
}

int32_t lianhu_table_describe(const lianhu_table* table, char* out_json, int64_t capacity, int64_t* out_size,
                              lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(table, "table"); !status.ok()) return status;
    const routing::DecisionTable& definition = table->table->definition();
    nlohmann::ordered_json json = {
        {"name", definition.name},
        {"hit_policy", routing::HitPolicyName(definition.hit_policy, definition.aggregation)},
        {"inputs", nlohmann::ordered_json::array()},
        {"outputs", nlohmann::ordered_json::array()},
        {"rules", nlohmann::ordered_json::array()}};
    for (size_t i = 0; i < definition.inputs.size(); ++i) {
      // The type that the column compares: what a column without a type is filled with.
      const std::string type(routing::BaseTypeName(table->table->compiled()->domain(i).type()));
      json["inputs"].push_back({{"name", definition.inputs[i].expression}, {"type", type}});
    }
    for (const routing::OutputClause& output : definition.outputs) {
      json["outputs"].push_back({{"name", output.name}, {"type", output.type}});
    }
    for (const routing::Rule& rule : definition.rules) {
      nlohmann::ordered_json outputs = nlohmann::ordered_json::object();
      for (size_t i = 0; i < rule.outputs.size(); ++i) outputs[definition.outputs[i].name] = rule.outputs[i];
      json["rules"].push_back({{"id", rule.id}, {"outputs", std::move(outputs)}});
    }
    return WriteText(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), out_json, capacity, out_size);
  });
}

int32_t lianhu_table_check(const lianhu_table* table, int32_t language, char* out_text, int64_t capacity,
                           int64_t* out_size, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(table, "table"); !status.ok()) return status;
    lianhu::Language said = lianhu::Language::kEnglish;
    if (auto status = lianhu::capi::ReadLanguage(language, said); !status.ok()) return status;
    lianhu::RunContext run;
    const absl::StatusOr<routing::Analysis> analysis = routing::Analyze(*table->table, {}, run);
    if (!analysis.ok()) return analysis.status();
    std::string text;
    for (const routing::Finding& finding : analysis->findings) {
      absl::StrAppend(&text, routing::ToText(*table->table, finding, said), "\n");
    }
    if (!analysis->complete) {
      absl::StrAppend(&text, language == LIANHU_CHINESE ? "还有更多，未全部列出\n" : "there is more than is listed\n");
    }
    return WriteText(text, out_text, capacity, out_size);
  });
}

int32_t lianhu_table_code(const lianhu_table* table, int32_t input, const char* text, int32_t* out_code,
                          lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(table, "table"); !status.ok()) return status;
    if (auto status = CheckPointer(text, "text"); !status.ok()) return status;
    if (auto status = CheckPointer(out_code, "out_code"); !status.ok()) return status;
    const routing::CompiledTable& compiled = *table->table->compiled();
    if (input < 0 || static_cast<size_t>(input) >= compiled.inputs()) {
      return InvalidField("input", -1, absl::StrCat("is ", input, ", the table has ", compiled.inputs(), " inputs"));
    }
    const auto type = compiled.domain(static_cast<size_t>(input)).type();
    if (type != routing::BaseType::kString && type != routing::BaseType::kAny) {
      return InvalidField("input", -1, absl::StrCat("is ", routing::BaseTypeName(type), ", not string"));
    }
    *out_code = compiled.Code(static_cast<size_t>(input), text);
    return absl::OkStatus();
  });
}

int32_t lianhu_table_decide(const lianhu_table* table, const lianhu_table_column* columns, int64_t column_count,
                            int64_t row_count, int32_t* out_outcomes, int32_t* out_rules, int32_t* out_matches,
                            lianhu_error* error) {
  return Guard(error, [&]() -> absl::Status {
    if (auto status = CheckPointer(table, "table"); !status.ok()) return status;
    if (auto status = CheckArray(columns, column_count, "columns"); !status.ok()) return status;
    if (auto status = CheckArray(out_outcomes, row_count, "out_outcomes"); !status.ok()) return status;
    const auto rows = static_cast<size_t>(row_count);
    std::vector<routing::InputColumn> views;
    for (int64_t i = 0; i < column_count; ++i) {
      const lianhu_table_column& given = columns[i];
      routing::InputColumn view;
      if (given.numbers != nullptr) view.numbers = {given.numbers, rows};
      if (given.integers != nullptr) view.integers = {given.integers, rows};
      if (given.codes != nullptr) view.codes = {given.codes, rows};
      views.push_back(view);
    }
    const auto span = [&](int32_t* values) {
      return values == nullptr ? absl::Span<int32_t>() : absl::MakeSpan(values, rows);
    };
    return table->table->compiled()->Decide(views, absl::MakeSpan(out_outcomes, rows), span(out_rules),
                                            span(out_matches));
  });
}
