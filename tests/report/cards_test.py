"""Cards as they come out of the printer: PDFs by headless Chromium, counted and measured by pdfinfo."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

LIANHU = Path(os.environ["LIANHU_BIN"]) / "lianhu"
STEWARDS = 19


def write(folder: Path, stewards: int = STEWARDS, load: int = 16) -> None:
    (folder / "S.csv").write_text(
        "id,name,phone,community,grid,area\n"
        + "".join(f"S{k:04d},管事{k},0731-8360{k:04d},太平桥村,第{k % 5}片区,{k}栋\n" for k in range(stewards)),
        encoding="utf-8",
    )
    (folder / "plan.csv").write_text(
        "household,steward,distance_m\n" + "".join(f"H{k:05d},S{k % stewards:04d},{k % 50}.25\n" for k in range(stewards * load))
    )


def cards(folder: Path, *arguments: str, language: str = "zh") -> subprocess.CompletedProcess[str]:
    command = [LIANHU, "--lang", language, "cards", "--stewards", "S.csv", "--plan", "plan.csv", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)


def print_pdf(page: Path) -> tuple[int, str, str]:
    """Pages, their size and the text of the PDF that Chromium prints."""
    pdf = page.with_suffix(".pdf")
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
    subprocess.run(["/usr/bin/chromium", *options, page.as_uri()], check=True, capture_output=True, timeout=300)
    said = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    size = re.search(r"^Page size: *(.*)$", said, re.M)
    pages = re.search(r"^Pages: *(\d+)$", said, re.M)
    assert size and pages
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return int(pages[1]), size[1], text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("kind", "pages"), [("card", 3), ("badge", 3), ("board", STEWARDS), ("diary", STEWARDS)])
def test_every_kind_fills_whole_sheets_of_a4(tmp_path: Path, kind: str, pages: int, language: str) -> None:
    write(tmp_path)
    result = cards(tmp_path, "--kind", kind, "--title", "集里街道", "--out", "c.html", language=language)
    assert (result.returncode, result.stderr) == (0, "")
    assert str(STEWARDS) in result.stdout and str(pages) in result.stdout
    printed, size, text = print_pdf(tmp_path / "c.html")
    assert printed == pages and size.endswith("(A4)")
    for k in range(STEWARDS):
        assert f"管事{k}" in text
    assert "集里街道" in text


@pytest.mark.parametrize("stewards", [1, 8, 9, 16])
def test_eight_cards_a_page(tmp_path: Path, stewards: int) -> None:
    write(tmp_path, stewards=stewards)
    assert cards(tmp_path, "--out", "c.html").returncode == 0
    assert print_pdf(tmp_path / "c.html")[0] == -(-stewards // 8)


def test_a_long_diary_goes_on_and_a_long_name_stays_inside(tmp_path: Path) -> None:
    write(tmp_path, stewards=2, load=84)
    assert cards(tmp_path, "--kind", "diary", "--out", "d.html").returncode == 0
    pages, _, text = print_pdf(tmp_path / "d.html")
    assert 6 <= pages <= 10 and text.count("走访日期") == pages  # the head of the table is on every page
    (tmp_path / "S.csv").write_text("id,name,phone,area\n" + f"S0000,{'长' * 80},{'1' * 90},{'地' * 900}\n" * 1 + "S0001,b,c,d\n")
    assert cards(tmp_path, "--out", "c.html").returncode == 0
    assert print_pdf(tmp_path / "c.html")[0] == 1


def test_one_for_each_household(tmp_path: Path) -> None:
    write(tmp_path)
    result = cards(tmp_path, "--per-household", "--out", "c.html")
    assert result.returncode == 0 and f"{STEWARDS * 16}张" in result.stdout
    pages, _, text = print_pdf(tmp_path / "c.html")
    assert pages == STEWARDS * 16 // 8
    assert all(f"H{k:05d}" in text for k in range(STEWARDS * 16))


def words(pdf: Path) -> list[tuple[int, str, float, float, float, float]]:
    """Page, text and box in points of every word of a PDF. The box that pdftotext gives is twice as high as the letters of a
    Chinese font: the two fifths in the middle are taken."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True)
    found: list[tuple[int, str, float, float, float, float]] = []
    page = 0
    for line in done.stdout.splitlines():
        page += "<page " in line
        box = re.search(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line)
        if box:
            left, top, right, bottom = (float(box[k]) for k in (1, 2, 3, 4))
            middle, half = (top + bottom) / 2, (bottom - top) / 5
            found.append((page, box[5], left, middle - half, right, middle + half))
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["card", "badge", "board", "diary"])
def test_no_text_lies_on_another_or_leaves_the_sheet(tmp_path: Path, kind: str, language: str) -> None:
    area = "浏阳大道128号金沙苑小区3栋至17栋（含商铺）及其后面的老粮站宿舍，" * 6
    (tmp_path / "S.csv").write_text(
        "id,name,phone,community,grid,area\n"
        f"S0000,欧阳文渊,0731-83600001,集里街道太平桥社区居民委员会,第一百二十三片区,{area}\n"
        f"S0001,Wang Xiaoming Alexander the Third,+86 138 0000 0000 ext 12,太平桥村,G12,{'a long area ' * 30}\n"
        f"{'S' * 60},{'名' * 40},{'1' * 60},{'社' * 60},{'9' * 40},{'区' * 300}\n", encoding="utf-8")
    (tmp_path / "plan.csv").write_text("household,steward,distance_m\n" + "".join(
        f"430181002216-{k:06d},S000{k % 2},{k}.25\n" for k in range(46)))
    options = ["--per-household"] if kind == "card" else []
    assert cards(tmp_path, "--kind", kind, "--title", "浏阳市集里街道", "--out", "c.html", *options, language=language).returncode == 0
    print_pdf(tmp_path / "c.html")
    found = words(tmp_path / "c.pdf")
    assert len(found) > 20
    by_page: dict[int, list[tuple[str, float, float, float, float]]] = {}
    for page, text, *box in found:
        by_page.setdefault(page, []).append((text, *box))  # type: ignore[arg-type]
        assert box[0] >= 0 and box[1] >= 0 and box[2] <= 595.5 and box[3] <= 842.5, text
    for placed in by_page.values():
        for k, (one, left, top, right, bottom) in enumerate(placed):
            for other, left2, top2, right2, bottom2 in placed[k + 1:]:
                width = min(right, right2) - max(left, left2)
                height = min(bottom, bottom2) - max(top, top2)
                assert width < 1 or height < 1, (one, other)
    if kind == "card":
        assert sum(text.startswith("430181002216-") or "430181002216-" in text for _, text, *_ in found) == 46


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["badge", "board"])
def test_nothing_is_lost_where_every_field_is_long(tmp_path: Path, kind: str, language: str) -> None:
    phone = "0731-83612345"
    (tmp_path / "S.csv").write_text(
        "id,name,phone,community,grid,area,supervision_phone\n"
        "S0000,阿卜杜热合曼·买买提明·阿布都拉,0731-83610001,太平桥村,第3网格,北至人民路，南至解放路，东至浏阳河，西至金沙路，含金沙路1至99号及两侧巷道,"
        f"{phone}\n"
        "S0001,王小明,0731-83610001 / 13800000000 微信 wangxm,新屋岭社区居民委员会（原新屋岭村）,新屋岭社区第十三网格（东片区）南三组,"
        f"北至人民路，南至解放路，东至浏阳河，西至金沙路，含金沙路1至99号及两侧巷道，新屋岭小区一至九栋，原纺织厂宿舍区，农贸市场周边商铺,{phone}\n",
        encoding="utf-8")
    (tmp_path / "plan.csv").write_text("household,steward\nH1,S0000\n")
    title = "浏阳市集里街道办事处" if language == "zh" else "Jili Sub-district Office, Liuyang City"
    assert cards(tmp_path, "--kind", kind, "--title", title, "--out", "c.html", language=language).returncode == 0
    text = "".join(print_pdf(tmp_path / "c.html")[2].split())
    wanted = ["阿卜杜热合曼", "阿布都拉", "太平桥村", "第3网格", "南三组"]
    if kind == "badge":
        wanted += ["S0000", "S0001"]
    else:
        wanted += [phone, "两侧巷道", "农贸市场周边商铺", "wangxm"]
        wanted += ["五大员", "能帮即帮"] if language == "zh" else ["Fiveroles", "reportwhereyoumust"]
        assert text.count(phone) == 2
    assert [word for word in wanted if word not in text] == []


def test_every_sheet_of_a_diary_says_whose_it_is(tmp_path: Path) -> None:
    write(tmp_path, stewards=1, load=50)
    assert cards(tmp_path, "--kind", "diary", "--out", "d.html").returncode == 0
    pages, _, text = print_pdf(tmp_path / "d.html")
    assert pages == 3 and text.count("S0000") == 3


def test_parts_that_a_browser_can_print(tmp_path: Path) -> None:
    write(tmp_path)
    result = cards(tmp_path, "--per-household", "--pages-per-file", "15", "--out", "c.html", language="en")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "304 on 38 sheets, in 3 files: c-1.html to c-3.html\n"
    assert cards(tmp_path, "--per-household", "--out", "whole.html").returncode == 0
    ids = [re.findall(r"H\d{5}", (tmp_path / name).read_text(encoding="utf-8"))
           for name in ("c-1.html", "c-2.html", "c-3.html", "whole.html")]
    assert [len(part) for part in ids] == [120, 120, 64, 304]
    assert ids[0] + ids[1] + ids[2] == ids[3]
    assert print_pdf(tmp_path / "c-3.html")[0] == 8
    assert not (tmp_path / "c.html").exists()
    result = cards(tmp_path, "--pages-per-file", "9", "--out", "one.html", language="en")
    assert result.stdout == "19 on 3 sheets, in 1 files: one-1.html to one-1.html\n"
    write(tmp_path, stewards=600, load=1)
    result = cards(tmp_path, "--kind", "board", "--pages-per-file", "1", "--out", "b.html", language="en")
    assert result.returncode == 2 and "--pages-per-file: makes 600 files, at most 500" in result.stderr
    assert not list(tmp_path.glob("b*"))


def test_what_makes_printing_thousands_of_sheets_slow_is_not_there(tmp_path: Path) -> None:
    """A scroll container costs the browser time by the square of the sheets, a sheet that it may divide twice the memory."""
    write(tmp_path)
    for kind in ("card", "badge", "board", "diary"):
        for language in ("en", "zh"):
            assert cards(tmp_path, "--kind", kind, "--out", "c.html", language=language).returncode == 0
            style = (tmp_path / "c.html").read_text(encoding="utf-8").partition("<style>")[2].partition("</style>")[0]
            assert not re.findall(r"overflow: (?:hidden|auto|scroll);(?! overflow: clip;)", style), kind
            assert "dashed" not in style
            # A diary goes on over several pages: what is to be divided cannot be a box of its own.
            assert ("contain: strict" in style) == (kind != "diary"), kind
            assert ("overflow: clip" in style) == (kind != "diary"), kind


def test_hostile_values_are_only_shown(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)></style><script>alert(2)</script>{{id}}"
    (tmp_path / "S.csv").write_text(f'id,name\n"S1","{evil}"\n', encoding="utf-8")
    (tmp_path / "plan.csv").write_text(f'household,steward\n"{evil}",S1\n', encoding="utf-8")
    for kind in ("card", "badge", "board", "diary"):
        assert cards(tmp_path, "--kind", kind, "--title", evil, "--out", "c.html").returncode == 0
        page = (tmp_path / "c.html").read_text(encoding="utf-8")
        assert "<img" not in page and "<script" not in page and page.count("</style>") == 1


def test_memory_does_not_grow_with_the_cards(tmp_path: Path) -> None:
    peaks = []
    for stewards in (2_000, 46_445):
        write(tmp_path, stewards=stewards, load=1)
        done = subprocess.run(
            ["/usr/bin/python3", "-c",
             "import resource,subprocess,sys; subprocess.run(sys.argv[1:],check=True);"
             "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
             str(LIANHU), "cards", "--stewards", "S.csv", "--plan", "plan.csv", "--out", "c.html"],
            cwd=tmp_path, capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout.split()[-1]))
    size = (tmp_path / "c.html").stat().st_size // 1024
    inputs = sum((tmp_path / name).stat().st_size for name in ("S.csv", "plan.csv")) // 1024
    # What grows is what was read, a small multiple of the files; of what is written only one sheet is held.
    assert size > 4 * inputs and peaks[1] - peaks[0] < 12 * inputs, (peaks, size, inputs)


def test_a_towns_own_template(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "card.html").write_text(
        "<!-- per page: 5 -->{{#page}}{{#stewards}}{{name}} {{hotline}}\n{{/stewards}}---\n{{/page}}", encoding="utf-8")
    result = cards(tmp_path, "--template", "mine", "--out", "c.html")
    assert result.returncode == 2 and not (tmp_path / "c.html").exists()
    assert "mine/card.html: line 1: there is no column for {{hotline}}" in result.stderr
    (tmp_path / "mine" / "card.html").write_text(
        "<!-- per page: 5 -->{{#page}}{{#stewards}}{{name}}\n{{/stewards}}---\n{{/page}}", encoding="utf-8")
    assert cards(tmp_path, "--template", "mine", "--out", "c.html").returncode == 0
    assert (tmp_path / "c.html").read_text(encoding="utf-8").count("---") == 4
    result = cards(tmp_path, "--template", "mine", "--kind", "board", "--out", "c.html")
    assert result.returncode == 2 and "mine/board.html" in result.stderr


def test_bad_files_leave_what_was_there(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "c.html").write_text("older")
    for name, text, message in (
        ("S.csv", "name\nx\n", "S.csv: row 1, column id: is missing; the columns are 'name'"),
        ("S.csv", "id\nS1\nS1\n", "S.csv: row 3, column id: is there already, in row 2: 'S1'"),
        ("S.csv", "id\nS1\n", "plan.csv: row 2, column steward: not in S.csv: 'S0000'"),
    ):
        (tmp_path / name).write_text(text)
        result = cards(tmp_path, "--out", "c.html", language="en")
        assert (result.returncode, result.stdout, result.stderr) == (2, "", f"lianhu: {message}\n")
    assert (tmp_path / "c.html").read_text() == "older"
    assert not [path for path in tmp_path.iterdir() if ".tmp-" in path.name]
    assert cards(tmp_path, "--kind", "poster", "--out", "c.html").returncode == 2
