"""The shipped rule packs hold what their examples promise, and a broken pack says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from chithi.errors import RuleError
from chithi.orthography import lower
from chithi.rulecheck import check_example, check_reject, check_rules, match_text, mentions
from chithi.rulepack import CompiledRule, Example, Reject, load_rules
from chithi.values import Context

SHIPPED = load_rules()
RULES = list(SHIPPED.rules)
PACKS = sorted({rule.pack for rule in RULES})
# Labels whose packs run over the same text at once; packs of cues and headers are each run alone.
TOGETHER = {"quantity", "deadline", "body", "reference"}


@dataclass(frozen=True)
class Case:
    """One example or reject of a rule."""

    rule: CompiledRule
    number: int

    @property
    def example(self) -> Example:
        return self.rule.rule.examples[self.number - 1]

    @property
    def reject(self) -> Reject:
        return self.rule.rule.rejects[self.number - 1]

    def __str__(self) -> str:
        return f"{self.rule.pack}/{self.rule.id}/{self.number}"


def cases(kind: str) -> Iterator[Case]:
    for rule in RULES:
        for number in range(1, len(getattr(rule.rule, kind)) + 1):
            yield Case(rule, number)


EXAMPLES = list(cases("examples"))
REJECTS = list(cases("rejects"))


def pack_of(rule: CompiledRule) -> list[CompiledRule]:
    return [r for r in RULES if r.pack == rule.pack]


@pytest.mark.parametrize("case", EXAMPLES, ids=str)
def test_example_holds_with_its_pack_alone(case: Case) -> None:
    assert list(check_example(case.example, case.rule, pack_of(case.rule))) == []


@pytest.mark.parametrize("case", [c for c in EXAMPLES if c.rule.label in TOGETHER], ids=str)
def test_example_holds_among_all_packs_of_its_label(case: Case) -> None:
    company = [r for r in RULES if r.label == case.rule.label]
    assert list(check_example(case.example, case.rule, company)) == []


@pytest.mark.parametrize("case", EXAMPLES, ids=str)
def test_example_states_the_whole_value(case: Case) -> None:
    found = mentions(case.example.text, pack_of(case.rule))
    wanted = lower(match_text(case.example.match))
    values = [m.rule.value(m, Context()) for m, text in found if m.rule.id == case.rule.id and lower(text) == wanted]
    stated = {key: value for key, value in case.example.value.items() if value != ""}
    assert [{k: v for k, v in (value or {}).items() if v is not None} for value in values] == [stated]


@pytest.mark.parametrize("case", REJECTS, ids=str)
def test_reject_is_left_alone_with_its_pack_alone(case: Case) -> None:
    assert list(check_reject(case.reject, case.rule, pack_of(case.rule))) == []


@pytest.mark.parametrize("case", REJECTS, ids=str)
def test_reject_is_left_alone_when_no_other_rule_takes_it(case: Case) -> None:
    assert list(check_reject(case.reject, case.rule, [case.rule])) == []


@pytest.mark.parametrize("pack", PACKS)
def test_pack_has_a_reject(pack: str) -> None:
    assert [r.id for r in RULES if r.pack == pack and r.rule.rejects] != []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_an_example(rule: CompiledRule) -> None:
    assert rule.rule.examples != []


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in SHIPPED.rules]
    assert sorted(ids) == sorted(set(ids))


def test_check_finds_nothing_wrong() -> None:
    assert check_rules(SHIPPED).failures == ()


def test_check_counts_what_it_ran() -> None:
    report = check_rules(SHIPPED)
    assert (report.rules, report.examples, report.rejects) == (len(RULES), len(EXAMPLES), len(REJECTS))


def overlay(folder: Path, text: str, name: str = "mine.toml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def pack(*rules: str, head: str = "") -> str:
    return "\n".join(['pack = "my.pack"', 'label = "quantity"', head, *(f"[[rule]]\n{rule}" for rule in rules)])


ROOT_PACK = pack("id = 'old.one'\npattern = 'một phần'", "id = 'old.two'\npattern = 'hai phần'")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    overlay(tmp_path / "root", "")
    (tmp_path / "root" / "mine.toml").unlink()
    overlay(tmp_path / "root" / "vi", ROOT_PACK, "old.toml")
    return tmp_path / "root"


def loaded(root: Path, mine: Path | None) -> dict[str, str]:
    return {r.id: r.regex.pattern for r in load_rules(mine, root=root).rules if r.regex}


def test_overlay_adds_a_rule(root: Path, tmp_path: Path) -> None:
    mine = overlay(tmp_path / "mine", pack("id = 'my.third'\npattern = 'ba phần'"))
    assert loaded(root, mine) == {"old.one": "một phần", "old.two": "hai phần", "my.third": "ba phần"}


def test_overlay_replaces_a_rule_of_the_same_id(root: Path, tmp_path: Path) -> None:
    mine = overlay(tmp_path / "mine", pack("id = 'old.one'\npattern = 'nửa phần'"))
    assert loaded(root, mine) == {"old.one": "nửa phần", "old.two": "hai phần"}


def test_overlay_disables_a_rule(root: Path, tmp_path: Path) -> None:
    mine = overlay(tmp_path / "mine", pack(head="disable = ['old.one']"))
    assert loaded(root, mine) == {"old.two": "hai phần"}


def test_overlay_leaves_the_shipped_rules_as_they_are(root: Path, tmp_path: Path) -> None:
    load_rules(overlay(tmp_path / "mine", pack("id = 'old.one'\npattern = 'nửa phần'")), root=root)
    assert loaded(root, None) == {"old.one": "một phần", "old.two": "hai phần"}


def test_overlay_changes_the_fingerprint(root: Path, tmp_path: Path) -> None:
    mine = overlay(tmp_path / "mine", pack("id = 'my.third'\npattern = 'ba phần'"))
    assert load_rules(mine, root=root).fingerprint != load_rules(root=root).fingerprint


def test_examples_leave_the_fingerprint_alone(root: Path, tmp_path: Path) -> None:
    same = "id = 'old.one'\npattern = 'một phần'\nexamples = [{ text = 'một phần tư', match = 'một phần' }]"
    other = overlay(tmp_path / "other", "")
    (other / "mine.toml").unlink()
    overlay(other / "vi", pack(same, "id = 'old.two'\npattern = 'hai phần'"), "old.toml")
    assert load_rules(root=other).fingerprint == load_rules(root=root).fingerprint


MINE = "id = 'my.rule'\n"
GOOD = MINE + "pattern = 'một phần'"


@pytest.mark.parametrize(
    ("text", "rule", "key", "words"),
    [
        pytest.param(pack(GOOD + "\npatern = 'x'"), "my.rule", "patern", "Known keys are", id="unknown key of a rule"),
        pytest.param(pack(GOOD, head="packs = 'x'"), "", "packs", "Known keys are", id="unknown key of a pack"),
        pytest.param(pack(MINE + "pattern = '(một'"), "my.rule", "pattern", "does not compile", id="bad regex"),
        pytest.param(pack(MINE + "pattern = 'Một'"), "my.rule", "pattern", "lower case", id="capital letters"),
        pytest.param(pack(GOOD + "\nnormalize = 'no_such'"), "my.rule", "normalize", "One of", id="unknown normalize"),
        pytest.param(pack(GOOD, GOOD), "my.rule", "id", "an id of its own", id="duplicate id"),
        pytest.param(pack(MINE + "pattern = '(?:một)?'"), "my.rule", "pattern", "obligatory", id="empty match"),
        pytest.param(pack(MINE + "pattern = '{no}'"), "my.rule", "pattern", "One of none", id="no such fragment"),
        pytest.param(
            pack(MINE + "pattern = '{a}'", head="fragments = { a = '{b}', b = '{a}' }"),
            "my.rule", "fragments", "Break the circle", id="circular fragments",
        ),
        pytest.param(pack(MINE), "my.rule", "", "exactly one of pattern", id="no engine"),
        pytest.param(pack("id = 'my.rule'\nphrases = []"), "my.rule", "phrases", "at least 1", id="no phrase"),
        pytest.param(pack(head="disable = ['no.such']"), "", "disable", "rules list", id="unknown id in disable"),
        pytest.param('pack = "my.pack"\nlabel = quantity', "", "", "line 2", id="TOML syntax"),
    ],
)  # fmt: skip
def test_broken_pack_names_file_rule_key_and_mend(tmp_path: Path, text: str, rule: str, key: str, words: str) -> None:
    mine = overlay(tmp_path / "mine", text)
    with pytest.raises(RuleError) as error:
        load_rules(mine)
    assert (Path(error.value.file).name, error.value.rule, error.value.key) == ("mine.toml", rule, key)
    assert error.value.mend != ""
    assert words in error.value.message


@pytest.mark.parametrize(
    ("keys", "text", "wanted"),
    [
        pytest.param("", "Hội Khuyến học huyện", ["Hội Khuyến học huyện"], id="the longest phrase"),
        pytest.param("", "hội  khuyến\nhọc", ["hội khuyến học"], id="any case and white space"),
        pytest.param("", "xã hội khuyến họcx", [], id="no part of a word"),
        pytest.param("case = true", "hội khuyến học, Hội Khuyến học", ["Hội Khuyến học"], id="capitals as written"),
        pytest.param("", "Chữ thập đỏ Hoà Bình", ["Hòa Bình"], id="any tone placement"),
    ],
)
def test_phrases_find(tmp_path: Path, keys: str, text: str, wanted: list[str]) -> None:
    phrases = "phrases = ['Hội Khuyến học', 'Hội Khuyến học huyện', 'Hoà Bình']"
    mine = load_rules(overlay(tmp_path, pack(f"id = 'my.names'\n{phrases}\n{keys}")))
    [rule] = [r for r in mine.rules if r.pack == "my.pack"]
    assert [found for _, found in mentions(text, [rule])] == wanted


def test_overlay_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="is not a folder"):
        load_rules(tmp_path / "nowhere")


def test_pack_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes("pack = 'Đ'".encode("utf-16"))
    with pytest.raises(RuleError, match="cannot be read"):
        load_rules(tmp_path)
