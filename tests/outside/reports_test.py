"""reports_test.py BUILD_DIR: the reports database of a running landexd, and what the command line reads out of it.

The demo day is played; its trades, by `landex export` from the server's database, are those of a rebuild from the
journal, and so is every table. landexd is killed and started again: the database is whole, and goes on. Another
landexd with --reports none makes no database.
"""
import asyncio
import json
import sqlite3
import subprocess

import client
from client import check


def rows_of(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        names = [n for (n,) in db.execute("select name from sqlite_master where type = 'table' order by name")]
        return {n: sorted(map(repr, db.execute(f"select * from {n}"))) for n in names}


async def main(build, directory):
    def landex(*arguments, code=0):
        done = subprocess.run([build / "clients/cli/landex", *map(str, arguments)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120, cwd=directory)
        check(done.returncode == code, f"landex {' '.join(map(str, arguments))}: exit {done.returncode}\n"
              + done.stdout + done.stderr)
        return done

    server = await client.Server(build / "exchange/landexd", directory / "server").start().ready()
    live = server.data / "reports.sqlite"
    await asyncio.to_thread(landex, "--port", server.port, "demo", "--once")
    await server.kill()
    await server.start().ready()  # what the killed one had not written is caught up before it is ready
    await server.stop()

    landex("export", "--journal", server.data, "--sqlite", "again.sqlite")
    first, again = rows_of(live), rows_of(directory / "again.sqlite")
    check(first == again, "the live database and a rebuild differ in "
          + ", ".join(n for n in first if first[n] != again.get(n)))
    check(len(first) > 20 and first["trades"] and first["money_entries"], "there is nothing in it")
    check((live.stat().st_mode & 0o077) == 0, "others may read the database")

    from_live = landex("export", "trades", "--database", live).stdout
    check(from_live.startswith("seq,idx,business_day,") and from_live == landex(
        "export", "trades", "--journal", server.data).stdout, "the two sources export other trades")
    landex("export", "ledger", "--database", live, "-o", "ledger.jsonl")
    lines = (directory / "ledger.jsonl").read_text().splitlines()
    check(len(lines) == len(first["money_entries"]) + len(first["land_entries"]), "the ledger is not whole")
    check(all(json.loads(line)["amount_fen_e4mu_or_kg"] > 0 for line in lines), "an entry of nothing")

    told = json.loads(landex("--json", "statistics", "--from", "2024-06-03", "--to", "2024-06-03", "--database",
                             live).stdout)
    trades = sum(s["trades"] for s in told["statistics"] if s["scope"] == "all")
    check(trades == len(first["trades"]), f"{trades} trades in the statistics, {len(first['trades'])} in the table")
    thin = [s for s in told["statistics"] if s["median_note_zh"]]
    check(thin and all(s["median_note_zh"] == "成交不足5笔，不公布中位价" for s in thin), "a thin market is not told")
    csv = landex("statistics", "--from", "2024-06-03", "--to", "2024-06-03", "--journal", server.data, "--bom").stdout
    check(csv.startswith("\ufefffrom_day,") and "turnover_fen" in csv.split("\r\n")[0], "the CSV of statistics")

    check("--database" in landex("export", "trades", code=2).stderr, "no source is not told")
    check("ledger" in landex("export", "secrets", "--database", live, code=1).stderr, "the tables are not told")
    check("no such file" in landex("export", "trades", "--database", "nowhere.sqlite", code=1).stderr, "no file")
    landex("export", "--database", live, "--sqlite", "again.sqlite", code=1)  # not written over

    other = client.Server(build / "exchange/landexd", directory / "other")
    other.port_file.unlink(missing_ok=True)
    other.process = client.spawn([other.binary, "serve", "--data", other.data, "--people", other.people, "--policy",
                                  other.policy, "--port", 0, "--port-file", other.port_file, "--reports", "none"],
                                 other.log)
    other.said_before = 0
    await other.ready()
    await other.stop()
    check(not (other.data / "reports.sqlite").exists(), "--reports none has made one")
    print(f"{len(first)} tables, {sum(map(len, first.values()))} rows, the same live and rebuilt")


client.run(main)
