"""year_test.py BUILD_DIR: the shipped year between governments (clients/demo/year.toml), against year_by_hand.toml.

`landex demo` plays it: seven kinds of runs, each reckoned, proposed by one person of the bureau and approved by another;
one is reversed by a new one and paid again, corrected. Then the command line is asked who paid whom: all nets, and all
money of every unit, are those worked by hand, and they sum to zero.
"""
import asyncio
import json
import os
import re
import subprocess
import time
import tomllib

import client
from client import CITY, check

YEAR = client.ROOT / "clients/demo/year.toml"
BY_HAND = client.ROOT / "tests/outside/year_by_hand.toml"
FEN = 100
KINDS = {"protection", "pbf", "restoration", "enclave", "consolidation_reward", "homestead_reward",
         "standard_farmland_reward"}
TOLD = ["模拟数据", "below the province's", "H66-5.3", "beyond the band", "核减 task reduced: 西湖区 750.0000",
        "reckoned: nothing has moved", "未划转任何资金", "in full 3 600 000.00", "另一人", "another person",
        "谁付谁收 who pays and who gets", "冲正", "sums: land 0, money 0"]


def by_hand():
    book = tomllib.loads(BY_HAND.read_text())
    net = {int(unit): FEN * sum(terms) for unit, terms in book["net"].items()}
    check(len(net) == 14 and sum(net.values()) == 0, f"the figures by hand do not sum to zero: {net}")
    return book, net


def nets_of(runs):
    """What was paid, by unit, from the lines alone."""
    net = {}
    for run in runs:
        if run["state"] == "reckoned":
            continue
        for line in run["lines"]:
            net[line["from"]] = net.get(line["from"], 0) - line["amount"]
            net[line["to"]] = net.get(line["to"], 0) + line["amount"]
    return net


async def main(build, directory):
    book, wanted = by_hand()
    log = directory / "demo.out"
    demo = client.spawn([build / "clients/cli/landex", "demo", "--server-binary", build / "exchange/landexd", "--day",
                         YEAR], log, env={**os.environ, "TMPDIR": str(directory)})
    by = time.monotonic() + 90
    while "still open" not in (text := log.read_text(errors="replace")):
        check(demo.poll() is None and time.monotonic() < by, f"the year does not play:\n{text}")
        await asyncio.sleep(0.05)
    for words in TOLD:
        check(words in text, f"the year does not say '{words}':\n{text}")
    environment = {"PATH": os.environ["PATH"], "HOME": str(directory), "XDG_STATE_HOME": str(directory / "state"),
                   "LANDEX_PORT": re.search(r"ws://127\.0\.0\.1:(\d+)/ws", text)[1], "LC_ALL": "C.UTF-8"}

    def landex(arguments, code=0):
        done = subprocess.run([build / "clients/cli/landex", *arguments.split()], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        check(done.returncode == code, f"landex {arguments}: exit {done.returncode}, wanted {code}\n{done.stdout}")
        return done.stdout

    def view(arguments):
        return json.loads(landex(f"--json {arguments}"))["body"]["view"]

    runs = view("run ls")["rows"]
    check({r["kind"] for r in runs} == KINDS, f"some kind of run is missing: {[r['kind'] for r in runs]}")
    states = [(r["kind"], r["state"]) for r in runs]
    check(states.count(("homestead_reward", "reversed")) == 1 and len(runs) == 9, f"not reversed as the year says: {states}")
    check(all(r["state"] != "reckoned" for r in runs), f"a run was not paid: {states}")
    reversed_run = next(r for r in runs if r["state"] == "reversed")
    reversal = next(r for r in runs if r["run"] == reversed_run["reversed_by"])
    check(reversal["reverses"] == reversed_run["run"], f"the reversal names another run: {reversal}")
    turned = [(line["to"], line["from"], line["amount"]) for line in reversed(reversed_run["lines"])]
    check([(line["from"], line["to"], line["amount"]) for line in reversal["lines"]] == turned,
          f"the reversal is not its run the other way round: {reversal['lines']}")

    nets = nets_of(runs)
    check(nets == {u: f for u, f in wanted.items() if f != 0 or u in nets}, f"by hand {wanted}, paid {nets}")
    check(sum(nets.values()) == 0, f"the nets do not sum to zero: {nets}")

    cash = {r["participant"]: r["cash"] for r in view("holding ls")["rows"]}
    for unit, net in wanted.items():
        there = FEN * book["city_free"] if unit == CITY else net + (
            FEN * book["deposited"] if unit in book["depositors"] else 0)
        check(cash.get(unit, 0) == there, f"{unit}: by hand {there} fen, holds {cash.get(unit, 0)}")
    funds = {r["fund"]: r["balance"] for r in view("fund ls")["rows"]}
    check({f: funds.get(f, 0) for f in book["funds"]} == {f: FEN * y for f, y in book["funds"].items()},
          f"funds: by hand {book['funds']}, are {funds}")

    matrix = landex("run net")
    check(re.search(r"^合计 sum(?: +0\.00)+ *$", matrix, re.M), f"the matrix does not sum to zero:\n{matrix}")
    # who is a county sees what was paid, and not the sub-accounts
    check(landex("--as 建德 run ls") == landex("run ls"), "a county sees other runs")
    check("没有专户资金" in landex("--as 建德 fund ls"), "a county sees the city's sub-accounts")
    shown = landex(f"run show {reversed_run['run']}")
    check("已由第" in shown and "reversed by" in shown and "富阳区" in shown, f"the reversed run is told as:\n{shown}")
    for run in runs:  # its notice: every run has one, and it tells the same total and what of it is ours
        landex(f"paper run {run['run']} -o {directory}/run.pdf")
        read = subprocess.run(["pdftotext", "-layout", directory / "run.pdf", "-"], stdout=subprocess.PIPE, text=True,
                              check=True).stdout
        told = f"{run['total'] // 100:,}.{run['total'] % 100:02}".replace(",", " ")
        for word in ("年度结算通知", "模拟数据", told):
            check(word in read.replace("\u2009", " ").replace("\u00a0", " ").replace("\u202f", " "),
                  f"run {run['run']}: '{word}' is not in\n{read}")
        check(run["kind"] == "restoration" or "本市场默认，非法定" in read, f"run {run['run']} does not say what is ours:\n{read}")
    check("sums: land 0, money 0" in landex("status"), "the sums are not zero")
    demo.terminate()
    code = await asyncio.to_thread(demo.wait, 20)
    check(code == 0, f"landex demo ends with {code}")
    print(f"{len(runs)} runs, {sum(len(r['lines']) for r in runs)} lines; 14 units as by hand, together 0")


client.run(main)
