#include "lianhu/io/table_csv.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "lianhu/base/status.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/text.h"

namespace lianhu::io {
namespace {

using routing::BaseType;
using routing::DecisionTable;
using routing::FindBaseType;
using routing::InputClause;
using routing::OutputClause;
using routing::Rule;

bool IsString(absl::string_view type) {
  return FindBaseType(type) == BaseType::kString;
}

// Full-width signs that a Chinese keyboard gives, outside of quotes.
std::string HalfWidth(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"，", ","},
                                    {"、", ","},
                                    {"（", "("},
                                    {"）", ")"},
                                    {"－", "-"},
                                    {"—", "-"},
                                    {"≤", "<="},
                                    {"≥", ">="},
                                    {"＜", "<"},
                                    {"＞", ">"},
                                    {"；", ";"},
                                    {"：", ":"}});
}

// A cell of strings is FEEL when it shows a sign of it; otherwise it is words between commas.
bool LooksLikeFeel(absl::string_view text) {
  if (text.empty() || text == "-" || text == "null") return true;
  if (absl::StrContains(text, '"')) return true;
  return absl::string_view("<>=?@([]{").find(text[0]) != absl::string_view::npos;
}

std::string Quoted(absl::string_view word) {
  return routing::ToFeel(routing::Value(word));
}

std::string WordsToFeel(absl::string_view cell) {
  std::string text = HalfWidth(cell);
  absl::string_view rest = absl::StripAsciiWhitespace(text);
  if (LooksLikeFeel(rest)) return std::string(absl::StripAsciiWhitespace(cell));
  bool negated = false;
  if (absl::ConsumePrefix(&rest, "not(")) {
    if (!absl::ConsumeSuffix(&rest, ")")) return std::string(cell);
    negated = true;
  }
  std::vector<std::string> words;
  for (const absl::string_view word : absl::StrSplit(rest, ',')) {
    const absl::string_view bare = absl::StripAsciiWhitespace(word);
    words.push_back(bare == "null" ? "null" : Quoted(bare));
  }
  const std::string list = absl::StrJoin(words, ", ");
  return negated ? absl::StrCat("not(", list, ")") : list;
}

// Bare dates, 2026-01-01, and dates with times become @"2026-01-01".
std::string DatesToFeel(absl::string_view cell) {
  std::string feel;
  bool inside = false;
  for (size_t i = 0; i < cell.size();) {
    if (cell[i] == '"') inside = !inside;
    const auto digit = [&](size_t k) {
      return k < cell.size() && absl::ascii_isdigit(static_cast<unsigned char>(cell[k]));
    };
    const bool starts =
        !inside && digit(i) && (i == 0 || !absl::ascii_isalnum(static_cast<unsigned char>(cell[i - 1])));
    if (starts && digit(i + 3) && i + 10 <= cell.size() && cell[i + 4] == '-' && cell[i + 7] == '-') {
      size_t end = i + 10;
      if (end < cell.size() && cell[end] == 'T') {
        while (end < cell.size() && (absl::ascii_isalnum(static_cast<unsigned char>(cell[end])) ||
                                     absl::StrContains(":+-", cell[end]) || (cell[end] == '.' && digit(end + 1)))) {
          ++end;
        }
      }
      absl::StrAppend(&feel, "@\"", cell.substr(i, end - i), "\"");
      i = end;
    } else {
      feel += cell[i++];
    }
  }
  return feel;
}

std::string BooleansToFeel(absl::string_view cell) {
  return absl::StrReplaceAll(cell, {{"是", "true"}, {"否", "false"}});
}

std::string InputToFeel(absl::string_view cell, absl::string_view type) {
  if (cell.empty()) return "-";
  switch (FindBaseType(type).value_or(BaseType::kAny)) {
    case BaseType::kString:
      return WordsToFeel(cell);
    case BaseType::kDate:
    case BaseType::kDateTime:
      return DatesToFeel(HalfWidth(cell));
    case BaseType::kBoolean:
      return BooleansToFeel(HalfWidth(cell));
    case BaseType::kAny:
      return std::string(cell);
    default:
      return HalfWidth(cell);
  }
}

std::string OutputToFeel(absl::string_view cell, absl::string_view type) {
  switch (FindBaseType(type).value_or(BaseType::kAny)) {
    case BaseType::kString:
      return LooksLikeFeel(cell) ? std::string(cell) : Quoted(cell);
    case BaseType::kDate:
    case BaseType::kDateTime:
      return DatesToFeel(cell);
    case BaseType::kBoolean:
      return BooleansToFeel(cell);
    default:
      return std::string(cell);
  }
}

// "type: allowed; default: value", the last two parts optional.
struct TypeCell {
  std::string type;
  std::string allowed;
  std::string fallback;
};

TypeCell SplitTypeCell(absl::string_view cell) {
  TypeCell split;
  const std::string text = HalfWidth(cell);
  size_t semicolon = std::string::npos;
  bool inside = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') inside = !inside;
    if (text[i] == ';' && !inside) {
      semicolon = i;
      break;
    }
  }
  absl::string_view rest = absl::string_view(text).substr(0, semicolon);
  if (semicolon != std::string::npos) {
    absl::string_view tail = absl::StripAsciiWhitespace(absl::string_view(text).substr(semicolon + 1));
    if (absl::ConsumePrefix(&tail, "default:")) split.fallback = std::string(absl::StripAsciiWhitespace(tail));
  }
  const size_t colon = rest.find(':');
  split.type = std::string(absl::StripAsciiWhitespace(rest.substr(0, colon)));
  if (colon != absl::string_view::npos) split.allowed = std::string(absl::StripAsciiWhitespace(rest.substr(colon + 1)));
  return split;
}

enum class ColumnKind { kRule, kInput, kOutput, kNote };

// "in: kind", "out: mode", "rule", "note"; and 输入, 输出, 规则, 备注.
bool ReadColumn(absl::string_view header, ColumnKind* kind, std::string* name) {
  const std::string text = HalfWidth(header);
  absl::string_view rest = absl::StripAsciiWhitespace(text);
  if (rest == "rule" || rest == "规则") {
    *kind = ColumnKind::kRule;
    return true;
  }
  if (rest == "note" || rest == "备注") {
    *kind = ColumnKind::kNote;
    return true;
  }
  if (absl::ConsumePrefix(&rest, "in:") || absl::ConsumePrefix(&rest, "输入:")) {
    *kind = ColumnKind::kInput;
  } else if (absl::ConsumePrefix(&rest, "out:") || absl::ConsumePrefix(&rest, "输出:")) {
    *kind = ColumnKind::kOutput;
  } else {
    return false;
  }
  *name = routing::NormalizeName(rest);
  return !name->empty();
}

absl::Status ComplainOfRow(absl::string_view name, int64_t row, absl::string_view message) {
  return WithErrorDetail(absl::InvalidArgumentError(absl::StrCat(name, ": row ", row, ": ", message)),
                         {.field = "row", .row = row});
}

// Reads the hit policy off the first line that is not blank, and blanks that line out: rows keep their numbers.
absl::Status TakePolicyLine(std::string& text, const std::string& name, DecisionTable& table) {
  size_t begin = 0;
  int64_t row = 1;
  while (begin < text.size()) {
    size_t end = text.find_first_of("\r\n", begin);
    if (end == std::string::npos) end = text.size();
    const std::string line =
        absl::StrReplaceAll(HalfWidth(absl::string_view(text).substr(begin, end - begin)), {{"\"", ""}});
    std::vector<std::string> fields = absl::StrSplit(line, absl::MaxSplits(absl::ByAnyChar(",:"), 2));
    if (absl::StripAsciiWhitespace(absl::StrReplaceAll(line, {{",", ""}})).empty()) {
      begin = end + (absl::StartsWith(absl::string_view(text).substr(end), "\r\n") ? 2 : 1);
      ++row;
      continue;
    }
    const absl::string_view key = absl::StripAsciiWhitespace(fields[0]);
    if (key != "hit policy" && key != "命中策略") break;
    if (fields.size() < 2 || !routing::ParseHitPolicy(fields[1], &table.hit_policy, &table.aggregation)) {
      return ComplainOfRow(
          name, row,
          absl::StrCat("no hit policy: '", fields.size() < 2 ? "" : ShownValue(fields[1]),
                       "'; they are UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER, COLLECT and COLLECT "
                       "SUM, MIN, MAX, COUNT"));
    }
    if (fields.size() > 2) {
      const absl::string_view rest = fields[2];
      const absl::string_view title = absl::StripAsciiWhitespace(rest.substr(0, rest.find(',')));
      if (!title.empty()) table.name = std::string(title);
    }
    std::fill(text.begin() + static_cast<int64_t>(begin), text.begin() + static_cast<int64_t>(end), ' ');
    text.erase(begin, end - begin);
    return absl::OkStatus();
  }
  return ComplainOfRow(name, row, "the hit policy is missing: the first line is 'hit policy,UNIQUE' or another");
}

}  // namespace

absl::StatusOr<DecisionTable> ParseTableCsv(absl::string_view utf8, const std::string& name) {
  DecisionTable table;
  table.name = std::filesystem::path(name).stem().string();
  std::string text(utf8);
  if (absl::Status status = TakePolicyLine(text, name, table); !status.ok()) return status;
  absl::StatusOr<CsvTable> csv = CsvTable::Parse(text, name);
  if (!csv.ok()) return csv.status();
  if (csv->rows() == 0) return absl::InvalidArgumentError(absl::StrCat(name, ": the row of types is missing"));

  const auto columns = static_cast<int>(csv->header().size());
  std::vector<ColumnKind> kinds(csv->header().size());
  for (int c = 0; c < columns; ++c) {
    std::string title;
    if (!ReadColumn(csv->header()[c], &kinds[c], &title)) {
      return WithErrorDetail(absl::InvalidArgumentError(absl::StrCat(
                                 name, ": column ", c + 1, ": '", ShownValue(csv->header()[c]),
                                 "' is no column of a table: they are 'rule', 'in: NAME', 'out: NAME' and 'note'")),
                             {.field = csv->header()[c], .row = -1});
    }
    const TypeCell cell = SplitTypeCell(csv->Field(0, c));
    if (kinds[c] == ColumnKind::kRule || kinds[c] == ColumnKind::kNote) continue;
    if (!FindBaseType(cell.type).has_value()) {
      return csv->Complain(
          0, c, "no type: they are string, number, integer, boolean, date, time, dateTime and the durations");
    }
    if (kinds[c] == ColumnKind::kInput) {
      table.inputs.push_back({.name = title,
                              .expression = title,
                              .type = cell.type,
                              .allowed_values = cell.allowed.empty() ? "" : InputToFeel(cell.allowed, cell.type)});
    } else {
      table.outputs.push_back({.name = title,
                               .type = cell.type,
                               .allowed_values = cell.allowed.empty() ? "" : InputToFeel(cell.allowed, cell.type),
                               .default_entry = cell.fallback.empty() ? "" : OutputToFeel(cell.fallback, cell.type)});
    }
  }
  for (int64_t r = 1; r < csv->rows(); ++r) {
    Rule rule;
    rule.line = static_cast<int>(csv->RowNumber(r));
    for (int c = 0; c < columns; ++c) {
      const absl::string_view field = csv->Field(r, c);
      switch (kinds[c]) {
        case ColumnKind::kRule:
          rule.id = std::string(field);
          break;
        case ColumnKind::kNote:
          rule.note = std::string(field);
          break;
        case ColumnKind::kInput:
          rule.inputs.push_back(InputToFeel(field, table.inputs[rule.inputs.size()].type));
          break;
        case ColumnKind::kOutput:
          rule.outputs.push_back(field.empty() ? "" : OutputToFeel(field, table.outputs[rule.outputs.size()].type));
          break;
      }
    }
    table.rules.push_back(std::move(rule));
  }
  return table;
}

absl::StatusOr<DecisionTable> ReadTableCsv(const std::string& path) {
  absl::StatusOr<std::string> text = ReadTextFile(path);
  if (!text.ok()) return text.status();
  return ParseTableCsv(*text, path);
}

absl::StatusOr<routing::Table> LoadTableCsv(const std::string& path) {
  absl::StatusOr<DecisionTable> definition = ReadTableCsv(path);
  if (!definition.ok()) return definition.status();
  const routing::Names names = routing::InputNames(*definition);
  absl::StatusOr<routing::Table> table = routing::Table::Make(*std::move(definition), names);
  if (table.ok()) return table;
  return WithErrorDetail(absl::Status(table.status().code(), absl::StrCat(path, ": ", table.status().message())),
                         GetErrorDetail(table.status()));
}

namespace {

// A FEEL string that needs no quotes in a column of strings.
bool IsBareWord(const std::string& word) {
  if (word.empty() || word == "null" || absl::StripAsciiWhitespace(word) != word) return false;
  if (LooksLikeFeel(word) || absl::StartsWith(word, "not(")) return false;
  return HalfWidth(word) == word && word.find_first_of(",;:\"\n\r") == std::string::npos;
}

// The words of `"a", "b"` if each may stand bare, or the cell itself.
std::string FeelToWords(const std::string& cell, bool output) {
  if (cell == "-" || cell.empty()) return cell;
  const routing::Names none;
  const absl::StatusOr<routing::UnaryTests> tests = routing::ParseUnaryTests(cell, none);
  std::vector<std::string> words;
  bool bare = tests.ok() && !tests->any && (!output || (tests->tests.size() == 1 && !tests->negated));
  for (size_t i = 0; bare && i < tests->tests.size(); ++i) {
    const routing::Expression& test = *tests->tests[i];
    bare = test.operation == routing::Operation::kLiteral && test.literal.string() != nullptr &&
           IsBareWord(*test.literal.string());
    if (bare) words.push_back(*test.literal.string());
  }
  if (bare) return tests->negated ? absl::StrCat("not(", absl::StrJoin(words, ", "), ")") : absl::StrJoin(words, ", ");
  // FEEL that would be taken for words goes into parentheses.
  return LooksLikeFeel(HalfWidth(cell)) ? cell : absl::StrCat("(", cell, ")");
}

std::string CellToCsv(const std::string& cell, absl::string_view type, bool output) {
  return IsString(type) ? FeelToWords(cell, output) : cell;
}

std::string TypeToCsv(const std::string& type, const std::string& allowed, const std::string& fallback) {
  std::string text = type.empty() ? "Any" : type;
  if (!allowed.empty()) absl::StrAppend(&text, ": ", CellToCsv(allowed, type, false));
  if (!fallback.empty()) absl::StrAppend(&text, "; default: ", CellToCsv(fallback, type, true));
  return text;
}

}  // namespace

std::string TableToCsv(const DecisionTable& table) {
  std::string csv =
      absl::StrCat("hit policy,", routing::HitPolicyName(table.hit_policy, table.aggregation), ",",
                   absl::StrReplaceAll(table.name, {{",", " "}, {"\n", " "}, {"\r", " "}, {"\"", "'"}}), "\n");
  const bool notes =
      std::any_of(table.rules.begin(), table.rules.end(), [](const Rule& rule) { return !rule.note.empty(); });
  const auto write = [&](const std::vector<std::string>& fields) {
    absl::StrAppend(
        &csv,
        absl::StrJoin(fields, ",", [](std::string* out, const std::string& field) { *out += QuoteCsvField(field); }),
        "\n");
  };
  std::vector<std::string> header = {"rule"}, types = {""};
  for (const InputClause& input : table.inputs) {
    header.push_back(absl::StrCat("in: ", input.expression));
    types.push_back(TypeToCsv(input.type, input.allowed_values, ""));
  }
  for (const OutputClause& output : table.outputs) {
    header.push_back(absl::StrCat("out: ", output.name.empty() ? table.name : output.name));
    types.push_back(TypeToCsv(output.type, output.allowed_values, output.default_entry));
  }
  if (notes) {
    header.emplace_back("note");
    types.emplace_back("");
  }
  write(header);
  write(types);
  for (const Rule& rule : table.rules) {
    std::vector<std::string> fields = {rule.id};
    for (size_t i = 0; i < rule.inputs.size(); ++i) {
      const std::string cell = routing::NormalizeName(rule.inputs[i]).empty() ? "-" : rule.inputs[i];
      fields.push_back(CellToCsv(cell, table.inputs[i].type, false));
    }
    for (size_t i = 0; i < rule.outputs.size(); ++i)
      fields.push_back(CellToCsv(rule.outputs[i], table.outputs[i].type, true));
    if (notes) fields.push_back(rule.note);
    write(fields);
  }
  return csv;
}

}  // namespace lianhu::io
