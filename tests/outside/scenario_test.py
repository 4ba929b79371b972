"""scenario_test.py BUILD_DIR: the laboratory from the command line, as an analyst uses it.

Every shipped scenario is checked, run short, and reported; two are compared. A study that is killed and taken up again
leaves the bytes of one that was not, and so do one thread and two. The demonstration day is played again without the
price floor. What is wrong is told with its field and its remedy, in Chinese and English, and destroys nothing.
"""
import asyncio
import csv
import os
import random
import re
import signal
import sqlite3
import subprocess
import time

import client
from client import check

SCENARIOS = sorted((client.ROOT / "clients/simulator/scenarios").glob("*.toml"))
# The year has all its sessions, for shocks fall on them; there is less in each.
SHORT = ["--set", "rounds=2", "--set", "requests_per_county=2"]
TABLES = ["runs.csv", "units.csv", "transfers.csv", "sessions.csv"]


def dump(path):
    """Every row of every table, in an order of its own."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        names = [n for (n,) in db.execute("select name from sqlite_master where type = 'table' order by name")]
        return {n: sorted(map(repr, db.execute(f"select * from {n}"))) for n in names}


def same(one, other, what):
    for name in TABLES:
        check((one / name).read_bytes() == (other / name).read_bytes(), f"{what}: {name} differs")
    check(dump(one / "study.sqlite") == dump(other / "study.sqlite"), f"{what}: the databases differ")


async def the_day_again(build, directory, landex):
    """The journal of the demonstration day without the floor, while its server runs and after; and damaged."""
    server = await client.Server(build / "exchange/landexd", directory / "server").start().ready()
    await asyncio.to_thread(landex, "demo", "--once", "--port", server.port)
    replay = ["scenario", "replay", server.data, "--change", "floor=off"]
    live = landex(*replay).stdout
    await server.stop()
    before = {p.name: p.read_bytes() for p in server.data.iterdir()}
    told = landex(*replay, "-o", "replay").stdout
    check(told == live, "the replay beside its server, and after it, differ")
    # By hand (day.toml): the deal at 19.99, below the floor of 20.00, is refused as it was, and taken now.
    check(re.search(r"ProposeDeal：.*would be taken.*\n.*\[H66-7.6\] 19.99", told), f"no deal at 19.99:\n{told}")
    check((directory / "replay/summary.txt").read_text() == told, "summary.txt is not what is printed")
    for name in ("commands.csv", "trades.csv", "transfers.csv", "balances.csv"):
        check(len((directory / "replay" / name).read_text().splitlines()) > 1, f"{name} has no row")
    check({p.name: p.read_bytes() for p in server.data.iterdir()} == before, "the replay changes the journal")
    landex(*replay, "-o", "replay", code=1)  # results that are there are kept
    landex("scenario", "replay", server.data, "--change", "floor=of", code=2)
    landex("scenario", "replay", server.data, "--change", "pool_share=0.3", code=2)
    journal = next(server.data.glob("*.landex"))
    broken = bytearray(journal.read_bytes())
    broken[len(broken) // 2] ^= 1
    journal.write_bytes(broken)
    check(landex(*replay, code=1).stderr.strip(), "a damaged journal is not told")


async def main(build, directory):
    program = build / "clients/cli/landex"

    def landex(*arguments, code=0):
        done = subprocess.run([program, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=300, cwd=directory)
        check(done.returncode == code, f"landex {' '.join(map(str, arguments))}: exit {done.returncode}, not {code}\n"
              + done.stdout + done.stderr)
        return done

    names = [p.stem for p in SCENARIOS]
    check(len(names) >= 9 and "hangzhou" in names, f"shipped are only {names}")
    listed = landex("scenario", "ls").stdout
    for name in names:
        check(name in listed, f"`scenario ls` does not name {name}")
        landex("scenario", "check", name)
        landex("scenario", "run", name, "--replicates", 3, "--seed", 7, *SHORT, "-o", f"s-{name}")
        rows = list(csv.DictReader((directory / f"s-{name}/runs.csv").open()))
        check([r["run"] for r in rows] == ["0", "1", "2"], f"{name}: runs {[r['run'] for r in rows]}")
        check(all(float(r["commands"]) > 50 for r in rows), f"{name}: hardly a command")
        # Under sealed and listing, sellers offer linkage first and hardly get to area; post-2025 refuses trade
        # in area: nothing to hold of these.
        check(name in ("sealed", "listing", "post-2025") or all(float(r["volume"]) > 0 for r in rows),
              f"{name}: no area is traded")
        landex("scenario", "report", f"s-{name}", "-o", f"{name}.html")
        page = (directory / f"{name}.html").read_text()
        check(page.count("<svg") > 3 and "<script" not in page and "模拟" in page, f"{name}: the report has no figures")
        check(not re.search(r'(src|href)="(https?:)?//', page), f"{name}: the report fetches from a network")
    landex("scenario", "compare", "s-hangzhou", "s-call", "-o", "compare.html")
    check("s-call" in (directory / "compare.html").read_text() or "call" in (directory / "compare.html").read_text(),
          "the comparison does not name what it compares")
    told = landex("scenario", "compare", "s-hangzhou", "s-call", "-o", "compare.html").stdout
    check("B − A" in told and "the same seed" in told, f"compare prints no paired differences:\n{told}")

    # A template passes its own check, and runs.
    landex("scenario", "new", "mine", "--from", "hangzhou", "-o", "mine.toml")
    landex("scenario", "check", "mine.toml")
    landex("scenario", "sweep", "mine.toml", "--cross", "pool_share=0.1,0.3", "--replicates", 2, *SHORT, "-o", "sweep")
    check(len(list(csv.DictReader((directory / "sweep/runs.csv").open()))) == 4, "2 shares x 2 replicates are 4 runs")

    # Any measure may be asked for: each has its own table.
    told = landex("scenario", "sweep", "hangzhou", "--morris", 2, "--outcome", "unmet", "--outcome", "mountain4_income",
                  *SHORT, "-o", "morris").stdout
    check(told.count("μ*") == 2 and "unmet" in told and "mountain-4" in told, f"the tables asked for are\n{told}")

    # One thread, two threads, killed at some moment and taken up again: the same bytes.
    study = ["scenario", "run", "hangzhou", "--replicates", 150, "--seed", 11, "--detail", "full", *SHORT]
    landex(*study, "--threads", 1, "-o", "one")
    landex(*study, "--threads", 2, "-o", "two")
    same(directory / "one", directory / "two", "one thread and two")
    seed = client.seed()
    draw = random.Random(seed)
    killed = 0
    for attempt in range(4):
        going = subprocess.Popen([program, *map(str, study), "-o", "killed", *(["--resume"] if attempt else [])],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 cwd=directory)
        time.sleep(draw.uniform(0.02, 0.6))
        going.send_signal(signal.SIGKILL)
        killed += going.wait() == -signal.SIGKILL  # a fast machine may be done before
    landex(*study, "-o", "killed", *(["--resume"] if (directory / "killed").exists() else []))
    same(directory / "one", directory / "killed", f"killed and taken up again (seed {seed})")
    landex("scenario", "run", "hangzhou", "--replicates", 3, "--seed", 12, *SHORT, "-o", "one", "--resume", code=1)

    # What is wrong is told by name, on both tongues, and nothing is left behind.
    bad = directory / "bad.toml"
    bad.write_text('name = "bad"\nbase = "hangzhou"\n[levers.pool_share]\nvalue = 3\nunit = "1"\n'
                   'tag = "assumption"\nsource = "模拟数据"\n')
    told = landex("scenario", "check", bad, code=2)
    check(re.search(r"bad\.toml:4", told.stderr + told.stdout) and "pool_share" in told.stderr + told.stdout,
          f"the fault is told as:\n{told.stdout}{told.stderr}")
    for wrong in (["scenario", "run", "atlantis"], ["scenario", "run", "hangzhou", "--set", "pool_shar=1"],
                  ["scenario", "run", "hangzhou", "--set", "mechanism=bazaar"],
                  ["scenario", "run", "hangzhou", "--replicates", "0"],
                  ["scenario", "run", "hangzhou", "--threads", "-1"],
                  ["scenario", "run", "hangzhou", "--seed", "-1"], ["scenario", "run", "hangzhou", "--seed", "9" * 30],
                  ["scenario", "run", "hangzhou", "--set", "margin=0.1", "--set", "margin=0.2"],
                  ["scenario", "run", "hangzhou", "--outcome", "mean_prize"],
                  ["scenario", "sweep", "hangzhou"], ["scenario", "sweep", "hangzhou", "--sobol", "10000000"],
                  ["scenario", "run", "hangzhou", "-o", "bad.toml"], ["scenario", "run", "hangzhou", "-o", "one"],
                  ["scenario", "new", "bad"], ["scenario", "new", "two", "-o", "nowhere/two.toml"],
                  ["scenario", "report", "one", "-o", "one/runs.csv"],
                  ["scenario", "sweep", "hangzhou", "--cross", "pool_share="],
                  ["scenario", "report", directory / "nowhere"], ["scenario", "compare", "s-hangzhou"],
                  ["scenario", "replay", directory / "nowhere", "--change", "floor=off"]):
        done = subprocess.run([program, *map(str, wrong)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=60, cwd=directory, env={**os.environ, "LC_ALL": "C.UTF-8"})
        check(done.returncode in (1, 2) and done.stderr.strip(), f"{wrong}: exit {done.returncode}\n{done.stderr}")
        check(re.search("[\u4e00-\u9fff]", done.stderr), f"{wrong} is told without Chinese:\n{done.stderr}")
    same(directory / "one", directory / "two", "after all that is refused")
    await the_day_again(build, directory, landex)
    print(f"{len(names)} scenarios run and reported; killed {killed} times and taken up again, the same bytes")


client.run(main)
