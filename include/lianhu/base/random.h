// A small random generator whose numbers are the same on every machine, unlike those of the standard distributions.
#ifndef LIANHU_BASE_RANDOM_H_
#define LIANHU_BASE_RANDOM_H_

#include <cstdint>

namespace lianhu {

// splitmix64. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // In [0, bound), bound >= 1; uniform but for a bias of at most bound / 2^64.
  int64_t Below(int64_t bound) { return static_cast<int64_t>(Next() % static_cast<uint64_t>(bound)); }
  // In [low, high], both included.
  int32_t Between(int32_t low, int32_t high) { return low + static_cast<int32_t>(Below(int64_t{high} - low + 1)); }
  // In [0, 1).
  double Real() { return static_cast<double>(Next() >> 11) * 0x1p-53; }
  // Roughly normal, mean 0 and deviation 1: a sum of twelve uniforms.
  double Normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += Real();
    return sum;
  }

 private:
  uint64_t state_;
};

}  // namespace lianhu

#endif  // LIANHU_BASE_RANDOM_H_
