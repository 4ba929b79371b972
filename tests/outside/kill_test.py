"""kill_test.py BUILD_DIR: the day of an outside client while the server is killed (-9) again and again.

All units act at once: the demonstration's steps, and between them a seeded stream of filler that leaves every holding
as it was (orders far from the market and their cancels, deposits that are withdrawn again, refused commands,
questions).
After each kill the server starts on the same directory, and every client sends again what it has no answer for, and now
and then something that was answered, with the same counters. At the end:
  - every acknowledged command is in the journal at the number that was acknowledged, with equal fields;
  - the journal holds nothing that was not sent, and no counter was executed twice;
  - holdings equal those of the same stream played without a kill, and the table worked by hand.

LANDEX_SEED repeats a run's stream and waits, LANDEX_KILLS (20) scales it. A kill here proves safety against the death
of the process, not of the machine: torn writes are for the tests with a faulty disk.
"""
import asyncio
import collections
import os
import random
import time

import client
from client import CITY, Gone, check, executed_at, reason

KILLS = int(os.environ.get("LANDEX_KILLS") or 20)
ACKS_BEFORE_A_KILL = 100
WINDOW = 4  # commands of one filler stream without an answer
DEMO_KEY, FILLER_KEY = 1, 2
RICH = (330100, 330102, 330105, 330106, 330108, 330109, 330110, 330113, 330114)  # never below 500 万元 on the day


class Record:
    """What was sent and what was answered, for all clients of one play."""

    def __init__(self):
        self.sent = {}  # (person, key, counter) → (type, command)
        self.answers = collections.defaultdict(list)  # (person, key, counter) → Committed, Committed …
        self.acks = self.acks_since_kill = 0

    def committed(self, who, body):
        self.answers[who.person, who.client_key, body["counter"]].append(body)
        self.acks += 1
        self.acks_since_kill += 1


class Stream(client.Client):
    """A client that records and comes back after each kill."""

    def __init__(self, unit, client_key, record):
        token, self.person = client.tokens()[unit]
        super().__init__(token, client_key, record.committed)
        self.unit, self.record = unit, record

    def submit(self, kind, command, counter=None):
        future = super().submit(kind, command, counter)
        self.record.sent.setdefault((self.person, self.client_key, future.counter), (kind, command))
        return future

    def send_something_again(self, dice):
        """A command that was answered, now and then; its answer must name the first."""
        known = [k for k in self.record.answers if k[:2] == (self.person, self.client_key)]
        if known:
            key = dice.choice(known)
            if key[2] not in self.waiting:
                self.submit(*self.record.sent[key], counter=key[2])


class Filler:
    """An endless stream of commands of one unit that changes no holding, the same for the same seed."""

    def __init__(self, stream, seed):
        self.stream, self.dice = stream, random.Random(f"{seed} {stream.unit}")
        self.pairs = 0
        self.refused = 0
        self.questions = 0
        self.flying = []

    async def room(self):
        while len(self.flying) >= WINDOW:
            await asyncio.wait(self.flying, return_when=asyncio.FIRST_COMPLETED)
            self.flying = [f for f in self.flying if not f.done()]

    async def send(self, kind, command):
        await self.room()
        future = self.stream.submit(kind, command)
        self.flying.append(future)
        return future

    async def refused_one(self):
        dice, unit = self.dice, self.stream.unit
        other = 330182 if unit != 330182 else 330110
        wrong = [("CancelOrder", {"order": 1}), ("AcceptDeal", {"deal": 2}),
                 ("PlaceOrder", {"instrument": "linkage", "side": "buy", "quantity": 10000, "price": 150050}),
                 ("WriteOff", {"instrument": "linkage", "quantity": 99_999_999_999, "project": "模拟"}),
                 ("ProposeDeal", {"seller": other, "buyer": unit, "legs": []})]
        if unit != CITY:
            wrong.append(("Deposit", {"participant": unit, "amount": 100, "document": "凭证（模拟）"}))
        committed = await (await self.send(*dice.choice(wrong)))
        check(reason(committed), f"was to be refused: {committed}")
        self.refused += 1

    async def order_and_cancel(self):
        dice = self.dice
        instrument = dice.choice(list(client.INSTRUMENT.values()))
        placed = []
        for _ in range(dice.randrange(1, 4)):  # far below the market, and cheap: it takes no money that the day needs
            placed.append(await self.send("PlaceOrder", {
                "instrument": instrument, "side": "buy", "quantity": dice.randrange(1, 5000),
                "price": 1 if instrument.endswith("capacity") else 100 * dice.randrange(1, 50)}))
        dice.shuffle(placed)
        for p in placed:
            order = executed_at(await p)
            await self.send("CancelOrder", {"order": order})

    async def money_in_and_out(self):
        """The bureau deposits and withdraws it again; for who has money enough, whatever its orders hold meanwhile."""
        moved = {"participant": self.dice.choice(RICH), "amount": self.dice.randrange(1, 10**6),
                 "document": f"往来{self.pairs}（模拟）"}
        for kind in ("Deposit", "Withdraw"):
            committed = await (await self.send(kind, moved))
            check(not reason(committed), f"{kind} {moved} was refused: {committed}")

    async def question(self):
        self.questions += 1
        try:
            await self.stream.ask(self.dice.choice(["GetHoldings", "GetStatus", "GetPool", "GetOrders", "GetDeals"]))
        except Gone:
            await asyncio.sleep(0.01)  # a question is not repeated

    async def play(self, accounts_open, wanted, pairs=None):
        """Until `wanted()` is false, or exactly `pairs` pairs."""
        while self.pairs < pairs if pairs is not None else wanted():
            self.pairs += 1
            draw = self.dice.random()
            if not accounts_open or draw < 0.15:
                await self.refused_one()
            elif draw < 0.25:
                await self.question()
            elif self.stream.unit == CITY:
                await self.money_in_and_out()
            else:
                await self.order_and_cancel()
        while self.flying:
            await self.flying.pop()
        return self.pairs


class Play:
    """One play of day and filler on one server; with kills, or as one before it was played, without."""

    def __init__(self, build, directory, seed):
        self.seed = seed
        self.server = client.Server(build / "exchange/landexd", directory)
        self.record = Record()
        self.streams = {(unit, key): Stream(unit, key, self.record) for unit in client.tokens()
                        for key in (DEMO_KEY, FILLER_KEY)}
        self.fillers = [Filler(s, seed) for (unit, key), s in self.streams.items() if key == FILLER_KEY]
        self.kills = self.early_kills = self.steps = 0
        self.acks_before = []
        self.stopping = False

    async def keep_connected(self, stream):
        while not self.stopping:
            if stream.socket is None and self.server.port:
                try:
                    await stream.connect(self.server.port)
                except (OSError, Gone, asyncio.TimeoutError, client.websockets.WebSocketException):
                    pass
            await asyncio.sleep(0.005)

    async def demo(self, first, steps):
        """Step by step from number `first` on, spread over the kills, so that every part of the day meets some."""
        player = client.Player(lambda unit: self.streams[unit, DEMO_KEY])
        for n, step in enumerate(steps):
            while self.gated and self.kills < (first + n) * KILLS // len(client.day_steps()):
                await asyncio.sleep(0.002)
            await player.play(step)
            self.steps += 1

    async def killer(self):
        """Kills at a random moment after each 100 acknowledgements, with commands in flight; some starts die early."""
        dice = random.Random(f"{self.seed} kills")
        while self.kills < KILLS:
            while self.record.acks_since_kill < ACKS_BEFORE_A_KILL:
                check(self.server.process.poll() is None, "landexd ended by itself:\n" + self.server.log_text())
                await asyncio.sleep(0.001)
            await asyncio.sleep(dice.random() * 0.02)
            self.server.port = None
            code = await self.server.kill()
            check(code == -9, f"landexd ended by itself with {code}:\n{self.server.log_text()}")
            self.acks_before.append(self.record.acks_since_kill)
            self.kills += 1
            while dice.random() < 0.3:  # once more, while it starts
                self.server.start()
                await asyncio.sleep(dice.random() * 0.06)
                await self.server.kill()
                self.early_kills += 1
            self.record.acks_since_kill = 0
            await self.server.start().ready()
            for stream in dice.sample(list(self.streams.values()), 4):
                stream.send_something_again(dice)

    async def play(self, pairs=None):
        """Holdings, and how many pairs each filler played before and after the opening; with `pairs` given it plays
        just as many and kills nothing."""
        await self.server.start().ready()
        keepers = [asyncio.create_task(self.keep_connected(s)) for s in self.streams.values()]
        killer = asyncio.create_task(self.killer()) if not pairs else None
        steps = client.day_steps()
        opening = 1 + max(n for n, s in enumerate(steps) if s.kind in ("OpenAccount", "Deposit"))
        self.gated = pairs is None

        async def together(steps, first, accounts_open, count):
            demo = asyncio.create_task(self.demo(first, steps))
            fillers = [asyncio.create_task(f.play(
                accounts_open, lambda: not demo.done() or (accounts_open and self.kills < KILLS),
                count[n] if count else None)) for n, f in enumerate(self.fillers)]
            await first_failure([demo, *fillers], also=[killer] if killer else [])
            return [f.result() for f in fillers]

        before = await together(steps[:opening], 0, False, pairs[0] if pairs else None)
        after = await together(steps[opening:], opening, True, pairs[1] if pairs else None)
        if killer:
            await killer
        self.stopping = True
        await asyncio.gather(*keepers)
        while any(s.waiting for s in self.streams.values()):  # what was sent again last
            await asyncio.sleep(0.005)
        city = self.streams[CITY, DEMO_KEY]
        holdings = client.holdings_of(await city.ask("GetHoldings"))
        for s in self.streams.values():
            used = (await s.ask("GetCounter", {"client_key": s.client_key}))["highest"]
            check(used == s.counter, f"{s.unit}: the highest counter is {used}, sent were {s.counter}")
        for s in self.streams.values():
            await s.close()
        await self.server.stop()
        return holdings, (before, after)


async def first_failure(tasks, also):
    """Waits for all of `tasks`; a failure of any, or of `also`, ends the wait."""
    left = set(tasks)
    while left:
        done, _ = await asyncio.wait(left | {t for t in also if not t.done()}, return_when=asyncio.FIRST_COMPLETED)
        for t in done:
            t.result()
        left -= done


def check_journal(play):
    """The journal against what was sent and what was acknowledged."""
    commands, said = client.audit(play.server.binary, play.server.data)
    check("sealed" in said and "recount right" in said, said)
    check([c["seq"] for c in commands] == list(range(1, len(commands) + 1)), "the journal's numbers have gaps")
    by_number = {c["seq"]: c for c in commands}
    times = [c["at"] for c in commands]
    check(times == sorted(times), "the journal's time goes backwards")
    roles = {unit: "bureau" if unit == CITY else "district" for unit in client.tokens()}
    person_of = {person: unit for unit, (_, person) in client.tokens().items()}

    first = {}  # (person, key, counter) → number of its first record: the one that was executed
    repeats = 0
    for c in commands:
        e = c["envelope"]
        if e["role"] == "system":
            continue
        key = (e["person"], e["client_key"], e["counter"])
        check(key in play.record.sent, f"number {c['seq']} was never sent: {c}")
        kind, command = play.record.sent[key]
        check((c["command_type"], c["command"]) == (kind, command),
              f"number {c['seq']} is {c}, sent was {kind} {command}")
        unit = person_of[e["person"]]
        check((e["participant"], e["role"]) == (unit, roles[unit]), f"number {c['seq']} is stamped {e}")
        repeats += key in first
        first.setdefault(key, c["seq"])

    acknowledged = set()
    for key, answers in play.record.answers.items():
        for a in answers:
            check(a["seq"] not in acknowledged, f"number {a['seq']} was acknowledged twice")
            acknowledged.add(a["seq"])
            check(a["seq"] in by_number, f"acknowledged, and lost: {a}")
            e = by_number[a["seq"]]["envelope"]
            check((e["person"], e["client_key"], e["counter"]) == key, f"{a} is another command in the journal: {e}")
            check(executed_at(a) == first[key], f"{key} was executed at {first[key]}, acknowledged was {a}")
            check(("first" in a) == (a["seq"] != first[key]),
                  f"an execution, or a repeat, that is not said to be one: {a}")
            check(reason(a) == reason(answers[0]), f"{key} had two different answers: {answers}")
    check(set(first) == set(play.record.sent), "something that was sent was never executed")
    check(set(play.record.answers) == set(play.record.sent), "something that was sent was never answered")
    return len(commands), repeats


async def main(build, directory):
    seed = client.seed()
    by_hand = client.holdings_by_hand()
    began = time.monotonic()
    killed = Play(build, directory / "killed", seed)
    holdings, pairs = await killed.play()
    took = time.monotonic() - began
    least = min(killed.acks_before, default=0)
    check(len(killed.acks_before) == KILLS and (least >= ACKS_BEFORE_A_KILL or KILLS == 0), f"{killed.acks_before}")
    check(killed.steps == len(client.day_steps()), "the day was not played to its end")
    numbers, repeats = check_journal(killed)
    sent_again = sum(s.sent_again for s in killed.streams.values())
    check(KILLS < 5 or (sent_again > 0 and repeats > 0), f"nothing was in flight: {sent_again} sent again")
    print(f"{KILLS} kills and {killed.early_kills} while starting, at least {least} acknowledgements before each, "
          f"{killed.record.acks} in all; {sent_again} sent again, of which {repeats} had been done already; "
          f"{took:.1f} s")
    print(f"journal: {numbers} numbers; every acknowledged command is there once, with equal fields, and nothing else")

    calm = Play(build, directory / "calm", seed)
    calm_holdings, _ = await calm.play(pairs)
    check(sent_differs(calm, killed) == 0, "the two streams differ")
    check_journal(calm)
    client.compare("holdings of the day with kills against the same without", holdings, calm_holdings)
    cells = client.compare("holdings of the day with kills against the table by hand", holdings, by_hand)
    print(f"holdings equal those of the unkilled play ({calm.record.acks} acknowledgements) and the table by hand "
          f"({cells} cells)")


def sent_differs(a, b):
    """How many counters carry another command; which order a cancel names depends on numbers, so it is left out."""
    def plain(sent):
        return {k: (kind, {n: v for n, v in c.items() if n not in ("order", "deal")}) for k, (kind, c) in sent.items()}
    x, y = plain(a.record.sent), plain(b.record.sent)
    return sum(x.get(k) != y.get(k) for k in set(x) | set(y))


client.run(main)
