// Explanations of a plan (assignment/explain.h) as JSON and in words.
#ifndef LIANHU_IO_EXPLANATIONS_H_
#define LIANHU_IO_EXPLANATIONS_H_

#include <string>

#include "lianhu/assignment/explain.h"
#include "lianhu/base/language.h"
#include "lianhu/io/street.h"

namespace lianhu::io {

// Why a household is not served by a steward, half a sentence: "full: those he serves gain more by him".
std::string DescribeReason(const assignment::HouseholdExplanation& why, const assignment::Alternative& alternative,
                           Language language);

// JSON objects; docs/formats.md lists their members. `language` is that of `reason_text`.
std::string FormatExplanationJson(const Street& street, const assignment::HouseholdExplanation& why, Language language);
std::string FormatExplanationJson(const Street& street, const assignment::StewardExplanation& worth);
std::string FormatExplanationJson(const Street& street, const assignment::TownExplanation& town);

}  // namespace lianhu::io

#endif  // LIANHU_IO_EXPLANATIONS_H_
