"""What the tests share: the sample corpus, the shipped rules and one pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from chithi.record import Record
from chithi.rulepack import RuleSet, load_rules
from chithi.source import SourceText
from chithi.stages import build_pipeline
from chithi.stages.draft import Block, Draft

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted((ROOT / "corpus" / "documents").iterdir())


def read(path: Path) -> str:
    """A document's characters as they stand: no line end is translated."""
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """The shipped rules."""
    return load_rules()


@pytest.fixture(scope="session")
def extract(rules: RuleSet) -> Callable[[str], Record]:
    """The whole pipeline, from characters to record."""
    run = build_pipeline(rules)
    return lambda text: run(SourceText.from_text(text, uri="test.txt"))


@pytest.fixture
def draft_of(rules: RuleSet) -> Callable[..., Draft]:
    """Run the named stages over a text and hand out the draft."""

    def run(text: str, *stages: Callable[[Draft], None]) -> Draft:
        draft = Draft(source=SourceText.from_text(text, uri="test.txt"), rules=rules)
        for stage in stages:
            stage(draft)
        return draft

    return run


def words(draft: Draft, block: Block) -> str:
    """A block's match text, with its label."""
    return draft.match.text[block.start : block.end]
