"""How quick the pipeline is, beside underthesea's word segmentation on the same texts: `python throughput.py [PATH…]`.

Both run in one process, in turns, after a warm-up, and medians of the rounds are compared; so that a machine that is
busy or slow changes both. Paths are text files or folders of them; without paths the sample corpus is read.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
START = "from chithi.stages import build_pipeline; build_pipeline()"
LONGER = 10


def texts(paths: Iterable[Path]) -> list[str]:
    """The documents' characters; of a folder its text and Markdown files."""
    files = [f for p in paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p])]
    return [f.read_bytes().decode("utf-8-sig") for f in files if f.suffix in {".txt", ".md"} and f.is_file()]


def seconds(work: Callable[[], object]) -> float:
    """Time that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def start_up(rounds: int) -> float:
    """Median time of a fresh process to import the package and build the pipeline."""
    return statistics.median(
        seconds(lambda: subprocess.run([sys.executable, "-c", START], check=True)) for _ in range(rounds)
    )


def measure(documents: list[str], rounds: int) -> dict[str, float]:
    """Run both in turns; characters a second, their ratio, and how cost grows with length."""
    starting = start_up(min(rounds, 3))

    from underthesea import word_tokenize

    from chithi.source import SourceText
    from chithi.stages import build_pipeline

    pipeline = build_pipeline()

    def extract(text: str) -> str:
        return pipeline(SourceText.from_text(text)).model_dump_json()

    works: dict[str, Callable[[], object]] = {
        "chithi": lambda: [extract(text) for text in documents],
        "underthesea": lambda: [word_tokenize(text) for text in documents],
    }
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    characters = sum(map(len, documents))
    speed = {name: characters / statistics.median(found) for name, found in times.items()}
    # One document repeated: ten times the work in one piece, against the same in ten pieces.
    sample = sorted(documents, key=len)[len(documents) // 2]
    short = statistics.median(seconds(lambda: [extract(sample) for _ in range(LONGER)]) for _ in range(rounds))
    long = statistics.median(seconds(lambda: extract("\n".join([sample] * LONGER))) for _ in range(rounds))
    return {
        "documents": len(documents),
        "characters": characters,
        "rounds": rounds,
        "chithi_characters_per_second": round(speed["chithi"]),
        "underthesea_characters_per_second": round(speed["underthesea"]),
        "ratio": round(speed["chithi"] / speed["underthesea"], 2),
        "start_up_seconds": round(starting, 2),
        "peak_memory_mb": round(peak_memory() / 2**20),
        "cost_of_ten_times_the_length": round(LONGER * long / short, 1),
    }


def peak_memory() -> int:
    """Bytes that this process held at most."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[CORPUS], metavar="PATH")
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds (default: 7)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    documents = texts(args.paths)
    if not documents:
        parser.error("no .txt or .md file found")
    result = measure(documents, args.rounds)
    if args.json:
        print(json.dumps(result))
        return
    print(f"{result['documents']} documents, {result['characters']:,} characters, median of {args.rounds} rounds")
    print(f"chithi, text to record JSON      {result['chithi_characters_per_second']:>10,} characters a second")
    print(f"underthesea.word_tokenize        {result['underthesea_characters_per_second']:>10,} characters a second")
    print(f"ratio                            {result['ratio']:>10}")
    print(f"start-up of a fresh process      {result['start_up_seconds']:>10} s")
    print(f"peak memory                      {result['peak_memory_mb']:>10} MB")
    print(f"a document 10 times as long costs{result['cost_of_ten_times_the_length']:>10} times as much")


if __name__ == "__main__":
    main()
