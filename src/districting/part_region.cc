#include "districting/part_region.h"

#include <algorithm>
#include <cmath>

#include "base/infinity.h"

namespace lianhu::districting::internal {
namespace {

// Parts of up to so many atoms have their medoid looked for among all of them; others among those nearest the point of
// least distances, to which so many steps are made.
constexpr size_t kAllMedoids = 48;
constexpr int kWeiszfeldSteps = 6;
constexpr size_t kNearMedoids = 12;
constexpr int kMostRounds = 200;

}  // namespace

void PartRegion::Load(absl::Span<const int32_t> atoms, absl::Span<const int32_t> part_of,
                      absl::Span<const int32_t> label, int32_t parts, WeightBounds bounds) {
  low_ = static_cast<double>(bounds.min);
  high_ = static_cast<double>(bounds.max);
  origin_ = task_.at[atoms[0]];
  atoms_.resize(atoms.size());
  unit_weights_ = true;
  for (size_t i = 0; i < atoms.size(); ++i) {
    const int32_t a = atoms[i];
    atoms_[i] = {.x = task_.at[a].x - origin_.x,
                 .y = task_.at[a].y - origin_.y,
                 .weight = static_cast<double>(task_.weight[a]),
                 .current = task_.current.empty() ? -1 : task_.current[a]};
    unit_weights_ = unit_weights_ && task_.weight[a] == 1;
  }
  parts_.resize(parts);
  for (int32_t p = 0; p < parts; ++p) parts_[p].label = label.empty() ? -1 : label[p];
  part_of_.assign(part_of.begin(), part_of.end());
  CollectMembers();
  UpdateCentres();
}

void PartRegion::SetPartOf(const std::vector<int32_t>& part_of) {
  part_of_ = part_of;
  CollectMembers();
  UpdateCentres();
}

std::vector<Point> PartRegion::Centres() const {
  std::vector<Point> centres;
  centres.reserve(parts_.size());
  for (const Part& part : parts_) centres.push_back({part.x + origin_.x, part.y + origin_.y});
  return centres;
}

void PartRegion::CollectMembers() {
  for (Part& part : parts_) {
    part.members.clear();
    part.load = 0;
  }
  for (size_t i = 0; i < part_of_.size(); ++i) {
    Part& part = parts_[part_of_[i]];
    part.members.push_back(static_cast<int32_t>(i));
    part.load += atoms_[i].weight;
  }
}

double PartRegion::MovePrice(const Atom& atom, const Part& part) const {
  return atom.current >= 0 && atom.current != part.label ? atom.weight * task_.move_price : 0;
}

double PartRegion::CostAt(const Atom& atom, const Part& part) const {
  const double dx = atom.x - part.x;
  const double dy = atom.y - part.y;
  const double square = dx * dx + dy * dy;
  return atom.weight * (task_.medians ? std::floor(100 * std::sqrt(square) + 0.5) : square) + MovePrice(atom, part);
}

double PartRegion::Violation(double load) const {
  return std::max({0.0, low_ - load, load - high_});
}

double PartRegion::PenaltyStep(double load, double change) const {
  return penalty_ * (Violation(load + change) - Violation(load));
}

void PartRegion::UpdateCentre(Part& part) {
  if (part.members.empty()) return;
  if (task_.medians) {
    UpdateMedoid(part);
    return;
  }
  double x = 0;
  double y = 0;
  for (const int32_t i : part.members) {
    x += atoms_[i].weight * atoms_[i].x;
    y += atoms_[i].weight * atoms_[i].y;
  }
  part.x = x / part.load;
  part.y = y / part.load;
}

void PartRegion::UpdateMedoid(Part& part) {
  const std::vector<int32_t>& members = part.members;
  const auto sum_from = [&](double x, double y) {
    double sum = 0;
    for (const int32_t k : members) {
      const double dx = atoms_[k].x - x;
      const double dy = atoms_[k].y - y;
      sum += atoms_[k].weight * std::floor(100 * std::sqrt(dx * dx + dy * dy) + 0.5);
    }
    return sum;
  };
  double best = kInfinity;
  int32_t medoid = -1;
  const auto look_at = [&](int32_t i) {
    const double sum = sum_from(atoms_[i].x, atoms_[i].y);
    if (sum >= best) return;
    best = sum;
    medoid = i;
  };
  if (members.size() <= kAllMedoids) {
    work_ += static_cast<int64_t>(members.size() * members.size());
    for (const int32_t i : members) look_at(i);
  } else {
    work_ += static_cast<int64_t>(members.size() * (kWeiszfeldSteps + kNearMedoids + 1));
    double x = 0;
    double y = 0;
    for (const int32_t i : members) {
      x += atoms_[i].weight * atoms_[i].x / part.load;
      y += atoms_[i].weight * atoms_[i].y / part.load;
    }
    for (int step = 0; step < kWeiszfeldSteps; ++step) {
      double sx = 0;
      double sy = 0;
      double sw = 0;
      for (const int32_t i : members) {
        const double d = std::hypot(atoms_[i].x - x, atoms_[i].y - y) + 0.01;
        sx += atoms_[i].weight * atoms_[i].x / d;
        sy += atoms_[i].weight * atoms_[i].y / d;
        sw += atoms_[i].weight / d;
      }
      x = sx / sw;
      y = sy / sw;
    }
    std::vector<Arc> near;
    near.reserve(members.size());
    for (const int32_t i : members) near.push_back({std::hypot(atoms_[i].x - x, atoms_[i].y - y), i});
    const auto nearer = [](const Arc& a, const Arc& b) { return a.cost != b.cost ? a.cost < b.cost : a.atom < b.atom; };
    std::partial_sort(near.begin(), near.begin() + kNearMedoids, near.end(), nearer);
    for (size_t k = 0; k < kNearMedoids; ++k) look_at(near[k].atom);
  }
  part.x = atoms_[medoid].x;
  part.y = atoms_[medoid].y;
}

void PartRegion::UpdateCentres() {
  for (Part& part : parts_) UpdateCentre(part);
}

void PartRegion::BuildCosts() {
  const size_t q = parts_.size();
  cost_.resize(atoms_.size() * q);
  double greatest = 0;
  for (size_t i = 0; i < atoms_.size(); ++i) {
    double* row = &cost_[i * q];
    for (size_t p = 0; p < q; ++p) {
      row[p] = CostAt(atoms_[i], parts_[p]);
      greatest = std::max(greatest, row[p]);
    }
  }
  work_ += static_cast<int64_t>(atoms_.size() * q);
  penalty_ = 1 + 4 * greatest * static_cast<double>(q);
  least_gain_ = task_.medians ? 1e-3 : 1e-10 * greatest + 1e-9;
}

PartScore PartRegion::Score() const {
  PartScore score;
  for (size_t i = 0; i < atoms_.size(); ++i) score.cost += CostAt(atoms_[i], parts_[part_of_[i]]);
  double excess = 0;
  for (const Part& part : parts_) excess += Violation(part.load);
  score.excess = static_cast<int64_t>(excess);
  return score;
}

PartScore PartRegion::Improve(const std::function<bool()>& stop) {
  PartScore best = Score();
  for (int round = 0; round < kMostRounds && !stop(); ++round) {
    BuildCosts();
    bool changed = unit_weights_ ? Transport(stop) : ExchangeWeighted(stop);
    if (changed) {
      UpdateCentres();
    }
    PartScore now = Score();
    if (!changed || !now.BetterThan(best)) {
      if (task_.medians || !ExchangeMeans(stop)) return now.BetterThan(best) ? now : best;
      now = Score();
    }
    best = now;
  }
  return best;
}

void PartRegion::MoveAtom(int32_t atom, int32_t to) {
  Part& from = parts_[part_of_[atom]];
  from.members.erase(std::find(from.members.begin(), from.members.end(), atom));
  from.load -= atoms_[atom].weight;
  part_of_[atom] = to;
  parts_[to].members.push_back(atom);
  parts_[to].load += atoms_[atom].weight;
}

void PartRegion::Perturb(Random& random) {
  const auto q = static_cast<int64_t>(parts_.size());
  const auto go_to = [&](Part& part, int32_t atom) {
    part.x = atoms_[atom].x;
    part.y = atoms_[atom].y;
  };
  if (random.Below(4) == 0) {
    for (Part& part : parts_) {
      go_to(part, part.members[random.Below(static_cast<int64_t>(part.members.size()))]);
    }
  } else {
    go_to(parts_[random.Below(q)], static_cast<int32_t>(random.Below(static_cast<int64_t>(atoms_.size()))));
  }
  BuildCosts();
  if (unit_weights_) {
    Transport([] { return false; });
  } else {
    ExchangeWeighted([] { return false; });
  }
  UpdateCentres();
}

// k-means++ (Arthur and Vassilvitskii 2007): each next centre an atom, likely in proportion to what it costs so far.
void PartRegion::Reseed(Random& random) {
  std::vector<double> nearest(atoms_.size(), kInfinity);
  std::vector<Point> centres;
  for (size_t p = 0; p < parts_.size(); ++p) {
    size_t pick = static_cast<size_t>(random.Below(static_cast<int64_t>(atoms_.size())));
    if (p > 0) {
      double total = 0;
      for (const double d : nearest) total += d;
      double left = random.Real() * total;
      for (size_t i = 0; i < atoms_.size() && total > 0; ++i) {
        left -= nearest[i];
        if (left > 0) continue;
        pick = i;
        break;
      }
    }
    const Atom& at = atoms_[pick];
    centres.push_back({at.x + origin_.x, at.y + origin_.y});
    for (size_t i = 0; i < atoms_.size(); ++i) {
      const double dx = atoms_[i].x - at.x;
      const double dy = atoms_[i].y - at.y;
      const double square = dx * dx + dy * dy;
      nearest[i] = std::min(nearest[i], atoms_[i].weight * (task_.medians ? std::sqrt(square) : square));
    }
  }
  work_ += static_cast<int64_t>(atoms_.size() * parts_.size());
  StartAt(centres, {});
}

void PartRegion::StartAt(absl::Span<const Point> centres, absl::Span<const double> prices) {
  for (size_t p = 0; p < parts_.size(); ++p) {
    parts_[p].x = centres[p].x - origin_.x;
    parts_[p].y = centres[p].y - origin_.y;
  }
  BuildCosts();
  const size_t q = parts_.size();
  std::vector<double> load(q, 0);
  for (size_t i = 0; i < atoms_.size(); ++i) {
    int32_t best = -1;
    double least = kInfinity;
    for (size_t p = 0; p < q; ++p) {
      // Without prices who comes first is served first.
      const double own =
          cost_[i * q + p] + (prices.empty() ? penalty_ * (load[p] + atoms_[i].weight > high_ ? 1 : 0) : prices[p]);
      if (own >= least) continue;
      least = own;
      best = static_cast<int32_t>(p);
    }
    part_of_[i] = best;
    load[best] += atoms_[i].weight;
  }
  CollectMembers();
  for (size_t p = 0; p < q; ++p) {
    if (!parts_[p].members.empty()) continue;
    // Nobody may be left without an atom: the part with most gives the one that goes for least.
    size_t giver = 0;
    for (size_t g = 0; g < q; ++g) {
      if (parts_[g].members.size() > parts_[giver].members.size()) giver = g;
    }
    int32_t atom = parts_[giver].members[0];
    for (const int32_t i : parts_[giver].members) {
      if (cost_[i * q + p] < cost_[atom * q + p]) atom = i;
    }
    MoveAtom(atom, static_cast<int32_t>(p));
  }
  if (unit_weights_) {
    Transport([] { return false; });
  } else {
    ExchangeWeighted([] { return false; });
  }
  UpdateCentres();
}

}  // namespace lianhu::districting::internal
