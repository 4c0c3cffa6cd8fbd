"""Warnings about what no example of a pack speaks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from chithi.cli import main
from chithi.rulelint import alternatives, lint_rules
from chithi.rulepack import load_rules


def lint(folder: Path, pack: str, *, label: str = "cue", name: str = "vi.test") -> list[str]:
    (folder / "vi").mkdir(exist_ok=True)
    (folder / "vi" / f"{name}.toml").write_text(f'pack = "{name}"\nlabel = "{label}"\n{pack}', encoding="utf-8")
    return [f"{w.where}: {w.message}" for w in lint_rules(load_rules(root=folder))]


def rule(name: str, pattern: str, *examples: tuple[str, str], more: str = "") -> str:
    shown = ", ".join(f"{{ text = '{text}', match = '{match}' }}" for text, match in examples)
    return f"[[rule]]\nid = '{name}'\npattern = '{pattern}'\nexamples = [{shown}]\n{more}\n"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("a", []),
        ("a|b", ["a", "b"]),
        ("(?:a|b)c", ["a", "b"]),
        ("(?P<x>a|b)|c", ["a", "b", "(?P<x>a|b)", "c"]),
        (r"a\|b|[|)]", [r"a\|b", "[|)]"]),
        (r"[]|]|[^]|\]]", ["[]|]", r"[^]|\]]"]),
        ("(?!a|b)c|(?<=d|e)f", ["(?!a|b)c", "(?<=d|e)f"]),
        ("(?=(?:a|b))c", []),
        ("(?i:a|b)", ["a", "b"]),
    ],
)
def test_alternatives_of_a_pattern(pattern: str, found: list[str]) -> None:
    assert [pattern[a:b] for a, b in alternatives(pattern)[0]] == found


def test_a_pack_whose_examples_use_everything_has_no_warnings(tmp_path: Path) -> None:
    pack = "[fragments]\nbig = 'lớn|to'\n" + rule(
        "x.y", "{big} (?:nhà|cửa)", ("to nhà", "to nhà"), ("lớn cửa", "lớn cửa")
    )

    assert lint(tmp_path, pack) == []


def test_an_alternative_that_no_example_uses(tmp_path: Path) -> None:
    pack = rule("x.y", "(?:nhà|cửa|sân) to", ("một nhà to", "nhà to"))

    assert lint(tmp_path, pack) == ["rule 'x.y': no example uses 2 of 3 alternatives: 'cửa', 'sân'"]


def test_alternatives_inside_an_unused_one_are_not_named(tmp_path: Path) -> None:
    pack = rule("x.y", "nhà|cửa (?:to|nhỏ)", ("một nhà", "nhà"))

    assert lint(tmp_path, pack) == ["rule 'x.y': no example uses 1 of 4 alternatives: 'cửa (?:to|nhỏ)'"]


def test_an_alternative_of_a_fragment_may_be_used_by_any_rule(tmp_path: Path) -> None:
    pack = "[fragments]\nbig = 'lớn|to|rộng'\n"
    pack += rule("x.y", "{big} nhà", ("to nhà", "to nhà")) + rule("x.z", "cửa {big}", ("cửa lớn", "cửa lớn"))

    assert lint(tmp_path, pack) == ["fragment 'big': no example uses 1 of 3 alternatives: 'rộng'"]


def test_what_stands_in_a_lookaround_needs_no_example(tmp_path: Path) -> None:
    pack = "[fragments]\nbig = 'lớn|to'\n" + rule("x.y", "nhà(?! {big}| cũ)", ("nhà mới", "nhà"))

    assert lint(tmp_path, pack) == []


def test_a_warning_names_a_few_alternatives_and_counts_the_others(tmp_path: Path) -> None:
    pack = rule("x.y", "a|b|c|d|e|f|g|h|i", ("a", "a"))

    assert lint(tmp_path, pack) == [
        "rule 'x.y': no example uses 8 of 9 alternatives: 'b', 'c', 'd', 'e', 'f', 'g' and 2 more"
    ]


def test_a_fragment_that_no_rule_uses(tmp_path: Path) -> None:
    pack = "[fragments]\nbig = 'to{mark}'\nmark = '!'\nlost = 'x'\n" + rule("x.y", "nhà {big}", ("nhà to!", "nhà to!"))

    assert lint(tmp_path, pack) == ["fragment 'lost': no rule uses it"]


def test_a_rule_without_examples(tmp_path: Path) -> None:
    assert lint(tmp_path, rule("x.y", "nhà|cửa")) == ["rule 'x.y': has no example"]


def test_a_rule_whose_examples_another_pack_wins(tmp_path: Path) -> None:
    lint(tmp_path, rule("a.strong", "to nhà cửa", ("to nhà cửa", "to nhà cửa")), label="quantity", name="vi.a")

    assert lint(tmp_path, rule("b.weak", "to nhà", ("to nhà cửa", "to nhà")), label="quantity", name="vi.b") == [
        "rule 'b.weak': is shadowed: its examples are won by a.strong"
    ]


def test_packs_of_cues_do_not_compete(tmp_path: Path) -> None:
    lint(tmp_path, rule("a.strong", "to nhà cửa", ("to nhà cửa", "to nhà cửa")), name="vi.a")

    assert lint(tmp_path, rule("b.weak", "to nhà", ("to nhà cửa", "to nhà")), name="vi.b") == []


OVERLAY = 'pack = "vi.mine"\nlabel = "quantity"\n' + rule("mine.one", "zz|yy", ("zz", "zz"))


@pytest.mark.parametrize(("option", "code"), [("--warnings", 0), ("--strict", 1)])
def test_warnings_of_an_overlay_fail_only_a_strict_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, code: int
) -> None:
    lint(tmp_path, rule("x.y", "nhà|cửa", ("nhà", "nhà")))  # the shipped rules, whose warnings are not the user's
    monkeypatch.setattr("chithi.rulepack.rules_root", lambda: tmp_path)
    (tmp_path / "mine.toml").write_text(OVERLAY, encoding="utf-8")

    result = CliRunner().invoke(main, ["rules", "check", str(tmp_path), option])

    wanted = "warning: mine.toml: rule 'mine.one': no example uses 1 of 2 alternatives: 'yy'\n"
    assert (result.exit_code, result.stderr) == (code, wanted)
