"""One document in every kind of file gives one record, as far as the kind keeps what the record is made of."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ingest import portals
from tests.ingest.legacy_encoders import ALL, shown, typed
from tests.ingest.office_files import (
    CORPUS,
    DOCUMENTS,
    Part,
    agreement,
    convert,
    docx_of,
    facts,
    head,
    html_of,
    need_tesseract,
    pages_of,
    parts_of,
    saved,
    scan_of,
)  # fmt: skip
from tests.ingest.test_decode import windows_1258

from chithi.ingest import read_bytes, read_source
from chithi.ingest.legacy import Legacy
from chithi.record import Record
from chithi.rulepack import RuleSet
from chithi.source import SourceText
from chithi.stages import build_pipeline
from chithi.stages.draft import Draft
from chithi.stages.layout import layout

pytest.importorskip("docx", reason="needs python-docx: pip install 'chithi[docx]'")

Pipeline = Callable[[SourceText], Record]
DIRECTIVES = [name for name in DOCUMENTS if not name.startswith("bai-viet")]


@pytest.fixture(scope="module")
def pipeline(rules: RuleSet) -> Pipeline:
    return build_pipeline(rules)


@pytest.fixture(scope="module")
def expected(pipeline: Pipeline) -> dict[str, Record]:
    """The records of the plain text files."""
    return {name: pipeline(read_source(CORPUS / name)) for name in DOCUMENTS}


@pytest.fixture(scope="module")
def parts(rules: RuleSet) -> dict[str, list[Part]]:
    """The documents' paragraphs, tables and columns."""
    made = {}
    for name in DOCUMENTS:
        draft = Draft(source=read_source(CORPUS / name), rules=rules)
        layout(draft)
        made[name] = list(parts_of(draft))
    return made


@pytest.fixture(scope="module")
def files(parts: dict[str, list[Part]]) -> dict[str, bytes]:
    """The documents as DOCX."""
    return {name: docx_of(content) for name, content in parts.items()}


@pytest.fixture(scope="module")
def pdfs(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return convert(files, "pdf", tmp_path_factory.mktemp("pdf"))


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode(encoding: str, name: str, expected: dict[str, Record], pipeline: Pipeline) -> None:
    data = (CORPUS / name).read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding)
    record = pipeline(read_bytes(data, uri=name))
    assert (facts(record), head(record)) == (facts(expected[name]), head(expected[name]))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_windows_1258(name: str, pipeline: Pipeline) -> None:
    text = (CORPUS / name).read_text(encoding="utf-8").replace("≥", ">=").replace("≤", "<=")  # which it has not
    expected = pipeline(read_bytes(text.encode(), uri=name))
    record = pipeline(read_bytes(windows_1258(text), uri=name))
    assert (facts(record), head(record)) == (facts(expected), head(expected))


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("how", ["latin-1", "utf-8"])
@pytest.mark.parametrize("legacy", ALL.values(), ids=ALL)
def test_old_encodings(legacy: Legacy, how: str, name: str, pipeline: Pipeline) -> None:
    text = typed((CORPUS / name).read_text(encoding="utf-8"), legacy)
    expected = pipeline(read_bytes(text.encode(), uri=name))
    record = pipeline(read_bytes(shown(text, legacy).encode(how), uri=name))
    assert (facts(record), head(record)) == (facts(expected), head(expected))


@pytest.mark.parametrize("name", DIRECTIVES)
@pytest.mark.parametrize("portal", [portals.nested_tables, portals.wordpress, portals.sharepoint])
def test_html(
    portal: Callable[[portals.Page], str],
    name: str,
    expected: dict[str, Record],
    parts: dict[str, list[Part]],
    pipeline: Pipeline,
) -> None:
    page = portals.Page(f"Toàn văn {expected[name].metadata.title}", "2024-07-21", html_of(parts[name]))
    record = pipeline(read_bytes(portal(page).encode(), uri="a.html"))
    assert (facts(record), head(record)) == (facts(expected[name]), head(expected[name]))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_docx(name: str, files: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline) -> None:
    record = pipeline(read_bytes(files[name], uri="a.docx"))
    assert (facts(record), head(record)) == (facts(expected[name]), head(expected[name]))


@pytest.mark.parametrize("kind", ["odt", "rtf", "doc"])
def test_files_that_libreoffice_reads(
    kind: str, files: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline, tmp_path: Path
) -> None:
    records = {n: pipeline(read_bytes(d, uri=f"a.{kind}")) for n, d in convert(files, kind, tmp_path).items()}
    assert {n: (facts(r), head(r)) for n, r in records.items()} == {n: (facts(r), head(r)) for n, r in expected.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pdf(name: str, pdfs: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline) -> None:
    pytest.importorskip("pdfplumber", reason="needs pdfplumber: pip install 'chithi[pdf]'")
    assert agreement(expected[name], pipeline(read_bytes(pdfs[name], uri="a.pdf"))) >= 0.97


@pytest.mark.parametrize("name", DOCUMENTS)
def test_scan(name: str, pdfs: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline) -> None:
    need_tesseract()
    record = pipeline(read_bytes(saved(scan_of(pdfs[name], dpi=200), "PDF", dpi=200), uri="a.pdf"))
    items = [*record.quantities, *record.deadlines, *record.bodies, *record.references, *record.goals, *record.tasks]
    assert agreement(expected[name], record) >= 0.85
    assert {item.origin for item in items} == {"ocr"}
    set_pages, scanned = pages_of(pipeline(read_bytes(pdfs[name], uri="a.pdf"))), pages_of(record)
    alike = [text for text, pages in set_pages.items() if len(scanned.get(text, [])) == len(pages)]
    assert {text: scanned[text] for text in alike} == {text: set_pages[text] for text in alike}


def test_fax(pdfs: dict[str, bytes], expected: dict[str, Record], pipeline: Pipeline) -> None:
    need_tesseract()
    name = "ct-ubnd-huyen-nam-hoc.txt"
    record = pipeline(read_bytes(saved(scan_of(pdfs[name]), "TIFF"), uri="a.tiff"))
    assert agreement(expected[name], record) >= 0.85


def test_items_of_a_pdf_tell_their_page(pdfs: dict[str, bytes], pipeline: Pipeline) -> None:
    record = pipeline(read_bytes(pdfs["qd-ubnd-tinh-chuyen-doi-so.txt"], uri="a.pdf"))
    pages = {task.id: task.span.page for task in record.tasks}
    assert (record.source.pages, pages["a1"], pages[record.tasks[-1].id]) == (3, 1, 3)
    assert {task.origin for task in record.tasks} == {"text"}
