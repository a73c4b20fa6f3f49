"""Five households, two stewards, two to three households each."""

import lianhu

households = [(0, 0), (10, 0), (20, 0), (30, 0), (90, 0)]  # metres; numpy arrays are taken without a copy
stewards = [(12, 0), (60, 0)]
plan = lianhu.assign(households, stewards, min=2, max=3)
for h, steward in enumerate(plan.steward_of):
    print(f"household {h}: steward {steward}")
print(f"total {plan.total_cost_cm / 100:.2f} m, no plan is below {plan.dual_bound_cm / 100:.2f} m")
assert lianhu.verify(households, stewards, plan, min=2, max=3).proved
