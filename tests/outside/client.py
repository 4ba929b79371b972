"""client.py: what an outside client knows of landex: the schema's JSON, the demonstration's files, how to run a server.

Nothing here comes from our C++: messages are written from exchange/wire/landex.fbs, the day is read from day.toml by
this file's own reading of it. Needs Python 3.11 and websockets 10.4, both Debian 12's.
"""
import asyncio
import atexit
import collections
import ctypes
import decimal
import itertools
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib

import websockets

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = ROOT / "clients/demo/day.toml"
PEOPLE = ROOT / "clients/demo/people.toml"
POLICY = ROOT / "clearing/policy"
BY_HAND = pathlib.Path(__file__).with_name("holdings_by_hand.toml")

INSTRUMENT = {"area": "supplementary_area", "paddy": "supplementary_paddy", "capacity": "supplementary_capacity",
              "linkage": "linkage"}
PURSES = ("free", "held", "pool", "used", "cancelled", "frozen", "borrowed")
CITY = 330100


# ---- telling ---------------------------------------------------------------------------------------------------------

class Failed(Exception):
    """Something that was promised does not hold."""


def check(good, text):
    if not good:
        raise Failed(text)


def run(main):
    """Calls main(build, directory) with a temporary directory; exits 0 or 1."""
    if len(sys.argv) != 2 or not (pathlib.Path(sys.argv[1]) / "exchange/landexd").exists():
        print(f"usage: {sys.argv[0]} BUILD_DIR  (the directory that holds exchange/landexd)", file=sys.stderr)
        sys.exit(1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    directory = pathlib.Path(tempfile.mkdtemp(prefix="landex-outside-"))
    began, code = time.monotonic(), 1

    async def guarded():
        try:
            await main(pathlib.Path(sys.argv[1]).resolve(), directory)
        except BaseException:
            end_all()  # first, so that nothing waits for a server while the other tasks are ended
            raise

    try:
        asyncio.run(guarded())
        code = 0
    except Failed as e:
        print(f"FAILED: {e}")
    finally:
        end_all()
        shutil.rmtree(directory, ignore_errors=True)
        print(f"{pathlib.Path(sys.argv[0]).name}: {'passed' if code == 0 else 'failed'}, "
              f"{time.monotonic() - began:.1f} s", flush=True)
    sys.exit(code)


def seed():
    """LANDEX_SEED, or a fresh one; printed, so that a failure can be repeated."""
    value = int(os.environ.get("LANDEX_SEED") or random.SystemRandom().randrange(1 << 32))
    print(f"seed {value} (LANDEX_SEED={value} repeats it)")
    return value


# ---- processes -------------------------------------------------------------------------------------------------------

started = []


def message_of(text):
    try:
        return json.loads(text)
    except ValueError as e:
        raise Failed(f"landexd prints what is no JSON ({e}): {text!r}") from None


def end_all():
    for p in started:
        if p.poll() is None:
            p.kill()
        p.wait()
    started.clear()


atexit.register(end_all)


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def spawn(arguments, log, **options):
    with open(log, "ab") as out:
        p = subprocess.Popen([str(a) for a in arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                             preexec_fn=die_with_parent, **options)
    started.append(p)
    return p


class Server:
    """One landexd on one data directory; may be started again and again."""

    def __init__(self, binary, directory, data=None, people=PEOPLE, policy=POLICY, venue="simulation",
                 rule_set=None):
        self.binary, self.directory = binary, pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.data = pathlib.Path(data) if data else self.directory / "journal"
        self.people, self.policy, self.venue, self.rule_set = people, policy, venue, rule_set
        self.log = self.directory / "landexd.log"
        self.port_file = self.directory / "port"
        self.process = self.port = None

    def start(self):
        """Returns at once; ready() waits. What it prints in this life is log_text() after this."""
        self.port_file.unlink(missing_ok=True)
        self.said_before = self.log.stat().st_size if self.log.exists() else 0
        rules = ["--rule-set", self.rule_set] if self.rule_set else []
        self.process = spawn([self.binary, "serve", "--data", self.data, "--people", self.people, "--policy",
                              self.policy, "--venue", self.venue, "--port", 0, "--port-file", self.port_file, *rules],
                             self.log)
        return self

    async def ready(self, patience=30):
        by = time.monotonic() + patience
        while time.monotonic() < by:
            if self.port_file.exists() and self.port_file.read_text().endswith("\n"):
                self.port = int(self.port_file.read_text())
                return self
            check(self.process.poll() is None, f"landexd ended at its start, exit {self.process.poll()}:\n"
                  + self.log_text())
            await asyncio.sleep(0.005)
        raise Failed(f"landexd is not ready after {patience} s:\n" + self.log_text())

    def log_text(self):
        return self.log.read_bytes()[self.said_before:].decode() if self.log.exists() else ""

    async def ended(self, patience=20):
        """The exit code; negative is a signal."""
        by = time.monotonic() + patience
        while self.process.poll() is None:
            check(time.monotonic() < by, f"landexd has not ended after {patience} s")
            await asyncio.sleep(0.005)
        return self.process.returncode

    async def kill(self):
        self.process.kill()
        return await self.ended()

    async def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = await self.ended()
        check(code == 0, f"landexd stopped with exit {code}:\n{self.log_text()}")


def audit(binary, data, listing=True):
    """(commands of the journal in order, what audit said). Fails unless the audit exits 0."""
    done = subprocess.run([str(binary), "audit", "--data", str(data)] + (["--list"] if listing else []),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    check(done.returncode == 0, f"landexd audit exits {done.returncode}:\n{done.stderr}")
    return [message_of(line) for line in done.stdout.split("\n") if line], done.stderr


# ---- the wire --------------------------------------------------------------------------------------------------------

class Gone(Exception):
    """The connection ended."""

    def __init__(self, code=None, reason=""):
        super().__init__(f"connection ended: {code} {reason}")
        self.code, self.reason = code, reason


class Problem(Exception):
    def __init__(self, body):
        super().__init__(f"problem: {body}")
        self.body = body


def url(port):
    return f"ws://127.0.0.1:{port}/ws"


def open_socket(port, subprotocol="landex.v1.json"):
    """To be awaited, or entered with `async with`."""
    return websockets.connect(url(port), subprotocols=[subprotocol], compression=None, max_size=None,
                              ping_interval=None, open_timeout=10, close_timeout=1)


class Client:
    """One person's stream of commands: one client key, counters 1, 2, 3 …, over as many connections as it takes.

    submit() gives a future that is fulfilled by the Committed, on this connection or a later one: connect() sends
    again, with the same counters and in their order, all that has no answer yet.
    """

    def __init__(self, token, client_key, on_committed=None):
        self.token, self.client_key, self.on_committed = token, client_key, on_committed
        self.counter = 0
        self.waiting = {}  # counter → (command type, command, future): sent or to be sent, not answered
        self.asked = {}  # id → future
        self.ids = itertools.count(1)
        self.socket = self.reader = self.welcome = self.broken = None
        self.sent_again = 0
        self.unasked = collections.deque(maxlen=1000)

    async def connect(self, port):
        """Logs on and sends again what waits."""
        socket = await open_socket(port)
        try:
            await socket.send(json.dumps({"body_type": "LogOn", "body": {"token": self.token}}))
            reply = message_of(await socket.recv())
            check(reply["body_type"] == "Welcome", f"log-on answered with {reply}")
            self.welcome = reply["body"]
            while unsent := sorted(c for c, w in self.waiting.items() if w[3] is not socket):
                await self.send_submit(socket, unsent[0])  # in order: a counter below the highest is taken as used
                self.sent_again += 1
        except websockets.ConnectionClosed as e:
            raise Gone(e.code, e.reason) from None
        self.socket = socket
        self.reader = asyncio.create_task(self.read(socket))
        return self

    async def send_submit(self, socket, counter):
        kind, command, future, _ = self.waiting[counter]
        self.waiting[counter] = (kind, command, future, socket)
        await socket.send(json.dumps({"body_type": "Submit", "body": {
            "client_key": self.client_key, "counter": counter, "command_type": kind, "command": command}}))

    async def send_quietly(self, counter):
        """A connection that ends meanwhile is no error here: the next one sends it again."""
        try:
            known = self.waiting.get(counter)
            if self.socket and known and known[3] is not self.socket:
                await self.send_submit(self.socket, counter)
        except websockets.ConnectionClosed:
            pass

    async def read(self, socket):
        gone = Gone()
        try:
            async for text in socket:
                message = message_of(text)
                kind, body = message["body_type"], message["body"]
                if kind == "Committed":
                    if self.on_committed:
                        self.on_committed(self, body)
                    known = self.waiting.pop(body["counter"], None)
                    if known and not known[2].done():
                        known[2].set_result(body)
                elif kind == "Answer":
                    self.asked.pop(body["id"]).set_result(body)
                elif kind == "Problem":
                    self.problem(body)
                else:
                    self.unasked.append(message)
            gone = Gone(socket.close_code, socket.close_reason)
        except websockets.ConnectionClosed as e:
            gone = Gone(e.code, e.reason)
        except Failed as e:  # nothing after it can be trusted: whoever waits hears why
            gone = self.broken = e
            for *_, future, _ in self.waiting.values():
                if not future.done():
                    future.set_exception(e)
        self.socket = None
        for future in self.asked.values():
            if not future.done():
                future.set_exception(gone)
        self.asked.clear()

    def problem(self, body):
        future = None
        if "counter" in body:
            future = self.waiting.pop(body["counter"], (None, None, None, None))[2]
        elif "id" in body:
            future = self.asked.pop(body["id"], None)
        if future and not future.done():
            future.set_exception(Problem(body))
        else:
            self.unasked.append({"body_type": "Problem", "body": body})

    def submit(self, kind, command, counter=None):
        """A future of the Committed; does not wait for it."""
        if counter is None:
            self.counter += 1
            counter = self.counter
        if self.broken:
            raise self.broken
        future = asyncio.get_running_loop().create_future()
        self.waiting[counter] = (kind, command, future, None)
        task = asyncio.ensure_future(self.send_quietly(counter))
        future.sending = task  # keeps the task alive as long as somebody waits
        future.counter = counter
        return future

    async def do(self, kind, command):
        return await asyncio.wait_for(self.submit(kind, command), 60)

    async def ask(self, kind, query=None):
        """The view, or Gone."""
        if not self.socket:
            raise self.broken or Gone()
        number = next(self.ids)
        future = self.asked[number] = asyncio.get_running_loop().create_future()
        try:
            await self.socket.send(json.dumps({"body_type": "Ask", "body": {
                "id": number, "query_type": kind, "query": query or {}}}))
        except websockets.ConnectionClosed as e:
            self.asked.pop(number, None)
            raise Gone(e.code, e.reason) from None
        return (await asyncio.wait_for(future, 30))["view"]

    async def close(self):
        if self.socket:
            await self.socket.close()
        if self.reader:
            await self.reader


def reason(committed):
    return committed["refusal"]["refusal"]["reason"] if "refusal" in committed else None


def executed_at(committed):
    """The number under which the command was done, also where this is the answer to a repeat."""
    return committed.get("first", committed["seq"])


# ---- the demonstration -----------------------------------------------------------------------------------------------

def tokens():
    """participant → (token, person) of who acts for it: the first of its people in the file."""
    people = tomllib.loads(PEOPLE.read_text())["person"]
    acting = [p for p in people if p["role"] in ("district", "bureau")]
    return {p["participant"]: (p["token"], p["person"]) for p in reversed(acting)}


def units(text, decimals):
    """A decimal as text → a whole number of its smallest units; exact or an error."""
    scaled = decimal.Decimal(text).scaleb(decimals)
    check(scaled == scaled.to_integral_value(), f"{text} has more than {decimals} decimals")
    return int(scaled)


def quantity(word, text):
    return units(text, 0 if word == "capacity" else 4)


def rate(word, text):
    """万元/亩 → yuan per mu; capacity: yuan/kg → fen per kg."""
    return units(text, 2 if word == "capacity" else 4)


Step = collections.namedtuple("Step", "by kind command name of expect")


def steps_of(row):
    by, what = row["by"], row["do"]

    def step(kind, command):
        return Step(by, kind, command, row.get("name"), row.get("of"), row.get("expect"))

    if what == "price":
        return [step("PublishPrice", {
            "instrument": INSTRUMENT[row["instrument"]], "rate": rate(row["instrument"], row["rate_wan"]),
            "from": str(row["from"]), "until": str(row["until"]), "document": row["document"],
            "approver": row["approver"]})]
    if what == "open_day":
        return [step("OpenDay", {"day": str(row["day"])})]
    if what == "close_day":
        return [step("CloseDay", {"day": str(row["day"])})]
    if what == "open_accounts":
        return [step("OpenAccount", {"participant": u}) for u in row["units"]]
    if what == "deposit":
        return [step("Deposit", {"participant": u, "amount": units(row["amount_wan"], 6), "document": row["document"]})
                for u in row["units"]]
    if what == "file":
        return [step("FileBatch", {
            "county": by, "kind": row["kind"], "area": units(row["area"], 4), "paddy": units(row["paddy"], 4),
            "capacity": units(row["capacity"], 0), "project": row["project"], "document": row["document"]})]
    if what == "plots":
        return [step("EnterPlots", {"county": by, "document": row["document"], "plots": [
            {"plot": p["plot"], "area": units(p["area"], 4), "grade": p["grade"]} for p in row["plots"]]})]
    if what == "order":
        return [step("PlaceOrder", {
            "instrument": INSTRUMENT[row["instrument"]], "side": row["side"],
            "quantity": quantity(row["instrument"], row["quantity"]),
            "price": rate(row["instrument"], row["price_wan"])})]
    if what == "cancel":
        return [step("CancelOrder", {})]
    if what == "propose":
        legs = []
        for word, price in (("area", "price_wan"), ("paddy", "paddy_price_wan"), ("capacity", "capacity_price_yuan"),
                            ("linkage", "linkage_price_wan")):
            if word in row:
                legs.append({"instrument": INSTRUMENT[word], "quantity": quantity(word, row[word])})
                if price in row:
                    legs[-1]["price"] = rate(word, row[price])
        return [step("ProposeDeal", {"seller": row.get("seller", by), "buyer": row.get("buyer", by), "legs": legs})]
    if what == "accept":
        return [step("AcceptDeal", {})]
    if what == "use":
        return [step("WriteOff", {"instrument": INSTRUMENT[row["instrument"]],
                                  "quantity": quantity(row["instrument"], row["quantity"]), "project": row["project"]})]
    if what == "settle_claims":
        return [step("SettleClaims", {"county": row["county"]})]
    raise Failed(f"{DAY.name}: this test does not know do = '{what}'")


def day_steps():
    rows = tomllib.loads(DAY.read_text())["step"]
    steps = [s for row in rows for s in steps_of(row)]
    check(len(steps) >= 40, f"{DAY.name} has only {len(steps)} commands")
    return steps


class Player:
    """Plays steps of the day; `numbers` is what a later step may refer to."""

    def __init__(self, client_of):
        self.client_of, self.numbers = client_of, {}
        self.done = self.refused = 0

    async def play(self, step):
        command = dict(step.command)
        if step.of:
            command["order" if step.kind == "CancelOrder" else "deal"] = self.numbers[step.of]
        committed = await self.client_of(step.by).submit(step.kind, command)
        check(reason(committed) == step.expect,
              f"{step.kind} by {step.by}: expected {step.expect or 'done'}, got {committed}")
        self.done += 1
        self.refused += step.expect is not None
        if step.name and not step.expect:
            self.numbers[step.name] = executed_at(committed)


# ---- holdings --------------------------------------------------------------------------------------------------------

def holdings_of(view):
    """GetHoldings → participant → {what: whole number}, zeros left out."""
    out = {}
    for row in view["rows"]:
        flat = {name: row[name] for name in ("cash", "held", "claims", "plots", "plots_pooled")}
        for position in row["positions"]:
            for purse in PURSES:
                flat[f"{position['instrument']}.{purse}"] = position[purse]
        check(row["participant"] not in out, f"{row['participant']} is listed twice")
        out[row["participant"]] = {k: v for k, v in flat.items() if v != 0}
    return out


def holdings_by_hand():
    """holdings_by_hand.toml in the same form: every cell is a list of terms."""
    out = {}
    for row in tomllib.loads(BY_HAND.read_text())["unit"]:
        flat = {}

        def put(name, terms, decimals):
            flat[name] = sum(units(t, decimals) for t in terms)

        for key, value in row.items():
            if key in ("cash", "held", "claims"):
                put(key, value, 6)  # 万元 → fen
            elif key in ("plots", "plots_pooled"):
                put(key, value, 4)
            elif key in INSTRUMENT:
                for purse, terms in value.items():
                    check(purse in PURSES, f"{BY_HAND.name}: {row['code']} has an unknown purse '{purse}'")
                    put(f"{INSTRUMENT[key]}.{purse}", terms, 0 if key == "capacity" else 4)
            else:
                check(key in ("code", "name"), f"{BY_HAND.name}: {row['code']} has an unknown key '{key}'")
        out[row["code"]] = {k: v for k, v in flat.items() if v != 0}
    return out


def compare(title, got, wanted):
    """Every cell of every unit, or what differs. Returns how many cells are not zero."""
    wrong = []
    for unit in sorted(set(got) | set(wanted)):
        if unit not in got or unit not in wanted:
            wrong.append(f"{unit} is only in {'what is wanted' if unit in wanted else 'what is there'}")
            continue
        for cell in sorted(set(got[unit]) | set(wanted[unit])):
            a, b = got[unit].get(cell, 0), wanted[unit].get(cell, 0)
            if a != b:
                wrong.append(f"{unit} {cell}: {a}, wanted {b}")
    check(not wrong, f"{title}:\n  " + "\n  ".join(wrong))
    cells = sum(len(u) for u in wanted.values())
    check(cells > 0, f"{title}: nothing was compared")
    return cells
