"""How fast the checker is: start-up, one article of 40 claims and 30 references, many articles.

    python bench/speed.py [--articles 1000] [--large]

Prints a Markdown table. Articles are made of our own fictitious ones. ``--large`` adds articles of 10 MB
and regular-expression bombs.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from claims.audit import Checker
from claims.model import Document
from claims.reading import read_text

ROOT = Path(__file__).parents[1]
FICTITIOUS = ROOT / "tests" / "data" / "fictitious"
WALKING = ROOT / "examples" / "walking-spine"


def long_article(claims: int = 55, references: int = 30, copy: int = 0) -> str:
    """An article with about so many claims and so many references, each claim citing two of them.

    Each ``copy`` has other sentences, so that nothing that was kept from the one before helps.
    """
    names = [
        "Oslo",
        "Turin",
        "Lagos",
        "Quito",
        "Osaka",
        "Perth",
        "Delhi",
        "Cairo",
        "Lima",
        "Riga",
        "Accra",
        "Hanoi",
    ]
    sentences, entries = [], []
    for path in sorted(FICTITIOUS.glob("*/*.md")):
        body, _, printed = path.read_text("utf-8").partition("References\n")
        body = body.replace("*", "")
        entries += [line for line in printed.splitlines() if re.search(r"\d{4}", line)]
        sentences += [
            re.sub(r"\s*(?:\([^()]*\d{4}\)|\[[^\]]*\]|[¹²³⁴])", "", one)
            for one in re.split(r"(?<=[.!?])\s+", body)
            if re.search(r"\d", one) and not one.startswith("#") and len(one) > 60
        ]
    entries = [re.sub(r"^(?:\d+\.|-)\s*", "", one) for one in entries]
    lines = ["# Health in forty claims", ""]
    for number in range(claims):
        first, second = number % references + 1, (number * 7 + 3) % references + 1
        said = sentences[number % len(sentences)].rstrip(".")
        place = names[copy % len(names)] + (f" and {names[copy // len(names) % len(names)]}")
        lines.append(f"{said}, in the town of {place} [{first},{second}].")
        if number % 4 == 3:
            lines += ["", f"## Part {number // 4 + 1}", ""]
    lines += ["", "## References", ""]
    for number in range(references):
        entry = entries[number % len(entries)]
        lines.append(f"{number + 1}. {entry}")
    return "\n".join(lines) + "\n"


def checker() -> Checker:
    """Over all evidence of the repository."""
    return Checker.of(evidence=[FICTITIOUS, WALKING / "evidence"])


def timed(work: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each of several runs: by the clock, and of the processor."""
    clock, processor = [], []
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    return clock, processor


def command(*arguments: str) -> float:
    """Seconds until a command is done, the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "claimspine", *arguments], capture_output=True, check=False)
        best = min(best, time.perf_counter() - began)
    return best


_kept: list[Checker] = []


def _prepare() -> None:
    _kept.append(checker())


def _audit(text: str) -> int:
    return len(_kept[0].check(read_text(text)).diagnostics)


def many(count: int, processes: int) -> float:
    """Seconds for so many articles on so many processes, the start of the processes counted."""
    bodies = [path.read_text("utf-8") for path in sorted(FICTITIOUS.glob("*/*.md"))]
    articles = [f"{bodies[number % len(bodies)]}\n\nCopy {number}.\n" for number in range(count)]
    began = time.perf_counter()
    with ProcessPoolExecutor(processes, initializer=_prepare) as pool:
        done = sum(1 for _ in pool.map(_audit, articles, chunksize=8))
    assert done == count
    return time.perf_counter() - began


def hostile(size: int) -> list[tuple[str, str]]:
    """(name, text) of articles made to hurt, each of about ``size`` characters."""
    sentence = "Zinc lowers the risk of colds by 12% (Able, 2019). "
    prose = (sentence * 12 + "\n\n") * (size // (len(sentence) * 12) + 1)
    return [
        ("prose", prose[:size]),
        ("one line of prose", prose.replace("\n", " ")[:size]),
        ("one word", "a" * size),
        ("digits", "1" * size),
        ("numbers", "1, " * (size // 3)),
        ("brackets", "[" * size),
        ("parentheses", "(" * size),
        ("stars", "*" * size),
        ("backticks", "`" * size),
        ("quotation marks", "> " * (size // 2)),
        ("citations", "(Able, 2019; Baker et al., 2020) " * (size // 33)),
        ("percentages", "12% lower risk " * (size // 15)),
        ("references", "# References\n\n" + "Able A. (2019). Zinc. Lancet, 12(3), 45-67.\n\n" * (size // 46)),
        ("white space", "a" + " " * size + "b"),
        ("new lines", "a" + "\n" * size + "b"),
        ("commas", "zinc, " * (size // 6)),
        ("tags", "<b>" * (size // 3)),
        ("dashes", "-" * size),
        ("of the of the", "of the " * (size // 7)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--size", type=int, default=10_000_000)
    options = parser.parse_args()
    if options.large:
        large(options.size)
        return
    load = os.getloadavg()[0]
    said = (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {load:.1f}"
    )
    print(f"Machine: {said} before the run.\n")
    print("| what | time |\n|---|---|")
    print(f"| `claimspine --version` | {command('--version'):.2f} s |")
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short.md"
        short.write_text("Zinc lowers the risk of colds by 12% (Able, 2019).\n", "utf-8")
        print(f"| `claimspine audit`, one sentence, no evidence | {command('audit', str(short)):.2f} s |")
    walking = command("audit", str(WALKING / "article.md"), "--evidence", str(WALKING / "evidence"))
    print(f"| `claimspine audit`, the walking example with its 56 evidence files | {walking:.2f} s |")
    held = checker()
    document: Document = read_text(long_article())
    report = held.check(document)
    copies = iter(range(1, 100))
    runs, worked = timed(lambda: held.check(read_text(long_article(copy=next(copies)))), 15)
    print(
        f"| one article of {len(report.claims)} claims and {len(report.references)} references, read and "
        f"audited | median {statistics.median(runs):.0f} ms, worst {max(runs):.0f} ms; of the processor "
        f"{statistics.median(worked):.0f} ms |"
    )
    for processes in (1, os.cpu_count() or 1):
        seconds = many(options.articles, processes)
        print(
            f"| {options.articles} articles on {processes} process{'es' if processes > 1 else ''} "
            f"| {seconds:.1f} s ({options.articles / seconds:.0f} a second) |"
        )


def large(size: int) -> None:
    """Time the hostile articles."""
    print(f"| article of {size / 1e6:g} MB | time |\n|---|---|")
    held = Checker.of(evidence=[FICTITIOUS / "sleep" / "evidence.yaml"])
    for name, text in hostile(size):
        for media in ("text/markdown", "text/plain", "text/html"):
            began = time.perf_counter()
            try:
                held.check(read_text(text, media))
                said = ""
            except Exception as exc:
                said = f" ({type(exc).__name__}: {str(exc)[:60]})"
            seconds = time.perf_counter() - began
            if seconds > 1 or said:
                print(f"| {name}, {media} | {seconds:.1f} s{said} |", flush=True)


if __name__ == "__main__":
    main()
