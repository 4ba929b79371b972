"""allocation_case_test.py BUILD_DIR: the shipped case of 13 counties (clients/demo/allocation.toml) from the command line.

`landex pool allocate` proposes who gets what of the pool, with its reasons; whoever proposed it does not approve it;
another person of the bureau does; counties take over what was allotted, or hand it back. The same case gives the same
proposal again.
"""
import asyncio
import os
import re
import subprocess
import time

import client
from client import check

DAY = client.ROOT / "clients/demo/allocation.toml"
NEEDS = {"机场扩建": 200, "高速铁路": 120, "轨道交通": 150, "科创走廊": 150, "快速路": 100, "新区起步区": 100,
         "高新园区": 60, "应急医院": 30}
POOL = 610


async def main(build, directory):
    log = directory / "demo.out"
    demo = client.spawn([build / "clients/cli/landex", "demo", "--server-binary", build / "exchange/landexd", "--day",
                         DAY], log, env={**os.environ, "TMPDIR": str(directory)})
    by = time.monotonic() + 60
    while "still open" not in (text := log.read_text(errors="replace")):
        check(demo.poll() is None and time.monotonic() < by, f"the case does not play:\n{text}")
        await asyncio.sleep(0.05)
    environment = {"PATH": os.environ["PATH"], "HOME": str(directory), "XDG_STATE_HOME": str(directory / "state"),
                   "LANDEX_PORT": re.search(r"ws://127\.0\.0\.1:(\d+)/ws", text)[1], "LC_ALL": "C.UTF-8"}

    def landex(arguments, code, *words):
        done = subprocess.run([build / "clients/cli/landex", *arguments.split()], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        check(done.returncode == code and all(w in done.stdout for w in words),
              f"landex {arguments}: exit {done.returncode}, wanted {code} and {words}:\n{done.stdout}")
        return done.stdout

    table = landex("pool requests", 0, "例外 exception", "待分配 open")
    numbers = {name: re.search(rf"^ *(\d+) .*{name}", table, re.M)[1] for name in NEEDS}
    check("机场扩建" not in landex("--as 余杭 pool requests", 0, "科创走廊"), "a county sees what another asks for")

    shown = landex("pool allocate --dry-run", 0, "proposal as of number", "缺 short", "来源 origin", "等级 grade")
    check(landex("pool allocate --dry-run", 0) == shown, "the same case gives another proposal")
    granted = {n: float(re.search(rf"^ *{number} .* ([\d.]+) 亩 *$", shown, re.M)[1]) for n, number in numbers.items()}
    check(granted["机场扩建"] == 200 and granted["高速铁路"] == 120, f"the higher classes come first: {granted}")
    check(abs(granted["轨道交通"] - granted["科创走廊"]) < 0.00011, f"within a class alike: {granted}")
    check(sum(granted.values()) <= POOL and all(granted[n] <= NEEDS[n] for n in NEEDS), f"too much: {granted}")
    for line in shown.splitlines():
        if " 缺 short " in line:
            check("再入库" in line and "so much more fills it" in line, f"no way out: {line}")
    landex("pool allocate", 2, "--document")
    landex("--as analyst pool allocate --dry-run", 0, "proposal as of number")

    proposed = landex("pool allocate --document 分配1号", 0, "已执行 done")
    proposal = re.search(r"已执行 done：序号 number (\d+)", proposed)[1]
    landex(f"approve pass {proposal}", 3, "LX-approval", "another person")
    landex(f"--as bureau#2 approve pass {proposal}", 0, "已分配 allotted", "H66-7.3")
    landex(f"--as bureau#2 approve pass {proposal}", 3)
    # 200 mu × 20.00 = 4 000 万元 of the 5 000 that Xiaoshan has
    landex(f"--as 萧山 pool take {numbers['机场扩建']} --document 接收1号", 0, "40 000 000.00", "H66-7.4", "已满足 served")
    landex(f"--as 余杭 pool take {numbers['轨道交通']} --document 接收2号", 3, "another county")
    landex(f"--as 桐庐 pool return {numbers['高速铁路']} --document 退回1号", 0, "待分配 open")
    landex("status", 0, "sums: land 0, money 0")
    landex("pool allocate --document 分配2号", 0, "已执行 done")
    demo.terminate()
    code = await asyncio.to_thread(demo.wait, 20)
    check(code == 0, f"landex demo ends with {code}")
    print(f"of {sum(NEEDS.values())} mu asked for, {sum(granted.values()):.4f} of {POOL} granted: {granted}")


client.run(main)
