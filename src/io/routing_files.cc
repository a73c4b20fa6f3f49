#include "lianhu/io/routing_files.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "io/default_tables.h"
#include "lianhu/base/status.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/table_csv.h"

namespace lianhu::io {
namespace {

using routing::Category;
using routing::Taxonomy;
using routing::TimeBudget;
using routing::Word;

// Words between `separators`, blanks around them and empty ones left out.
std::vector<std::string> Parts(absl::string_view text, absl::string_view separators) {
  std::vector<std::string> parts;
  for (const absl::string_view part : absl::StrSplit(text, absl::ByAnyChar(separators))) {
    const absl::string_view bare = absl::StripAsciiWhitespace(part);
    if (!bare.empty()) parts.emplace_back(bare);
  }
  return parts;
}

absl::Status ReadWords(const CsvTable& table, Taxonomy& taxonomy) {
  const absl::StatusOr<int> list = table.RequireColumn("list");
  if (!list.ok()) return list.status();
  const absl::StatusOr<int> code = table.RequireColumn("code");
  if (!code.ok()) return code.status();
  const absl::StatusOr<int> name = table.RequireColumn("name");
  if (!name.ok()) return name.status();
  const int name_zh = table.FindColumn("name_zh");
  for (int64_t row = 0; row < table.rows(); ++row) {
    const absl::string_view kind = table.Field(row, *list);
    std::vector<Word>* words = kind == "department" ? &taxonomy.departments
                               : kind == "group"    ? &taxonomy.groups
                               : kind == "action"   ? &taxonomy.actions
                                                    : nullptr;
    if (words == nullptr) return table.Complain(row, *list, "need department, group or action");
    const absl::string_view text = table.Field(row, *code);
    if (text.empty()) return table.Complain(row, *code, "value missing");
    if (routing::FindWord(*words, text) >= 0) return table.Complain(row, *code, "is there already");
    words->push_back({std::string(text), std::string(table.Field(row, *name)),
                      name_zh < 0 ? "" : std::string(table.Field(row, name_zh))});
  }
  return absl::OkStatus();
}

class CategoryReader {
 public:
  CategoryReader(const CsvTable& table, Taxonomy& taxonomy) : table_(table), taxonomy_(taxonomy) {}

  absl::Status Read() {
    const std::pair<int*, absl::string_view> required[] = {
        {&code_, "code"}, {&name_, "name"}, {&kind_, "kind"}, {&lead_, "lead"}};
    for (const auto& [column, name] : required) {
      const absl::StatusOr<int> found = table_.RequireColumn(name);
      if (!found.ok()) return found.status();
      *column = *found;
    }
    for (int32_t severity = 1; severity <= 4; ++severity) {
      for (const auto& [columns, name] : {std::pair{&resolve_, "resolve_"}, {&respond_, "respond_"}}) {
        const absl::StatusOr<int> found = table_.RequireColumn(absl::StrCat(name, severity));
        if (!found.ok()) return found.status();
        (*columns)[severity - 1] = *found;
      }
    }
    for (int64_t row = 0; row < table_.rows(); ++row) {
      if (absl::Status status = ReadRow(row); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  absl::string_view Text(int64_t row, absl::string_view name) const {
    const int column = table_.FindColumn(name);
    return column < 0 ? "" : table_.Field(row, column);
  }

  absl::StatusOr<int32_t> Department(int64_t row, int column, absl::string_view code) const {
    const int32_t department = routing::FindWord(taxonomy_.departments, code);
    if (department >= 0) return department;
    return table_.Complain(row, column, absl::StrCat("words.csv has no department '", ShownValue(code), "'"));
  }

  absl::StatusOr<TimeBudget> ReadBudget(int64_t row, int column) const {
    const absl::StatusOr<TimeBudget> budget = routing::ParseBudget(table_.Field(row, column));
    if (budget.ok()) return *budget;
    return table_.Complain(row, column, budget.status().message().substr(8));  // without "budget: "
  }

  absl::StatusOr<std::optional<bool>> ReadChoice(int64_t row, absl::string_view name, absl::string_view yes,
                                                 absl::string_view no) const {
    const absl::string_view text = Text(row, name);
    if (text.empty()) return std::nullopt;
    if (text == yes || text == no) return text == yes;
    if (yes == "yes") {
      if (const std::optional<bool> answer = ParseYesNo(text)) return answer;
    }
    return table_.Complain(row, table_.FindColumn(name), absl::StrCat("neither ", yes, " nor ", no));
  }

  absl::Status ReadRow(int64_t row) {
    Category category{.code = std::string(table_.Field(row, code_)),
                      .name = std::string(table_.Field(row, name_)),
                      .name_zh = std::string(Text(row, "name_zh")),
                      .kinds = Parts(table_.Field(row, kind_), "/;")};
    if (category.code.empty()) return table_.Complain(row, code_, "value missing");
    if (taxonomy_.FindCategory(category.code) >= 0) return table_.Complain(row, code_, "is there already");
    if (category.kinds.empty()) return table_.Complain(row, kind_, "value missing");
    const absl::StatusOr<int32_t> lead = Department(row, lead_, table_.Field(row, lead_));
    if (!lead.ok()) return lead.status();
    category.lead = *lead;
    for (const std::string& code : Parts(Text(row, "joins"), "/;")) {
      const absl::StatusOr<int32_t> join = Department(row, table_.FindColumn("joins"), code);
      if (!join.ok()) return join.status();
      category.joins.push_back(*join);
    }
    if (const absl::string_view code = Text(row, "then"); !code.empty()) {
      const absl::StatusOr<int32_t> next = Department(row, table_.FindColumn("then"), code);
      if (!next.ok()) return next.status();
      category.then = *next;
    }
    const absl::StatusOr<std::optional<bool>> owner = ReadChoice(row, "first", "owner", "place");
    if (!owner.ok()) return owner.status();
    category.first = owner->value_or(false) ? routing::FirstAsked::kOwner : routing::FirstAsked::kPlace;
    const absl::StatusOr<std::optional<bool>> power = ReadChoice(row, "power", "yes", "no");
    if (!power.ok()) return power.status();
    category.needs_power = power->value_or(false);
    if (!Text(row, "stop").empty()) {
      const absl::StatusOr<TimeBudget> stop = ReadBudget(row, table_.FindColumn("stop"));
      if (!stop.ok()) return stop.status();
      category.stop = *stop;
    }
    for (size_t severity = 0; severity < 4; ++severity) {
      const absl::StatusOr<TimeBudget> resolve = ReadBudget(row, resolve_[severity]);
      if (!resolve.ok()) return resolve.status();
      category.resolve[severity] = *resolve;
      const absl::StatusOr<TimeBudget> respond = ReadBudget(row, respond_[severity]);
      if (!respond.ok()) return respond.status();
      category.respond[severity] = *respond;
    }
    taxonomy_.categories.push_back(std::move(category));
    return absl::OkStatus();
  }

  const CsvTable& table_;
  Taxonomy& taxonomy_;
  int code_ = -1;
  int name_ = -1;
  int kind_ = -1;
  int lead_ = -1;
  std::array<int, 4> resolve_ = {};
  std::array<int, 4> respond_ = {};
};

absl::StatusOr<Taxonomy> ReadTaxonomy(const absl::StatusOr<CsvTable>& words,
                                      const absl::StatusOr<CsvTable>& categories) {
  if (!words.ok()) return words.status();
  if (!categories.ok()) return categories.status();
  Taxonomy taxonomy;
  if (absl::Status status = ReadWords(*words, taxonomy); !status.ok()) return status;
  if (absl::Status status = CategoryReader(*categories, taxonomy).Read(); !status.ok()) return status;
  return taxonomy;
}

absl::StatusOr<routing::RoutingTables> Together(absl::StatusOr<Taxonomy> taxonomy,
                                                absl::StatusOr<routing::DecisionTable> t1,
                                                absl::StatusOr<routing::DecisionTable> t2,
                                                absl::StatusOr<routing::DecisionTable> t3) {
  if (!taxonomy.ok()) return taxonomy.status();
  if (!t1.ok()) return t1.status();
  if (!t2.ok()) return t2.status();
  if (!t3.ok()) return t3.status();
  return routing::RoutingTables{.taxonomy = *std::move(taxonomy),
                                .modes = *std::move(t1),
                                .accompaniments = *std::move(t2),
                                .escalation = *std::move(t3)};
}

}  // namespace

absl::StatusOr<routing::RoutingTables> ReadRoutingTables(const std::string& folder) {
  const auto file = [&](absl::string_view name) { return absl::StrCat(folder, "/", name); };
  return Together(ReadTaxonomy(CsvTable::Read(file("words.csv")), CsvTable::Read(file("categories.csv"))),
                  ReadTableCsv(file("t1.csv")), ReadTableCsv(file("t2.csv")), ReadTableCsv(file("t3.csv")));
}

absl::StatusOr<routing::RoutingTables> DefaultRoutingTables() {
  return Together(
      ReadTaxonomy(CsvTable::Parse(kDefaultWords, "words.csv"), CsvTable::Parse(kDefaultCategories, "categories.csv")),
      ParseTableCsv(kDefaultT1, "t1.csv"), ParseTableCsv(kDefaultT2, "t2.csv"), ParseTableCsv(kDefaultT3, "t3.csv"));
}

}  // namespace lianhu::io
