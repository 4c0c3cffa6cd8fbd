"""The command line: what is printed where, and the exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from chithi.batch import Pipeline
from chithi.cli import main
from chithi.record import Record
from chithi.source import SourceText

PLAN = """ỦY BAN NHÂN DÂN HUYỆN PHÚ LÂM

KẾ HOẠCH

II. MỤC TIÊU

- Phấn đấu đến năm 2030, 95% hộ dân dùng nước sạch.

III. TỔ CHỨC THỰC HIỆN

1. Phòng Tài chính - Kế hoạch bố trí kinh phí trước ngày 30/6/2026.
"""


def chithi(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    """Run in this process, which need not import spaCy for every test; what needs workers gives --jobs."""
    words = [str(arg) for arg in args]
    if words[:1] == ["extract"] and "--help" not in words:
        words[1:1] = ["--jobs", "0"]
    return CliRunner().invoke(main, words, input=stdin, prog_name="chithi")


def start(*args: str | Path, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "chithi", *map(str, args)], **options)  # type: ignore[call-overload, no-any-return]


def records_of(text: str) -> list[Record]:
    return [Record.model_validate_json(line) for line in text.splitlines()]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents that read and two that do not."""
    path = tmp_path / "docs"
    (path / "sub").mkdir(parents=True)
    for name in ("a.txt", "c.md", "sub/e.txt"):
        (path / name).write_text(PLAN, encoding="utf-8")
    (path / "b.txt").write_bytes(b"")
    (path / "d.txt").write_bytes(b"\x00\x01")
    return path


def test_records_go_to_standard_output_and_nothing_else_does(plan: Path) -> None:
    result = chithi("extract", plan)
    assert [r.source.uri for r in records_of(result.stdout)] == [plan.as_posix()]


def test_the_summary_goes_to_standard_error(plan: Path) -> None:
    lines = chithi("extract", plan).stderr.splitlines()
    assert [line.split()[0] for line in lines] == [
        "documents", "read", "skipped", "failed", "goals", "percentages", "deadlines", "bodies", "tasks",
    ]  # fmt: skip


def test_quiet_prints_no_summary(plan: Path) -> None:
    assert chithi("extract", "-q", plan).stderr == ""


def test_all_good_exits_0(plan: Path) -> None:
    assert chithi("extract", plan).exit_code == 0


def test_some_failed_exits_1_and_names_each(folder: Path) -> None:
    result = chithi("extract", "-q", folder)
    assert (result.exit_code, [line.split(": ")[:3] for line in result.stderr.splitlines()]) == (
        1,
        [["failed", f"{folder.as_posix()}/b.txt", "empty"], ["failed", f"{folder.as_posix()}/d.txt", "binary"]],
    )


def test_the_rest_of_the_batch_is_written(folder: Path) -> None:
    names = [Path(r.source.uri).name for r in records_of(chithi("extract", folder).stdout)]
    assert names == ["a.txt", "c.md", "e.txt"]


def test_the_counts_add_up(folder: Path) -> None:
    counts = dict(line.split() for line in chithi("extract", folder).stderr.splitlines() if "failed:" not in line)
    assert (counts["documents"], counts["failed"], counts["percentages"]) == ("5", "2", "3")


def test_output_is_the_same_for_any_number_of_jobs(folder: Path, tmp_path: Path) -> None:
    chithi("extract", folder, "-o", tmp_path / "1.jsonl")
    chithi("extract", folder, "-o", tmp_path / "2.jsonl", "--jobs", "2")
    assert (tmp_path / "2.jsonl").read_bytes() == (tmp_path / "1.jsonl").read_bytes()


@pytest.fixture
def containers(tmp_path: Path) -> list[Path]:
    """An archive and a table of six documents each, some of them bad."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for n in range(6):
            archive.writestr(f"{n}.txt", PLAN if n % 3 else "")
    rows = "".join(f'"{PLAN if n % 3 else ""}"\n' for n in range(6))
    (tmp_path / "b.csv").write_text("noi_dung\n" + rows, encoding="utf-8")
    return [tmp_path / "a.zip", tmp_path / "b.csv"]


def test_every_document_in_a_container_has_a_record(containers: list[Path]) -> None:
    result = chithi("extract", *containers, "--text-column", "noi_dung")
    assert ([Path(r.source.uri).name for r in records_of(result.stdout)], result.exit_code) == (
        ["1.txt", "2.txt", "4.txt", "5.txt", "b.csv#row=2", "b.csv#row=3", "b.csv#row=5", "b.csv#row=6"],
        1,
    )


def test_containers_give_the_same_for_any_number_of_jobs(containers: list[Path]) -> None:
    results = [chithi("extract", *containers, "--text-column", "noi_dung", "--jobs", jobs) for jobs in ("0", "1", "3")]
    assert [(r.stdout, r.stderr) for r in results[1:]] == [(results[0].stdout, results[0].stderr)] * 2


def test_a_document_over_the_time_limit_fails(plan: Path) -> None:
    result = chithi("extract", "-q", plan, "--jobs", "1", "--timeout", "0.0001")
    assert (result.exit_code, result.stderr.split(": ")[2]) == (1, "timeout")


def test_standard_input_is_read(plan: Path) -> None:
    result = chithi("extract", "-", stdin=PLAN)
    assert [(r.source.uri, r.source.size) for r in records_of(result.stdout)] == [("-", len(PLAN.encode()))]


def test_spans_point_into_the_file_with_its_own_line_ends(tmp_path: Path) -> None:
    text = PLAN.replace("\n", "\r\n")
    (tmp_path / "crlf.txt").write_bytes(text.encode())
    (record,) = records_of(chithi("extract", tmp_path).stdout)
    assert [text[q.span.start : q.span.end] for q in record.quantities] == ["95%"]


def test_a_record_of_a_page_carries_its_text(tmp_path: Path) -> None:
    page = "<html><nav>Bình chọn 50%</nav><h2>II. MỤC TIÊU</h2><p>Phấn đấu 95% hộ dân dùng nước sạch.</p></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (record,) = records_of(chithi("extract", tmp_path).stdout)
    assert record.text is not None
    assert [record.text[q.span.start : q.span.end] for q in record.quantities] == ["95%"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["none.txt"], "none.txt: no such file or folder"),
        (["plan.txt", "-o", "none/x.jsonl"], "none: no such folder"),
        (["plan.txt", "-o", "empty"], "empty: is a folder"),
        (["plan.txt", "-o", "plan.txt"], "plan.txt: is one of the documents to read"),
        (["empty"], "empty: no documents in this folder"),
        (["plan.txt", "--rules", "none"], "none: is not a folder"),
        (["plan.txt", "--rules", "broken"], "x.toml, key 'label'"),
        (["plan.txt", "--jobs", "-1"], "Invalid value for '-j'"),
        (["plan.txt", "--timeout", "0"], "Invalid value for '--timeout'"),
        (["plan.txt", "--max-bytes", "many"], "Invalid value for '--max-bytes'"),
        ([], "Missing argument 'PATH...'"),
    ],
)
def test_a_wrong_call_exits_2_with_a_clear_line(
    plan: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str
) -> None:
    monkeypatch.chdir(plan.parent)
    Path("empty").mkdir()
    Path("broken").mkdir()
    Path("broken/x.toml").write_text('pack = "x"\n', encoding="utf-8")
    result = chithi("extract", *args)
    assert (result.exit_code, result.stdout, message in result.stderr) == (2, "", True)


@pytest.mark.parametrize("args", [["none.txt"], ["plan.txt", "--rules", "none"]], ids=["missing input", "broken rules"])
def test_a_refused_start_leaves_the_output_alone(plan: Path, monkeypatch: pytest.MonkeyPatch, args: list[str]) -> None:
    monkeypatch.chdir(plan.parent)
    Path("out.jsonl").write_text("kept", encoding="utf-8")
    chithi("extract", *args, "-o", "out.jsonl")
    assert Path("out.jsonl").read_text(encoding="utf-8") == "kept"


def test_an_output_that_cannot_be_opened_exits_2(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refuse(path: Path, mode: str = "r", *args: object, **options: object) -> object:
        if mode == "wb":
            raise PermissionError(13, "Permission denied")
        return opened(path, mode, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    result = chithi("extract", plan, "-o", plan.parent / "out.jsonl")
    assert (result.exit_code, "out.jsonl: cannot be written: Permission denied" in result.stderr) == (2, True)


def test_names_of_files_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J.txt").write_bytes(b"")
    assert "a␛[2J.txt: empty" in chithi("extract", tmp_path).stderr


def test_names_with_spaces_and_accents(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch số 1.txt"
    path.write_text(PLAN, encoding="utf-8")
    assert [r.source.uri for r in records_of(chithi("extract", path).stdout)] == [path.as_posix()]


def interrupting_pipeline(rules: object) -> Pipeline:
    def pipeline(source: SourceText) -> Record:
        raise KeyboardInterrupt

    return pipeline


def test_ctrl_c_exits_130_with_one_line(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chithi.stages.build_pipeline", interrupting_pipeline)
    result = chithi("extract", plan)
    assert (result.exit_code, result.stderr) == (130, "interrupted\n")


def test_ctrl_c_stops_the_workers_too(plan: Path) -> None:
    for n in range(4000):
        (plan.parent / f"{n:04}.txt").write_text(PLAN, encoding="utf-8")
    output = plan.parent / "out.jsonl"
    process = start("extract", plan.parent, "-o", output, "--jobs", "2", stderr=subprocess.PIPE)
    for _ in range(600):
        if output.exists() and output.stat().st_size:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert (process.returncode, stderr.decode()) == (
        130,
        f"interrupted. The same command goes on from here: what is done is kept in {output}.progress\n",
    )


def test_a_reader_that_leaves_is_no_error(plan: Path) -> None:
    for n in range(30):
        (plan.parent / f"{n:03}.txt").write_text(PLAN, encoding="utf-8")
    process = start("extract", "-q", plan.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert (process.stderr.read(), process.wait(timeout=30)) == (b"", 141)
    process.stderr.close()


def test_progress_is_shown_only_on_a_terminal(plan: Path) -> None:
    assert "\x1b" not in chithi("extract", plan).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_counts_documents_on_a_terminal(plan: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    terminal = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = start("extract", plan, "-o", plan.parent / "out.jsonl", stderr=theirs, env=terminal)
    process.wait(timeout=60)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # Linux says so at the end
        pass
    os.close(ours)
    assert b"1/1" in shown


def test_schema_describes_the_records(plan: Path) -> None:
    schema = json.loads(chithi("schema").stdout)
    jsonschema.validate(json.loads(chithi("extract", plan).stdout), schema)
    assert schema["title"] == "Record"


def test_explain_shows_text_values_and_rules(plan: Path) -> None:
    result = chithi("explain", plan)
    wanted = ["95%[q1] hộ dân", "eq 95 %", "Quantities (1)", "percent."]
    assert (result.exit_code, [part for part in wanted if part not in result.stdout]) == (0, [])


def test_explain_reads_no_markup_and_no_controls_from_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mục [bold]đậm[/bold] [/] \x1b[31m đạt 95%\n", encoding="utf-8")
    output = chithi("explain", tmp_path / "a.txt").stdout
    assert ("[bold]đậm[/bold] [/] ␛[31m" in output, "\x1b" in output) == (True, False)


def test_explain_of_a_bad_document_exits_2(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00")
    result = chithi("explain", tmp_path / "a.txt")
    assert (result.exit_code, result.stderr.startswith("error: holds NUL bytes")) == (2, True)


def test_version() -> None:
    import chithi as package

    assert chithi("--version").stdout == f"chithi {package.__version__}\n"


COMMANDS = [[], ["extract"], ["explain"], ["doctor"], ["schema"], ["rules"], ["rules", "check"], ["rules", "list"]]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_has_an_example_to_run(command: list[str]) -> None:
    result = chithi(*command, "--help")
    assert (result.exit_code, f"  chithi {' '.join(command)}".rstrip() in result.stdout) == (0, True)


def test_help_imports_nothing_heavy() -> None:
    heavy = ("spacy", "underthesea", "pydantic", "lxml", "rich", "sqlalchemy", "pyarrow", "pandas")
    code = f"import sys, chithi.cli; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, chithi; print([m for m in ('spacy', 'pydantic') if m in sys.modules], sorted(chithi.__all__))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == (
        b"[] ['Record', '__version__', 'build_pipeline', 'extract', 'load_rules', 'to_frame']\n"
    )


def test_the_public_names_are_there() -> None:
    import chithi as package

    assert [name for name in package.__all__ if not hasattr(package, name)] == []
