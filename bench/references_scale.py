"""A bibliography of 100,000 works: time and memory of reading it, verifying against it, auditing with it.

    python bench/references_scale.py [works]

Each row is a process of its own, as a user runs it; memory is its largest resident size. The entries are
made by a seeded generator; one in three carries an abstract, as exports of reference managers do.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FAMILIES = """
Abara Brandt Castillo Dahl Eze Ferrari Gupta Hale Ito Jansen Kovacs Lindqvist Moreau Novak Okafor Petrov
Quist Rossi Schmidt Tanaka Ueda Varga Weiss Xu Yilmaz Zhao Adeyemi Bauer
""".split()  # noqa: SIM905
JOURNALS = [
    "Sleep",
    "Nutrients",
    "BMJ Open",
    "Diabetes Care",
    "Journal of Clinical Medicine",
    "Pain",
    "Spine",
]
JOURNALS += ["European Heart Journal", "Age and Ageing", "PLoS ONE", "Physical Therapy", "Gut", "Thorax"]
THINGS = """
walking magnesium garlic melatonin fibre coffee yoga cycling omega-3 vitamin-D tea swimming fasting
""".split()  # noqa: SIM905
ENDS = """
insomnia hypertension falls depression anxiety diabetes obesity stroke dementia fatigue migraine
""".split()  # noqa: SIM905
PEOPLE = """
nurses veterans adolescents older-adults pregnant-women office-workers shift-workers runners
""".split()  # noqa: SIM905
WORDS = """
the trial found that participants in group had lower higher mean score after weeks of follow up
""".split()  # noqa: SIM905


def write(path: Path, count: int, seed: int = 5) -> list[dict[str, str]]:
    """Write the bibliography; the entries that the article cites."""
    chance = random.Random(seed)
    cited = []
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            one = {
                "key": f"work{number}",
                "family": f"{chance.choice(FAMILIES)}{chance.choice('abcdefghij')}{chance.choice('aeiou')}",
                "title": f"{chance.choice(THINGS).title()} and {chance.choice(ENDS)} in "
                f"{chance.choice(PEOPLE)} of district {chance.randrange(10_000)}: study {number}",
                "year": str(chance.randrange(1985, 2026)),
                "journal": chance.choice(JOURNALS),
                "volume": str(chance.randrange(1, 80)),
                "page": str(chance.randrange(1, 2000)),
            }
            abstract = " ".join(chance.choice(WORDS) for _ in range(180)) if number % 3 == 0 else ""
            out.write(
                f"@article{{{one['key']},\n  author = {{{one['family']}, Anna B. and Smith, Carl}},\n"
                f"  title = {{{one['title']}}},\n  journal = {{{one['journal']}}},\n  year = {one['year']},\n"
                f"  volume = {{{one['volume']}}},\n  pages = {{{one['page']}--{int(one['page']) + 9}}},\n"
                f"  doi = {{10.5555/scale.{number}}},\n"
                + (f"  abstract = {{{abstract}}},\n" if abstract else "")
                + "}\n\n"
            )
            if number % (count // 30) == 0 and len(cited) < 30:
                cited.append(one)
    return cited


def article(cited: list[dict[str, str]]) -> str:
    """An article of forty claims over thirty references."""
    said = [
        f"{one['title'].split(' and ')[0]} lowered the risk of harm ({one['family']}, {one['year']})."
        for one in (cited * 2)[:40]
    ]
    printed = [
        f"{one['family']}, A. B., & Smith, C. ({one['year']}). {one['title']}. {one['journal']}, "
        f"{one['volume']}, {one['page']}-{int(one['page']) + 9}."
        for one in cited
    ]
    return "# Health\n\n" + "\n\n".join(said) + "\n\n## References\n\n" + "\n\n".join(printed) + "\n"


def measured(*arguments: str) -> tuple[float, float]:
    """Seconds, and megabytes at most, of one run of the command."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments], capture_output=True, text=True, timeout=1800, check=False
    )
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        raise SystemExit(done.stderr[-2000:])
    return seconds, float(done.stderr.strip().splitlines()[-1])


_RUN = """
import resource, sys
from claimspine.__main__ import main
sys.argv = ["claimspine", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    if end.code not in (0, 1, None):
        raise
sys.stdout.flush()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)
"""


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        big, small = Path(folder, "big.bib"), Path(folder, "small.bib")
        cited = write(big, count)
        written = Path(folder, "article.md")
        written.write_text(article(cited), encoding="utf-8")
        write(small, 30)
        print(f"{count:,} works, {big.stat().st_size / 1e6:.0f} MB of BibTeX; 30 references, 40 claims.\n")
        print("| run | seconds | largest memory, MB |")
        print("|---|---:|---:|")
        quiet = ("--fail-on", "never", "--output", str(Path(folder, "out")))
        rows = [
            ("audit, 30 works", ("audit", str(written), "--refs", str(small), *quiet)),
            (f"audit, {count:,} works", ("audit", str(written), "--refs", str(big), *quiet)),
            (
                f"verify-refs, {count:,} works",
                ("verify-refs", str(written), "--refs", str(big), "--output", str(Path(folder, "out"))),
            ),
        ]
        for name, arguments in rows:
            seconds, megabytes = measured(*arguments)
            print(f"| {name} | {seconds:.1f} | {megabytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
