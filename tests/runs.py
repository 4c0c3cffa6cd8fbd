"""Runs of `chithi extract` in processes of their own, and what they leave."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STUB = Path(__file__).with_name("stub_run.py")


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


def kill_when(process: subprocess.Popen[bytes], ready: Callable[[], bool], *, delay: float) -> None:
    ends = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < ends and not ready():
        time.sleep(0.001)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
