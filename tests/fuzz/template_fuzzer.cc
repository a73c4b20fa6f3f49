// Any bytes as the template of cards. What is refused says why in one line; what is read prints stewards whose ids are
// full of what HTML and templates know, and none of that comes out as anything but text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "lianhu/report/cards.h"

namespace lianhu::report {
namespace {

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

void Try(absl::string_view text) {
  const absl::StatusOr<CardTemplate> cards = CardTemplate::Parse(text, "t");
  if (!cards.ok()) return Require(!absl::StrContains(cards.status().message(), "\n"));
  const std::string evil = "<zqx>{{zqx}}{{/stewards}}";
  const std::vector<std::string> columns = {"id", "name"};
  const auto field = [&](int64_t, size_t) -> absl::string_view { return evil; };
  const std::vector<int64_t> first = {0, 1, 3};
  const std::vector<std::string> households(3, evil);
  const CardsInput input{.stewards = 2,
                         .columns = columns,
                         .field = field,
                         .first_household = first,
                         .households = households,
                         .distances_m = households};
  std::string page;
  const auto sink = [&](absl::string_view piece) {
    page.append(piece.data(), piece.size());
    return absl::OkStatus();
  };
  RunContext context;
  const absl::StatusOr<CardsResult> result = WriteCards(*cards, input, {.title = evil}, sink, context);
  if (!result.ok()) return;
  Require(absl::StrContains(text, "<zqx>") || !absl::StrContains(page, "<zqx>"));
}

}  // namespace
}  // namespace lianhu::report

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  lianhu::report::Try(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
