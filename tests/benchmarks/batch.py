"""What a run over many documents costs: `python batch.py [--documents N] [--rounds N]`.

Peak memory of the process that leads, and of its largest worker, over a hundred documents and over many, which are made
for it; the time of a run that finds all of them done; and the time of two workers beside that of one, in turns, on the
sample corpus many times over. A machine that others use, too, gives two workers no second core: so processor time is
told as well, from which `bound` says how much quicker two workers are where each process has a core of two. All of it
takes some ten minutes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
FEW = 100
COPIES = 60  # of the corpus, for the workers
RUN = """
import resource, sys
from chithi.cli import main
try:
    main(sys.argv[1:])
finally:
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        print(used.ru_maxrss * (1 if sys.platform == "darwin" else 1024), used.ru_utime + used.ru_stime)
"""
TEXT = """ỦY BAN NHÂN DÂN HUYỆN PHÚ LÂM

KẾ HOẠCH số {n}

II. MỤC TIÊU

- Phấn đấu đến năm 2030, {share}% hộ dân dùng nước sạch.

III. TỔ CHỨC THỰC HIỆN

1. Phòng Tài chính - Kế hoạch bố trí kinh phí trước ngày 30/6/2026.
"""


def make(folder: Path, documents: int) -> Path:
    """Write short documents, a thousand a folder."""
    for n in range(documents):
        path = folder / f"{n // 1000:04}" / f"{n:07}.txt"
        if n % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_text(TEXT.format(n=n, share=n % 100), encoding="utf-8")
    return folder


def copies(folder: Path) -> Path:
    """Write the sample corpus several times."""
    folder.mkdir()
    for n in range(COPIES):
        for path in sorted(CORPUS.iterdir()):
            (folder / f"{n:03}-{path.name}").write_bytes(path.read_bytes())
    return folder


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a run; bytes that its leader and its largest worker held at most, and seconds of processor time."""

    seconds: float
    leader: int
    leader_time: float
    worker: int
    worker_time: float


def extract(folder: Path, output: str | Path, *, jobs: int) -> Cost:
    """Run the command."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", RUN, "extract", "-q", str(folder), "-o", str(output), "--jobs", str(jobs)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    leader, leader_time, worker, worker_time = done.stdout.split()
    seconds = time.perf_counter() - begun
    return Cost(seconds, int(leader), float(leader_time), int(worker), float(worker_time))


def compare(work: Path, rounds: int) -> None:
    """Measure one worker beside two."""
    corpus = copies(work / "corpus")
    runs: dict[int, list[Cost]] = {1: [], 2: []}
    for n in range(rounds):
        for jobs, found in runs.items():
            found.append(extract(corpus, work / f"{jobs}-{n}.jsonl", jobs=jobs))
    one, two = (statistics.median(run.seconds for run in found) for found in runs.values())
    pairs = ", ".join(f"{a.seconds / b.seconds:.2f}" for a, b in zip(runs[1], runs[2], strict=True))
    leader, worker = (statistics.median(times) for times in zip(*((r.leader_time, r.worker_time) for r in runs[1]),
                                                                strict=True))  # fmt: skip
    print(f"{COPIES} times the sample corpus: one worker {one:.1f} s, two {two:.1f} s, {pairs} times as fast by rounds")
    print(f"processor time with one worker: leader {leader:.1f} s, worker {worker:.1f} s; bound "
          f"{2 / (1 + leader / worker):.2f}; load of the machine {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000, help="documents of the long run (default: 100,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of one and two workers (default: 3)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        compare(work, args.rounds)
        for documents in (FEW, args.documents):
            folder, output = make(work / str(documents), documents), work / f"{documents}.jsonl"
            for what in ("read", "skipped"):
                cost = extract(folder, output, jobs=2)
                print(f"{documents:>9,} {what:<8}{cost.seconds:>8.1f} s   leader {cost.leader >> 20:>5} MB   "
                      f"worker {cost.worker >> 20:>5} MB", flush=True)  # fmt: skip
            sizes = [path.stat().st_size >> 20 for path in (output, work / f"{documents}.jsonl.progress")]
            print(f"{'':>10}output {sizes[0]:,} MB, progress {sizes[1]:,} MB", flush=True)


if __name__ == "__main__":
    main()
