"""papers_test.py BUILD_DIR: papers as officers get them: `landex paper …` and `landex statement` against a market that is
open. What a paper says is compared with what the market said; the same question gives the same bytes; nobody gets a paper
of others; bad input has an answer. PDFs are read with pdftotext.
"""
import asyncio
import hashlib
import os
import re
import shutil
import subprocess
import time
import zipfile

import client
from client import check


async def main(build, directory):
    log = directory / "demo.out"
    demo = client.spawn([build / "clients/cli/landex", "demo", "--server-binary", build / "exchange/landexd"], log,
                        env={**os.environ, "TMPDIR": str(directory)})
    by = time.monotonic() + 60
    while "still open" not in (text := log.read_text(errors="replace")):
        check(demo.poll() is None and time.monotonic() < by, f"the day does not play:\n{text}")
        await asyncio.sleep(0.05)
    environment = {"PATH": os.environ["PATH"], "HOME": str(directory), "XDG_STATE_HOME": str(directory / "state"),
                   "LANDEX_PORT": re.search(r"ws://127\.0\.0\.1:(\d+)/ws", text)[1], "LC_ALL": "C.UTF-8"}

    def landex(arguments, code, *words):
        done = subprocess.run([build / "clients/cli/landex", *arguments.split()], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, cwd=directory)
        check(done.returncode == code and all(w in done.stdout for w in words),
              f"landex {arguments}: exit {done.returncode}, wanted {code} and {words}:\n{done.stdout}")
        return done.stdout

    def number(said):
        return int(re.search(r"序号 number (\d+)", said)[1])

    def paper(arguments, *words):
        """The bytes of a paper, whose text has these words."""
        said = landex(f"{arguments} -o paper.pdf", 0, "校验码 check code SM3")
        code = re.search(r"SM3 ((?:[0-9a-f]{8} ?){8})", said)[1].split()
        pdf = (directory / "paper.pdf").read_bytes()
        check(pdf.startswith(b"%PDF"), f"{arguments}: no PDF")
        read = subprocess.run(["pdftotext", "-layout", directory / "paper.pdf", "-"], stdout=subprocess.PIPE, text=True,
                              check=True).stdout
        squeezed = re.sub(r"\s", "", read)
        for word in (*words, *code):
            check(re.sub(r"\s", "", word) in squeezed, f"{arguments}: '{word}' is not in\n{read}")
        return pdf

    check(shutil.which("pdftotext"), "pdftotext (poppler-utils) is not here")
    deal = number(landex("--as 建德 deal propose --buyer 余杭 --area 10 --price 20.00", 0))
    landex(f"--as 建德 paper confirmation {deal}", 5, "尚未确认", "not confirmed")
    landex(f"--as 余杭 deal accept {deal}", 0, "已交割 settled")
    confirmation = paper(f"--as 建德 paper confirmation {deal}", "成交确认书", "建德市", "余杭区", "10.0000",
                         "人民币贰佰万元整", f"杭土指确〔2024〕{deal}号", "H66-2022")
    same = paper(f"--as 余杭 paper confirmation {deal}", "贰佰万元整")
    check(hashlib.sha256(same).digest() == hashlib.sha256(confirmation).digest(), "both sides get the same bytes")
    landex(f"--as 萧山 paper confirmation {deal}", 5, "没有你方可见的", "that you may see")
    paper(f"paper slip {deal}", "划转单", "建德市", "余杭区", "10.0000")

    filing = number(landex("--as 临平 registry file --area 50 --project 垦造 --document 报备1号", 0))
    # 20 % of 50 is 10; the price in force is 20.00 万元/亩, so 200 万元 are owed.
    paper(f"--as 临平 paper pooling {filing}", "统筹通知书", "临平区", "50.0000", "10.0000", "2 000 000.00", "20 %")
    landex(f"--as 余杭 paper pooling {filing}", 5)
    paper(f"--as 临平 paper card {filing}", "台账", "50.0000", "40.0000", "市级统筹")

    paper("--as 余杭 statement --from 2024-06-01 --to 2024-06-30", "对账单", "余杭区", "期初", "2 000 000.00")
    landex("--as 余杭 statement --from 2024-06-01 --to 2024-06-30 -o s.xlsx", 0)
    with zipfile.ZipFile(directory / "s.xlsx") as book:
        check(book.testzip() is None and any(b"<f>" in book.read(n) for n in book.namelist() if "sheet" in n),
              "the workbook has no formulas")
    landex("--as 余杭 statement --from 2024-06-01 --to 2024-06-30 -o s.csv", 0)
    check((directory / "s.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "the CSV has no byte order mark")
    landex("--as 萧山 statement --unit 余杭 --from 2024-06-01 --to 2024-06-30 -o n.pdf", 5, "只能查看本单位")
    check(not (directory / "n.pdf").exists(), "a file was written for a paper that is not there")

    landex("paper confirmation 999999", 5, "999999")
    landex("paper run 3", 5)
    landex("paper advance 3", 5)
    landex("paper allocation 3", 5)
    landex("paper confirmation 1 -o x.docx", 2, "docx", "pdf")
    landex("paper confirmation", 2)
    landex("paper picture 1", 2)
    landex("--as 余杭 statement --from 2024-06-30 --to 2024-06-01", 5, "起日在止日之后")
    landex("--as 余杭 statement --from 2024-13-01 --to 2024-06-01", 2, "--from")
    landex(f"paper confirmation {deal} -o /nowhere/x.pdf", 1, "无法写入")
    landex("status", 0, "sums: land 0, money 0")
    demo.terminate()
    code = await asyncio.to_thread(demo.wait, 20)
    check(code == 0, f"landex demo ends with {code}")


client.run(main)
