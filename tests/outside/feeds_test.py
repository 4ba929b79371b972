"""feeds_test.py BUILD_DIR: feeds of 空间智治 into a real landexd and out again (H66-21.1).

A file with a fault does nothing. What is imported twice, or exported and imported, happens once. A refused record is told
with its line and its rule, and the corrected file does only what is missing.
"""
import csv
import io
import json
import os
import subprocess

import client
from client import check

EXAMPLES = client.ROOT / "clients/feeds/examples"
HEAD = "record,source_id,county,kind,area_mu,project,document\n"


class Landex:
    def __init__(self, build, directory, port):
        self.binary, self.directory = build / "clients/cli/landex", directory
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(directory), "LANDEX_PORT": str(port),
                            "XDG_STATE_HOME": str(directory / "state"), "LC_ALL": "C.UTF-8"}

    def __call__(self, arguments):
        return subprocess.run([self.binary, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=120, cwd=self.directory, env=self.environment)


async def feeds(build, directory):
    server = await client.Server(build / "exchange/landexd", directory / "one").start().ready()
    landex = Landex(build, directory, server.port)

    def said(arguments, code, *words):
        done = landex([str(a) for a in arguments])
        text = done.stdout + done.stderr
        check(done.returncode == code, f"landex {arguments}: exit {done.returncode}, wanted {code}\n{text}")
        for w in words:
            check(w in text, f"landex {arguments}: '{w}' is not in\n{text}")
        return done.stdout

    def number():
        """Of the last command that was done: what changes when anything happens."""
        return json.loads(said(["status", "--json"], 0))["body"]["as_of"]

    def file(name, text):
        path = directory / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def open_for_business(*units):
        said(["day", "open", "2024-06-03"], 0)
        for unit in units:
            said(["account", "open", "--unit", unit], 0)

    open_for_business("杭州", "建德", "桐庐", "临安", "淳安")

    # checked, and nothing done: neither by check nor by an import of two files of which one has a fault
    bad = file("bad.csv", HEAD + "batch,B1,建德市,supplementary,30亩,p,d\n")
    before = number()
    said(["feed", "check", *sorted(EXAMPLES.iterdir())], 0, "batch 2 条", "未发现问题 no fault")
    said(["feed", "check", bad, directory / "none.csv"], 2, f"{bad}:2: area_mu = '30亩'", "不写单位", "no unit", "none.csv", "无法读取")
    faults = json.loads(said(["feed", "check", "--json", bad], 2))
    check([(f["file"], f["line"], f["field"], f["value"]) for f in faults] == [(str(bad), 2, "area_mu", "30亩")], str(faults))
    said(["feed", "import", EXAMPLES / "batch.csv", bad], 2, f"{bad}:2:", "未办理任何记录")
    said(["feed", "frobnicate"], 2)
    said(["feed", "export", "gold"], 2, "gold", "holdings")
    check(number() == before, "what is only checked has done something")

    # twice is once: the same files, and what they became when it is exported
    examples = [EXAMPLES / name for name in ("project.csv", "batch.csv", "batch.json", "conflict.csv", "deduction.csv",
                                             "reserve_plots.csv", "conflict_cleared.jsonl")]
    said(["feed", "import", *examples], 0, "batch.csv:2 模拟-B1：已执行 done", "新增 new 9，已有 known 0，拒绝 refused 0")
    said(["--as", "建德", "feed", "import", EXAMPLES / "project_move.csv"], 0, "新增 new 1")
    after = number()
    said(["feed", "import", *examples], 0, "已有 known", "新增 new 0，已有 known 9，拒绝 refused 0")
    for what in ("filings", "projects", "conflicts"):
        for name in (f"{what}.csv", f"{what}.json"):
            said(["feed", "export", what, "--format", name.split(".")[1], "-o", directory / name], 0, "rows")
            said(["feed", "import", directory / name], 0, "新增 new 0", "拒绝 refused 0")
            # a colleague has no log of it: the exchange itself shows that it is there
            said(["--as", "bureau#2", "feed", "import", directory / name], 0, "新增 new 0", "拒绝 refused 0")
    check(number() == after, "what was imported again has done something")

    # what is exported is what happened: 30 mu filed, 20 % pooled, 1 mu of it deducted
    raw = landex(["feed", "export", "filings", "--bom"])
    check(raw.stdout.startswith("\ufeff\"record\""), "no byte-order mark")
    rows = list(csv.DictReader(io.StringIO(raw.stdout.lstrip("\ufeff"))))
    first = next(r for r in rows if r["document"] == "模拟数据〔2024〕4号")
    check((first["area_mu"], first["area_raw"], first["deducted_area_mu"]) == ("30.0000", "300000", "1.0000"), str(first))
    hectares = next(r for r in rows if r["document"] == "模拟数据〔2024〕6号")
    check(hectares["area_mu"] == "18.5175", f"1.2345 ha is 18.5175 mu, not {hectares['area_mu']}")
    for what in ("holdings", "lots", "deals", "pool"):
        sheet = list(csv.DictReader(io.StringIO(said(["feed", "export", what], 0))))
        same = json.loads(said(["feed", "export", what, "--format", "json"], 0))
        check([{k: str(v) for k, v in row.items()} for row in same] == sheet, f"{what}: CSV and JSON differ")
        check(sheet or what == "deals", f"{what}: exports nothing")

    # one is refused, told with its line and rule; the next goes on, unless it is to stop
    three = HEAD + "batch,N1,建德市,supplementary,1,p,文号甲\nbatch,N2,建德市,supplementary,0,p,文号乙\nbatch,N3,建德市,linkage,1,p,文号丙\n"
    said(["feed", "import", "--stop", file("three.csv", three)], 3, "three.csv:3 N2", "LX-", "已停止", "新增 new 1")
    said(["feed", "import", directory / "three.csv"], 3, "three.csv:3 N2", "LX-", "新增 new 1，已有 known 1，拒绝 refused 1")
    corrected = three.replace("supplementary,0", "supplementary,2")
    said(["feed", "import", file("three.csv", corrected)], 0, "新增 new 1，已有 known 2，拒绝 refused 0")
    after = number()
    said(["feed", "import", file("three.csv", corrected.replace(",2,p", ",3,p"))], 2, "three.csv:3", "source_id = 'N2'", "area",
         "核减", "deduct")
    check(number() == after, "a record that contradicts has done something")
    said(["feed", "import", file("lost.csv", "record,source_id,county,batch_document,area_mu,document\n"
                                 "deduction,K9,建德市,无此文号,1,d\n")], 3, "lost.csv:2", "batch_document", "无此文号", "one is wanted")
    said(["--as", "analyst", "feed", "import", file("role.csv", HEAD + "batch,R1,建德市,linkage,1,p,r\n")], 3, "role.csv:2", "LX-role")
    said(["--propose", "报批", "feed", "import", file("p.csv", "record,source_id,plot,opinion\nconflict_cleared,P1,D,x\n")], 2,
         "此事不审批")

    # the answer was lost: the log says sent and not what became of it, and its last line is torn; the same command is
    # asked again, and the exchange has done it once
    log = next(path for path in (directory / "state/landex").glob("*.feeds") if '"N2"' in path.read_text())
    *lines, last = log.read_text().splitlines()
    check('"submit"' in lines[-1] and '"refused":false' in last, f"the log ends with {lines[-1:]} {last}")
    log.write_text("\n".join(lines) + "\n" + last[:7])
    filings = said(["feed", "export", "filings"], 0)
    file("three.csv", corrected)
    said(["feed", "import", directory / "three.csv"], 0, "重新询问 asked again: batch N2", "新增 new 0，已有 known 3")
    check(said(["feed", "export", "filings"], 0) == filings, "a command whose answer was lost was done twice")
    check(log.read_text().splitlines()[:len(lines)] == lines, "the log was changed, not appended to")

    # another exchange has seen nothing of it
    await server.stop()
    other = await client.Server(build / "exchange/landexd", directory / "two").start().ready()
    landex.environment["LANDEX_PORT"] = str(other.port)
    for old in (directory / "state/landex").glob("*.feeds"):  # as if it answered at the same address
        old.rename(old.with_name(old.name.replace(str(server.port), str(other.port))))
    open_for_business("杭州", "建德")
    said(["feed", "import", directory / "three.csv"], 0, "has not seen the imports", "新增 new 3")
    await other.stop()

    # where a deduction needs a second pair of eyes, each record is proposed, and proposed once
    third = await client.Server(build / "exchange/landexd", directory / "three", venue="production").start().ready()
    landex.environment["LANDEX_PORT"] = str(third.port)
    open_for_business("杭州", "建德")
    said(["feed", "import", EXAMPLES / "batch.csv"], 0, "新增 new 2")
    said(["feed", "import", EXAMPLES / "deduction.csv"], 3, "deduction.csv:2 模拟-K1", "LX-approval")
    for counts in ("新增 new 1，已有 known 0", "新增 new 0，已有 known 1"):
        said(["--propose", "核减报批", "feed", "import", EXAMPLES / "deduction.csv"], 0, counts)
    said(["approve", "ls"], 0, "核减 deduction", "1.0000 亩", "审批中 under review")
    await third.stop()


if __name__ == "__main__":
    client.run(feeds)
