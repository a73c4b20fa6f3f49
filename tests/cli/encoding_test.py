"""The clerk's spreadsheet: GB18030 or UTF-8, with a byte-order mark, CRLF, quotes and other columns, all give one plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import STREET, lianhu, read

HOUSEHOLDS = '''id,x,y,社区,备注
甲001,0,0,集里桥社区,
乙002,1,0,集里桥社区,三楼
丙003,2,0,神仙坳社区,"好,""邻居"""
丁004,3,0,神仙坳社区,𠮷
'''
STEWARDS = """姓氏,id,x,y,社区
王,管01,0.5,0,集里桥社区
李,管02,2.5,0,神仙坳社区
"""

WRITERS = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with byte-order mark": lambda text: text.encode("utf-8-sig"),
    "gb18030": lambda text: text.encode("gb18030"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "gb18030, crlf": lambda text: text.replace("\n", "\r\n").encode("gb18030"),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "all quoted": lambda text: "".join(
        '"' + '","'.join(line.split(",")) + '"\n' if '"' not in line else line + "\n" for line in text.splitlines()
    ).encode(),
    "no last line end": lambda text: text.rstrip("\n").encode(),
    "blank lines": lambda text: text.replace("\n", "\n\n").encode(),
}


@pytest.mark.parametrize("name", WRITERS)
def test_one_plan(tmp_path: Path, name: str) -> None:
    (tmp_path / "h.csv").write_bytes(WRITERS[name](HOUSEHOLDS))
    (tmp_path / "s.csv").write_bytes(WRITERS[name](STEWARDS))
    arguments = ("--within", "社区", "--min", 1, "--max", 2, "--out", "plan.csv")
    result = lianhu("assign", *STREET, *arguments, cwd=tmp_path)
    assert result.code == 0, result.err
    expected = "household,steward,distance_m\n甲001,管01,0.50\n乙002,管01,0.50\n丙003,管02,0.50\n丁004,管02,0.50\n"
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8") == expected


def test_ids_that_need_quotes(tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text('id,x,y\n"a,b",0,0\n"say ""hi""",1,0\n" two\nlines ",2,0\n')
    (tmp_path / "s.csv").write_text("id,x,y\nS,0,0\n")
    assert lianhu("assign", *STREET, "--min", 1, "--out", "plan.csv", cwd=tmp_path).code == 0
    assert [row["household"] for row in read(tmp_path / "plan.csv")] == ["a,b", 'say "hi"', " two\nlines "]
    assert lianhu("verify", *STREET, "--min", 1, "--plan", "plan.csv", cwd=tmp_path).code == 0
