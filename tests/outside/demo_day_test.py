"""demo_day_test.py BUILD_DIR: the demonstration day by an outside client and by our own, against the table by hand.

The filings are recounted from day.toml itself: issued = free + held + pooled + used + cancelled.
"""
import asyncio
import collections
import os
import re
import subprocess
import tomllib

import client
from client import CITY, DAY, INSTRUMENT, check



def issued_in(day_rows):
    """What was filed, by instrument, from the file alone."""
    issued = collections.Counter()
    for row in day_rows:
        if row["do"] != "file":
            continue
        if row["kind"] == "linkage":
            issued["linkage"] += client.units(row["area"], 4)
        else:
            issued["supplementary_area"] += client.units(row["area"], 4)
            issued["supplementary_paddy"] += client.units(row["paddy"], 4)
            issued["supplementary_capacity"] += client.units(row["capacity"], 0)
    check(all(issued[i] > 0 for i in INSTRUMENT.values()), "the day files nothing of some instrument")
    return issued


def recount(holdings, day_rows):
    """Land and money, from the holdings of all and the file."""
    issued = issued_in(day_rows)
    for instrument, wanted in issued.items():
        by_purse = collections.Counter()
        for unit in holdings.values():
            for purse in client.PURSES:
                by_purse[purse] += unit.get(f"{instrument}.{purse}", 0)
        check(sum(by_purse.values()) == wanted, f"{instrument}: filed {wanted}, found {dict(by_purse)}")
        print(f"  {instrument}: issued {wanted} = " + " + ".join(f"{p} {by_purse[p]}" for p in client.PURSES))
    paid_in = sum(client.units(r["amount_wan"], 6) * len(r["units"]) for r in day_rows if r["do"] == "deposit")
    there = sum(u.get("cash", 0) + u.get("held", 0) for u in holdings.values())
    claims = sum(u.get("claims", 0) for u in holdings.values())
    check(there == paid_in, f"money: {paid_in} fen came in, {there} are there")
    check(claims == 0, f"claims sum to {claims}, not 0")
    entered = sum(client.units(p["area"], 4) for r in day_rows if r["do"] == "plots" for p in r["plots"])
    plots = sum(u.get("plots", 0) + u.get("plots_pooled", 0) for u in holdings.values())
    check(entered == plots > 0, f"plots: {entered} entered, {plots} found")
    print(f"  money: {paid_in} fen came in = cash + held; claims sum to 0; plots: {entered} entered = kept + pooled")


async def over_json(build, directory):
    """Plays the day over landex.v1.json; returns holdings."""
    server = await client.Server(build / "exchange/landexd", directory).start().ready()
    people, clients = client.tokens(), {}
    for unit, (token, _) in people.items():
        clients[unit] = await client.Client(token, 7).connect(server.port)
    player = client.Player(clients.__getitem__)
    for step in client.day_steps():
        await player.play(step)
    city = clients[CITY]
    holdings = client.holdings_of(await city.ask("GetHoldings"))
    status = await city.ask("GetStatus")
    check(status["money_sum"] == 0 and all(r["sum"] == 0 for r in status["land"]), f"sums are not 0: {status}")
    for unit, own in clients.items():  # each sees its own row, and a district no other
        rows = client.holdings_of(await own.ask("GetHoldings"))
        wanted = holdings if unit == CITY else {unit: holdings[unit]}
        check(rows == wanted, f"{unit} sees {sorted(rows)}, or other numbers than the bureau")
    for c in clients.values():
        await c.close()
    await server.stop()
    commands, said = client.audit(server.binary, server.data)
    asked = [c for c in commands if c["envelope"]["role"] != "system"]
    check(len(asked) == player.done, f"{player.done} commands were sent, {len(asked)} are in the journal")
    check("sealed" in said and "recount right" in said, said)
    print(f"played over JSON: {player.done} commands ({player.refused} refused as the day expects), "
          f"{len(clients)} clients, {len(commands)} numbers in the journal")
    return holdings


def by_our_own_client(build, directory):
    """landex demo --once, which starts its own server."""
    cwd = directory / "elsewhere"
    cwd.mkdir()
    done = subprocess.run([build / "clients/cli/landex", "demo", "--once", "--server-binary",
                           build / "exchange/landexd"], stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=120, cwd=cwd,
                          env={**os.environ, "TMPDIR": str(cwd)})
    check(done.returncode == 0, f"landex demo --once exits {done.returncode}:\n{done.stdout}{done.stderr}")
    for words in ("sums: land 0, money 0", "turnover: ", "pool status", "holdings", "模拟", "H66-7.6"):
        check(words in done.stdout, f"landex demo --once does not print '{words}'")
    check(not list(cwd.iterdir()), f"landex demo --once leaves {[p.name for p in cwd.iterdir()]}")
    turnover = re.search(r"^turnover: .*$", done.stdout, re.M)[0]
    # By hand. Book: area 20 + 40 + 15 + 24 + 60 + 30 mu, linkage 60 + 50. Deals, by leg: area 30 + 60 mu; paddy and
    # capacity count as trades, but are part of land that is counted already.
    # 万元: 390 + 800 + 225 + 475.20 + 1200 + 615 + 1800 + 750, and 600 + 360 + 1230.
    trades, mu, wan = 8 + 4, "389.0000", "8445.20"
    for wanted in (f"{trades} trades", f"{mu} mu", f"{wan} ", "pooled 329.5000 mu", "55.0000 mu of reserve plots"):
        check(wanted in turnover.replace(",", "").replace("\N{THIN SPACE}", ""), f"'{wanted}' is not in: {turnover}")
    print(f"landex demo --once: exit 0, leaves nothing behind; {turnover}")


async def our_own_against_a_server(build, directory):
    """landex demo --once --port, then the holdings as an outside client sees them."""
    server = await client.Server(build / "exchange/landexd", directory).start().ready()
    done = await asyncio.to_thread(subprocess.run, [
        build / "clients/cli/landex", "demo", "--once", "--port", str(server.port)], stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=120)
    check(done.returncode == 0, f"landex demo --once --port exits {done.returncode}:\n{done.stdout}{done.stderr}")
    city = await client.Client(client.tokens()[CITY][0], 8).connect(server.port)
    holdings = client.holdings_of(await city.ask("GetHoldings"))
    await city.close()
    await server.stop()
    return holdings


async def main(build, directory):
    rows = tomllib.loads(DAY.read_text())["step"]
    by_hand = client.holdings_by_hand()
    check(set(by_hand) == set(client.tokens()), "the table by hand does not have one row for each who trades")
    holdings = await over_json(build, directory / "json")
    cells = client.compare("holdings of the day over JSON against the table by hand", holdings, by_hand)
    print(f"holdings equal the table by hand: {len(by_hand)} units, {cells} cells that are not zero")
    recount(holdings, rows)
    client.compare("a second play of the same day", await over_json(build, directory / "again"), by_hand)
    client.compare("the day by landex demo", await our_own_against_a_server(build, directory / "ours"), by_hand)
    print("the second play, and the play by landex demo, end with the same holdings")
    await asyncio.to_thread(by_our_own_client, build, directory)


client.run(main)
