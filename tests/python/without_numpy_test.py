"""The package without numpy: plain sequences in, memoryviews out."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
sys.modules["numpy"] = None
import array, gc, lianhu

plan = lianhu.assign([(x, 0) for x in range(6)], ((0.5, 0), (4.5, 0)), min=2, max=4)
steward_of = plan.steward_of
del plan
gc.collect()
assert isinstance(steward_of, memoryview) and steward_of.readonly
assert steward_of.tolist() == [0, 0, 0, 1, 1, 1]
assert lianhu.verify([(x, 0) for x in range(6)], [(0.5, 0), (4.5, 0)], steward_of, array.array("q", [0, 0]),
                     min=2, max=4).proved
tree = lianhu.Hierarchy.from_codes(array.array("q", [430181002216, 430181002204]), root=430181002)
assert tree.codes.tolist() == [430181002, 430181002204, 430181002216]
assert tree.roll_up([1, 2, 3]).tolist() == [6, 2, 3]
assert tree.roll_up([0.5, 2, 3]).tolist() == [5.5, 2, 3]
assert len(lianhu.assign([], []).price_cm) == 0
posts = lianhu.Posts(tree, [1, 1, -1])
assert posts.several()[0].tolist() == [1] and posts.vacant().tolist() == [2]
try:
    lianhu.assign([(0, 0), (float("nan"), 0)], [(0, 0)])
except ValueError as error:
    assert error.row == 1
else:
    raise SystemExit("no error")
assert "numpy" not in {name for name, module in sys.modules.items() if module is not None}
print("fine")
"""


def test_without_numpy() -> None:
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert result.stdout == "fine\n", result.stdout + result.stderr
