#include "routing/builtins.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace lianhu::routing {
namespace {

// Where a function has no result, a list of one item stands for the item (DMN 1.5, 10.3.2.9.4).
std::function<Value(Evaluator&, Arguments)> WithSingletons(std::function<Value(Evaluator&, Arguments)> call) {
  return [call = std::move(call)](Evaluator& evaluator, Arguments arguments) {
    Value result = call(evaluator, arguments);
    const auto is_single = [](const Value& value) { return value.list() != nullptr && value.list()->size() == 1; };
    if (!result.is_null() || !std::any_of(arguments.begin(), arguments.end(), is_single)) return result;
    std::vector<Value> items(arguments.begin(), arguments.end());
    for (Value& item : items) {
      if (is_single(item)) item = Value((*item.list())[0]);
    }
    return call(evaluator, items);
  };
}

struct Registry {
  absl::flat_hash_map<std::string, std::shared_ptr<const Function>> functions;
  Names names;

  Registry() {
    for (auto* table : {&ConversionBuiltins, &NumberBuiltins, &StringBuiltins, &ListBuiltins, &RangeBuiltins}) {
      for (Builtin& builtin : table()) {
        auto function = std::make_shared<Function>();
        function->parameters = std::move(builtin.parameters);
        function->call = builtin.variadic ? std::move(builtin.call) : WithSingletons(std::move(builtin.call));
        function->variadic = builtin.variadic;
        function->least = builtin.least;
        function->alternatives = std::move(builtin.alternatives);
        names.Add(builtin.name);
        functions.emplace(std::move(builtin.name), std::move(function));
      }
    }
    // Properties whose names hold blanks.
    for (const char* property : {"time offset", "start included", "end included"}) names.Add(property);
  }
};

const Registry& TheRegistry() {
  static const auto* const registry = new Registry();  // constant from its first use on
  return *registry;
}

}  // namespace

std::shared_ptr<const Function> FindBuiltin(absl::string_view name) {
  const auto found = TheRegistry().functions.find(name);
  return found == TheRegistry().functions.end() ? nullptr : found->second;
}

const Names& BuiltinNames() {
  return TheRegistry().names;
}

}  // namespace lianhu::routing
