"""What `chithi doctor` says of a machine."""

import json

import pytest
from click.testing import CliRunner

from chithi import doctor
from chithi.cli import main
from chithi.ingest.formats import FORMATS
from chithi.ingest.requirements import REQUIREMENTS

INSTALLED = {
    "docx": "python-docx 1.2.0",
    "pdf": "pypdfium2 5.0, pdfplumber 0.11",
    "ocr": "pdfplumber 0.11, Pillow 12.0",
}


@pytest.fixture
def findings(monkeypatch: pytest.MonkeyPatch) -> dict[str, doctor.Finding]:
    monkeypatch.setattr(doctor, "version", INSTALLED.get)
    return {finding.name: finding for finding in doctor.examine()}


def test_every_format_has_a_line(findings: dict[str, doctor.Finding]) -> None:
    assert [*findings] == [
        "plain text", "HTML", "DOCX", "DOC", "RTF", "ODT", "PDF", "PDF of scans", "PNG", "JPEG", "TIFF", "ZIP archive",
        "e-mail", "CSV", "JSON Lines", "Parquet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("plain text", "yes  plain text    .txt, .md            chithi itself"),
        ("DOCX", "yes  DOCX          .docx, .docm         python-docx 1.2.0"),
        ("DOC", "no   DOC           .doc                 install with: apt-get install libreoffice-writer"),
        ("Parquet", "no   Parquet       .parquet             install with: pip install 'chithi[tables]'"),
        (
            "PDF of scans",
            "no   PDF of scans  .pdf                 install with: apt-get install tesseract-ocr tesseract-ocr-vie",
        ),
    ],
)
def test_a_line_tells_what_reads_a_format_or_what_adds_it(
    name: str, wanted: str, findings: dict[str, doctor.Finding]
) -> None:
    assert doctor.lines([findings[name]]) == [wanted]


def test_a_version_that_two_needs_share_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", {**INSTALLED, "tesseract": "tesseract 5.3.0"}.get)
    [scans] = [finding for finding in doctor.examine() if finding.name == "PDF of scans"]
    assert scans.versions == ("pypdfium2 5.0", "pdfplumber 0.11", "Pillow 12.0", "tesseract 5.3.0")


def test_what_formats_need_is_known() -> None:
    assert [need for form in FORMATS for need in form.needs if need not in REQUIREMENTS] == []


def test_json_holds_the_same() -> None:
    result = CliRunner().invoke(main, ["doctor", "--json"])
    text = {"format": "plain text", "suffixes": [".txt", ".md"], "readable": True, "found": [], "install": []}
    assert (result.exit_code, json.loads(result.stdout)[0]) == (0, text)
