"""lianhu assign: what it writes, says and returns."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from command import HOUSEHOLDS, LIANHU, STREET, lianhu, read, recompute, write_street

OUTPUTS = ("--out", "plan.csv", "--prices", "prices.csv", "--summary", "summary.json")


def test_a_plan_with_its_proof(tmp_path: Path) -> None:
    write_street(tmp_path)
    result = lianhu("assign", *STREET, "--min", 3, "--max", 5, *OUTPUTS, cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert "optimal" in result.out
    total, bound = recompute(*(tmp_path / name for name in ("h.csv", "s.csv", "plan.csv", "prices.csv")), 3, 5)
    assert total == bound
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["status"] == "optimal"
    assert (summary["households"], summary["stewards"]) == (12, 3)
    assert summary["total_cost_cm"] == summary["dual_bound_cm"] == total
    distances = [float(row["distance_m"]) for row in read(tmp_path / "plan.csv")]
    assert summary["mean_distance_m"] == pytest.approx(sum(distances) / 12)
    assert summary["max_distance_m"] == max(distances)
    assert 3 <= summary["load_min"] <= summary["load_max"] <= 5
    assert summary["infeasibilities"] == [] and summary["seconds"] >= 0
    assert sorted(os.listdir(tmp_path)) == ["h.csv", "plan.csv", "prices.csv", "s.csv", "summary.json"]


def test_within_a_column(tmp_path: Path) -> None:
    write_street(tmp_path)
    assert lianhu("assign", *STREET, "--within", "unit", "--min", 2, "--max", 6, *OUTPUTS, cwd=tmp_path).code == 0
    files = (tmp_path / name for name in ("h.csv", "s.csv", "plan.csv", "prices.csv"))
    total, bound = recompute(*files, 2, 6, within="unit")
    assert total == bound
    assert {row["steward"] for row in read(tmp_path / "plan.csv")[6:]} == {"S3"}


def test_own_bounds_override(tmp_path: Path) -> None:
    write_street(tmp_path, stewards="id,x,y,min,max\nS1,1,0,,\nS2,4,0,0,1\nS3,9,0,8,8\n")
    assert lianhu("assign", *STREET, "--min", 1, "--max", 5, *OUTPUTS, cwd=tmp_path).code == 0
    files = (tmp_path / name for name in ("h.csv", "s.csv", "plan.csv", "prices.csv"))
    total, bound = recompute(*files, 1, 5)
    assert total == bound
    served = [row["steward"] for row in read(tmp_path / "plan.csv")]
    assert served.count("S3") == 8 and served.count("S2") <= 1


def test_degrees(tmp_path: Path) -> None:
    write_street(tmp_path, "id,lon,lat\nH1,113.6,28.1\nH2,113.6,28.102\n", "id,lat,lon\nS1,28.101,113.6\n")
    assert lianhu("assign", *STREET, "--min", 1, *OUTPUTS, cwd=tmp_path).code == 0
    assert all(110.7 < float(row["distance_m"]) < 110.9 for row in read(tmp_path / "plan.csv"))


def test_too_few_stewards(tmp_path: Path) -> None:
    write_street(tmp_path)
    result = lianhu("assign", *STREET, "--within", "unit", "--min", 1, "--max", 4, *OUTPUTS, cwd=tmp_path)
    assert result.code == 3 and result.out == ""
    assert not (tmp_path / "plan.csv").exists() and not (tmp_path / "prices.csv").exists()
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["status"] == "infeasible"
    (why,) = summary["infeasibilities"]
    assert result.err == f"lianhu: {why['message']}\n"
    expected = {"unit": "west", "households": 6, "stewards": 1, "capacity": 4, "required": 1, "shortage": 2}
    assert {key: why[key] for key in expected} == expected
    assert why["stewards_needed"] == 2 and "west" in why["message"]


def test_too_many_stewards_for_the_minimum(tmp_path: Path) -> None:
    write_street(tmp_path)
    result = lianhu("assign", *STREET, "--min", 5, "--max", 9, "--summary", "summary.json", cwd=tmp_path)
    assert result.code == 3
    (why,) = json.loads((tmp_path / "summary.json").read_text())["infeasibilities"]
    assert (why["households"], why["required"], why["surplus"]) == (12, 15, 3)
    assert (why["stewards_needed"], why["bound_needed"]) == (2, 4)


def test_best_effort_leaves_over_the_fewest(tmp_path: Path) -> None:
    write_street(tmp_path)
    arguments = ("assign", *STREET, "--min", 1, "--max", 3, "--best-effort", *OUTPUTS)
    result = lianhu(*arguments, cwd=tmp_path)
    assert result.code == 0 and "left over: 3 households" in result.out
    rows = read(tmp_path / "plan.csv")
    assert sum(row["steward"] == "" and row["distance_m"] == "" for row in rows) == 3
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["status"] == "best_effort" and summary["unserved"] == 3
    verify = lianhu("verify", *STREET, "--min", 1, "--max", 3, "--best-effort", "--plan", "plan.csv", "--prices",
                    "prices.csv", cwd=tmp_path)
    assert verify.code == 0, verify.err


def test_a_time_limit_writes_a_plan_and_its_gap(tmp_path: Path) -> None:
    rows = "".join(f"H{i},{i * 7919 % 3001},{i * 104729 % 2999},0\n" for i in range(4000))
    helpers = "".join(f"S{i},{i * 15485863 % 301},{i * 32452843 % 2999},0\n" for i in range(250))
    write_street(tmp_path, "id,x,y,unit\n" + rows, "id,x,y,unit\n" + helpers)
    street = ("--households", "h.csv", "--stewards", "s.csv")
    result = lianhu("assign", *street, "--time-limit", 1e-9, *OUTPUTS, cwd=tmp_path)
    assert result.code == 0 and "status:    time_limit" in result.out and "above the optimum" in result.out, result.err
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["status"] == "time_limit" and summary["unserved"] == 0
    assert summary["gap_cm"] == summary["total_cost_cm"] - summary["dual_bound_cm"] > 0
    verify = lianhu("verify", *street, "--plan", "plan.csv", "--prices", "prices.csv", cwd=tmp_path)
    assert verify.code == 1 and "verification failed" in verify.err
    verify = lianhu("verify", *street, "--plan", "plan.csv", "--prices", "prices.csv", "--allow-gap", cwd=tmp_path)
    assert verify.code == 0, verify.err
    assert "bounds and jurisdictions: kept" in verify.out
    assert f"dual bound {summary['dual_bound_cm']} cm, {summary['gap_cm']} cm from the total: not proved" in verify.out
    result = lianhu("assign", *street, "--time-limit", 600, *OUTPUTS, cwd=tmp_path)
    assert result.code == 0 and "status:    optimal" in result.out
    assert json.loads((tmp_path / "summary.json").read_text())["gap_cm"] == 0
    result = lianhu("assign", *street, "--time-limit", -1, *OUTPUTS, cwd=tmp_path)
    assert result.code == 2 and "--time-limit" in result.err


def test_chinese(tmp_path: Path) -> None:
    write_street(tmp_path)
    result = lianhu("assign", *STREET, "--min", 3, "--max", 5, "--lang", "zh", cwd=tmp_path)
    assert result.code == 0 and "结果：最优" in result.out
    result = lianhu("--lang", "zh", "assign", *STREET, "--min", 1, "--max", 3, cwd=tmp_path)
    assert result.code == 3 and "还有3户无人联系" in result.err


def test_the_same_bytes_for_any_number_of_threads(tmp_path: Path) -> None:
    rows = "".join(f"H{i},{i * 7919 % 3001},{i * 104729 % 2999},{i % 7}\n" for i in range(4000))
    helpers = "".join(f"S{i},{i * 15485863 % 3001},{i * 32452843 % 2999},{i % 7}\n" for i in range(280))
    write_street(tmp_path, "id,x,y,unit\n" + rows, "id,x,y,unit\n" + helpers)
    written = []
    for threads in (1, 2):
        arguments = ("--within", "unit", "--threads", threads, "--out", "plan.csv", "--prices", "prices.csv")
        result = lianhu("assign", *STREET, *arguments, cwd=tmp_path)
        assert result.code == 0 and result.err == ""  # no progress bar in a pipe
        written.append([(tmp_path / name).read_bytes() for name in ("plan.csv", "prices.csv")])
    assert written[0] == written[1]


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    # All stewards at one place and just enough room: by far too long to wait for.
    rows = "".join(f"H{i},{i * 7919 % 30011},{i * 104729 % 29989}\n" for i in range(200_000))
    helpers = "".join(f"S{i},{i % 100},{i // 100}\n" for i in range(10_000))
    write_street(tmp_path, "id,x,y\n" + rows, "id,x,y\n" + helpers)
    (tmp_path / "plan.csv").write_text("an older plan\n")
    running = subprocess.Popen([LIANHU, "assign", *STREET, "--min", "0", *OUTPUTS], cwd=tmp_path, stderr=subprocess.PIPE)
    time.sleep(2)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130 and err == b"lianhu: cancelled, no plan written\n"
    assert (tmp_path / "plan.csv").read_text() == "an older plan\n"
    assert not [name for name in os.listdir(tmp_path) if "tmp" in name or name.startswith("prices")]


def test_one_output_that_cannot_be_written_leaves_none(tmp_path: Path) -> None:
    write_street(tmp_path)
    arguments = ("--min", 3, "--max", 5, "--out", "plan.csv", "--prices", "missing/prices.csv")
    result = lianhu("assign", *STREET, *arguments, cwd=tmp_path)
    assert result.code == 2 and result.err.startswith("lianhu: missing/prices.csv: ") and result.err.count("\n") == 1
    assert sorted(os.listdir(tmp_path)) == ["h.csv", "s.csv"]


def test_usage(tmp_path: Path) -> None:
    write_street(tmp_path)
    assert lianhu("--help", cwd=tmp_path).code == 0
    assert "--within" in lianhu("assign", "--help", cwd=tmp_path).out
    assert lianhu("--version", cwd=tmp_path).out.startswith("lianhu 0.")
    for arguments in (
        (),
        ("plan",),
        ("assign",),
        ("assign", *STREET, "--min", "many"),
        ("assign", *STREET, "--threads", "-1"),
        ("assign", *STREET, "--lang", "fr"),
        ("assign", *STREET, "--unknown"),
        ("assign", *STREET, "--min", "7", "--max", "3"),
        ("assign", *STREET, "--min", "-1"),
    ):
        result = lianhu(*arguments, cwd=tmp_path)
        assert result.code == 2 and result.out == "", arguments
        assert result.err.startswith("lianhu: ") and result.err.count("\n") == 1, (arguments, result.err)


def test_nobody_to_serve(tmp_path: Path) -> None:
    write_street(tmp_path, households=HOUSEHOLDS.splitlines()[0] + "\n")
    assert lianhu("assign", *STREET, "--min", 0, *OUTPUTS, cwd=tmp_path).code == 0
    assert (tmp_path / "plan.csv").read_text() == "household,steward,distance_m\n"
    assert lianhu("assign", *STREET, *OUTPUTS, cwd=tmp_path).code == 3
