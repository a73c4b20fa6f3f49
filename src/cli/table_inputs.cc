#include "cli/table_inputs.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/routing/expression.h"
#include "lianhu/routing/router.h"
#include "lianhu/routing/temporal.h"

namespace lianhu::cli {

using routing::Value;

absl::StatusOr<Value> ReadValue(const std::string& name, const std::string& text, routing::BaseType type) {
  using routing::BaseType;
  Value value;
  if (text == "null") return value;
  switch (type) {
    case BaseType::kString:
      if (text.empty() || text[0] != '"') return Value(text);
      break;
    case BaseType::kDate:
      value = Value::Of(routing::ParseDate(text));
      break;
    case BaseType::kTime:
      value = Value::Of(routing::ParseTime(text));
      break;
    case BaseType::kDateTime:
      value = Value::Of(routing::ParseDateTime(text));
      break;
    case BaseType::kDayTimeDuration:
      value = Value::Of(routing::ParseDayTimeDuration(text));
      break;
    case BaseType::kYearMonthDuration:
      value = Value::Of(routing::ParseYearMonthDuration(text));
      break;
    case BaseType::kBoolean:
      if (text == "是") return Value(true);
      if (text == "否") return Value(false);
      break;
    default:
      break;
  }
  if (!value.is_null()) return value;
  const absl::StatusOr<routing::ExpressionPtr> expression = routing::ParseExpression(text, routing::Names());
  if (expression.ok()) {
    routing::Evaluator evaluator;
    value = evaluator.Evaluate(**expression, routing::Scope());
  }
  if (value.is_null() && type == BaseType::kAny) return Value(text);
  if (value.is_null())
    return absl::InvalidArgumentError(
        absl::StrCat("--input ", name, ": no ", routing::BaseTypeName(type), ": '", text, "'"));
  return value;
}

absl::StatusOr<PastIssues> PastIssues::Find(const io::CsvTable& csv, const routing::Table& table,
                                            const routing::Taxonomy& taxonomy) {
  PastIssues found(csv, table, taxonomy);
  for (const routing::InputClause& input : table.definition().inputs) {
    found.names_.push_back(routing::NormalizeName(input.expression));
    const std::string& name = found.names_.back();
    found.columns_.push_back(csv.FindColumn(name));
    if (found.columns_.back() >= 0 || found.as_issues_.has_value()) continue;
    if (csv.FindColumn("category") < 0) return csv.RequireColumn(name).status();
    const absl::StatusOr<io::IssueColumns> columns = io::IssueColumns::FindWithoutPlace(csv);
    if (!columns.ok()) return columns.status();
    found.as_issues_ = *columns;
  }
  return found;
}

absl::StatusOr<Value> PastIssues::ValueAt(int64_t row, size_t input) const {
  if (columns_[input] < 0) return csv_->RequireColumn(names_[input]).status();
  const std::string field(csv_->Field(row, columns_[input]));
  if (field.empty()) return Value();
  absl::StatusOr<Value> value = ReadValue("", field, table_->input_type(input));
  if (!value.ok()) {
    return csv_->Complain(row, columns_[input], absl::StrCat("no ", routing::BaseTypeName(table_->input_type(input))));
  }
  return value;
}

absl::StatusOr<routing::Outcome> PastIssues::Decide(int64_t row) const {
  routing::Issue issue;
  if (as_issues_.has_value()) {
    const absl::StatusOr<routing::Issue> read = io::ReadIssueWithoutPlace(*csv_, row, *as_issues_, *taxonomy_);
    if (!read.ok()) return read.status();
    issue = *read;
  }
  std::vector<Value> inputs;
  for (size_t i = 0; i < names_.size(); ++i) {
    std::optional<Value> answer;
    if (as_issues_.has_value()) answer = routing::Router::AnswerOf(issue, *taxonomy_, names_[i]);
    if (!answer.has_value()) {
      absl::StatusOr<Value> value = ValueAt(row, i);
      if (!value.ok()) return value.status();
      answer = *std::move(value);
    }
    inputs.push_back(*std::move(answer));
  }
  absl::StatusOr<routing::Outcome> outcome = table_->Decide(inputs);
  if (!outcome.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(csv_->name(), ": row ", csv_->RowNumber(row), ": ", outcome.status().message()));
  }
  return outcome;
}

}  // namespace lianhu::cli
