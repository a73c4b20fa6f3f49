// The tables of FEEL's built-in functions, one a topic.
#ifndef LIANHU_SRC_ROUTING_BUILTINS_H_
#define LIANHU_SRC_ROUTING_BUILTINS_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "lianhu/routing/expression.h"

namespace lianhu::routing {

using Arguments = absl::Span<const Value>;

struct Builtin {
  std::string name;
  std::vector<std::string> parameters;
  size_t least;
  std::function<Value(Evaluator&, Arguments)> call;
  bool variadic = false;
  std::vector<std::vector<std::string>> alternatives = {};
};

std::vector<Builtin> ConversionBuiltins();
std::vector<Builtin> NumberBuiltins();
std::vector<Builtin> StringBuiltins();
std::vector<Builtin> ListBuiltins();
std::vector<Builtin> RangeBuiltins();

// Null when the argument is missing.
inline Value At(Arguments arguments, size_t i) {
  return i < arguments.size() ? arguments[i] : Value();
}

}  // namespace lianhu::routing

#endif  // LIANHU_SRC_ROUTING_BUILTINS_H_
