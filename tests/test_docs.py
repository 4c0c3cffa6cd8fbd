"""The documentation says what the program does: its commands, its examples and its tables hold."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import click
import pytest

from chithi import record as schema
from chithi.cli import main
from chithi.evaluate import NAMES
from chithi.ingest.formats import FORMATS, Format
from chithi.ingest.requirements import REQUIREMENTS
from chithi.rulecheck import CheckFailure, check_rules
from chithi.rulelint import RuleWarning, lint_rules
from chithi.rulepack import Rule, RuleSet, load_rules
from chithi.values import normalizers
from chithi.workers import Loss

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "CHANGELOG.md", "docs/accuracy.md", "rules/README.md", "corpus/README.md")
TEXTS = {page: (ROOT / page).read_text(encoding="utf-8") for page in PAGES}
GUIDE = TEXTS["rules/README.md"]


def fenced(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXTS[page], re.MULTILINE | re.DOTALL)


def table(page: str, section: str, head: str) -> list[list[str]]:
    """Rows of a table of a section, as lists of cells; ``head`` is the table's first header cell."""
    part = TEXTS[page].split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    lines = part.split(f"\n| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# The examples of rules.

NAMED = re.compile(r"# my-rules/(\w+\.toml)\n")
OVERLAYS = {NAMED.match(block)[1]: block for block in fenced("rules/README.md", "toml") if NAMED.match(block)}


def overlay(folder: Path, *names: str) -> RuleSet:
    for name in names:
        (folder / name).write_text(OVERLAYS[name], encoding="utf-8")
    return load_rules(folder)


def written(name: str) -> set[str]:
    return {rule["id"] for rule in tomllib.loads(OVERLAYS[name])["rule"]}


def test_every_block_of_rules_is_an_overlay() -> None:
    assert len(OVERLAYS) == len(fenced("rules/README.md", "toml")) > 0


@pytest.mark.parametrize("name", OVERLAYS)
def test_overlay_holds_what_its_examples_promise(name: str, tmp_path: Path) -> None:
    mine = written(name)
    failures: list[CheckFailure] = [f for f in check_rules(overlay(tmp_path, name)).failures if f.rule in mine]
    assert failures == []


@pytest.mark.parametrize("name", OVERLAYS)
def test_overlay_has_no_warnings(name: str, tmp_path: Path) -> None:
    warnings: list[RuleWarning] = lint_rules(overlay(tmp_path, name), ids=written(name))
    assert warnings == []


@pytest.mark.parametrize("name", OVERLAYS)
def test_overlay_names_a_pack_that_runs(name: str) -> None:
    data = tomllib.loads(OVERLAYS[name])
    assert (data["pack"], data["label"]) in shipped_packs()


def test_overlays_go_together(tmp_path: Path) -> None:
    brought = {rule.id for rule in overlay(tmp_path, *OVERLAYS).rules if rule.file in OVERLAYS}
    assert brought >= set().union(*map(written, OVERLAYS))


@pytest.mark.parametrize(
    ("name", "text", "kind", "wanted"),
    [
        pytest.param(
            "percent.toml",
            "Phấn đấu đến năm 2030, ít nhất một nửa số thôn có nhà văn hóa.",
            "goals",
            [("goal.clause", "số thôn có nhà văn hóa")],
            id="a goal gets its value",
        ),
        pytest.param(
            "deadlines.toml",
            "1. Sở Nội vụ chủ trì rà soát biên chế, hạn chót là ngày 15/8/2025.",
            "deadlines",
            [("deadline.closing_day", "2025-08-15")],
            id="a deadline",
        ),
        pytest.param(
            "bodies.toml",
            "1. Tổ dân vận cơ sở chủ trì vận động Nhân dân.",
            "bodies",
            [("body.village_team", "Tổ dân vận cơ sở")],
            id="a body",
        ),
        pytest.param(
            "abbreviations.toml",
            "1. Giám đốc Sở Nội vụ chủ trì, phối hợp với Văn phòng LMHTX tỉnh rà soát.",
            "bodies",
            [("body.holder", "Giám đốc Sở Nội vụ"), ("body.unit", "Văn phòng Liên minh Hợp tác xã tỉnh")],
            id="an abbreviation",
        ),
    ],
)
def test_overlay_changes_the_record(
    name: str, text: str, kind: str, wanted: list[tuple[str, str]], tmp_path: Path
) -> None:
    from chithi import extract

    items = getattr(extract(text, rules=overlay(tmp_path, name)), kind)
    field = {"goals": "indicator", "deadlines": "end", "bodies": "name"}[kind]
    assert [(item.rule, getattr(item, field)) for item in items] == wanted


def test_the_sentence_of_the_guide_has_no_value_without_its_rule() -> None:
    from chithi import extract

    [sentence] = re.findall(r"echo '(.*)' > half\.txt", GUIDE)
    assert [goal.quantity for goal in extract(sentence).goals] == [None]


# Its tables.


def shipped_packs() -> set[tuple[str, str]]:
    return {(rule.pack, rule.label) for rule in load_rules().rules}


def test_guide_lists_the_packs() -> None:
    rows = table("rules/README.md", "The file", "Pack")
    assert {(quoted(row[0])[0], quoted(row[1])[0]) for row in rows} == shipped_packs()


def test_guide_lists_the_keys_of_a_rule() -> None:
    rows = table("rules/README.md", "The rule", "Key")
    assert sorted(key for row in rows for key in quoted(row[0])) == sorted(Rule.model_fields)


def test_guide_lists_the_functions() -> None:
    rows = table("rules/README.md", "Reading values", "`normalize`")
    assert sorted(quoted(row[0])[0] for row in rows) == sorted(normalizers())


# The README's examples.


@cache
def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_refresh", ROOT / "docs" / "refresh.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_input_shown_stands_in_the_document() -> None:
    [shown] = fenced("README.md", "text")
    document = (ROOT / refresh().DOCUMENT).read_text(encoding="utf-8")
    assert [piece for piece in shown.split("…\n") if piece not in document] == []


def test_the_output_shown_is_what_comes_out() -> None:
    _, record = refresh().load()
    assert fenced("README.md", "json") == [refresh().excerpt(record)]  # else run docs/refresh.py


def test_the_output_shown_holds_a_goal_and_a_task() -> None:
    _, record = refresh().load()
    shown = refresh().excerpt(record)
    assert [kind for kind, words in refresh().SHOWN.items() if words not in shown] == []


def test_the_figures_are_what_the_evaluation_gives() -> None:
    shown = refresh().FIGURES.findall(TEXTS["docs/accuracy.md"])
    assert shown == [refresh().figures(refresh().score())]  # else run docs/refresh.py


def test_the_answers_are_what_the_database_gives() -> None:
    shown = refresh().ANSWERS.findall(TEXTS["README.md"])
    assert shown == [refresh().answers()]  # else run docs/refresh.py


def test_accuracy_tells_when_each_metric_is_right() -> None:
    rows = table("docs/accuracy.md", "What is measured on what", "Metric")
    assert [name for row in rows for name in quoted(row[0])] == list(NAMES)


def test_the_picture_shows_the_document() -> None:
    svg = refresh().PICTURE.read_text(encoding="utf-8")
    assert [word for word in (refresh().DOCUMENT, "percent.value", "ge&#160;90..") if word not in svg] == []


def test_the_picture_loads_nothing() -> None:
    svg = refresh().PICTURE.read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\s\"')]+|@import|url\((?!#)", svg)) == {"http://www.w3.org/2000/svg"}


def test_python_of_the_readme_runs() -> None:
    blocks = fenced("README.md", "python")
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README.md", "README.md", 0)
    assert (doctest.DocTestRunner().run(test).failed, len(test.examples) > 0) == (0, True)


def test_readme_lists_the_formats() -> None:
    listed = {name: row for row in table("README.md", "Formats", "Format") for name in row[0].split(", ")}
    assert [*listed] == [form.name for form in FORMATS]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_readme_lists_extensions_and_needs_of(form: Format) -> None:
    [row] = [row for row in table("README.md", "Formats", "Format") if form.name in row[0].split(", ")]
    needs = [f"chithi[{need}]" if REQUIREMENTS[need].kind == "extra" else need for need in form.needs]
    assert ({*form.suffixes} - {*quoted(row[1])}, [need for need in needs if need not in row[2]]) == (set(), [])


def test_readme_lists_the_codes_of_failures() -> None:
    sources = [p.read_text(encoding="utf-8") for p in (ROOT / "pipeline" / "chithi").rglob("*.py")]
    readers = [p for p in sources if "DocumentError" in p]
    raised = {code for source in readers for code in re.findall(r'(?:code="|\bFailure\(")([a-z_]+)"', source)}
    raised |= {Format.__dataclass_fields__["code"].default, *get_args(Loss)}
    listed = [code for row in table("README.md", "Formats", "Code") for code in quoted(row[0])]
    assert sorted(listed) == sorted(raised)


PARTS: dict[str, Any] = {
    "source": schema.Source, "metadata": schema.Metadata, "sections": schema.Section, "quantities": schema.Quantity,
    "deadlines": schema.Deadline, "bodies": schema.Body, "goals": schema.Goal, "tasks": schema.Task,
    "references": schema.Reference, "diagnostics": schema.Diagnostic,
}  # fmt: skip


def test_readme_lists_the_parts_of_a_record() -> None:
    parts = [part for row in table("README.md", "The record", "Part") for part in quoted(row[0])]
    assert parts == list(schema.Record.model_fields)


@pytest.mark.parametrize("part", PARTS)
def test_readme_lists_the_fields_of(part: str) -> None:
    [fields] = [quoted(row[2]) for row in table("README.md", "The record", "Part") if part in quoted(row[0])]
    model = PARTS[part]
    shared = set(schema.Item.model_fields) if issubclass(model, schema.Item) else set()
    assert fields == [name for name in model.model_fields if name not in shared]


# Commands and links of every page.

CALLS = [
    (page, line)
    for page in PAGES
    for block in fenced(page, "sh")
    for part in re.split(r"\n|&&", block)
    for line in [part.strip().removeprefix(".venv/bin/")]
    if line.startswith("chithi ")
]


def leaves(command: click.Command, name: str = "") -> dict[str, click.Command]:
    if not isinstance(command, click.Group):
        return {name: command}
    return {k: v for n, c in command.commands.items() for k, v in leaves(c, f"{name} {n}".strip()).items()}


def parsed(line: str) -> click.Context:
    """Parse a call as click does, without running it; fails on an unknown command or option."""
    words = shlex.split(line.split(" > ")[0])[1:]
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group):
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found is not None, name
        command = found
    return command.make_context(line, words)


@pytest.mark.parametrize(("page", "line"), CALLS, ids=[line for _, line in CALLS])
def test_call_is_understood(page: str, line: str) -> None:
    assert parsed(line).params != {} or line.startswith("chithi schema")


@pytest.mark.parametrize(("page", "line"), CALLS, ids=[line for _, line in CALLS])
def test_call_names_files_that_are_there(page: str, line: str) -> None:
    words = [word for word in shlex.split(line) if word.startswith(("corpus/", "rules/", "tests/"))]
    assert [word for word in words if not (ROOT / word).exists()] == []


def test_readme_lists_the_commands() -> None:
    lines = [shlex.split(quoted(row[0])[0])[1:] for row in table("README.md", "Commands", "Command")]
    names = [" ".join(word for word in line if re.fullmatch(r"[a-z]+", word)) for line in lines]
    assert sorted(names) == sorted(leaves(main))


@pytest.mark.parametrize("command", leaves(main).values(), ids=leaves(main))
def test_command_explains_itself(command: click.Command) -> None:
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert (bool(command.help), bool(command.epilog), silent) == (True, True, [])


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]) if "://" not in link]
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def test_corpus_page_lists_the_documents() -> None:
    listed = [quoted(row[0])[0] for row in table("corpus/README.md", "The documents", "Document")]
    assert sorted(listed) == sorted(file.name for file in (ROOT / "corpus" / "documents").iterdir())


def test_changelog_has_the_version() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]
    assert re.findall(r"^## \[([^\]]+)\]", TEXTS["CHANGELOG.md"], re.MULTILINE)[0] == version
