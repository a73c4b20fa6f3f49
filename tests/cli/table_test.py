"""lianhu table check|show|diff|test|eval on tables written here, with their exit codes and words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import lianhu
from shared_data import shared_data

TABLE = """hit policy,UNIQUE,modes
rule,in: kind,in: severity,out: mode,note
,"string: help, dispute","integer: 1, 2, 3, 4","string: help, report",
a,-,4,report,the worst
b,help,<= 3,help,
c,dispute,<= 2,help,
"""

DMN = """<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="n" name="m">
  <inputData id="i" name="Applicant"><variable name="Applicant" typeRef="tApplicant"/></inputData>
  <itemDefinition name="tApplicant"><itemComponent name="Age"><typeRef>number</typeRef></itemComponent></itemDefinition>
  <decision id="d1" name="Base Points"><variable name="Base Points" typeRef="number"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <decisionTable hitPolicy="COLLECT" aggregation="SUM">
      <input><inputExpression typeRef="number"><text>Applicant.Age</text></inputExpression></input>
      <output/>
      <rule id="r1"><inputEntry><text>&gt;= 18</text></inputEntry><outputEntry><text>10</text></outputEntry></rule>
      <rule id="r2"><inputEntry><text>&gt;= 60</text></inputEntry><outputEntry><text>0.1 + 0.2</text></outputEntry></rule>
    </decisionTable></decision>
  <decision id="d2" name="Points"><variable name="Points" typeRef="number"/>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <literalExpression><text>if Base Points = null then 0 else Base Points * 2</text></literalExpression></decision>
</definitions>
"""

TESTS = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema"><modelName>m.dmn</modelName>
  <testCase id="001"><inputNode name="Applicant"><component name="Age"><value xsi:type="xsd:decimal">70</value></component></inputNode>
    <resultNode name="Points" type="decision"><expected><value xsi:type="xsd:decimal">20.6</value></expected></resultNode>
    <resultNode name="Base Points" type="decision"><expected><value xsi:type="xsd:decimal">10.3</value></expected></resultNode></testCase>
  <testCase id="002"><inputNode name="Applicant"><component name="Age"><value xsi:type="xsd:decimal">17</value></component></inputNode>
    <resultNode name="Points" type="decision"><expected><value xsi:type="xsd:decimal">%s</value></expected></resultNode></testCase>
</testCases>"""


def test_check_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    result = lianhu("table", "check", "t.csv", cwd=tmp_path)
    assert result.code == 1
    assert 'modes: gap: no rule matches kind = "dispute"; severity = 3\n' in result.out
    found = json.loads(lianhu("table", "check", "t.csv", "--json", cwd=tmp_path).out)
    gap = found["tables"][0]["findings"][0]
    assert not found["clean"] and gap["kind"] == "gap" and gap["witness"] == {"kind": '"dispute"', "severity": "3"}
    assert "没有规则匹配" in lianhu("--lang", "zh", "table", "check", "t.csv", cwd=tmp_path).out
    (tmp_path / "u.csv").write_bytes(TABLE.replace("c,dispute,<= 2,help,", "c,dispute,≤3,report,调解").encode("gb18030"))
    clean = lianhu("table", "check", "u.csv", cwd=tmp_path)
    assert (clean.code, clean.out) == (0, "clean: no gap, no overlap, no rule too many\n")


def test_eval_explains(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    result = lianhu("table", "eval", "t.csv", "--input", "kind=help", "--input", "severity=2", cwd=tmp_path)
    assert result.code == 0 and result.out.startswith('result: "help" (rule b)\nrule b matches\n')
    none = lianhu("table", "eval", "t.csv", "--input", "kind=dispute", "--input", "severity=3", cwd=tmp_path)
    assert none.code == 1
    assert none.out.startswith("no rule matched\nnearest: rule a fails on\n  severity = 3, cell 4\n")
    bad = lianhu("table", "eval", "t.csv", "--input", "kind=spam", "--input", "severity=3", cwd=tmp_path)
    assert bad.code == 2 and 'kind: "spam" is not among the allowed values' in bad.err
    assert lianhu("table", "eval", "t.csv", "--input", "sort=help", cwd=tmp_path).code == 2


def test_show_writes_what_it_reads(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    assert lianhu("table", "show", "t.csv", "--as", "dmn", "--out", "t.dmn", cwd=tmp_path).code == 0
    assert lianhu("table", "show", "t.dmn", "--as", "csv", "--out", "again.csv", cwd=tmp_path).code == 0
    same = lianhu("table", "diff", "t.csv", "again.csv", cwd=tmp_path)
    assert (same.code, same.out) == (0, "no outcome changes\n")
    assert lianhu("table", "show", "t.dmn", "--as", "snapshot", "--out", "t.snapshot", cwd=tmp_path).code == 0
    assert lianhu("table", "diff", "t.csv", "t.snapshot", cwd=tmp_path).out == "no outcome changes\n"
    assert "modes: UNIQUE" in lianhu("table", "show", "t.dmn", cwd=tmp_path).out


def test_diff_and_past_issues(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "u.csv").write_text(TABLE.replace("b,help,<= 3,help,", "b,help,<= 3,report,"), encoding="utf-8")
    (tmp_path / "past.csv").write_text("id,kind,severity\n1,help,1\n2,help,4\n3,dispute,3\n4,help,3\n", encoding="utf-8")
    result = lianhu("table", "diff", "t.csv", "u.csv", "--issues", "past.csv", cwd=tmp_path)
    assert result.code == 1
    assert result.out == (
        'kind = "help"; severity = [1..3]\n  - result: "help" (rule b)\n  + result: "report" (rule b)\n'
        "2 of 4 past issues would have gone elsewhere\n"
    )


def test_past_issues_as_they_were_routed(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "u.csv").write_text(TABLE.replace("b,help,<= 3,help,", "b,help,<= 3,report,"), encoding="utf-8")
    # 03 is hardship relief, of kind help; 04 a dispute.
    issues = "id,category,severity,power,household,time\n1,03,1,no,H1,2026-03-02T09:00:00+08:00\n2,03,4,no,H1,\n3,04,3,是,H9,\n"
    (tmp_path / "issues.csv").write_text(issues, encoding="utf-8")
    result = lianhu("table", "diff", "t.csv", "u.csv", "--issues", "issues.csv", cwd=tmp_path)
    assert (result.code, result.out.splitlines()[-1]) == (1, "1 of 3 past issues would have gone elsewhere")
    (tmp_path / "issues.csv").write_text(issues.replace("04", "77"), encoding="utf-8")
    result = lianhu("table", "diff", "t.csv", "u.csv", "--issues", "issues.csv", cwd=tmp_path)
    assert (result.code, result.err) == (2, "lianhu: issues.csv: row 4, column category: no such category: '77'\n")


@pytest.mark.parametrize(("expected", "last", "code"), [("0", "2 passed, 0 failed", 0), ("1", "1 passed, 1 failed", 1)])
def test_models_against_test_files(tmp_path: Path, expected: str, last: str, code: int) -> None:
    (tmp_path / "m.dmn").write_text(DMN, encoding="utf-8")
    (tmp_path / "m-test-01.xml").write_text(TESTS % expected, encoding="utf-8")
    result = lianhu("table", "test", ".", cwd=tmp_path)
    assert (result.code, result.out.splitlines()[-1]) == (code, last)
    if code == 1:
        assert "case 002: 'Points': expected 1, got 0" in result.out


PARTLY = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="m">
  <itemDefinition name="tBad"><typeRef>tNowhere</typeRef></itemDefinition>
  <inputData id="i" name="X"><variable name="X" typeRef="number"/></inputData>
  <decision id="d1" name="Good"><variable name="Good"/><informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>X + 1</text></literalExpression></decision>
  <decision id="d2" name="Java"><variable name="Java"/><context><contextEntry><variable name="f"/>
    <functionDefinition kind="Java"><literalExpression><text>null</text></literalExpression></functionDefinition></contextEntry></context></decision>
  <decision id="d3" name="On Java"><variable name="On Java"/><informationRequirement><requiredDecision href="#d2"/></informationRequirement>
    <literalExpression><text>null</text></literalExpression></decision>
  <decision id="d4" name="Bad type"><variable name="Bad type" typeRef="tBad"/><literalExpression><text>null</text></literalExpression></decision>
  <decision id="d5" name="Elsewhere"><variable name="Elsewhere"/><informationRequirement><requiredDecision href="other#x"/></informationRequirement>
    <literalExpression><text>null</text></literalExpression></decision>
  <decision id="d6" name="Circle"><variable name="Circle"/><informationRequirement><requiredDecision href="#d6"/></informationRequirement>
    <literalExpression><text>null</text></literalExpression></decision>
</definitions>"""
REFUSED = {
    "Java": "decision 'Java': ./m.dmn:7: element 'functionDefinition': functions of kind Java are not supported, only FEEL",
    "On Java": "functions of kind Java are not supported",
    "Bad type": "decision 'Bad type': typeRef: type 'tBad' is not known",
    "Elsewhere": "line 11: required decision 'other#x' is not in the model",
    "Circle": "decisions require each other in a circle: 'Circle'",
}


def test_what_cannot_be_decided_fails_alone(tmp_path: Path) -> None:
    case = '<testCase id="%s">%s<resultNode name="%s" type="decision"><expected>%s</expected></resultNode></testCase>'
    given = '<inputNode name="X"><value xsi:type="xsd:decimal">1</value></inputNode>'
    nil = '<value xsi:nil="true"/>'
    cases = [case % ("good", given, "Good", '<value xsi:type="xsd:decimal">2</value>')]
    cases += [case % (name, "", name, nil) for name in REFUSED]
    (tmp_path / "m.dmn").write_text(PARTLY, encoding="utf-8")
    start = TESTS[: TESTS.index("<testCase id")]
    (tmp_path / "m-test-01.xml").write_text(start + "".join(cases) + "</testCases>", encoding="utf-8")
    result = lianhu("table", "test", ".", cwd=tmp_path)
    # Null is expected everywhere, and yet what is not supported has not passed.
    assert (result.code, result.out.splitlines()[-1]) == (1, f"1 passed, {len(REFUSED)} failed")
    for name, complaint in REFUSED.items():
        assert any(f"case {name}: " in line and complaint in line for line in result.out.splitlines()), result.out


def test_models_of_every_construct(tmp_path: Path) -> None:
    models = Path(__file__).resolve().parents[1] / "data/dmn"
    assert len(list(models.glob("*-test-*.xml"))) >= 4
    result = lianhu("table", "test", models, cwd=tmp_path)
    assert result.code == 0 and result.out.endswith(" passed, 0 failed\n"), result.out
    # Written as DMN and as a snapshot, they decide the same.
    for form, ending in (("dmn", "dmn"), ("snapshot", "snapshot")):
        (tmp_path / form).mkdir()
        for model in models.glob("*.dmn"):
            written = lianhu("table", "show", model, "--as", form, "--out", tmp_path / form / f"{model.stem}.{ending}", cwd=tmp_path)
            assert written.code == 0, written.err
            test = (models / f"{model.stem}-test-01.xml").read_text(encoding="utf-8")
            (tmp_path / form / f"{model.stem}-test-01.xml").write_text(test.replace(f"{model.stem}.dmn", f"{model.stem}.{ending}"), encoding="utf-8")
        assert lianhu("table", "test", form, cwd=tmp_path).out == result.out


def test_the_kit(tmp_path: Path) -> None:
    result = lianhu("table", "test", shared_data("dmn-tck"), cwd=tmp_path)
    assert (result.code, result.out) == (0, "51 passed, 0 failed\n")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><definitions/>', "has a document type"),
        ("<definitions>" + "<a>" * 300 + "</a>" * 300 + "</definitions>", "nests more than 200 deep"),
        ("<definitions", "is no well-formed XML"),
        ("<other/>", "is no DMN model"),
        ('<definitions xmlns="https://www.omg.org/spec/DMN/20990101/MODEL/"/>', "is not one of DMN 1.1 to 1.5"),
        (DMN.replace("</definitions>", '\n<import name="s"/></definitions>'), "m.dmn:17: element 'import' ('s'): is not supported"),
        (DMN.replace("</definitions>", '<decisionService name="s"/></definitions>'), "decisionService 's': outputDecision: line 16: has no output decision"),
        (DMN.replace("Base Points * 2", "now()"), "function 'now' is not supported"),
        (DMN.replace("Base Points * 2", "squar(2)"), "function 'squar' is not known"),
        (DMN.replace("#d1", "#d9"), "required decision '#d9' is not in the model"),
        (DMN.replace("&gt;= 60", "&gt;= "), "rule 2 (r2), input 'Applicant.Age'"),
        (DMN.replace('typeRef="tApplicant"', 'typeRef="tNobody"'), "type 'tNobody' is not known"),
        (DMN.replace('id="d2" name="Points">', 'id="d2" name="Points"><informationRequirement><requiredDecision href="#d2"/></informationRequirement>'), "in a circle"),
    ],
)
def test_hostile_and_faulty_models(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "m.dmn").write_text(text, encoding="utf-8")
    for verb in ("check", "show", "eval"):
        result = lianhu("table", verb, "m.dmn", cwd=tmp_path)
        assert result.code == 2 and complaint in result.err, result.err
