"""`lianhu assign --weights`: loads in units of weight, the objective recomputed, the gap stated."""

from __future__ import annotations

import json
import re
from pathlib import Path

from command import STREET, cost_cm, lianhu, read, write_street

HOUSEHOLDS = "id,x,y,unit,care\n" + "".join(
    f"H{i},{10 * i},{i % 3},{'east' if i < 12 else 'west'},{1 + i % 4 // 2 * 2}\n" for i in range(24)
)
STEWARDS = "id,x,y,unit,max\nS1,20,0,east,\nS2,90,0,east,14\nS3,150,0,west,\nS4,210,0,west,\n"


def test_plan_keeps_bounds_in_weight(tmp_path: Path) -> None:
    write_street(tmp_path, HOUSEHOLDS, STEWARDS)
    done = lianhu("assign", *STREET, "--within", "unit", "--weights", "care", "--min", "8", "--max", "16",
                  "--out", "plan.csv", "--summary", "s.json", cwd=tmp_path)
    assert done.code == 0, done.err
    people = {row["id"]: row for row in read(tmp_path / "h.csv")}
    helpers = {row["id"]: row for row in read(tmp_path / "s.csv")}
    load = dict.fromkeys(helpers, 0)
    objective = 0
    for row in read(tmp_path / "plan.csv"):
        person, helper = people[row["household"]], helpers[row["steward"]]
        assert person["unit"] == helper["unit"]
        load[row["steward"]] += int(person["care"])
        objective += int(person["care"]) * cost_cm(person, helper)
    assert all(8 <= load[name] <= int(helpers[name]["max"] or 16) for name in load)
    summary = json.loads((tmp_path / "s.json").read_text())
    assert summary["weighted_cost_cm"] == objective
    assert 0 < summary["bound_cm"] <= objective
    assert re.search(r"heuristic, within [0-9.]+ % of the bound|optimal", done.out)
    assert (summary["load_min"], summary["load_max"]) == (min(load.values()), max(load.values()))


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    write_street(tmp_path, HOUSEHOLDS, STEWARDS)
    texts = []
    for threads in (1, 4):
        done = lianhu("assign", *STREET, "--weights", "care", "--seed", "5", "--threads", threads, "--out", "p.csv",
                      cwd=tmp_path)
        assert done.code == 0, done.err
        texts.append((tmp_path / "p.csv").read_bytes())
    assert texts[0] == texts[1]


def test_too_heavy_is_explained(tmp_path: Path) -> None:
    write_street(tmp_path, HOUSEHOLDS, STEWARDS)
    done = lianhu("assign", *STREET, "--within", "unit", "--weights", "care", "--min", "0", "--max", "5", "--out", "p.csv",
                  cwd=tmp_path)
    assert done.code == 3
    assert "lianhu: west: 12 households weigh 24, but the maxima of 2 stewards sum to 10: 14 too much.\n" in done.err
    assert not (tmp_path / "p.csv").exists()
    assert "权重" in lianhu("--lang", "zh", "assign", *STREET, "--weights", "care", "--max", "11", cwd=tmp_path).err


def test_bad_weights_are_named(tmp_path: Path) -> None:
    write_street(tmp_path, "id,x,y,care\nH1,0,0,2\nH2,0,0,0\n", STEWARDS)
    run = lambda *more: lianhu("assign", *STREET, "--min", "0", *more, cwd=tmp_path)  # noqa: E731
    assert run("--weights", "care").err == "lianhu: h.csv: row 3, column care: out of range 1 to 10000: '0'\n"
    assert run("--weights", "need").err.startswith("lianhu: h.csv: row 1, column need: is missing")
    refused = run("--weights", "care", "--prices", "p.csv")
    assert refused.code == 2 and "--prices" in refused.err


def test_a_weighted_plan_is_checked(tmp_path: Path) -> None:
    write_street(tmp_path, HOUSEHOLDS, STEWARDS)
    street = (*STREET, "--within", "unit", "--weights", "care", "--min", "8", "--max", "16")
    done = lianhu("assign", *street, "--out", "p.csv", "--multipliers", "m.csv", "--summary", "s.json", cwd=tmp_path)
    assert done.code == 0, done.err
    summary = json.loads((tmp_path / "s.json").read_text())
    checked = lianhu("verify", *street, "--plan", "p.csv", "--multipliers", "m.csv", cwd=tmp_path)
    assert (checked.code, checked.err) == (0, "")
    assert "bounds and jurisdictions: kept" in checked.out
    assert f"sum of weight x distance {summary['weighted_cost_cm']} cm" in checked.out
    assert f"bound {summary['bound_cm']} cm over all pairs" in checked.out
    assert "未给出乘子" in lianhu("--lang", "zh", "verify", *street, "--plan", "p.csv", cwd=tmp_path).out

    (tmp_path / "p.csv").write_text(re.sub(r",S\d", ",S1", (tmp_path / "p.csv").read_text()))
    broken = lianhu("verify", *street, "--plan", "p.csv", cwd=tmp_path)
    assert broken.code == 1 and "violated" in broken.out and "verification failed" in broken.err
    lines = (tmp_path / "m.csv").read_text().splitlines()
    (tmp_path / "m.csv").write_text("\n".join([*lines[:-1], "H23,much"]) + "\n")
    named = lianhu("verify", *street, "--plan", "p.csv", "--multipliers", "m.csv", cwd=tmp_path)
    assert named.code == 2 and "m.csv: row 25, column multiplier_cm: not a whole number: 'much'" in named.err
