#!/usr/bin/env python3
"""Our books and our whole step beside the floor and the naive book, on the shared workloads (bench/workload).

  compare.py BUILD_DIR --out FILE                      rates, latencies, memory, and the goals of issue 3
  compare.py BUILD_DIR --out FILE --instructions       instructions per event, by callgrind

Rounds alternate: in each, every engine runs once on every workload, one after the other, so that whatever else the
machine does meets all of them. The medians are compared, never the best; every single figure is in the JSON. A row
whose trades or resting orders differ from the workload's ends the comparison: a wrong engine has no rate.
"""
import argparse
import dataclasses
import datetime
import hashlib
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KIT = ROOT / "bench/workload"
WORKLOADS = ("W1", "W2", "W3", "W4")


@dataclasses.dataclass(frozen=True)
class Row:
    name: str  # in the JSON
    title: str
    program: str
    argument: tuple = ()
    runs: tuple = ()  # (workload, mode)


BOOK_RUNS = (("W1", "tput"), ("W2", "tput"), ("W4", "tput"), ("W1", "lat"), ("W3", "mem"))
STEP_RUNS = (("W1", "tput"), ("W1", "lat"))  # the engine has four instruments, so not W2
ROWS = (
    Row("floor", "floor (no features)", "row_floor", runs=tuple(r for r in BOOK_RUNS if r[0] != "W4")),  # cannot hold W4
    Row("naive", "naive std::map", "row_naive", runs=BOOK_RUNS),
    Row("book", "landex, no table", "row_landex_book", ("none",), BOOK_RUNS),
    Row("book_one_class", "landex, one class", "row_landex_book", ("one",), BOOK_RUNS),
    Row("book_13x13", "landex, 13 × 13", "row_landex_book", ("thirteen",), BOOK_RUNS),
    Row("engine", "landex, whole step", "row_landex_engine", (), STEP_RUNS),
)
COUNTED = ("floor", "book", "book_one_class", "book_13x13", "engine")  # rows of --instructions
FEW, MANY = 100_000, 300_000  # events of the two files whose difference is counted


def fail(*lines):
    print(*lines, sep="\n", file=sys.stderr)
    sys.exit(1)


# --- workloads --------------------------------------------------------------------------------------------------------

def sums():
    return {name: digest for digest, name in (line.split() for line in (KIT / "SHA256SUMS").read_text().splitlines())}


def digest_of(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def workload(build, folder, name, events=None):
    """The file of a workload, generated once. The full ones are checked against SHA256SUMS each time."""
    path = folder / (f"{name}.bin" if events is None else f"{name}-{events}.bin")
    wanted = sums()[f"{name}.bin"] if events is None else None
    if path.exists() and wanted in (None, digest_of(path)):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(".new")
    more = [] if events is None else ["--events", str(events)]
    subprocess.run([build / "bench/row_gen", name, made, *more], check=True, stdout=subprocess.DEVNULL)
    if wanted not in (None, digest_of(made)):
        fail(f"{made}: not the bytes of {KIT}/SHA256SUMS")
    made.replace(path)
    return path


# --- one run ----------------------------------------------------------------------------------------------------------

def run(build, row, file, mode, under=()):
    """One process, one line of JSON; agreement in full or the end of the comparison."""
    command = [*under, build / "bench" / row.program, file, mode, *row.argument]
    done = subprocess.run(command, text=True, capture_output=True)
    try:
        figures = json.loads(done.stdout)
    except json.JSONDecodeError:
        fail(f"{row.title}, {file.name}, {mode}: ended with {done.returncode}", done.stdout, done.stderr)
    if done.returncode != 0 or figures["agree"] != "full":
        fail(f"{row.title}, {file.name}, {mode}: does not agree with the workload 结果不一致", done.stdout)
    figures["file"] = file.name  # no paths of this machine
    return figures, done.stderr


def machine():
    cpu = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    compiler = subprocess.run(["g++", "--version"], text=True, capture_output=True).stdout.splitlines()
    return {"model": cpu[1] if cpu else platform.machine(), "nproc": os.cpu_count(), "kernel": platform.release(),
            "compiler": compiler[0] if compiler else "", "load_before": os.getloadavg()[0]}


def commit():
    """Hash, and whether the tree differs from it; None outside git."""
    git = lambda *args: subprocess.run(["git", "-C", ROOT, *args], text=True, capture_output=True)
    head = git("rev-parse", "HEAD")
    if head.returncode != 0:
        return None
    return head.stdout.strip() + (" with changes" if git("status", "--porcelain").stdout.strip() else "")


# --- rates, latencies, memory -----------------------------------------------------------------------------------------

def compare(build, folder, rows, rounds, events, say):
    files = {name: workload(build, folder, name, events) for name in WORKLOADS}
    plan = [(w, mode, row) for w, mode in BOOK_RUNS for row in rows if (w, mode) in row.runs]
    every = []
    for number in range(1, rounds + 1):
        for at, (w, mode, row) in enumerate(plan, 1):
            say(f"round 轮次 {number}/{rounds}  {at}/{len(plan)}  {w} {mode}  {row.title}")
            figures, _ = run(build, row, files[w], mode)
            every.append({"round": number, "row": row.name, "workload": w, **figures})
    say("")
    return every


def medians(every):
    """{row: {workload: {figure: median}}} of the figures that the table shows."""
    shown = {"tput": ("mev_s_cpu", "mev_s_wall"), "lat": ("p50", "p99", "p999"), "mem": ("bytes_per_resting",)}
    values = {}
    for one in every:
        for figure in shown[one["mode"]]:
            values.setdefault(one["row"], {}).setdefault(one["workload"], {}).setdefault(figure, []).append(one[figure])
    return {row: {w: {f: statistics.median(v) for f, v in figures.items()} for w, figures in of.items()}
            for row, of in values.items()}


GOALS = (  # issue 3: what of which row, against which, and the bound
    ("book / floor, W1, rate", "book", "floor", "W1", "mev_s_cpu", "≥", 0.6),
    ("book / floor, W2, rate", "book", "floor", "W2", "mev_s_cpu", "≥", 0.6),
    ("book / floor, W1, p99", "book", "floor", "W1", "p99", "≤", 1.5),
    ("book, W3, bytes per resting order", "book", None, "W3", "bytes_per_resting", "≤", 64),
    ("book / naive, W4, rate", "book", "naive", "W4", "mev_s_cpu", "≥", 3),
    ("whole step / floor, W1, rate", "engine", "floor", "W1", "mev_s_cpu", "≥", 0.09),
)
COUNT_GOALS = (("one class / no table, instructions", "book_one_class", "book", "≤", 1.02),)


def judged(what, value, sign, bound):
    return {"goal": what, "is": value, "wanted": f"{sign} {bound}", "met": value >= bound if sign == "≥" else value <= bound}


def goals(m):
    """Those whose rows have run."""
    return [judged(what, m[row][w][figure] / (m[against][w][figure] if against else 1), sign, bound)
            for what, row, against, w, figure, sign, bound in GOALS if row in m and (against is None or against in m)]


def table(m):
    """Rates in million events per second of CPU, with the ratio to the floor (W4: to the naive book)."""
    head = ("", "W1 M/s", "÷floor", "W2 M/s", "÷floor", "W4 M/s", "÷naive", "p50 ns", "p99 ns", "÷floor", "p99.9 ns", "B/order")
    lines = []
    for row in ROWS:
        if row.name not in m:
            continue
        of = m[row.name]

        def cell(w, figure, against=None, digits=1):
            value = of.get(w, {}).get(figure)
            base = m.get(against, {}).get(w, {}).get(figure) if against else 1
            return "–" if value is None or not base else f"{value / base:.{digits}f}"

        lines.append((row.title,
                      cell("W1", "mev_s_cpu"), cell("W1", "mev_s_cpu", "floor", 2),
                      cell("W2", "mev_s_cpu"), cell("W2", "mev_s_cpu", "floor", 2),
                      cell("W4", "mev_s_cpu"), cell("W4", "mev_s_cpu", "naive", 2),
                      cell("W1", "p50", digits=0), cell("W1", "p99", digits=0), cell("W1", "p99", "floor", 2),
                      cell("W1", "p999", digits=0), cell("W3", "bytes_per_resting")))
    return aligned([head, *lines])


def aligned(lines):
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths)))
                     for line in lines)


def tell_goals(all_judged):
    lines = [(g["goal"], f"{g['is']:.3g}", g["wanted"], "met 达到" if g["met"] else "NOT MET 未达到") for g in all_judged]
    return aligned([("goal 目标 (issue 3)", "is", "wanted", ""), *lines])


# --- instructions -----------------------------------------------------------------------------------------------------

def instructions(build, folder, rows, few, many, say):
    """Instructions per event on W1. The shorter file is the beginning of the longer one: so the difference of two whole
    runs holds neither start nor warm-up nor the final walk, only (many − few) events."""
    files = {n: workload(build, folder, "W1", n) for n in (few, many)}
    every = []
    for row in rows:
        if row.name not in COUNTED:
            continue
        total = {}
        for n, file in files.items():
            say(f"callgrind  {row.title}  {n} events")
            with tempfile.TemporaryDirectory() as scratch:
                _, errors = run(build, row, file, "tput",
                                ("valgrind", "--tool=callgrind", f"--callgrind-out-file={scratch}/out"))
            total[n] = int(re.search(r"Collected : (\d+)", errors)[1])
        every.append({"row": row.name, "instructions": total, "per_event": (total[many] - total[few]) / (many - few)})
    say("")
    return every


def tell_instructions(every):
    per = {one["row"]: one["per_event"] for one in every}
    ratio = lambda name, to, digits: f"{per[name] / per[to]:.{digits}f}" if to in per else "–"
    lines = [(row.title, f"{per[row.name]:.1f}", ratio(row.name, "floor", 2), ratio(row.name, "book", 3))
             for row in ROWS if row.name in per]
    return aligned([("", "instructions/event", "÷floor", "÷no table"), *lines])


def count_goals(every):
    per = {one["row"]: one["per_event"] for one in every}
    return [judged(what, per[row] / per[against], sign, bound)
            for what, row, against, sign, bound in COUNT_GOALS if row in per and against in per]


# --- all of it --------------------------------------------------------------------------------------------------------

def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("build", type=pathlib.Path)
    options.add_argument("--out", type=pathlib.Path, required=True)
    options.add_argument("--work", type=pathlib.Path, default=ROOT / "build/bench/workload", help="where the workloads lie")
    options.add_argument("--flags", default="", help="what everything was compiled with, for the JSON")
    options.add_argument("--rounds", type=int, default=int(os.environ.get("LANDEX_ROUNDS", "5")))
    options.add_argument("--events", type=int, help="timed events (tput and lat: all 2 000 000; --instructions: "
                         f"{MANY - FEW}); W3 has 1 000 000 always")
    options.add_argument("--rows", default=",".join(row.name for row in ROWS), help="only these: %(default)s")
    options.add_argument("--instructions", action="store_true")
    given = options.parse_args()
    if given.rounds < 1 or (given.events is not None and given.events < 1):
        options.error("at least one round and one event")
    names = given.rows.split(",")
    rows = [row for row in ROWS if row.name in names]
    if len(rows) != len(names):
        options.error(f"--rows {given.rows}: a row is one of {', '.join(row.name for row in ROWS)}")
    say = (lambda text: print(f"\r\033[K{text}", end="", flush=True)) if sys.stdout.isatty() else lambda text: None

    out = {"at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), "commit": commit(),
           "machine": machine(), "flags": given.flags, "assertions": "on"}
    if given.instructions:
        many = FEW + (given.events or MANY - FEW)
        every = instructions(given.build, given.work, rows, FEW, many, say)
        out["goals"] = count_goals(every)
        out |= {"workload": "W1", "events": [FEW, many], "instructions": every}
        said = tell_instructions(every)
    else:
        every = compare(given.build, given.work, rows, given.rounds, given.events, say)
        m = medians(every)
        out["goals"] = goals(m)
        out |= {"rounds": given.rounds, "events": given.events or 2_000_000, "medians": m, "runs": every}
        said = table(m)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(out, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{out['machine']['model']}, {out['machine']['nproc']} cores; {out['machine']['compiler']}; "
          f"{given.flags}; assertions on 断言开启; every row agrees in full 结果全部一致", said, tell_goals(out["goals"]), sep="\n\n")


if __name__ == "__main__":
    main()
