// Decisions as rows and as sentences.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lianhu/io/calendar_files.h"
#include "lianhu/io/issues.h"

namespace lianhu::io {
namespace {

using routing::IssueDecision;
using routing::Word;

const std::string& NameOf(const Word& word, Language language) {
  const std::string& name = language == Language::kChinese ? word.name_zh : word.name;
  return name.empty() ? word.code : name;
}

std::string UnitText(const UnitTable& units, Unit unit) {
  return units.names[unit].empty() ? units.ids[unit] : absl::StrCat(units.names[unit], " (", units.ids[unit], ")");
}

// "2026-03-02 10:00", for sentences.
std::string ShortInstant(const routing::WorkCalendar& calendar, routing::Instant instant) {
  std::string text = FormatInstantIn(calendar, instant).substr(0, 16);
  text[10] = ' ';
  return text;
}

// Codes of a list, each once, in order.
class CodeList {
 public:
  void Add(const std::vector<Word>& words, int32_t word) {
    if (word < 0) return;
    const std::string& code = words[word].code;
    for (const std::string& seen : codes_) {
      if (seen == code) return;
    }
    codes_.push_back(code);
  }
  std::string text() const {
    std::string text;
    for (const std::string& code : codes_) absl::StrAppend(&text, text.empty() ? "" : ";", code);
    return text;
  }

 private:
  std::vector<std::string> codes_;
};

absl::string_view PostName(const IssueDecision& decision) {
  if (decision.post.person == kVacant) return "vacant";
  return decision.post.kind == PostKind::kHolder ? "holder" : "stand_in";
}

std::string PersonOf(const DecisionNames& names, const IssueDecision& decision) {
  return decision.post.person == kVacant ? "" : names.people[decision.post.person];
}

std::string Join(const std::vector<std::string>& parts, absl::string_view separator) {
  std::string text;
  for (const std::string& part : parts) absl::StrAppend(&text, text.empty() ? "" : separator, part);
  return text;
}

std::string InChinese(const DecisionNames& names, const IssueDecision& decision) {
  const routing::Taxonomy& taxonomy = names.router.taxonomy();
  const std::string& department = NameOf(taxonomy.departments[decision.department], Language::kChinese);
  const std::string person = PersonOf(names, decision);
  std::string text = absl::StrCat(routing::ModeNameChinese(decision.mode), "：", UnitText(names.units, decision.unit),
                                  person.empty() ? "（岗位空缺）" : absl::StrCat("，", person),
                                  decision.post.kind == PostKind::kStandIn ? "（B岗）" : "", "，",
                                  decision.first == routing::FirstAsked::kOwner ? "先找" : "牵头", department);
  std::vector<std::string> parts;
  parts.reserve(decision.joins.size());
  for (const int32_t join : decision.joins) parts.push_back(NameOf(taxonomy.departments[join], Language::kChinese));
  if (!parts.empty()) absl::StrAppend(&text, "，会同", Join(parts, "、"));
  for (const routing::Accompaniment& row : decision.accompaniments) {
    if (row.action >= 0) absl::StrAppend(&text, "；", NameOf(taxonomy.actions[row.action], Language::kChinese));
    if (row.group >= 0)
      absl::StrAppend(&text, row.action >= 0 ? "，发" : "；发", NameOf(taxonomy.groups[row.group], Language::kChinese));
  }
  const routing::WorkCalendar& calendar = names.router.calendar();
  if (decision.stop) absl::StrAppend(&text, "；", ShortInstant(calendar, decision.stop_by), "前制止");
  absl::StrAppend(&text, "；", ShortInstant(calendar, decision.respond_by), "前响应，",
                  ShortInstant(calendar, decision.resolve_by), "前办结");
  return text;
}

std::string InEnglish(const DecisionNames& names, const IssueDecision& decision) {
  const routing::Taxonomy& taxonomy = names.router.taxonomy();
  const std::string person = PersonOf(names, decision);
  std::string text = absl::StrCat(
      routing::ModeName(decision.mode), decision.mode == routing::Mode::kReport ? " to " : " by ",
      UnitText(names.units, decision.unit), person.empty() ? ", whose posts are vacant" : absl::StrCat(", ", person),
      decision.post.kind == PostKind::kStandIn ? " standing in" : "", "; ",
      decision.first == routing::FirstAsked::kOwner ? "first the " : "lead: ",
      NameOf(taxonomy.departments[decision.department], Language::kEnglish));
  std::vector<std::string> parts;
  parts.reserve(decision.joins.size());
  for (const int32_t join : decision.joins) parts.push_back(NameOf(taxonomy.departments[join], Language::kEnglish));
  if (!parts.empty()) absl::StrAppend(&text, ", with ", Join(parts, ", "));
  for (const routing::Accompaniment& row : decision.accompaniments) {
    if (row.action >= 0) absl::StrAppend(&text, "; ", NameOf(taxonomy.actions[row.action], Language::kEnglish));
    if (row.group >= 0) {
      absl::StrAppend(&text, row.action >= 0 ? ", tell the " : "; tell the ",
                      NameOf(taxonomy.groups[row.group], Language::kEnglish));
    }
  }
  const routing::WorkCalendar& calendar = names.router.calendar();
  if (decision.stop) absl::StrAppend(&text, "; stop it by ", ShortInstant(calendar, decision.stop_by));
  absl::StrAppend(&text, "; respond by ", ShortInstant(calendar, decision.respond_by), ", resolve by ",
                  ShortInstant(calendar, decision.resolve_by));
  return text;
}

}  // namespace

std::string DescribeDecision(const DecisionNames& names, const IssueDecision& decision, Language language) {
  return language == Language::kChinese ? InChinese(names, decision) : InEnglish(names, decision);
}

std::string FormatDecisionsCsv(const DecisionNames& names, const IssueTable& issues,
                               const std::vector<IssueDecision>& decisions, Language language) {
  const routing::Router& router = names.router;
  const routing::Taxonomy& taxonomy = router.taxonomy();
  std::string csv =
      "id,category,mode,level,unit,acting_unit,post,person,first,department,joins,groups,actions,respond_by,stop_by,"
      "resolve_by,limit,settled,rule,beside_rules,text\n";
  for (size_t i = 0; i < decisions.size(); ++i) {
    const IssueDecision& decision = decisions[i];
    CodeList joins;
    CodeList groups;
    CodeList actions;
    std::string beside;
    for (const int32_t join : decision.joins) joins.Add(taxonomy.departments, join);
    for (const routing::Accompaniment& row : decision.accompaniments) {
      groups.Add(taxonomy.groups, row.group);
      actions.Add(taxonomy.actions, row.action);
      absl::StrAppend(&beside, beside.empty() ? "" : ";", router.accompaniments().definition().rules[row.rule].id);
    }
    const bool acts = decision.post.person != kVacant;
    const std::string fields[] = {issues.ids[i],
                                  taxonomy.categories[issues.issues[i].category].code,
                                  std::string(routing::ModeName(decision.mode)),
                                  names.units.LevelName(decision.unit),
                                  names.units.ids[decision.unit],
                                  acts ? names.units.ids[decision.post.unit] : "",
                                  std::string(PostName(decision)),
                                  PersonOf(names, decision),
                                  decision.first == routing::FirstAsked::kOwner ? "owner" : "place",
                                  taxonomy.departments[decision.department].code,
                                  joins.text(),
                                  groups.text(),
                                  actions.text(),
                                  FormatInstantIn(router.calendar(), decision.respond_by),
                                  FormatInstantIn(router.calendar(), decision.stop_by),
                                  FormatInstantIn(router.calendar(), decision.resolve_by),
                                  routing::FormatBudget(decision.resolve),
                                  decision.settled ? "yes" : "no",
                                  router.modes().definition().rules[decision.rules[0]].id,
                                  beside,
                                  DescribeDecision(names, decision, language)};
    std::string line;
    for (const std::string& field : fields) absl::StrAppend(&line, line.empty() ? "" : ",", QuoteCsvField(field));
    absl::StrAppend(&csv, line, "\n");
  }
  return csv;
}

}  // namespace lianhu::io
