"""`chithi rules` on the command line: what check and list print, and the exit codes."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chithi.cli import main


def rules(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["rules", *map(str, args)], prog_name="chithi")


RULE = """
pack = "x.pack"
label = "quantity"
[[rule]]
id = "x.dozen"
pattern = 'một tá'
value = {{ low = 12.0 }}
examples = [{{ text = "mua một tá bút", match = "{match}", low = {low} }}]
rejects = [{{ text = "{reject}", why = "no dozen" }}]
"""


def overlay(folder: Path, *, match: str = "một tá", low: str = "12.0", reject: str = "một cây") -> Path:
    (folder / "x.toml").write_text(RULE.format(match=match, low=low, reject=reject), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"match": "tá bút"}, "x.toml: rule 'x.dozen', examples[1]: wants 'tá bút' once"),
        ({"low": "13.0"}, "x.toml: rule 'x.dozen', examples[1]: field 'low' of 'một tá': wants 13.0, reads 12.0"),
        ({"reject": "cả một tá"}, "x.toml: rule 'x.dozen', rejects[1]: finds 'một tá'"),
    ],
)
def test_rules_check_names_what_fails(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    result = rules("check", overlay(tmp_path, **changes))
    assert (result.exit_code, message in result.stderr) == (1, True)


def test_rules_check_passes_on_the_shipped_rules_and_a_good_overlay(tmp_path: Path) -> None:
    result = rules("check", overlay(tmp_path))
    assert (result.exit_code, result.stderr, ": 0 failures" in result.stdout) == (0, "", True)


def test_rules_check_of_a_broken_pack_exits_2(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("pack =", encoding="utf-8")
    result = rules("check", tmp_path)
    assert (result.exit_code, "x.toml: is not valid TOML" in result.stderr) == (2, True)


def test_rules_list_shows_an_overlay(tmp_path: Path) -> None:
    lines = rules("list", "--rules", overlay(tmp_path)).stdout.splitlines()
    assert [line.split("\t")[:4] for line in lines if line.startswith("x.")] == [["x.dozen", "x.pack", "quantity", "0"]]
