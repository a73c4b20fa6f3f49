// The test files of the DMN technology compatibility kit.
#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "io/xml.h"
#include "lianhu/io/dmn.h"

namespace lianhu::io {
namespace {

using routing::Context;
using routing::List;
using routing::Value;

Value TypedValue(const std::string& text, absl::string_view type) {
  const absl::string_view local = LocalName(type);
  const std::string trimmed(absl::StripAsciiWhitespace(text));
  if (local == "decimal" || local == "double" || local == "float" || local == "integer" || local == "int" ||
      local == "long" || local == "short") {
    return Value::Of(routing::Decimal::Parse(trimmed));
  }
  if (local == "boolean") return trimmed == "true" || trimmed == "1";
  if (local == "date") return Value::Of(routing::ParseDate(trimmed));
  if (local == "time") return Value::Of(routing::ParseTime(trimmed));
  if (local == "dateTime") return Value::Of(routing::ParseDateTime(trimmed));
  if (local == "duration") {
    if (const auto months = routing::ParseYearMonthDuration(trimmed)) return *months;
    return Value::Of(routing::ParseDayTimeDuration(trimmed));
  }
  return text;
}

// <value>, <list> of <item>s or <component>s.
Value ReadValue(const pugi::xml_node& node) {
  if (Attribute(node, "nil") == "true") return {};
  if (const pugi::xml_node value = Child(node, "value")) {
    if (Attribute(value, "nil") == "true") return {};
    return TypedValue(Text(value), Attribute(value, "type"));
  }
  if (const pugi::xml_node list = Child(node, "list")) {
    if (Attribute(list, "nil") == "true") return {};
    List items;
    for (const pugi::xml_node& item : list.children()) {
      if (item.type() == pugi::node_element) items.push_back(ReadValue(item));
    }
    return items;
  }
  Context context;
  for (const pugi::xml_node& component : node.children()) {
    if (component.type() != pugi::node_element || LocalName(component) != "component") continue;
    context.emplace_back(component.attribute("name").value(), ReadValue(component));
  }
  return context.empty() ? Value() : Value(context);
}

bool Close(const routing::Decimal& expected, const routing::Decimal& actual) {
  if (expected == actual) return true;
  const auto distance = routing::Decimal::Subtract(expected, actual);
  const auto tolerance = routing::Decimal::Divide(expected.Abs(), routing::Decimal(100000000));
  return distance.has_value() && tolerance.has_value() && distance->Abs() <= *tolerance;
}

bool Agree(const Value& expected, const Value& actual) {
  if (expected.number() != nullptr && actual.number() != nullptr) return Close(*expected.number(), *actual.number());
  if (expected.list() != nullptr && actual.list() != nullptr) {
    return std::equal(expected.list()->begin(), expected.list()->end(), actual.list()->begin(), actual.list()->end(),
                      Agree);
  }
  if (expected.context() != nullptr && actual.context() != nullptr) {
    if (expected.context()->size() != actual.context()->size()) return false;
    return std::all_of(expected.context()->begin(), expected.context()->end(), [&](const auto& entry) {
      const bool there = std::any_of(actual.context()->begin(), actual.context()->end(),
                                     [&](const auto& other) { return other.first == entry.first; });
      return there && Agree(entry.second, actual.Get(entry.first));
    });
  }
  return routing::Same(expected, actual);
}

// A value without a type in the file is of the input's type.
Value WithDeclaredType(const routing::Model& model, const std::string& name, Value value) {
  if (value.string() == nullptr) return value;
  for (const routing::InputData& input : model.definition().inputs) {
    if (input.name != routing::NormalizeName(name)) continue;
    const auto type = model.types().Resolve(input.type);
    if (!type.has_value()) return value;
    switch (type->base) {
      case routing::BaseType::kNumber:
      case routing::BaseType::kInteger:
        return TypedValue(*value.string(), "decimal");
      case routing::BaseType::kBoolean:
        return TypedValue(*value.string(), "boolean");
      case routing::BaseType::kDate:
        return TypedValue(*value.string(), "date");
      case routing::BaseType::kTime:
        return TypedValue(*value.string(), "time");
      case routing::BaseType::kDateTime:
        return TypedValue(*value.string(), "dateTime");
      case routing::BaseType::kDayTimeDuration:
      case routing::BaseType::kYearMonthDuration:
        return TypedValue(*value.string(), "duration");
      default:
        return value;
    }
  }
  return value;
}

void RunNode(const routing::Model& model, const pugi::xml_node& test, const pugi::xml_node& node, const Context& inputs,
             DmnCase& result) {
  const std::string name = node.attribute("name").value();
  const bool error_expected = Attribute(node, "errorResult") == "true";
  const std::string type = Attribute(test, "type").empty() ? Attribute(node, "type") : Attribute(test, "type");
  const auto fail = [&](const std::string& message) {
    result.failures.push_back(absl::StrCat("'", name, "': ", message));
  };
  Value actual;
  std::string why;
  const std::string callee = Attribute(test, "invocableName").empty() ? name : Attribute(test, "invocableName");
  if (type == "decisionService") {
    // The node names the service, or one of its outputs.
    absl::StatusOr<Context> outputs = model.CallService(callee, inputs);
    if (!outputs.ok()) return fail(std::string(outputs.status().message()));
    if (outputs->size() == 1) {
      actual = (*outputs)[0].second;
    } else {
      actual = *outputs;
      const bool names_output = std::any_of(outputs->begin(), outputs->end(), [&](const auto& output) {
        return output.first == routing::NormalizeName(name);
      });
      if (names_output) actual = actual.Get(routing::NormalizeName(name));
    }
  } else if (type == "bkm") {
    absl::StatusOr<Value> value = model.CallKnowledge(callee, inputs);
    if (!value.ok()) return fail(std::string(value.status().message()));
    actual = *std::move(value);
  } else {
    absl::StatusOr<routing::DecisionResult> decided = model.Evaluate(name, inputs);
    if (!decided.ok()) {
      if (error_expected && !absl::IsNotFound(decided.status())) return;
      return fail(std::string(decided.status().message()));
    }
    actual = decided->value;
    if (!decided->status.ok()) why = absl::StrCat(" (", decided->status.message(), ")");
  }
  const Value expected = error_expected ? Value() : ReadValue(Child(node, "expected"));
  if (!Agree(expected, actual))
    fail(absl::StrCat("expected ", routing::ToFeel(expected), ", got ", routing::ToFeel(actual), why));
}

void RunFile(const std::string& path, std::vector<DmnCase>& cases) {
  const auto broken = [&](absl::string_view id, const absl::Status& status) {
    cases.push_back(
        {.file = path, .id = std::string(id), .passed = false, .failures = {std::string(status.message())}});
  };
  const auto xml = XmlDocument::Read(path);
  if (!xml.ok()) return broken("", xml.status());
  const pugi::xml_node root = (*xml)->root();
  const std::string model_name(absl::StripAsciiWhitespace(Text(Child(root, "modelName"))));
  if (LocalName(root) != "testCases" || model_name.empty()) {
    return broken("", absl::InvalidArgumentError(absl::StrCat(
                          (*xml)->Place(root), "is no test file: 'testCases' with a 'modelName' expected")));
  }
  const auto directory = std::filesystem::path(path).parent_path();
  const absl::StatusOr<routing::Model> model =
      LoadModel((directory / std::filesystem::path(model_name).filename()).string(), true);
  for (const pugi::xml_node& test : root.children()) {
    if (LocalName(test) != "testCase") continue;
    const std::string id = Attribute(test, "id");
    if (!model.ok()) {
      broken(id, model.status());
      continue;
    }
    DmnCase result{.file = path, .id = id, .passed = false, .failures = {}};
    Context inputs;
    for (const pugi::xml_node& node : test.children()) {
      if (LocalName(node) != "inputNode") continue;
      const std::string name = node.attribute("name").value();
      inputs.emplace_back(name, WithDeclaredType(*model, name, ReadValue(node)));
    }
    int nodes = 0;
    for (const pugi::xml_node& node : test.children()) {
      if (LocalName(node) != "resultNode") continue;
      RunNode(*model, test, node, inputs, result);
      ++nodes;
    }
    if (nodes == 0) result.failures.emplace_back("has no result to compare");
    result.passed = result.failures.empty();
    cases.push_back(std::move(result));
  }
}

}  // namespace

absl::StatusOr<std::vector<DmnCase>> RunDmnTests(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  if (std::filesystem::is_regular_file(directory, error)) {
    files.push_back(directory);
  } else {
    auto walk = std::filesystem::recursive_directory_iterator(
        directory, std::filesystem::directory_options::skip_permission_denied, error);
    if (error) return absl::NotFoundError(absl::StrCat(directory, ": ", error.message()));
    for (const auto end = std::filesystem::recursive_directory_iterator(); walk != end; walk.increment(error)) {
      if (error) return absl::NotFoundError(absl::StrCat(directory, ": ", error.message()));
      const std::string name = walk->path().filename().string();
      if (walk->is_regular_file(error) && absl::StrContains(name, "-test-") && absl::EndsWith(name, ".xml"))
        files.push_back(walk->path().string());
    }
  }
  if (files.empty()) return absl::NotFoundError(absl::StrCat(directory, ": has no test file (*-test-*.xml)"));
  std::sort(files.begin(), files.end());
  std::vector<DmnCase> cases;
  for (const std::string& file : files) RunFile(file, cases);
  return cases;
}

}  // namespace lianhu::io
