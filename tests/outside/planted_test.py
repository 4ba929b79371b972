"""planted_test.py BUILD_DIR: a command that trips an assertion is never durable and never acknowledged.

planted_landexd is landexd whose step asserts on a deposit of 13.13 yuan. After it, the normal landexd starts on the
same directory: all that was acknowledged is there, the planted command is not, the market is open, and the same
counter, sent there, is executed for the first time.
"""
import asyncio
import signal

import client
from client import CITY, check, reason

PLANTED = 1313  # fen
URBAN = 330102


async def main(build, directory):
    planted = client.Server(build / "tests/planted_landexd", directory / "server")
    await planted.start().ready()
    token = client.tokens()[CITY][0]
    acknowledged = {}
    city = await client.Client(token, 5, lambda c, body: acknowledged.setdefault(body["counter"], body)).connect(
        planted.port)
    await city.do("OpenDay", {"day": "2024-06-03"})
    for unit in sorted(client.tokens()):
        await city.do("OpenAccount", {"participant": unit})
    await city.do("Deposit", {"participant": URBAN, "amount": 10_000_000, "document": "凭证（模拟）"})
    before = len(acknowledged)
    check(before == 16 and not any(reason(a) for a in acknowledged.values()), f"not all were done: {acknowledged}")

    # The planted one, and more behind it that may share its batch. None of them may be acknowledged.
    deposit = {"participant": URBAN, "amount": PLANTED, "document": "故障（模拟）"}
    planted_one = city.submit("Deposit", deposit)
    behind = [city.submit("Deposit", {**deposit, "amount": 100 + n}) for n in range(5)]
    code = await planted.ended()
    check(code == -signal.SIGABRT, f"planted_landexd ended with {code}, not by SIGABRT:\n{planted.log_text()}")
    check("planted" in planted.log_text(), f"it died of something else:\n{planted.log_text()}")
    await asyncio.wait_for(city.reader, 10)
    check(not planted_one.done() and not any(b.done() for b in behind) and len(acknowledged) == before,
          "something behind the assertion was acknowledged")
    print(f"{before} commands acknowledged; the planted one ends the process by SIGABRT, without an answer to it or to "
          f"the {len(behind)} behind it")

    listed, _ = client.audit(build / "exchange/landexd", planted.data)
    check([c["envelope"]["counter"] for c in listed if c["envelope"]["person"] == 2] == list(range(1, before + 1)),
          "the journal is not what was acknowledged")
    check(all(c["command"].get("amount") != PLANTED for c in listed), "the planted command is durable")

    normal = client.Server(build / "exchange/landexd", directory / "server", data=planted.data)
    await normal.start().ready()
    await city.connect(normal.port)  # sends the planted one and those behind it again, with their counters
    answers = await asyncio.wait_for(asyncio.gather(planted_one, *behind), 10)
    check(all("first" not in a and not reason(a) for a in answers), f"not executed for the first time: {answers}")
    buyer = await client.Client(client.tokens()[URBAN][0], 6).connect(normal.port)
    order = await buyer.do("PlaceOrder", {"instrument": "linkage", "side": "buy", "quantity": 10000, "price": 1000})
    check(not reason(order), f"the market is not open: {order}")
    row = client.holdings_of(await buyer.ask("GetHoldings"))[URBAN]
    wanted = 10_000_000 + PLANTED + sum(100 + n for n in range(5))
    check(row["cash"] + row["held"] == wanted, f"{row}, wanted {wanted} fen")
    again = await asyncio.wait_for(city.submit("Deposit", deposit, counter=planted_one.counter), 10)
    check(again.get("first") == answers[0]["seq"], f"executed twice: {again}")
    await city.close()
    await buyer.close()
    await normal.stop()
    listed, said = client.audit(normal.binary, normal.data)
    check("sealed" in said and "recount right" in said, said)
    print(f"landexd starts on the same journal of {before + 2} numbers, the market is open, the same counters are "
          f"executed now, once; {len(listed)} numbers, {wanted} fen")


client.run(main)
