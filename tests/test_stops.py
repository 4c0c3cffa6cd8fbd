"""Runs that are stopped: by SIGKILL, Ctrl-C, a full disk, a reader that leaves."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.runs import counts, failures, kill_when, manifest, run, start, undisturbed, write

resource = pytest.importorskip("resource", reason="limits and signals of POSIX")

DOCUMENTS = 60


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents whose records take from two hundred bytes to half a megabyte, and some that fail."""
    texts = {f"{n:02}.txt": "lỗi" if n % 17 == 3 else f"{n} " + "% " * (2500 if n % 7 == 0 else n) for n in range(60)}
    return write(tmp_path_factory.mktemp("many") / "docs", texts)


@pytest.fixture(scope="module")
def whole(many: Path) -> bytes:
    """What they give."""
    return undisturbed(many)


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
def test_a_full_device_ends_with_one_line(many: Path, target: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        process = start(many, "-q", "-o", target, stdout=full)
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
