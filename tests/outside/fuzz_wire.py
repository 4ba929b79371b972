"""fuzz_wire.py BUILD_DIR: hostile clients over real sockets, and one healthy one that must not notice.

For LANDEX_FUZZ_SECONDS (5): mutated JSON and FlatBuffers, before and after the log-on; frames too large, broken, never
finished; requests that are no request; wrong subprotocols; connections that never log on; clients that never read. The
server lives, answers the healthy client all the while, says nothing that is no message, closes who does not log on,
stops cleanly, and its journal audits clean. LANDEX_SEED repeats the streams; how they interleave is up to the machine.
"""
import asyncio
import collections
import json
import os
import random
import struct
import time

import websockets

import client
from client import CITY, check

SECONDS = float(os.environ.get("LANDEX_FUZZ_SECONDS") or 5)
FEWEST_ANSWERS = 15  # to the healthy client, or the test has looked at nothing; how fast they come is up to the machine
LOG_ON_WITHIN = 5.0
MOST_GROWTH_KB = 300 * 1024  # while attacked
KEPT_BY_SANITIZERS_KB = 600 * 1024  # asan keeps 256 MiB of what was freed, tsan shadows what is there


# ---- FlatBuffers, as much as is needed to write a client's message ---------------------------------------------------

class Table(list):
    """Fields in the order of the schema: None, (struct format, number), str, Table or a list of Tables."""


def flatbuffer(root):
    """Bytes of a buffer: every offset points forward, every number is aligned."""
    out = bytearray(4)

    def pad(to):
        out.extend(bytes(-len(out) % to))

    def put(value):
        if isinstance(value, str):
            pad(4)
            at = len(out)
            text = value.encode()
            out.extend(struct.pack("<I", len(text)) + text + b"\0")
            return at
        if isinstance(value, Table):
            return put_table(value)
        pad(4)
        at = len(out)
        out.extend(struct.pack("<I", len(value)) + bytes(4 * len(value)))
        for n, item in enumerate(value):
            point(at + 4 + 4 * n, put(item))
        return at

    def point(where, target):
        struct.pack_into("<I", out, where, target - where)

    def put_table(table):
        inline, slots = bytearray(4), []
        for field in table:
            if field is None:
                slots.append(0)
                continue
            form = field[0] if isinstance(field, tuple) else "I"
            inline.extend(bytes(-len(inline) % struct.calcsize(form)))
            slots.append(len(inline))
            inline.extend(struct.pack("<" + form, field[1] if isinstance(field, tuple) else 0))
        vtable = struct.pack(f"<HH{len(slots)}H", 4 + 2 * len(slots), len(inline), *slots)
        out.extend(bytes(-(len(out) + len(vtable)) % 8))
        out.extend(vtable)
        at = len(out)
        out.extend(inline)
        struct.pack_into("<i", out, at, len(vtable))
        for field, slot in zip(table, slots):
            if slot and not isinstance(field, tuple):
                point(at + slot, put(field))
        return at

    struct.pack_into("<I", out, 0, put(root))
    return bytes(out)


def fb_log_on(token):
    return flatbuffer(Table([("B", 1), Table([token])]))


def fb_corpus():
    place = Table([("B", 1), ("B", 1), ("q", 10000), ("q", 1000)])
    deposit = Table([("I", 330102), ("q", 100), "凭证"])
    plots = Table([("I", 330182), "文号", [Table(["P-1", ("q", 10000), ("B", 3)]), Table(["P-2", ("q", 1), ("B", 9)])]])
    deal = Table([("I", 330182), ("I", 330110), [Table([("B", 1), ("q", 10000), ("q", 200000)])]])
    for union, command in ((12, place), (6, deposit), (11, plots), (14, deal)):
        yield flatbuffer(Table([("B", 2), Table([("Q", 77), ("Q", 1), ("B", union), command])]))
    yield flatbuffer(Table([("B", 3), Table([("I", 1), ("B", 2), Table([None])])]))
    yield flatbuffer(Table([("B", 4), Table([])]))
    yield fb_log_on("demo-jiande")


def json_corpus():
    def submit(kind, command):
        return {"body_type": "Submit", "body": {
            "client_key": 77, "counter": 1, "command_type": kind, "command": command}}

    yield submit("PlaceOrder", {"instrument": "linkage", "side": "buy", "quantity": 10000, "price": 1000})
    yield submit("Deposit", {"participant": 330102, "amount": 100, "document": "凭证"})
    yield submit("EnterPlots", {"county": 330182, "document": "文号", "plots": [{"plot": "P-1", "area": 1, "grade": 3}]})
    yield submit("ProposeDeal", {"seller": 330182, "buyer": 330110, "legs": [
        {"instrument": "supplementary_area", "quantity": 10000, "price": 200000}]})
    yield submit("PublishPrice", {"instrument": 1, "rate": 1, "from": "2024-06-01", "until": "2024-06-30",
                                  "document": "x", "approver": "y"})
    yield submit("Activate", {"behaviour": 1, "pack": {"rule_set": "plain", "rows": []}})
    yield {"body_type": "Ask", "body": {"id": 1, "query_type": "GetHoldings", "query": {"participant": 330102}}}
    yield {"body_type": "Subscribe", "body": {}}
    yield {"body_type": "LogOn", "body": {"token": "demo-jiande"}}


# ---- mutations -------------------------------------------------------------------------------------------------------

EDGES = [0, -1, 1, 255, 256, 2**31 - 1, 2**31, 2**32, 2**53 - 1, 2**53, 2**63 - 1, 2**63, 2**64 - 1, 2**64, -2**63,
         10**30]


def mutated_bytes(dice, data):
    data = bytearray(data)
    for _ in range(dice.choice([1, 1, 1, 2, 8])):
        at, how = dice.randrange(max(1, len(data))), dice.randrange(6)
        if how == 0 and data:
            data[at % len(data)] ^= 1 << dice.randrange(8)
        elif how == 1:
            del data[at:at + dice.randrange(1, 9)]
        elif how == 2:
            data[at:at] = dice.randbytes(dice.randrange(1, 9))
        elif how == 3 and len(data) >= 4:
            struct.pack_into("<I", data, min(at, len(data) - 4), dice.choice(EDGES[:8]) & 0xFFFFFFFF)
        elif how == 4:
            data = data[:at]
        else:
            data += data[at:]
    return bytes(data)


def mutated_json(dice, message):
    """A member replaced, dropped or added somewhere; or the text itself damaged."""
    message = json.loads(json.dumps(message))
    spots = []

    def walk(node):
        for key in list(node.keys() if isinstance(node, dict) else range(len(node))):
            spots.append((node, key))
            if isinstance(node[key], (dict, list)):
                walk(node[key])

    walk(message)
    for _ in range(dice.choice([0, 1, 1, 2])):
        node, key = dice.choice(spots)
        odd = [None, True, "", "x" * 300, [], {}, [[[]]], {"body_type": "LogOn"}, 0.5, "9" * 400,
               "\x00", "\x01", "\x1b[2J", "\x7f", "２", "-0", "1e9", *EDGES]
        if dice.random() < 0.2 and isinstance(node, dict):
            node.pop(key, None)
        elif dice.random() < 0.1 and isinstance(node, dict):
            node["surprise"] = dice.choice(odd)
        else:
            try:
                node[key] = dice.choice(odd)
            except IndexError:
                pass
    text = json.dumps(message, ensure_ascii=dice.random() < 0.5)
    how = dice.randrange(12)
    if how == 0:
        text = mutated_bytes(dice, text.encode()).decode(errors="replace")
    elif how == 1:
        text = dice.choice("[{") * dice.randrange(1, 20000)
    elif how == 2:
        text = '{"body_type":"Ask","body":' * dice.randrange(1, 2000)
    elif how == 3:
        text = text.replace(":", dice.choice([":NaN,", ": 1e999,", ":-", ":0x7f,", "::", ":/*"]), 1)
    return text


# ---- hostile clients -------------------------------------------------------------------------------------------------

class Hostile:
    def __init__(self, port, seed):
        self.port, self.seed = port, seed
        self.count = collections.Counter()
        self.until = time.monotonic() + SECONDS
        self.kept = []  # connections left open

    def dice(self, name):
        return random.Random(f"{self.seed} {name}")

    async def again(self, name, act):
        dice = self.dice(name)
        while time.monotonic() < self.until:
            try:
                await act(dice)
            except (OSError, EOFError, asyncio.TimeoutError, websockets.WebSocketException):
                self.count[name.split()[0] + " ended by the server"] += 1
                await asyncio.sleep(0.001)

    async def drain(self, socket, most=0.002):
        """Takes what the server says, for a moment; what it says is read as JSON, or is binary."""
        try:
            while True:
                reply = await asyncio.wait_for(socket.recv(), most)
                if isinstance(reply, str):
                    self.count[client.message_of(reply)["body_type"]] += 1
        except asyncio.TimeoutError:
            pass

    async def conversation(self, dice, subprotocol, log_on, mutants):
        async with client.open_socket(self.port, subprotocol) as socket:
            if dice.random() < 0.8:
                await socket.send(log_on)
                await asyncio.wait_for(socket.recv(), 10)
            for _ in range(60):
                await socket.send(mutants())
                self.count[f"messages on {subprotocol}"] += 1
                if dice.random() < 0.2:
                    await self.drain(socket)

    async def json_mutants(self, dice):
        corpus = list(json_corpus())
        token = dice.choice(["demo-jiande", "demo-yuhang", "demo-bureau", "demo-auditor"])
        await self.conversation(dice, "landex.v1.json", json.dumps({"body_type": "LogOn", "body": {"token": token}}),
                                lambda: mutated_json(dice, dice.choice(corpus)))

    async def fb_mutants(self, dice):
        corpus = list(fb_corpus())
        await self.conversation(dice, "landex.v1.fb", fb_log_on(dice.choice(["demo-jiande", "demo-bureau"])),
                                lambda: mutated_bytes(dice, dice.choice(corpus)))

    async def handshake(self, subprotocol=b"landex.v1.json", path=b"/ws", extra=b""):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     b"Sec-WebSocket-Protocol: " + subprotocol + b"\r\n" + extra + b"\r\n")
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
        return reader, writer, int(answer.split()[1])

    async def wrong_requests(self, dice):
        how = dice.randrange(6)
        if how < 4:
            asked = [dict(subprotocol=b"landex.v9"), dict(path=b"/admin"), dict(extra=b"Origin: http://evil\r\n"),
                     dict(extra=b"X: " + b"x" * 9000 + b"\r\n")][how]
            _, writer, status = await self.handshake(**asked)
            wanted = (400, 404, 403, 431)[how]
            check(status == wanted, f"a request with {str(asked)[:80]} is answered {status}, wanted {wanted}")
            self.count[f"HTTP {status}"] += 1
            writer.close()
        else:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(dice.randbytes(dice.randrange(1, 2000)) if how == 4 else b"POST /ws HTTP/1.1\r\n\r\n")
            writer.write_eof()
            await asyncio.wait_for(reader.read(), 10)
            self.count["requests that are none"] += 1
            writer.close()

    async def bad_frames(self, dice):
        """Frames that break RFC 6455 or our limits, on an open connection."""
        reader, writer, status = await self.handshake()
        check(status == 101, f"a good handshake is answered {status}")
        mask = dice.randbytes(4)
        frame = dice.choice([
            b"\x81\xff" + struct.pack(">Q", 1 << 40) + mask + b"x" * 100,  # says it is a terabyte
            b"\x81\xff" + struct.pack(">Q", 1 << 63) + mask,  # a length that is not allowed
            b"\x81\xff" + struct.pack(">Q", 70_000) + mask + bytes(70_000),  # over 64 KiB
            b"\x81\x05hello",  # not masked
            b"\xc1\x80" + mask,  # a reserved bit
            b"\x83\x80" + mask,  # a reserved kind
            b"\x82\x84" + mask + b"abcd",  # binary on the JSON subprotocol
            b"\x81\x82" + bytes(4) + b"\xff\xfe",  # not UTF-8
            b"\x89\xfe" + struct.pack(">H", 200) + mask + bytes(200),  # a ping that is too long
            (b"\x01\x81" + mask + b"x") + (b"\x00\x81" + mask + b"x") * 3000,  # never finished
            (b"\x89\x80" + mask) * 3000,  # pings
            b"\x80\x80" + mask, b"\x88\x81" + mask + b"x", dice.randbytes(300)])
        writer.write(frame)
        self.count["bad frames"] += 1
        if dice.random() < 0.5:
            await asyncio.wait_for(writer.drain(), 10)
            await asyncio.wait_for(reader.read(4096), 10)
        writer.transport.abort() if dice.random() < 0.5 else writer.close()

    async def never_reads(self, dice):
        """Subscribes, asks without end, and reads nothing: it is cut, or told that too much waits."""
        reader, writer, _ = await self.handshake()

        def text(message):
            data = json.dumps(message).encode()
            length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
            return b"\x81" + length + bytes(4) + data

        writer.write(text({"body_type": "LogOn", "body": {"token": "demo-bureau"}}) + text({"body_type": "Subscribe",
                                                                                            "body": {}}))
        for n in range(1500):
            writer.write(text({"body_type": "Ask", "body": {"id": n, "query_type": "GetHoldings", "query": {}}}))
            if n % 100 == 0:
                await asyncio.wait_for(writer.drain(), 2)
        self.count["clients that never read"] += 1
        await asyncio.sleep(1)
        writer.transport.abort()

    async def silent(self):
        """Connections that never log on and never speak; each is to be closed."""
        sockets = [await client.open_socket(self.port) for _ in range(100)]
        began = time.monotonic()
        for s in sockets:
            try:
                await asyncio.wait_for(s.recv(), max(0.1, LOG_ON_WITHIN + 5 - (time.monotonic() - began)))
            except websockets.ConnectionClosed as e:
                check(e.code == 1008, f"a connection that does not log on is closed with {e.code}")
                self.count["silent connections closed"] += 1
            except asyncio.TimeoutError:
                raise client.Failed(f"a connection that does not log on is open after {LOG_ON_WITHIN + 5} s") from None

    async def half_open(self):
        """Half a request each, and then nothing."""
        for n in range(100):
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(b"GET /ws HTTP/1.1\r\nHost: x\r\n"[:n % 27])
            self.kept.append(writer)
            self.count["half requests"] += 1

    def all(self):
        mutants = [("json", self.json_mutants), ("fb", self.fb_mutants)]
        loops = [(f"{name} {n}", act) for name, act in mutants for n in range(3)] + [
            ("requests", self.wrong_requests), ("frames 1", self.bad_frames), ("frames 2", self.bad_frames),
            ("consumers", self.never_reads)]
        return [self.again(name, act) for name, act in loops] + [self.silent(), self.half_open()]


# ---- the healthy client ----------------------------------------------------------------------------------------------

class Healthy:
    """Asks and does, all the while, on one connection that nobody else may disturb: a call that hangs fails (client.py)."""

    def __init__(self):
        self.answers = self.slowest = 0
        self.acknowledged = {}

    async def live(self, port, done):
        me = client.Client("demo-shangcheng", 88, lambda c, b: self.acknowledged.setdefault(b["seq"], b))
        await me.connect(port)
        while not done.is_set():
            began = time.monotonic()
            status = await me.ask("GetStatus")
            check(status["money_sum"] == 0 and all(r["sum"] == 0 for r in status["land"]), f"sums are not 0: {status}")
            placed = await me.do("PlaceOrder", {"instrument": "linkage", "side": "buy", "quantity": 1, "price": 100})
            await me.do("CancelOrder", {"order": placed["seq"]})
            self.answers += 3
            self.slowest = max(self.slowest, time.monotonic() - began)
            await asyncio.sleep(0.01)
        await me.close()


def memory_kb(server, line):
    """VmRSS: now; VmHWM: at most so far."""
    with open(f"/proc/{server.process.pid}/status") as f:
        return int(next(text for text in f if text.startswith(line)).split()[1])


async def main(build, directory):
    seed = client.seed()
    server = await client.Server(build / "exchange/landexd", directory / "server").start().ready()
    city = await client.Client(client.tokens()[CITY][0], 99).connect(server.port)
    await city.do("OpenDay", {"day": "2024-06-03"})
    for unit in sorted(client.tokens()):
        await city.do("OpenAccount", {"participant": unit})
        await city.do("Deposit", {"participant": unit, "amount": 10**9, "document": "凭证（模拟）"})
    async with client.open_socket(server.port, "landex.v1.fb") as fb:  # our buffers are right before they are wrong
        await fb.send(fb_log_on("demo-jiande"))
        welcome = await asyncio.wait_for(fb.recv(), 5)
        check(isinstance(welcome, bytes) and b"H66-2022" in welcome, f"log-on over landex.v1.fb is answered {welcome}")
        for message in list(fb_corpus())[:-1]:
            await fb.send(message)
            reply = await asyncio.wait_for(fb.recv(), 5)
            check("not a message".encode() not in reply, f"a good buffer is refused: {reply}")

    # Text that would reach others' screens: refused at the edge, or their JSON and their terminals are not safe.
    jiande = await client.Client("demo-jiande", 66).connect(server.port)
    for control in ("\x01", "\x0b", "\x1b[2J", "\x7f", "\u0085"):
        entered = jiande.submit("EnterPlots", {"county": 330182, "document": "文号（模拟）", "plots": [
            {"plot": f"P{control}", "area": 1, "grade": 3}]})
        try:
            told = await asyncio.wait_for(entered, 5)
            raise client.Failed(f"a plot's name with {control!r} is taken into the journal: {told}")
        except client.Problem as e:
            check(e.body["field"].endswith("plots.plot"), f"{control!r}: {e.body}")
    await jiande.close()

    memory = memory_kb(server, "VmRSS")
    hostile, healthy, done = Hostile(server.port, seed), Healthy(), asyncio.Event()
    living = asyncio.create_task(healthy.live(server.port, done))
    fighting = asyncio.gather(*hostile.all())
    await asyncio.wait([living, fighting], return_when=asyncio.FIRST_COMPLETED)
    check(server.process.poll() is None, f"landexd died, {server.process.poll()}:\n{server.log_text()}")
    if living.done():
        await living
    await fighting
    done.set()
    await living
    await city.ask("GetStatus")  # who was there before is still there
    most = memory_kb(server, "VmHWM")
    for writer in hostile.kept:
        writer.close()
    await city.close()
    await server.stop()
    listed, said = client.audit(server.binary, server.data)
    check("sealed" in said and "recount right" in said, said)
    numbers = {c["seq"] for c in listed}
    check(healthy.acknowledged and set(healthy.acknowledged) <= numbers, "what was acknowledged is not in the journal")
    for c in listed:
        check(c["command_type"] != "Activate" or c["envelope"]["role"] == "system", f"a client activated a policy: {c}")
    told = ", ".join(f"{n} {what}" for what, n in sorted(hostile.count.items()))
    print(f"hostile: {told}")
    print(f"healthy: {healthy.answers} answers, the slowest three together {healthy.slowest * 1000:.0f} ms; journal: "
          f"{len(listed)} numbers, audit right; memory {memory // 1024} MiB, at most {most // 1024} MiB")
    for what in ("messages on landex.v1.json", "messages on landex.v1.fb", "bad frames", "HTTP 400", "HTTP 431",
                 "clients that never read", "Problem"):
        check(hostile.count[what] > 0, f"no {what}: the test has looked at nothing")
    check(hostile.count["silent connections closed"] == 100, "not every silent connection was closed")
    check(healthy.answers >= FEWEST_ANSWERS, f"the healthy client got {healthy.answers} answers")
    allowed = MOST_GROWTH_KB + (KEPT_BY_SANITIZERS_KB if build.name in ("asan", "tsan") else 0)
    check(most - memory < allowed, f"landexd grew from {memory} kB to {most} kB; {allowed} kB is allowed")


client.run(main)
