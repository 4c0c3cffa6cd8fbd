"""What the tests share: the shipped rules and the pipeline, whole or in part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chithi.record import Record
from chithi.rulepack import RuleSet, load_rules
from chithi.source import SourceText
from chithi.stages import STAGES, build_pipeline
from chithi.stages.draft import Draft

Stage = Callable[[Draft], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of tests/fuzz."""
    parser.addoption("--runs", type=int, default=400, metavar="N", help="damaged files that fuzzing tries")
    parser.addoption("--first-seed", type=int, default=0, metavar="N", help="where their seeds begin")


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """The shipped rules."""
    return load_rules()


@pytest.fixture(scope="session")
def extract(rules: RuleSet) -> Callable[[str], Record]:
    """The whole pipeline, from characters to record."""
    run = build_pipeline(rules)
    return lambda text: run(SourceText.from_text(text, uri="test.txt"))


@pytest.fixture(scope="session")
def draft_after(rules: RuleSet) -> Callable[[Stage, str], Draft]:
    """Run the stages up to and with the given one over a text, and hand out the working state."""

    def run(last: Stage, text: str) -> Draft:
        draft = Draft(source=SourceText.from_text(text, uri="test.txt"), rules=rules)
        for stage in STAGES[: STAGES.index(last) + 1]:
            stage(draft)
        return draft

    return run
