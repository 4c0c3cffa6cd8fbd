"""The stages, their order, and the pipeline that runs them: one way, no stage looks back."""

from __future__ import annotations

from collections.abc import Callable

from chithi.record import Record
from chithi.rulepack import RuleSet, load_rules
from chithi.source import SourceText
from chithi.stages.article import report
from chithi.stages.assemble import assemble
from chithi.stages.checks import checks
from chithi.stages.diagnose import diagnose
from chithi.stages.draft import Draft
from chithi.stages.furniture import furniture
from chithi.stages.goals import goals
from chithi.stages.horizon import prune
from chithi.stages.identify import identify
from chithi.stages.layout import layout
from chithi.stages.measured import measured
from chithi.stages.mentions import deadlines, quantities, references
from chithi.stages.metadata import metadata
from chithi.stages.outline import outline
from chithi.stages.qualify import qualify
from chithi.stages.quoted import quoted
from chithi.stages.rows import rows
from chithi.stages.tables import tables
from chithi.stages.tasks import tasks
from chithi.stages.tokens import tokenize

Pipeline = Callable[[SourceText], Record]

STAGES: tuple[Callable[[Draft], None], ...] = (
    layout,  # lines to blocks, the match text
    furniture,  # zones
    metadata,  # header and footer
    tables,
    outline,
    tokenize,
    references,
    report,  # what an article reports, once its citations are known
    quoted,  # and what it only explains
    deadlines,
    prune,
    quantities,
    qualify,
    goals,
    measured,  # what results and starting points are of
    tasks,
    rows,
    identify,  # who the bodies are
    checks,
    diagnose,
)


def build_pipeline(rules: RuleSet | None = None) -> Pipeline:
    """A function from source text to record.

    Args:
        rules: the rules to run; the shipped packs if None.
    """
    chosen = rules if rules is not None else load_rules()

    def run(source: SourceText) -> Record:
        draft = Draft(source=source, rules=chosen)
        for stage in STAGES:
            stage(draft)
        return assemble(draft)

    return run
