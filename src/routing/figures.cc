#include "lianhu/routing/figures.h"

#include <algorithm>

namespace lianhu::routing {
namespace {

void AddRate(Rate& total, const Rate& other) {
  total.due += other.due;
  total.met += other.met;
}

void Count(Rate& rate, bool met) {
  ++rate.due;
  rate.met += met ? 1 : 0;
}

size_t AgeClass(Instant registered, Instant now) {
  const int64_t age = now - registered;
  size_t age_class = 0;
  while (age_class < kAgeDays.size() && age > kAgeDays[age_class] * kDaySeconds) ++age_class;
  return age_class;
}

}  // namespace

CaseFigures& CaseFigures::operator+=(const CaseFigures& other) {
  cases += other.cases;
  open += other.open;
  stopped += other.stopped;
  overdue += other.overdue;
  supervised += other.supervised;
  reopened += other.reopened;
  AddRate(response, other.response);
  AddRate(resolution, other.resolution);
  AddRate(satisfaction, other.satisfaction);
  AddRate(in_time, other.in_time);
  for (size_t i = 0; i < kAgeClasses; ++i) open_by_age[i] += other.open_by_age[i];
  return *this;
}

CaseFigures FiguresOf(const Case& c, Instant now) {
  CaseFigures figures;
  figures.cases = 1;
  figures.reopened = c.reopened;
  if (IsOpen(c.state)) {
    figures.open = 1;
    figures.stopped = IsRunning(c) ? 0 : 1;
    figures.overdue = c.breaches > 0 ? 1 : 0;
    figures.supervised = c.supervised ? 1 : 0;
    figures.open_by_age[AgeClass(c.registered, now)] = 1;
  }
  if (c.respond_by != kNoInstant && (c.responded != kNoInstant || now > c.respond_by)) {
    Count(figures.response, c.responded != kNoInstant && c.responded <= c.respond_by);
  }
  if (c.resolved != Verdict::kUnknown) Count(figures.resolution, c.resolved == Verdict::kYes);
  if (c.satisfied != Verdict::kUnknown) Count(figures.satisfaction, c.satisfied == Verdict::kYes);
  if (!IsOpen(c.state)) {
    Count(figures.in_time, InTime(c));
  } else if (c.breaches > 0) {
    Count(figures.in_time, false);
  }
  return figures;
}

std::vector<CaseFigures> FiguresByUnit(const Hierarchy& hierarchy, absl::Span<const Case> cases, Instant now,
                                       CountedFor counted_for) {
  std::vector<CaseFigures> by_unit(hierarchy.size());
  for (const Case& c : cases) {
    by_unit[counted_for == CountedFor::kPlace ? c.place : c.responsible.unit] += FiguresOf(c, now);
  }
  for (Unit unit = hierarchy.size() - 1; unit > Hierarchy::kRoot; --unit) {
    by_unit[hierarchy.parent(unit)] += by_unit[unit];
  }
  return by_unit;
}

std::vector<CaseFigures> FiguresByLevel(const Hierarchy& hierarchy, absl::Span<const Case> cases, Instant now) {
  int32_t deepest = 0;
  for (const Unit unit : hierarchy.units()) deepest = std::max(deepest, hierarchy.level(unit));
  std::vector<CaseFigures> by_level(deepest + 1);
  for (const Case& c : cases) by_level[hierarchy.level(c.responsible.unit)] += FiguresOf(c, now);
  return by_level;
}

}  // namespace lianhu::routing
