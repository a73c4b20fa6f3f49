#include "routing/builtins.h"

#include "absl/container/flat_hash_map.h"

namespace lianhu::routing {
namespace {

struct Registry {
  absl::flat_hash_map<std::string, std::shared_ptr<const Function>> functions;
  Names names;

  Registry() {
    for (auto* table : {&ConversionBuiltins, &NumberBuiltins, &StringBuiltins, &ListBuiltins, &RangeBuiltins}) {
      for (Builtin& builtin : table()) {
        auto function = std::make_shared<Function>();
        function->parameters = std::move(builtin.parameters);
        function->call = std::move(builtin.call);
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
