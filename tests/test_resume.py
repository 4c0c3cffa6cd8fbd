"""Runs that are stopped, and runs over what was read before: the output is that of a run that did all at once."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

STUB = Path(__file__).with_name("stub_run.py")
DOCUMENTS = 60


@dataclass(frozen=True)
class Result:
    """What a run gave."""

    code: int
    stderr: str
    read: list[str]


def start(*args: str | Path, env: dict[str, str] | None = None, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(STUB), *map(str, args)]
    return subprocess.Popen(command, env={**os.environ, **(env or {})}, stderr=subprocess.PIPE, **options)


def run(*args: str | Path, **env: str) -> Result:
    """Run to the end; says which documents went through the pipeline."""
    log = Path(args[0]).parent / "read.log"
    log.unlink(missing_ok=True)
    process = start(*args, env={"READ": str(log), **env})
    _, stderr = process.communicate(timeout=120)
    read = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return Result(process.returncode, stderr.decode(), read)


def manifest(output: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.with_name(f"{output.name}.manifest.json").read_text(encoding="utf-8"))
    return found


def counts(output: Path) -> tuple[int, int, int, int]:
    """Documents, and how many of them were read, skipped and failed."""
    found = manifest(output)["counts"]
    return found["documents"], found["read"], found["skipped"], found["failed"]


def failures(output: Path) -> list[tuple[str, str, str]]:
    path = output.with_name(f"{output.name}.failures.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [(Path(each["path"]).name, each["code"], each["message"]) for each in map(json.loads, lines)]


def uris(output: Path) -> list[str]:
    return [Path(json.loads(line)["source"]["uri"]).name for line in output.read_text(encoding="utf-8").splitlines()]


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def undisturbed(folder: Path, ending: str = "jsonl", **env: str) -> bytes:
    """What a run that nothing stops writes into a new file."""
    output = folder.parent / f"undisturbed.{ending}"
    for path in output.parent.glob(f"{output.name}*"):
        path.unlink()
    run(folder, "-o", output, **env)
    return output.read_bytes()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Three documents, one of which fails."""
    return write(tmp_path / "docs", {"a.txt": "đạt 5%", "b.txt": "lỗi", "c.txt": "đạt 7% và 9%"})


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents whose records take from two hundred bytes to half a megabyte, and some that fail."""
    texts = {f"{n:02}.txt": "lỗi" if n % 17 == 3 else f"{n} " + "% " * (2500 if n % 7 == 0 else n) for n in range(60)}
    return write(tmp_path_factory.mktemp("many") / "docs", texts)


@pytest.fixture(scope="module")
def whole(many: Path) -> bytes:
    """What they give."""
    return undisturbed(many)


def kill_when(process: subprocess.Popen[bytes], ready: Callable[[], bool], *, delay: float) -> None:
    ends = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < ends and not ready():
        time.sleep(0.001)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize("seed", range(20))
def test_a_run_that_is_killed_goes_on_and_ends_with_the_same_bytes(
    many: Path, whole: bytes, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    output = tmp_path / "out.jsonl"
    size = chance.randrange(len(whole))
    process = start(many, "-o", output, env={"EACH": "0.002"})
    kill_when(process, lambda: output.exists() and output.stat().st_size >= size, delay=chance.random() * 0.02)
    for _ in range(seed % 3):  # again while it goes on
        kill_when(start(many, "-o", output, env={"EACH": "0.002"}), lambda: True, delay=0.4 + chance.random())
    result = run(many, "-o", output)
    assert (result.code, output.read_bytes() == whole, failures(output)) == (
        1,
        True,
        [(f"{n:02}.txt", "odd", "is not what it seems") for n in (3, 20, 37, 54)],
    )
    found, read, skipped, failed = counts(output)
    assert (found, read + skipped, failed) == (DOCUMENTS, DOCUMENTS - 4, 4)


def test_what_was_done_before_the_kill_is_not_done_again(many: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    process = start(many, "-o", output, env={"EACH": "0.02"})
    kill_when(process, lambda: output.exists() and len(output.read_bytes().splitlines()) > 20, delay=0)
    result = run(many, "-o", output)
    assert (result.read[-1], "00.txt" in result.read, len(result.read) <= 40) == ("59.txt", False, True)


@pytest.mark.parametrize("ending", ["jsonl.gz", "jsonl.zst"])
def test_compressed_output_ends_with_the_same_bytes(many: Path, tmp_path: Path, ending: str) -> None:
    output, other = tmp_path / f"out.{ending}", tmp_path / f"whole.{ending}"
    process = start(many, "-o", output, env={"EACH": "0.01"})
    kill_when(process, output.exists, delay=0.3)
    run(many, "-o", output)
    run(many, "-o", other)
    assert output.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("cut", [1, 2, 100, 300])
def test_a_last_line_that_is_torn_is_written_whole(docs: Path, cut: int) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    whole = output.read_bytes()
    output.write_bytes(whole[:-cut])
    assert (run(docs, "-o", output).read, output.read_bytes()) == ([], whole)


def test_what_stands_behind_the_last_record_is_cut_off(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    whole = output.read_bytes()
    output.write_bytes(whole + b'{"schema_ver')
    run(docs, "-o", output)
    assert output.read_bytes() == whole


def test_a_rerun_reads_nothing_and_leaves_the_output_alone(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    first = run(docs, "-o", output)
    before = (output.read_bytes(), output.stat().st_mtime_ns, failures(output))
    again = run(docs, "-o", output)
    assert (first.read, again.read, again.code) == (["a.txt", "b.txt", "c.txt"], [], 1)
    assert (output.read_bytes(), output.stat().st_mtime_ns, failures(output)) == before
    assert counts(output) == (3, 0, 2, 1)


def test_a_changed_file_is_read_again_and_replaces_its_record(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    write(docs, {"a.txt": "đạt 5%, 6% và 7%"})
    assert (run(docs, "-o", output).read, output.read_bytes()) == (["a.txt"], undisturbed(docs))


def test_a_new_file_takes_its_place_in_the_order(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    write(docs, {"aa.txt": "mới 1%"})
    assert (run(docs, "-o", output).read, uris(output)) == (["aa.txt"], ["a.txt", "aa.txt", "c.txt"])
    assert output.read_bytes() == undisturbed(docs)


def test_a_file_that_went_away_leaves_output_and_progress(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    (docs / "a.txt").unlink()
    run(docs, "-o", output)
    assert (uris(output), output.read_bytes()) == (["c.txt"], undisturbed(docs))
    write(docs, {"a.txt": "đạt 5%"})
    assert run(docs, "-o", output).read == ["a.txt"]


def test_a_renamed_file_is_another_document(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    (docs / "a.txt").rename(docs / "d.txt")
    assert (run(docs, "-o", output).read, uris(output)) == (["d.txt"], ["c.txt", "d.txt"])


RULE = """
pack = "x.pack"
label = "quantity"
[[rule]]
id = "x.dozen"
pattern = 'một tá'
value = { low = 12.0 }
examples = [{ text = "mua một tá bút", match = "một tá", low = 12.0 }]
rejects = [{ text = "một cây", why = "no dozen" }]
"""


def test_changed_rules_make_all_anew(docs: Path, tmp_path: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    write(tmp_path / "rules", {"x.toml": RULE})
    result = run(docs, "-o", output, "--rules", tmp_path / "rules")
    assert (result.read, run(docs, "-o", output, "--rules", tmp_path / "rules").read) == (
        ["a.txt", "b.txt", "c.txt"],
        [],
    )


def test_another_version_makes_all_anew(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    with sqlite3.connect(f"{output}.progress") as progress:
        progress.execute("UPDATE documents SET made_by = 'another version'")
    progress.close()
    assert run(docs, "-o", output).read == ["a.txt", "b.txt", "c.txt"]


def test_documents_of_an_archive_are_told_apart(tmp_path: Path) -> None:
    def pack(**texts: str) -> Path:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for name, text in texts.items():
                archive.writestr(f"{name}.txt", text)
        return tmp_path / "a.zip"

    output = tmp_path / "out.jsonl"
    run(pack(a="1%", b="2%"), "-o", output)
    assert (run(pack(a="1%", b="3%", c="4%"), "-o", output).read, uris(output)) == (
        ["b.txt", "c.txt"],
        ["a.txt", "b.txt", "c.txt"],
    )


def test_failures_are_retried_alone(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    assert failures(output) == [("b.txt", "odd", "is not what it seems")]
    again = run(docs, "-o", output, "--retry-failures", MENDED="1")
    assert (again.code, again.read, counts(output), failures(output)) == (0, ["b.txt"], (3, 1, 2, 0), [])
    assert output.read_bytes() == undisturbed(docs, MENDED="1")


def test_a_failure_stands_until_something_changes(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    run(docs, "-o", output)
    kept = run(docs, "-o", output, MENDED="1")
    assert (kept.code, kept.read, kept.stderr.splitlines()[-1]) == (
        1,
        [],
        "1 failed in an earlier run. Read them again with --retry-failures",
    )
    assert run(docs, "-o", output, "--timeout", "900", MENDED="1").read == ["b.txt"]


@pytest.mark.parametrize("target", ["-", "out.jsonl", "sqlite:///{}/policy.db"])
def test_there_is_nothing_to_retry_without_an_earlier_run(docs: Path, target: str) -> None:
    target = target.format(docs.parent) if "{" in target or target == "-" else str(docs.parent / target)
    result = run(docs, "-o", target, "--retry-failures")
    assert (result.code, "there is no earlier run into this output" in result.stderr) == (2, True)


def test_streams_and_databases_have_nothing_beside_them(docs: Path) -> None:
    process = start(docs, "-q", "-o", "-", "-o", f"sqlite:///{docs.parent}/policy.db", stdout=subprocess.PIPE)
    process.communicate()
    assert sorted(path.name for path in docs.parent.iterdir()) == ["docs", "policy.db"]


def test_a_folder_of_tables_goes_on_too(docs: Path) -> None:
    target = f"{docs.parent}/tables/"
    run(docs, "-o", target)
    assert (run(docs, "-o", target).read, counts(docs.parent / "tables")) == ([], (3, 0, 2, 1))


def test_output_in_the_folder_that_is_read_is_no_document(docs: Path) -> None:
    write(docs, {"rows.csv": "noi_dung\nđạt 5%\n"})
    command = (docs, "-o", docs / "out.jsonl", "--text-column", "noi_dung")
    first, again = run(*command), run(*command)
    assert (first.code, again.code, again.read, uris(docs / "out.jsonl")) == (
        1,
        1,
        [],
        ["a.txt", "c.txt", "rows.csv#row=1"],
    )


def test_a_document_is_never_taken_for_the_output(docs: Path) -> None:
    result = run(docs, "-o", docs / "a.txt")
    assert (result.code, "a.txt: is one of the documents to read" in result.stderr) == (2, True)


def test_a_second_run_into_the_same_output_is_refused(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    first = start(docs, "-o", output, env={"EACH": "20"})
    try:
        progress = Path(f"{output}.progress-wal")
        while not progress.exists():
            time.sleep(0.01)
        result = run(docs, "-o", output)
    finally:
        first.kill()
        first.communicate()
    assert (result.code, "another run writes to this output" in result.stderr) == (2, True)


def test_progress_that_is_damaged_is_told(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    Path(f"{output}.progress").write_bytes(b"no database at all" * 100)
    result = run(docs, "-o", output)
    assert (result.code, "out.jsonl.progress: is damaged" in result.stderr, output.exists()) == (2, True, False)


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))


def test_a_full_disk_ends_with_what_to_do_and_loses_nothing(many: Path, whole: bytes, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    process = start(many, "-q", "-o", output, preexec_fn=limit_files)
    _, stderr = process.communicate()
    last = stderr.decode().splitlines()[-1]
    assert (process.returncode, "Make room" in last, last.endswith(f"is kept in {output}.progress")) == (3, True, True)
    assert (manifest(output)["status"], run(many, "-o", output).code) == ("failed", 1)
    assert (output.read_bytes() == whole, manifest(output)["status"]) == (True, "finished")


def test_a_database_on_a_full_disk_ends_with_what_to_do(many: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/policy.db"
    process = start(many, "-q", "-o", url, preexec_fn=limit_files)
    _, stderr = process.communicate()
    last = stderr.decode().splitlines()[-1]
    assert (process.returncode, last.startswith(f"error: {url}: "), "give the same command again" in last) == (
        3,
        True,
        True,
    )
    run(many, "-o", url)
    with sqlite3.connect(tmp_path / "policy.db") as database:
        assert database.execute("SELECT COUNT(*) FROM documents").fetchone() == (DOCUMENTS - 4,)
    database.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("target", ["/dev/full", "-"])
def test_a_full_device_ends_with_one_line(docs: Path, target: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        process = start(docs, "-q", "-o", target, stdout=full)
        _, stderr = process.communicate()
    assert (process.returncode, stderr.decode().splitlines()) == (
        3,
        [f"error: {target}: cannot be written any further: No space left on device. Make room, or raise the limit, "
         "and give the same command again"],
    )  # fmt: skip


def test_a_pipe_whose_reader_leaves_ends_the_run(many: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = start(many, "-q", "-o", pipe)
    with pipe.open("rb") as stream:
        stream.read(10)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (141, b"")


def test_ctrl_c_tells_how_to_go_on(many: Path, whole: bytes, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    process = start(many, "-q", "-o", output, env={"EACH": "0.05"})
    while not (output.exists() and output.stat().st_size):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr.decode().splitlines()[-1]) == (
        130,
        f"interrupted. The same command goes on from here: what is done is kept in {output}.progress",
    )
    assert (manifest(output)["status"], manifest(output)["counts"]["documents"] < DOCUMENTS) == ("interrupted", True)
    run(many, "-o", output)
    assert output.read_bytes() == whole


def test_the_manifest_tells_what_the_run_was(docs: Path) -> None:
    from chithi import __version__
    from chithi.rulepack import load_rules

    output = docs.parent / "out.jsonl"
    run(docs, "-o", output, "--max-pages", "7")
    found = manifest(output)
    wanted = {"status": "finished", "chithi": __version__, "rules_fingerprint": load_rules().fingerprint,
              "paths": [str(docs)], "targets": [str(output)]}  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted
    assert (found["options"]["limits"]["max_pages"], found["started_at"] <= found["ended_at"]) == (7, True)


def test_no_password_stands_beside_the_output(docs: Path) -> None:
    output = docs.parent / "out.jsonl"
    url = f"sqlite:///{docs.parent}/policy.db?password=geheim"
    result = run(docs, "-o", output, "-o", url)
    beside = b"".join(path.read_bytes() for path in docs.parent.glob("out.jsonl*"))
    assert (b"geheim" in beside, "geheim" in result.stderr) == (False, False)


def test_workers_go_on_after_a_kill(tmp_path: Path) -> None:
    text = "II. MỤC TIÊU\n\nPhấn đấu đến năm 2030, 95% hộ dân dùng nước sạch.\n"
    docs = write(tmp_path / "docs", {f"{n:03}.txt": f"{text}\n{n}\n" for n in range(60)})

    def command(output: Path) -> list[str]:
        return [sys.executable, "-m", "chithi", "extract", "-q", str(docs), "-o", str(output), "--jobs", "2"]

    output = tmp_path / "out.jsonl"
    process = subprocess.Popen(command(output), stderr=subprocess.PIPE)
    kill_when(process, lambda: output.exists() and output.stat().st_size > 0, delay=0.05)
    subprocess.run(command(output), check=True)
    subprocess.run(command(tmp_path / "whole.jsonl"), check=True)
    assert (output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes(), counts(output)[0]) == (True, 60)
