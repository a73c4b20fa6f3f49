// Unary tests and expressions of FEEL from bytes: read, worked out within the budget, and shown.
#include <cstddef>
#include <cstdint>
#include <string>

#include "lianhu/routing/expression.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lianhu::routing;
  if (size > 4000) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  Names names;
  for (const char* name : {"a", "b", "a-b", "Years of Service", "list"}) names.Add(name);
  Scope scope;
  scope.Set("a", 3);
  scope.Set("b", "text");
  scope.Set("list", List{Value(1), Value("x"), Value()});
  if (const auto tests = ParseUnaryTests(text, names); tests.ok()) {
    for (const Value& input : {Value(), Value(3), Value("text"), Value(true), Value(Date{20000})}) {
      Evaluator evaluator(Budget{.steps = 5000, .depth = 50});
      (void)evaluator.Passes(input, *tests, scope);
    }
  }
  if (const auto expression = ParseExpression(text, names); expression.ok()) {
    Evaluator evaluator(Budget{.steps = 5000, .depth = 50});
    const Value value = evaluator.Evaluate(**expression, scope);
    (void)ToFeel(value);
    (void)ToText(value);
  }
  return 0;
}
