"""What formats need, and programs that are stopped with all they have started."""

import os
import sys
import time
from pathlib import Path

import pytest

from chithi.errors import DocumentError
from chithi.ingest.programs import Clock, run
from chithi.ingest.requirements import REQUIREMENTS, need, version


@pytest.mark.parametrize("name", [name for name, r in REQUIREMENTS.items() if r.kind == "extra"])
def test_a_missing_extra_is_named_with_its_command(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(DocumentError) as caught:
        need(name)
    assert (caught.value.code, REQUIREMENTS[name].command in caught.value.message) == ("missing_extra", True)


@pytest.mark.parametrize("name", [name for name, r in REQUIREMENTS.items() if r.kind == "program"])
def test_a_missing_program_is_named_with_its_command(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError) as caught:
        need(name)
    assert (caught.value.code, REQUIREMENTS[name].command in caught.value.message) == ("missing_program", True)
    assert version(name) is None


def test_a_version_is_told_for_what_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho tesseract 5.3.0\necho more\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert (version("tesseract"), need("tesseract")) == ("tesseract 5.3.0", str(program))


def test_a_program_is_given_its_input_and_variables(tmp_path: Path) -> None:
    script = "import os, sys; print(sys.stdin.read(), os.environ['A'], os.getcwd()); sys.exit(3)"
    code, out, _ = run([sys.executable, "-c", script], clock=Clock(60), folder=tmp_path, data=b"x", env={"A": "y"})
    assert (code, out.split()) == (3, [b"x", b"y", str(tmp_path).encode()])


def test_a_program_is_stopped_with_its_children(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text("#!/bin/sh\nsleep 600 &\necho $! > child\nwait\n")
    script.chmod(0o755)
    with pytest.raises(DocumentError) as caught:
        run([str(script)], clock=Clock(1), folder=tmp_path)
    child = int((tmp_path / "child").read_text())
    assert (caught.value.code, is_gone(child)) == ("timeout", True)


def is_gone(process: int) -> bool:
    for _ in range(100):
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False
