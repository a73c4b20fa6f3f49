// Lists (DMN 1.5, 10.3.4.4 and 10.3.4.8).
#include <algorithm>

#include "routing/builtins.h"

namespace lianhu::routing {
namespace {

// f(list) or f(a, b, c); a single value that is no list is a list of one.
List Items(Arguments arguments) {
  if (arguments.size() == 1 && arguments[0].list() != nullptr) return *arguments[0].list();
  return List(arguments.begin(), arguments.end());
}

List AsList(const Value& value) {
  return value.list() != nullptr ? *value.list() : List{value};
}

std::optional<std::vector<Decimal>> Numbers(Arguments arguments) {
  std::vector<Decimal> numbers;
  for (const Value& item : Items(arguments)) {
    if (item.number() == nullptr) return std::nullopt;
    numbers.push_back(*item.number());
  }
  return numbers;
}

Builtin Variadic(std::string name, std::function<Value(Evaluator&, Arguments)> call) {
  return {std::move(name), {"list"}, 1, std::move(call), true};
}

Value Extreme(Arguments arguments, int sign) {
  const List items = Items(arguments);
  if (items.empty()) return {};
  Value best = items[0];
  if (!Order(best, best).has_value()) return {};
  for (const Value& item : items) {
    const std::optional<int> order = Order(item, best);
    if (!order.has_value()) return {};
    if (*order * sign > 0) best = item;
  }
  return best;
}

Value Fold(Arguments arguments, Operation operation) {
  const List items = Items(arguments);
  if (items.empty()) return {};
  Value total = items[0];
  if (operation == Operation::kMultiply && total.number() == nullptr) return {};
  if (total.number() == nullptr && total.day_time() == nullptr && total.year_month() == nullptr) return {};
  for (size_t i = 1; i < items.size(); ++i) total = Arithmetic(operation, total, items[i]);
  return total;
}

Value Mean(Arguments arguments) {
  const Value sum = Fold(arguments, Operation::kAdd);
  return Arithmetic(Operation::kDivide, sum, Value(static_cast<int64_t>(Items(arguments).size())));
}

Value Median(Arguments arguments) {
  std::optional<std::vector<Decimal>> numbers = Numbers(arguments);
  if (!numbers.has_value() || numbers->empty()) return {};
  std::sort(numbers->begin(), numbers->end());
  const size_t middle = numbers->size() / 2;
  if (numbers->size() % 2 == 1) return (*numbers)[middle];
  return Arithmetic(Operation::kDivide, Value::Of(Decimal::Add((*numbers)[middle - 1], (*numbers)[middle])), 2);
}

Value Deviation(Arguments arguments) {
  const std::optional<std::vector<Decimal>> numbers = Numbers(arguments);
  if (!numbers.has_value() || numbers->size() < 2) return {};
  const Value mean = Mean(arguments);
  Value squares = 0;
  for (const Decimal& number : *numbers) {
    const Value distance = Arithmetic(Operation::kSubtract, Value(number), mean);
    squares = Arithmetic(Operation::kAdd, squares, Arithmetic(Operation::kMultiply, distance, distance));
  }
  const Value variance = Arithmetic(Operation::kDivide, squares, Value(static_cast<int64_t>(numbers->size()) - 1));
  return variance.number() != nullptr ? Value::Of(Decimal::SquareRoot(*variance.number())) : Value();
}

Value MostFrequent(Arguments arguments) {
  std::optional<std::vector<Decimal>> numbers = Numbers(arguments);
  if (!numbers.has_value()) return {};
  std::sort(numbers->begin(), numbers->end());
  size_t most = 0;
  List modes;
  for (size_t i = 0; i < numbers->size();) {
    size_t end = i;
    while (end < numbers->size() && (*numbers)[end] == (*numbers)[i]) ++end;
    if (end - i > most) modes.clear();
    if (end - i >= most) modes.emplace_back((*numbers)[i]);
    most = std::max(most, end - i);
    i = end;
  }
  return modes;
}

Value AllOrAny(Arguments arguments, bool decisive) {
  bool unknown = false;
  for (const Value& item : Items(arguments)) {
    if (item.boolean() != nullptr && *item.boolean() == decisive) return decisive;
    unknown = unknown || item.boolean() == nullptr;
  }
  return unknown ? Value() : Value(!decisive);
}

// 1-based position, negative from the end, as an index; nullopt outside 1..size.
std::optional<size_t> Position(const Value& position, size_t size) {
  const std::optional<int64_t> at = position.number() != nullptr ? position.number()->ToInt64() : std::nullopt;
  const auto length = static_cast<int64_t>(size);
  if (!at.has_value() || *at == 0 || *at > length || *at < -length) return std::nullopt;
  return static_cast<size_t>(*at > 0 ? *at - 1 : length + *at);
}

Value Sublist(Evaluator&, Arguments arguments) {
  const List list = AsList(arguments[0]);
  const std::optional<size_t> start = Position(arguments[1], list.size());
  if (!start.has_value()) return {};
  size_t length = list.size() - *start;
  if (arguments.size() > 2) {
    const std::optional<int64_t> given =
        arguments[2].number() != nullptr ? arguments[2].number()->ToInt64() : std::nullopt;
    if (!given.has_value() || *given < 0 || static_cast<size_t>(*given) > length) return {};
    length = static_cast<size_t>(*given);
  }
  const auto first = list.begin() + static_cast<int64_t>(*start);
  return List(first, first + static_cast<int64_t>(length));
}

bool Holds(const List& list, const Value& value) {
  return std::any_of(list.begin(), list.end(), [&](const Value& item) { return Same(item, value); });
}

Value Distinct(Evaluator& evaluator, const List& list) {
  List distinct;
  for (const Value& item : list) {
    if (!evaluator.Spend(static_cast<int64_t>(distinct.size()) + 1)) return {};
    if (!Holds(distinct, item)) distinct.push_back(item);
  }
  return distinct;
}

void Flatten(const Value& value, List& flat) {
  if (value.list() == nullptr) {
    flat.push_back(value);
    return;
  }
  for (const Value& item : *value.list()) Flatten(item, flat);
}

Value Concatenate(Evaluator& evaluator, Arguments arguments) {
  List all;
  for (const Value& argument : arguments) {
    const List list = AsList(argument);
    if (!evaluator.Spend(static_cast<int64_t>(list.size()))) return {};
    all.insert(all.end(), list.begin(), list.end());
  }
  return all;
}

Value Sort(Evaluator& evaluator, Arguments arguments) {
  if (arguments.size() > 1 && arguments[1].function() == nullptr) return {};
  List list = AsList(arguments[0]);
  const Function* precedes = At(arguments, 1).function();
  const auto before = [&](const Value& a, const Value& b) {
    if (precedes == nullptr) return Order(a, b).value_or(0) < 0;
    const Value pair[] = {a, b};
    return evaluator.Call(*precedes, pair).IsTrue();
  };
  if (precedes != nullptr && (precedes->parameters.size() != 2 || precedes->variadic)) return {};
  // Merging by hand: std::sort may run off the end when the caller's order is none.
  for (size_t width = 1; width < list.size(); width *= 2) {
    List merged;
    for (size_t low = 0; low < list.size(); low += 2 * width) {
      const size_t middle = std::min(low + width, list.size()), high = std::min(low + 2 * width, list.size());
      size_t i = low, j = middle;
      while (i < middle || j < high) {
        const bool take_right = i >= middle || (j < high && before(list[j], list[i]));
        merged.push_back(take_right ? list[j++] : list[i++]);
      }
    }
    list = std::move(merged);
  }
  return list;
}

Value ReplaceItem(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].is_null()) return {};
  List list = AsList(arguments[0]);
  if (const Function* match = arguments[1].function()) {
    for (Value& item : list) {
      const Value pair[] = {item, arguments[2]};
      if (match->parameters.size() == 2 && evaluator.Call(*match, pair).IsTrue()) item = arguments[2];
    }
    return list;
  }
  const std::optional<size_t> at = Position(arguments[1], list.size());
  if (!at.has_value()) return {};
  list[*at] = arguments[2];
  return list;
}

}  // namespace

std::vector<Builtin> ListBuiltins() {
  return {
      {"list contains",
       {"list", "element"},
       2,
       [](Evaluator&, Arguments arguments) -> Value {
         if (arguments[0].is_null()) return {};
         return Holds(AsList(arguments[0]), arguments[1]);
       }},
      {"count",
       {"list"},
       1,
       [](Evaluator&, Arguments arguments) -> Value {
         if (arguments.size() == 1 && arguments[0].is_null()) return {};
         return static_cast<int64_t>(Items(arguments).size());
       },
       true},
      Variadic("min", [](Evaluator&, Arguments arguments) { return Extreme(arguments, -1); }),
      Variadic("max", [](Evaluator&, Arguments arguments) { return Extreme(arguments, 1); }),
      Variadic("sum", [](Evaluator&, Arguments arguments) { return Fold(arguments, Operation::kAdd); }),
      Variadic("product", [](Evaluator&, Arguments arguments) { return Fold(arguments, Operation::kMultiply); }),
      Variadic("mean", [](Evaluator&, Arguments arguments) { return Mean(arguments); }),
      Variadic("median", [](Evaluator&, Arguments arguments) { return Median(arguments); }),
      Variadic("stddev", [](Evaluator&, Arguments arguments) { return Deviation(arguments); }),
      Variadic("mode", [](Evaluator&, Arguments arguments) { return MostFrequent(arguments); }),
      Variadic("all", [](Evaluator&, Arguments arguments) { return AllOrAny(arguments, false); }),
      Variadic("any", [](Evaluator&, Arguments arguments) { return AllOrAny(arguments, true); }),
      {"sublist", {"list", "start position", "length"}, 2, Sublist},
      {"append",
       {"list", "item"},
       1,
       [](Evaluator&, Arguments arguments) -> Value {
         List list = arguments[0].is_null() ? List{} : AsList(arguments[0]);
         list.insert(list.end(), arguments.begin() + 1, arguments.end());
         return list;
       },
       true},
      {"concatenate", {"list"}, 1, Concatenate, true},
      {"union",
       {"list"},
       1,
       [](Evaluator& evaluator, Arguments arguments) {
         const Value all = Concatenate(evaluator, arguments);
         return all.list() != nullptr ? Distinct(evaluator, *all.list()) : Value();
       },
       true},
      {"insert before",
       {"list", "position", "newItem"},
       3,
       [](Evaluator&, Arguments arguments) -> Value {
         List list = AsList(arguments[0]);
         const std::optional<size_t> at = Position(arguments[1], list.size());
         if (!at.has_value()) return {};
         list.insert(list.begin() + static_cast<int64_t>(*at), arguments[2]);
         return list;
       }},
      {"remove",
       {"list", "position"},
       2,
       [](Evaluator&, Arguments arguments) -> Value {
         List list = AsList(arguments[0]);
         const std::optional<size_t> at = Position(arguments[1], list.size());
         if (!at.has_value()) return {};
         list.erase(list.begin() + static_cast<int64_t>(*at));
         return list;
       }},
      {"list replace", {"list", "position", "newItem"}, 3, ReplaceItem, false, {{"list", "match", "newItem"}}},
      {"reverse",
       {"list"},
       1,
       [](Evaluator&, Arguments arguments) -> Value {
         List list = AsList(arguments[0]);
         std::reverse(list.begin(), list.end());
         return list;
       }},
      {"index of",
       {"list", "match"},
       2,
       [](Evaluator&, Arguments arguments) -> Value {
         if (arguments[0].is_null()) return {};
         const List list = AsList(arguments[0]);
         List found;
         for (size_t i = 0; i < list.size(); ++i) {
           if (Same(list[i], arguments[1])) found.emplace_back(static_cast<int64_t>(i) + 1);
         }
         return found;
       }},
      {"distinct values",
       {"list"},
       1,
       [](Evaluator& evaluator, Arguments arguments) { return Distinct(evaluator, AsList(arguments[0])); }},
      {"flatten",
       {"list"},
       1,
       [](Evaluator&, Arguments arguments) -> Value {
         List flat;
         Flatten(arguments[0], flat);
         return flat;
       }},
      {"sort", {"list", "precedes"}, 1, Sort},
  };
}

}  // namespace lianhu::routing
