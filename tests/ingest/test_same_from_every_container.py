"""One document in every kind of file gives one record, as far as the kind keeps what the record is made of."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ingest.office_files import (
    CORPUS,
    DOCUMENTS,
    agreement,
    convert,
    docx_of,
    facts,
    need_tesseract,
    parts_of,
    saved,
    scan_of,
)  # fmt: skip

from chithi.ingest import read_bytes, read_source
from chithi.record import Record
from chithi.rulepack import RuleSet
from chithi.source import SourceText
from chithi.stages import build_pipeline
from chithi.stages.draft import Draft
from chithi.stages.layout import layout

pytest.importorskip("docx", reason="needs python-docx: pip install 'chithi[docx]'")

Pipeline = Callable[[SourceText], Record]
# Few, since LibreOffice takes a second a file and recognition some a page.
CONVERTED = ["kh-cai-cach-hanh-chinh.md", "nq-hdnd-pho-cap-giao-duc.md", "qd-ubnd-tinh-chuyen-doi-so.txt"]
SCANNED = ["kh-cai-cach-hanh-chinh.md", "ct-ubnd-huyen-nam-hoc.txt"]


@pytest.fixture(scope="module")
def pipeline(rules: RuleSet) -> Pipeline:
    return build_pipeline(rules)


@pytest.fixture(scope="module")
def expected(pipeline: Pipeline) -> dict[str, Record]:
    """The records of the plain text files."""
    return {name: pipeline(read_source(CORPUS / name)) for name in DOCUMENTS}


@pytest.fixture(scope="module")
def files(rules: RuleSet) -> dict[str, bytes]:
    """The documents as DOCX."""
    made = {}
    for name in DOCUMENTS:
        draft = Draft(source=read_source(CORPUS / name), rules=rules)
        layout(draft)
        made[name] = docx_of(parts_of(draft))
    return made


@pytest.fixture(scope="module")
def pdfs(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return convert(files, "pdf", tmp_path_factory.mktemp("pdf"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_docx(name: str, files: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline) -> None:
    record = pipeline(read_bytes(files[name], uri="a.docx"))
    assert (facts(record), record.metadata) == (facts(expected[name]), expected[name].metadata)


@pytest.mark.parametrize("kind", ["odt", "rtf", "doc"])
def test_files_that_libreoffice_reads(
    kind: str, files: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline, tmp_path: Path
) -> None:
    converted = convert({name: files[name] for name in CONVERTED}, kind, tmp_path)
    records = {name: pipeline(read_bytes(data, uri=f"a.{kind}")) for name, data in converted.items()}
    assert {n: facts(r) for n, r in records.items()} == {n: facts(expected[n]) for n in CONVERTED}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pdf(name: str, pdfs: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline) -> None:
    pytest.importorskip("pdfplumber", reason="needs pdfplumber: pip install 'chithi[pdf]'")
    assert agreement(expected[name], pipeline(read_bytes(pdfs[name], uri="a.pdf"))) >= 0.97


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_scan(kind: str, pdfs: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline) -> None:
    need_tesseract()
    name = SCANNED[kind == "TIFF"]
    record = pipeline(read_bytes(saved(scan_of(pdfs[name]), kind), uri=f"a.{kind}"))
    assert agreement(expected[name], record) >= 0.85


def test_items_of_a_scan_say_so(pdfs: dict[str, bytes], pipeline: Pipeline) -> None:
    need_tesseract()
    record = pipeline(read_bytes(saved(scan_of(pdfs[SCANNED[0]])[:1], "PNG"), uri="a.png"))
    assert record.tasks
    assert {(i.origin, i.span.page) for i in [*record.tasks, *record.bodies]} == {("ocr", 1)}


def test_items_of_a_pdf_tell_their_page(pdfs: dict[str, bytes], pipeline: Pipeline) -> None:
    record = pipeline(read_bytes(pdfs["qd-ubnd-tinh-chuyen-doi-so.txt"], uri="a.pdf"))
    pages = {task.id: task.span.page for task in record.tasks}
    assert (record.source.pages, pages["a1"], pages[record.tasks[-1].id]) == (3, 1, 3)
    assert {task.origin for task in record.tasks} == {"text"}
