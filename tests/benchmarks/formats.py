"""What reading a page of each format costs, beside the library or program below it: `python formats.py [FORMAT…]`.

The sample corpus is set in each format. chithi's reader and the library's own shortest way to the same text take turns
over the same files in one process, and medians of the rounds are compared; so that a machine that is busy or slow
changes both. A page is one of the PDF that LibreOffice makes of the corpus. A reader adds what its ratio is above 1.
"""

from __future__ import annotations

import argparse
import csv
import email
import email.policy
import io
import json
import shutil
import statistics
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from chithi.ingest import read_bytes
from chithi.ingest.documents import Document, expand

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
COLUMN = "noi_dung"
OFFICE = {"doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt", "pdf": "pdf"}
Work = Callable[[], object]


def docx_of(text: str) -> bytes:
    """Set paragraphs and tables."""
    import docx

    document = docx.Document()
    for block in text.split("\n\n"):
        lines = block.splitlines()
        if lines and all(line.startswith("|") for line in lines):
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            table = document.add_table(rows=len(rows), cols=max(map(len, rows)), style="Table Grid")
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, content in zip(cells.cells, row, strict=False):
                    cell.text = content
        else:
            for line in lines:
                document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html_of(text: str) -> bytes:
    """Set paragraphs in a page with a menu."""
    items = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    menu = "".join(f"<li><a href=/{n}>Mục {n}</a></li>" for n in range(30))
    return f"<!DOCTYPE html><html><body><nav><ul>{menu}</ul></nav><div>{items}</div></body></html>".encode()


def mail_of(text: str) -> bytes:
    """Attach a text to an e-mail."""
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = "vp@xa.vn", "ubnd@huyen.vn", "Gửi kế hoạch"
    message.set_content("Gửi kèm kế hoạch.")
    message.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename="a.txt")
    return message.as_bytes()


def convert(folder: Path, form: str) -> list[bytes]:
    """Have LibreOffice write the folder's DOCX files in another format, all in one call."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", OFFICE[form]]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))], check=True, capture_output=True
    )
    return [path.read_bytes() for path in sorted(folder.glob(f"*.{form}"))]


def pictures(files: Iterable[bytes]) -> list[bytes]:
    """Render the first page of each PDF as a scanner would give it."""
    import pypdfium2

    out = []
    for data in files:
        with closing(pypdfium2.PdfDocument(data)) as document:
            picture = io.BytesIO()
            document[0].render(scale=300 / 72).to_pil().convert("L").save(picture, "PNG")
            out.append(picture.getvalue())
    return out


def packed(texts: Iterable[str]) -> bytes:
    """Pack texts as one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, text in enumerate(texts):
            archive.writestr(f"{n}.txt", text)
    return out.getvalue()


def table(texts: Iterable[str]) -> bytes:
    """Write texts as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows([[COLUMN], *([text] for text in texts)])
    return out.getvalue().encode()


def parquet(texts: list[str]) -> bytes:
    """Write texts as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({COLUMN: texts}), out)
    return out.getvalue()


# The libraries' own ways.


def by_lxml(data: bytes) -> object:
    import lxml.html

    return lxml.html.document_fromstring(data.decode()).text_content()


def by_docx(data: bytes) -> object:
    import docx

    document = docx.Document(io.BytesIO(data))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [paragraph.text for paragraph in document.paragraphs], cells


def by_pdfplumber(data: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def by_soffice(form: str) -> Callable[[bytes], object]:
    def run(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name, f"a.{form}")
            path.write_bytes(data)
            command = ["soffice", f"-env:UserInstallation=file://{name}/profile", "--headless", "--convert-to", "docx"]
            return subprocess.run([*command, "--outdir", f"{name}/out", str(path)], check=True, capture_output=True)

    return run


def by_tesseract(data: bytes) -> object:
    return subprocess.run(
        ["tesseract", "-", "-", "-l", "vie", "--dpi", "300"], input=data, check=True, capture_output=True
    )


def by_zipfile(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def by_email(data: bytes) -> object:
    message = email.message_from_bytes(data, policy=email.policy.default)
    return [part.get_content() for part in message.walk() if not part.is_multipart()]


def by_csv(data: bytes) -> object:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def by_json(data: bytes) -> object:
    return [json.loads(line) for line in data.splitlines()]


def by_pyarrow(data: bytes) -> object:
    import pyarrow.parquet as pq

    return pq.read_table(io.BytesIO(data)).to_pylist()


def works(wanted: set[str], texts: list[str], folder: Path) -> dict[str, tuple[list[bytes], Callable[[bytes], object]]]:
    """Give each format its files and the library's way to read one; formats that nothing here writes are left out."""
    for n, text in enumerate(texts):
        (folder / f"{n:03}.docx").write_bytes(docx_of(text))
    found: dict[str, tuple[list[bytes], Callable[[bytes], object]]] = {
        "html": ([html_of(text) for text in texts], by_lxml),
        "docx": ([path.read_bytes() for path in sorted(folder.glob("*.docx"))], by_docx),
        "zip": ([packed(texts)], by_zipfile),
        "eml": ([mail_of(text) for text in texts], by_email),
        "csv": ([table(texts)], by_csv),
        "jsonl": (["".join(json.dumps({COLUMN: t}, ensure_ascii=False) + "\n" for t in texts).encode()], by_json),
        "parquet": ([parquet(texts)], by_pyarrow),
    }
    if shutil.which("soffice"):
        files = {form: convert(folder, form) for form in OFFICE if form in wanted or form == "pdf"}
        found |= {form: (data[:3], by_soffice(form)) for form, data in files.items() if form != "pdf"}
        found["pdf"] = (files["pdf"], by_pdfplumber)
        if shutil.which("tesseract"):
            found["png"] = (pictures(files["pdf"][:2]), by_tesseract)
    return {form: found[form] for form in found if form in wanted}


def read(form: str, data: bytes) -> object:
    """Read as chithi does, from bytes to texts."""
    documents = expand(Document(f"a.{form}", data=data), text_column=COLUMN)
    return [read_bytes(d.data or b"", uri=d.uri, plain=d.plain) for d in documents]


def seconds(work: Work) -> float:
    """Time that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(ours: Work, theirs: Work, rounds: int) -> tuple[float, float, float]:
    """Run both in turns after a warm-up; medians of both, and of the ratio a round."""
    ours(), theirs()
    times = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return (
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(a / b for a, b in times),
    )


def main() -> None:
    """Measure and print."""
    known = ["html", "docx", "doc", "rtf", "odt", "pdf", "png", "zip", "eml", "csv", "jsonl", "parquet"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"some of {', '.join(known)}; all by default")
    parser.add_argument("--rounds", type=int, default=5, help="timed rounds (default: 5)")
    args = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.iterdir())]
    print(f"{'format':<8}{'files':>6}{'pages':>7}{'chithi ms/page':>16}{'library ms/page':>17}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as name:
        for form, (files, library) in works(set(args.formats or known), texts, Path(name)).items():
            pages = sum(page_count(data, form) for data in files)
            ours, theirs, ratio = measure(
                lambda form=form, files=files: [read(form, data) for data in files],  # type: ignore[misc]
                lambda library=library, files=files: [library(data) for data in files],  # type: ignore[misc]
                args.rounds if form not in {"doc", "rtf", "odt", "png"} else 1,
            )
            costs = f"{1000 * ours / pages:>16.2f}{1000 * theirs / pages:>17.2f}{ratio:>7.2f}"
            print(f"{form:<8}{len(files):>6}{pages:>7}{costs}")


def page_count(data: bytes, form: str) -> int:
    """Pages of a PDF or picture; elsewhere the text's length by the 2,300 characters of a page of the corpus."""
    if form == "png":
        return 1
    if form == "pdf":
        import pypdfium2

        with closing(pypdfium2.PdfDocument(data)) as document:
            return len(document)
    documents = expand(Document(f"a.{form}", data=data), text_column=COLUMN)
    return max(1, round(sum(len(read_bytes(d.data or b"", uri=d.uri, plain=d.plain).text) for d in documents) / 2300))


if __name__ == "__main__":
    main()
