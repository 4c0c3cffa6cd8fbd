"""Runs over what was read before: what has not changed is skipped, and the output is that of a run that read all."""

from __future__ import annotations

import sqlite3
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from tests.runs import counts, failures, manifest, run, start, undisturbed, uris, write

from chithi.sidecars import sidecars_of


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Three documents, one of which fails."""
    return write(tmp_path / "docs", {"a.txt": "đạt 5%", "b.txt": "lỗi", "c.txt": "đạt 7% và 9%"})


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


@pytest.mark.parametrize(
    ("targets", "progress"),
    [
        (["out.jsonl"], "out.jsonl.progress"),
        (["-", "sqlite:///policy.db", "out/tables/", "out.jsonl"], "out/tables.progress"),
        (["./"], "work.progress"),
        (["/", "-", "/dev/null", "postgresql://u@host/x"], None),
    ],
)
def test_progress_lies_beside_the_first_file_or_folder(
    targets: list[str], progress: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    beside = sidecars_of(targets)
    assert (beside and beside.progress.name) == (progress and Path(progress).name)
    assert beside is None or beside.progress.parent.name in ("", "out", tmp_path.name)


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
