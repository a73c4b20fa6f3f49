#include "lianhu/io/checklist.h"

// clang-format off
#include "io/capnp_headers.h"  // before anything of Cap'n Proto
#include <capnp/compat/json.h>
// clang-format on

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "io/json_by_schema.h"
#include "io/snapshot_message.h"
#include "lianhu/io/csv.h"
#include "lianhu/io/text.h"
#include "schema/checklist.capnp.h"

namespace lianhu::io {
namespace {

using scoring::Checklist;
using scoring::Decimal;
using scoring::Title;

// Struct sizes in words with one word for each text: the least that an entry can take.
constexpr size_t kEntryWords = 3;

template <typename Reader>
std::string TextOf(Reader text) {
  return {text.begin(), text.size()};
}

template <typename Reader>
Title ReadTitle(Reader from) {
  return {TextOf(from.getTitle()), TextOf(from.getTitleZh())};
}

template <typename Builder>
void FillTitle(const Title& title, Builder to) {
  if (!title.title.empty()) to.setTitle(title.title);
  if (!title.title_zh.empty()) to.setTitleZh(title.title_zh);
}

// Reads a message; the first decimal that is none is the error.
class ChecklistReader {
 public:
  explicit ChecklistReader(MessageExtent extent) : extent_(extent) {}

  absl::StatusOr<Checklist> Read(schema::Checklist::Reader from) {
    Checklist to;
    to.id = TextOf(from.getId());
    to.title = ReadTitle(from);
    Take("fullMarks", -1, "", from.getFullMarks(), to.full_marks);
    const auto coverage = from.getCoverage();
    to.coverage_numerator = coverage.getNumerator();
    to.coverage_denominator = coverage.getDenominator();
    to.households = TextOf(from.getHouseholds());
    TakeFacts(from, to);
    TakeGroups(from, to);
    TakeRules("bonuses", from.getBonuses(), to.bonuses);
    Take("bonusCap", -1, "", from.getBonusCap(), to.bonus_cap);
    TakeRules("deductions", from.getDeductions(), to.deductions);
    Take("deductionCap", -1, "", from.getDeductionCap(), to.deduction_cap);
    TakeGrades(from, to);
    if (!status_.ok()) return status_;
    if (auto status = scoring::Validate(to); !status.ok()) return status;
    return to;
  }

 private:
  template <typename List>
  bool Fits(absl::string_view field, const List& list) {
    if (status_.ok()) status_ = extent_.CheckCount(field, list.size(), kEntryWords);
    return status_.ok();
  }

  // `member` says which of the entry `row` of `field`; empty: the field itself.
  void Take(absl::string_view field, int64_t row, absl::string_view member, capnp::Text::Reader text, Decimal& to) {
    const absl::string_view written(text.begin(), text.size());
    const absl::StatusOr<Decimal> value = scoring::ParseDecimal(written);
    if (value.ok()) {
      to = *value;
    } else if (status_.ok()) {
      const absl::string_view said = written.empty() ? "is missing" : value.status().message();
      status_ = InvalidField(field, row,
                             absl::StrCat(member, member.empty() ? "" : ": ", said,
                                          written.empty() ? "" : absl::StrCat(": '", ShownValue(written), "'")));
    }
  }

  void TakeFacts(schema::Checklist::Reader from, Checklist& to) {
    // Every list is asked for once: each time counts against what a message may make its reader visit.
    const auto facts = from.getFacts();
    const auto derived_facts = from.getDerived();
    if (!Fits("facts", facts) || !Fits("derived", derived_facts)) return;
    for (const auto fact : facts) {
      to.facts.push_back({.name = TextOf(fact.getName()),
                          .title = ReadTitle(fact),
                          .kind = static_cast<scoring::FactKind>(fact.getKind()),
                          .optional = fact.getOptional()});
    }
    for (const auto fact : derived_facts) {
      scoring::DerivedFact& derived = to.derived.emplace_back();
      derived.name = TextOf(fact.getName());
      derived.title = ReadTitle(fact);
      const auto terms = fact.getTerms();
      if (!Fits("derived", terms)) return;
      for (const auto term : terms) derived.terms.push_back({term.getCoefficient(), TextOf(term.getFact())});
    }
  }

  void TakeGroups(schema::Checklist::Reader from, Checklist& to) {
    const auto groups = from.getGroups();
    if (!Fits("groups", groups)) return;
    int64_t row = 0;
    for (const auto group : groups) {
      scoring::Group& read = to.groups.emplace_back();
      read.id = TextOf(group.getId());
      read.title = ReadTitle(group);
      const auto indicators = group.getIndicators();
      if (!Fits("indicators", indicators)) return;
      for (const auto indicator : indicators) TakeIndicator(indicator, row++, read.indicators.emplace_back());
    }
  }

  void TakeIndicator(schema::Indicator::Reader from, int64_t row, scoring::Indicator& to) {
    to.id = TextOf(from.getId());
    to.title = ReadTitle(from);
    const auto of = [&](absl::string_view member) { return absl::StrCat(to.id, ": ", member); };
    Take("indicators", row, of("weight"), from.getWeight(), to.weight);
    Take("indicators", row, of("low"), from.getLow(), to.low);
    Take("indicators", row, of("high"), from.getHigh(), to.high);
    Take("indicators", row, of("cap"), from.getCap(), to.cap);
    to.direction = static_cast<scoring::Direction>(from.getDirection());
    const auto formula = from.getFormula();
    if (!Fits("formula", formula)) return;
    for (const auto term : formula) {
      scoring::Term& read = to.terms.emplace_back();
      Take("indicators", row, of(absl::StrCat("weight of term ", to.terms.size())), term.getWeight(), read.weight);
      read.numerator = TextOf(term.getNumerator());
      read.denominator = TextOf(term.getDenominator());
      read.proportion = term.getProportion();
      read.title = ReadTitle(term);
    }
  }

  void TakeRules(absl::string_view field, capnp::List<schema::PointRule>::Reader from,
                 std::vector<scoring::PointRule>& to) {
    if (!Fits(field, from)) return;
    for (const auto rule : from) {
      const auto row = static_cast<int64_t>(to.size());
      scoring::PointRule& read = to.emplace_back();
      read.id = TextOf(rule.getId());
      read.title = ReadTitle(rule);
      read.fact = TextOf(rule.getFact());
      Take(field, row, "pointsEach", rule.getPointsEach(), read.points_each);
      Take(field, row, "cap", rule.getCap(), read.cap);
    }
  }

  void TakeGrades(schema::Checklist::Reader from, Checklist& to) {
    const auto vetoes = from.getVetoes();
    const auto bands = from.getBands();
    if (!Fits("vetoes", vetoes) || !Fits("bands", bands)) return;
    for (const auto veto : vetoes) {
      to.vetoes.push_back({TextOf(veto.getId()), ReadTitle(veto), TextOf(veto.getFact()), TextOf(veto.getGrade())});
    }
    for (const auto band : bands) {
      const auto row = static_cast<int64_t>(to.bands.size());
      scoring::Band& read = to.bands.emplace_back();
      read.grade = TextOf(band.getGrade());
      read.title = ReadTitle(band);
      Take("bands", row, "from", band.getFrom(), read.from);
      Take("bands", row, "to", band.getTo(), read.to);
      read.to_included = band.getToIncluded();
    }
  }

  MessageExtent extent_;
  absl::Status status_;
};

std::string Written(Decimal value) {
  return scoring::FormatDecimal(value);
}

void FillIndicator(const scoring::Indicator& from, schema::Indicator::Builder to) {
  const scoring::Indicator defaults;
  to.setId(from.id);
  FillTitle(from.title, to);
  to.setWeight(Written(from.weight));
  if (from.low != defaults.low) to.setLow(Written(from.low));
  if (from.high != defaults.high) to.setHigh(Written(from.high));
  if (from.cap != defaults.cap) to.setCap(Written(from.cap));
  to.setDirection(static_cast<schema::Direction>(from.direction));
  auto formula = to.initFormula(ListSize(from.terms.size()));
  for (unsigned t = 0; t < formula.size(); ++t) {
    const scoring::Term& term = from.terms[t];
    if (term.weight != Decimal::Of(1)) formula[t].setWeight(Written(term.weight));
    formula[t].setNumerator(term.numerator);
    if (!term.denominator.empty()) formula[t].setDenominator(term.denominator);
    formula[t].setProportion(term.proportion);
    FillTitle(term.title, formula[t]);
  }
}

template <typename List>
void FillRules(const std::vector<scoring::PointRule>& from, List to) {
  for (unsigned r = 0; r < to.size(); ++r) {
    to[r].setId(from[r].id);
    FillTitle(from[r].title, to[r]);
    to[r].setFact(from[r].fact);
    to[r].setPointsEach(Written(from[r].points_each));
    if (from[r].cap != Decimal{}) to[r].setCap(Written(from[r].cap));
  }
}

void FillFacts(const Checklist& from, schema::Checklist::Builder to) {
  auto facts = to.initFacts(ListSize(from.facts.size()));
  for (unsigned f = 0; f < facts.size(); ++f) {
    facts[f].setName(from.facts[f].name);
    FillTitle(from.facts[f].title, facts[f]);
    facts[f].setKind(static_cast<schema::FactKind>(from.facts[f].kind));
    facts[f].setOptional(from.facts[f].optional);
  }
  if (from.derived.empty()) return;
  auto derived = to.initDerived(ListSize(from.derived.size()));
  for (unsigned d = 0; d < derived.size(); ++d) {
    derived[d].setName(from.derived[d].name);
    FillTitle(from.derived[d].title, derived[d]);
    auto terms = derived[d].initTerms(ListSize(from.derived[d].terms.size()));
    for (unsigned t = 0; t < terms.size(); ++t) {
      terms[t].setCoefficient(from.derived[d].terms[t].coefficient);
      terms[t].setFact(from.derived[d].terms[t].fact);
    }
  }
}

void FillChecklist(const Checklist& from, schema::Checklist::Builder to) {
  to.setId(from.id);
  FillTitle(from.title, to);
  if (from.full_marks != Decimal::Of(100)) to.setFullMarks(Written(from.full_marks));
  if (from.coverage_numerator != 2 || from.coverage_denominator != 3) {
    to.initCoverage().setNumerator(from.coverage_numerator);
    to.getCoverage().setDenominator(from.coverage_denominator);
  }
  if (!from.households.empty()) to.setHouseholds(from.households);
  FillFacts(from, to);
  auto groups = to.initGroups(ListSize(from.groups.size()));
  for (unsigned g = 0; g < groups.size(); ++g) {
    groups[g].setId(from.groups[g].id);
    FillTitle(from.groups[g].title, groups[g]);
    auto indicators = groups[g].initIndicators(ListSize(from.groups[g].indicators.size()));
    for (unsigned i = 0; i < indicators.size(); ++i) FillIndicator(from.groups[g].indicators[i], indicators[i]);
  }
  if (!from.bonuses.empty()) FillRules(from.bonuses, to.initBonuses(ListSize(from.bonuses.size())));
  if (from.bonus_cap != Decimal{}) to.setBonusCap(Written(from.bonus_cap));
  if (!from.deductions.empty()) FillRules(from.deductions, to.initDeductions(ListSize(from.deductions.size())));
  if (from.deduction_cap != Decimal{}) to.setDeductionCap(Written(from.deduction_cap));
  if (!from.vetoes.empty()) {
    auto vetoes = to.initVetoes(ListSize(from.vetoes.size()));
    for (unsigned v = 0; v < vetoes.size(); ++v) {
      vetoes[v].setId(from.vetoes[v].id);
      FillTitle(from.vetoes[v].title, vetoes[v]);
      vetoes[v].setFact(from.vetoes[v].fact);
      vetoes[v].setGrade(from.vetoes[v].grade);
    }
  }
  auto bands = to.initBands(ListSize(from.bands.size()));
  for (unsigned b = 0; b < bands.size(); ++b) {
    bands[b].setGrade(from.bands[b].grade);
    FillTitle(from.bands[b].title, bands[b]);
    bands[b].setFrom(Written(from.bands[b].from));
    bands[b].setTo(Written(from.bands[b].to));
    bands[b].setToIncluded(from.bands[b].to_included);
  }
}

absl::StatusOr<Checklist> ChecklistFromMessage(schema::Checklist::Reader from, MessageExtent extent) {
  return ChecklistReader(extent).Read(from);
}

constexpr size_t kChecklistWords = 4096;

}  // namespace

absl::StatusOr<Checklist> ParseChecklistJson(absl::string_view json, absl::string_view source) {
  if (json.size() > kMaxChecklistBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(source, ": has ", json.size(), " bytes, a checklist at most ", kMaxChecklistBytes));
  }
  return GuardCapnp(source, [&]() -> absl::StatusOr<Checklist> {
    const auto ready = ReadJsonBySchema(json, capnp::Schema::from<schema::Checklist>(), source);
    if (!ready.ok()) return ready.status();
    capnp::MallocMessageBuilder message;
    auto root = message.initRoot<schema::Checklist>();
    capnp::JsonCodec codec;
    codec.setRejectUnknownFields(true);
    codec.decode(kj::arrayPtr(ready->data(), ready->size()), root);
    auto checklist = ChecklistFromMessage(root.asReader(), MessageExtent{.words = message.sizeInWords()});
    if (!checklist.ok()) return InSource(source, checklist.status());
    return checklist;
  });
}

absl::StatusOr<std::string> FormatChecklistJson(const Checklist& checklist) {
  if (auto status = scoring::Validate(checklist); !status.ok()) return status;
  return GuardCapnp("checklist", [&]() -> absl::StatusOr<std::string> {
    capnp::MallocMessageBuilder message;
    FillChecklist(checklist, message.initRoot<schema::Checklist>());
    capnp::JsonCodec codec;
    codec.setPrettyPrint(true);
    codec.setHasMode(capnp::HasMode::NON_DEFAULT);
    const kj::String json = codec.encode(message.getRoot<schema::Checklist>().asReader());
    return absl::StrCat(json.cStr(), "\n");
  });
}

absl::StatusOr<Checklist> ReadChecklist(const std::string& path) {
  constexpr absl::string_view kMagic = "LIANHU";
  absl::StatusOr<MappedFile> file = MappedFile::Open(path);
  if (!file.ok()) return file.status();
  const absl::string_view bytes(reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size());
  if (absl::StartsWith(bytes, kMagic)) return DecodeChecklistSnapshot(file->bytes(), path);
  if (bytes.size() > kMaxChecklistBytes) return ParseChecklistJson(bytes, path);  // says so
  const absl::StatusOr<std::string> text = DecodeText(std::string(bytes), path);
  if (!text.ok()) return text.status();
  return ParseChecklistJson(*text, path);
}

absl::Status WriteSnapshot(const std::string& path, const Checklist& checklist) {
  if (auto status = scoring::Validate(checklist); !status.ok()) return InSource(path, status);
  return WriteWith<schema::Checklist>(path, SnapshotKind::kChecklist, checklist, kChecklistWords, FillChecklist);
}

absl::StatusOr<std::string> EncodeSnapshot(const Checklist& checklist) {
  if (auto status = scoring::Validate(checklist); !status.ok()) return status;
  return EncodeWith<schema::Checklist>(SnapshotKind::kChecklist, checklist, kChecklistWords, FillChecklist);
}

absl::StatusOr<Checklist> DecodeChecklistSnapshot(absl::Span<const std::byte> bytes, absl::string_view source) {
  const auto payload = OpenSnapshot(bytes, SnapshotKind::kChecklist, source);
  if (!payload.ok()) return payload.status();
  return DecodeMessage<schema::Checklist>(*payload, source, ChecklistFromMessage);
}

}  // namespace lianhu::io
