#include "lianhu/scoring/apportionment.h"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lianhu/base/status.h"

namespace lianhu::scoring {
namespace {

// Squares of 127-bit numbers multiplied by squares of such: 508 bits.
using Wide = boost::multiprecision::uint512_t;
using Method = ApportionmentMethod;

Wide ToWide(absl::int128 value) {
  return (Wide(static_cast<uint64_t>(absl::Int128High64(value))) << 64) + absl::Int128Low64(value);
}

absl::int128 ToInt128(const Wide& value) {
  return absl::MakeInt128(static_cast<int64_t>(static_cast<uint64_t>(value >> 64)),
                          static_cast<uint64_t>(value & ~uint64_t{0}));
}

// A party as the methods see it: one without a weight may have its floor and no more.
struct Party {
  Wide weight;
  Wide floor;
  Wide ceiling;
  Wide share;
};

struct Fraction {
  Wide numerator;
  Wide denominator;  // > 0
};

bool Less(const Fraction& a, const Fraction& b) {
  return a.numerator * b.denominator < b.numerator * a.denominator;
}

// t = 1 / divisor with which the unrounded shares, weight * t clamped to their bounds, sum to the amount.
Fraction FindScale(const std::vector<Party>& parties, const Wide& amount, bool bounded) {
  Wide slope = 0;
  if (!bounded) {
    for (const Party& party : parties) slope += party.weight;
    if (slope == 0) return {0, 1};
    return {amount, slope};
  }
  struct Break {
    Fraction at;
    int32_t party;
    bool leaves_floor;  // or reaches the ceiling
  };
  std::vector<Break> breaks;
  Wide fixed = 0;
  for (size_t i = 0; i < parties.size(); ++i) {
    const Party& party = parties[i];
    fixed += party.floor;
    if (party.weight == 0) continue;
    breaks.push_back({{party.floor, party.weight}, static_cast<int32_t>(i), true});
    breaks.push_back({{party.ceiling, party.weight}, static_cast<int32_t>(i), false});
  }
  // A floor that is its ceiling is left before the ceiling is reached.
  std::stable_sort(breaks.begin(), breaks.end(), [](const Break& a, const Break& b) { return Less(a.at, b.at); });
  for (const Break& next : breaks) {
    // fixed + slope * t = amount before this break?
    if (slope > 0 && (amount - fixed) * next.at.denominator <= slope * next.at.numerator) {
      return {amount - fixed, slope};
    }
    if (slope == 0 && fixed == amount) return next.at;
    const Party& party = parties[next.party];
    if (next.leaves_floor) {
      fixed -= party.floor;
      slope += party.weight;
    } else {
      fixed += party.ceiling;
      slope -= party.weight;
    }
  }
  return breaks.empty() ? Fraction{0, 1} : breaks.back().at;
}

// Whether the claim on the next fen of a party with weight w and share s comes before that of another: w / signpost(s).
class Claims {
 public:
  explicit Claims(Method method) : method_(method) {}

  // -1, 0, 1: the claim of (w, s) is less than, equal to, greater than that of (v, r).
  int Compare(const Wide& w, const Wide& s, const Wide& v, const Wide& r) const {
    const Wide a = Signpost(s);
    const Wide b = Signpost(r);
    if (a == 0 || b == 0) {  // infinite; of two such the greater weight comes first
      if (a != 0 || b != 0) return a == 0 ? 1 : -1;
      return w.compare(v) < 0 ? -1 : w.compare(v) > 0 ? 1 : 0;
    }
    const bool squared = method_ == Method::kHuntingtonHill;
    const Wide left = (squared ? Wide(w * w) : w) * b;
    const Wide right = (squared ? Wide(v * v) : v) * a;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  // weight * scale, rounded at the signposts.
  Wide Round(const Wide& weight, const Fraction& scale) const {
    const Wide product = weight * scale.numerator;
    const Wide& d = scale.denominator;
    const Wide down = product / d;
    const Wide rest = product - down * d;
    bool up = false;
    switch (method_) {
      case Method::kAdams:
        up = rest > 0;
        break;
      case Method::kSainteLague:
        up = rest * 2 >= d;
        break;
      case Method::kHuntingtonHill:
        up = rest > 0 && product * product >= down * (down + 1) * d * d;
        break;
      case Method::kDHondt:
      case Method::kLargestRemainder:
        break;
    }
    return up ? Wide(down + 1) : down;
  }

 private:
  // Of the fen after `share`; its square for Huntington-Hill.
  Wide Signpost(const Wide& share) const {
    switch (method_) {
      case Method::kAdams:
        return share;
      case Method::kSainteLague:
        return share * 2 + 1;
      case Method::kHuntingtonHill:
        return share * (share + 1);
      case Method::kDHondt:
      case Method::kLargestRemainder:
        break;
    }
    return share + 1;
  }

  Method method_;
};

class Division {
 public:
  Division(const ApportionmentInput& input, Method method)
      : input_(input), method_(method), claims_(method), amount_(ToWide(input.amount)) {}

  Apportionment Run() {
    Wide floors = 0;
    Wide ceilings = 0;
    for (size_t i = 0; i < input_.weights.size(); ++i) {
      Party party{ToWide(input_.weights[i]), input_.floors.empty() ? Wide(0) : ToWide(input_.floors[i]), 0, 0};
      party.ceiling = party.weight == 0         ? party.floor
                      : input_.ceilings.empty() ? std::max(amount_, party.floor)
                                                : ToWide(input_.ceilings[i]);
      floors += party.floor;
      ceilings += party.ceiling;
      parties_.push_back(std::move(party));
    }
    if (floors > amount_) return Refuse(ApportionmentOutcome::kFloorsExceedAmount, floors);
    if (ceilings < amount_) return Refuse(ApportionmentOutcome::kCeilingsBelowAmount, ceilings);
    const bool bounded = !input_.floors.empty() || !input_.ceilings.empty();
    const Fraction scale = FindScale(parties_, amount_, bounded);
    if (method_ == Method::kLargestRemainder) {
      LargestRemainder(scale);
    } else {
      RoundAndStep(scale);
      SettleTies();
    }
    for (const Party& party : parties_) result_.shares.push_back(ToInt128(party.share));
    return std::move(result_);
  }

 private:
  static Apportionment Refuse(ApportionmentOutcome outcome, const Wide& sum) {
    Apportionment refused;
    refused.outcome = outcome;
    refused.bound_sum = ToInt128(std::min(sum, ToWide(absl::Int128Max())));
    return refused;
  }

  int32_t Order(int32_t party) const { return input_.tie_order.empty() ? party : input_.tie_order[party]; }

  void LargestRemainder(const Fraction& scale) {
    std::vector<std::pair<Wide, int32_t>> rests;
    Wide left = amount_;
    for (size_t i = 0; i < parties_.size(); ++i) {
      Party& party = parties_[i];
      const Wide product = party.weight * scale.numerator;
      party.share = product / scale.denominator;
      const Wide rest = product - party.share * scale.denominator;
      if (party.share < party.floor) {
        party.share = party.floor;
      } else if (party.share >= party.ceiling) {
        party.share = party.ceiling;
      } else if (rest > 0) {
        rests.emplace_back(rest, static_cast<int32_t>(i));
      }
      left -= party.share;
    }
    std::sort(rests.begin(), rests.end(), [&](const auto& a, const auto& b) {
      const int compared = a.first.compare(b.first);
      return compared != 0 ? compared > 0 : Order(a.second) < Order(b.second);
    });
    const auto served = static_cast<size_t>(left);
    for (size_t k = 0; k < served; ++k) ++parties_[rests[k].second].share;
    if (served == 0 || served == rests.size() || rests[served - 1].first != rests[served].first) return;
    for (size_t k = 0; k < rests.size(); ++k) {
      if (rests[k].first != rests[served].first) continue;
      result_.tied.push_back(rests[k].second);
      if (k < served) ++result_.tied_served;
    }
    std::sort(result_.tied.begin(), result_.tied.end());
  }

  // -1, 0, 1 of the claims of i and j on their next fen, or on the last one they have.
  int CompareNext(int32_t i, int32_t j) const {
    return claims_.Compare(parties_[i].weight, parties_[i].share, parties_[j].weight, parties_[j].share);
  }
  int CompareLast(int32_t i, int32_t j) const {
    return claims_.Compare(parties_[i].weight, parties_[i].share - 1, parties_[j].weight, parties_[j].share - 1);
  }

  void RoundAndStep(const Fraction& scale) {
    Wide sum = 0;
    for (Party& party : parties_) {
      party.share =
          party.weight == 0 ? party.floor : std::clamp(claims_.Round(party.weight, scale), party.floor, party.ceiling);
      sum += party.share;
    }
    // At most n steps: each rounding is less than one off.
    const bool give = sum < amount_;
    const auto before = [&](int32_t a, int32_t b) {  // a heap keeps its greatest in front
      const int compared = give ? CompareNext(a, b) : -CompareLast(a, b);
      if (compared != 0) return compared < 0;
      return give ? Order(a) > Order(b) : Order(a) < Order(b);
    };
    const auto may_step = [&](int32_t i) {
      const Party& party = parties_[i];
      return give ? party.share < party.ceiling : party.share > party.floor;
    };
    std::vector<int32_t> heap;
    if (sum != amount_) {
      for (size_t i = 0; i < parties_.size(); ++i) {
        if (may_step(static_cast<int32_t>(i))) heap.push_back(static_cast<int32_t>(i));
      }
    }
    std::make_heap(heap.begin(), heap.end(), before);
    while (sum != amount_) {
      std::pop_heap(heap.begin(), heap.end(), before);
      const int32_t i = heap.back();
      if (give) {
        ++parties_[i].share;
        ++sum;
      } else {
        --parties_[i].share;
        --sum;
      }
      if (may_step(i)) {
        std::push_heap(heap.begin(), heap.end(), before);
      } else {
        heap.pop_back();
      }
    }
  }

  // Where the weakest claim that was served equals the strongest that was not, `tie_order` decides.
  void SettleTies() {
    int32_t weakest = -1;
    int32_t strongest = -1;
    for (size_t p = 0; p < parties_.size(); ++p) {
      const auto i = static_cast<int32_t>(p);
      const Party& party = parties_[p];
      if (party.share > party.floor && (weakest < 0 || CompareLast(i, weakest) < 0)) weakest = i;
      if (party.share < party.ceiling && (strongest < 0 || CompareNext(i, strongest) > 0)) strongest = i;
    }
    if (weakest < 0 || strongest < 0) return;
    const Wide weight = parties_[strongest].weight;
    const Wide share = parties_[strongest].share;
    const auto equal = [&](const Wide& w, const Wide& s) { return claims_.Compare(w, s, weight, share) == 0; };
    if (!equal(parties_[weakest].weight, parties_[weakest].share - 1)) return;
    std::vector<int32_t> tied;
    for (size_t p = 0; p < parties_.size(); ++p) {
      Party& party = parties_[p];
      if (party.share > party.floor && equal(party.weight, party.share - 1)) {
        --party.share;
        ++result_.tied_served;
      } else if (!(party.share < party.ceiling && equal(party.weight, party.share))) {
        continue;
      }
      tied.push_back(static_cast<int32_t>(p));
    }
    result_.tied = tied;
    std::sort(tied.begin(), tied.end(), [&](int32_t a, int32_t b) { return Order(a) < Order(b); });
    for (int32_t k = 0; k < result_.tied_served; ++k) ++parties_[tied[k]].share;
  }

  const ApportionmentInput& input_;
  Method method_;
  Claims claims_;
  Wide amount_;
  std::vector<Party> parties_;
  Apportionment result_;
};

absl::Status CheckNumber(absl::string_view field, int64_t row, absl::int128 value) {
  if (value < 0) return InvalidField(field, row, "must not be negative");
  return absl::OkStatus();
}

absl::Status CheckColumn(absl::string_view field, absl::Span<const absl::int128> column, size_t expected) {
  if (column.size() != expected && !column.empty()) {
    return InvalidField(field, -1, absl::StrCat("has ", column.size(), " entries, expected ", expected));
  }
  for (size_t i = 0; i < column.size(); ++i) {
    if (auto s = CheckNumber(field, static_cast<int64_t>(i), column[i]); !s.ok()) return s;
  }
  return absl::OkStatus();
}

absl::Status Check(const ApportionmentInput& input, const ApportionmentOptions& options) {
  const size_t n = input.weights.size();
  if (options.method < Method::kLargestRemainder || options.method > Method::kDHondt) {
    return InvalidField("method", -1, absl::StrCat("unknown value ", static_cast<int32_t>(options.method)));
  }
  if (auto s = CheckNumber("amount", -1, input.amount); !s.ok()) return s;
  if (auto s = CheckColumn("weights", input.weights, n); !s.ok()) return s;
  if (auto s = CheckColumn("floors", input.floors, n); !s.ok()) return s;
  if (auto s = CheckColumn("ceilings", input.ceilings, n); !s.ok()) return s;
  absl::int128 sum = 0;
  for (size_t i = 0; i < n; ++i) {
    if (input.weights[i] > kMaxAmount - sum)
      return InvalidField("weights", -1, "their sum is out of range, below 2^127");
    sum += input.weights[i];
    if (input.ceilings.empty()) continue;
    if (input.ceilings[i] < (input.floors.empty() ? 0 : input.floors[i])) {
      return InvalidField("ceilings", static_cast<int64_t>(i), "is below the floor");
    }
  }
  if (input.tie_order.empty()) return absl::OkStatus();
  if (input.tie_order.size() != n) {
    return InvalidField("tie_order", -1, absl::StrCat("has ", input.tie_order.size(), " entries, expected ", n));
  }
  std::vector<int32_t> by_order(n);
  std::iota(by_order.begin(), by_order.end(), 0);
  std::sort(by_order.begin(), by_order.end(),
            [&](int32_t a, int32_t b) { return std::pair(input.tie_order[a], a) < std::pair(input.tie_order[b], b); });
  for (size_t k = 1; k < n; ++k) {
    if (input.tie_order[by_order[k]] == input.tie_order[by_order[k - 1]]) {
      return InvalidField("tie_order", by_order[k], absl::StrCat(input.tie_order[by_order[k]], " is there twice"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

const char* MethodName(ApportionmentMethod method) {
  switch (method) {
    case Method::kLargestRemainder:
      return "largest-remainder";
    case Method::kAdams:
      return "adams";
    case Method::kHuntingtonHill:
      return "huntington-hill";
    case Method::kSainteLague:
      return "sainte-lague";
    case Method::kDHondt:
      return "dhondt";
  }
  return "";
}

absl::StatusOr<Apportionment> Apportion(const ApportionmentInput& input, const ApportionmentOptions& options) {
  if (auto status = Check(input, options); !status.ok()) return status;
  return Division(input, options.method).Run();
}

}  // namespace lianhu::scoring
