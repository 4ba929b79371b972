"""damage_test.py BUILD_DIR: a damaged journal stops the start and is left as it is; a torn tail is cut and told; one
directory has one server."""
import hashlib
import re
import shutil
import struct

import client
from client import CITY, check

MAGIC = b"landex\r\n"


def pictures(data):
    """What is on the disk: every file of the journal, its size and its content."""
    return {p.name: (p.stat().st_size, hashlib.sha256(p.read_bytes()).hexdigest())
            for p in sorted(data.iterdir()) if p.name != "lock" and not p.name.startswith("reports.sqlite")}


async def small_day(server, tokens):
    """Some batches, one after the other; returns the number of the last command."""
    await server.start().ready()
    city = await client.Client(tokens[CITY][0], 9).connect(server.port)
    await city.do("OpenDay", {"day": "2024-06-03"})
    for unit in sorted(tokens):
        await city.do("OpenAccount", {"participant": unit})
    for n in range(20):
        last = await city.do("Deposit", {"participant": 330102, "amount": 1000 + n, "document": "凭证（模拟）"})
    return city, last["seq"]


def batches(segment):
    """(offset, length, first number, count) of each batch, read from the format that journal/format.hpp describes."""
    out, at, data = [], 0, segment.read_bytes()
    while data[at:at + 8] == MAGIC:
        payload, = struct.unpack_from("<I", data, at + 20)
        count, first = struct.unpack_from("<IQ", data, at + 36)
        out.append((at, 96 + payload, first, count))
        at += 96 + payload
    return out


async def refused(server, words, title):
    """The start fails with exit 1, says why in both languages, and changes nothing."""
    before = pictures(server.data)
    server.start()
    code = await server.ended()
    said = server.log_text()
    check(code == 1, f"{title}: exit {code}, wanted 1:\n{said}")
    for w in words:
        check(w in said, f"{title}: '{w}' is not in:\n{said}")
    check(re.search(r"[\u4e00-\u9fff]{4}", said) and re.search(r"[a-z]{4} [a-z]+ [a-z]+", said),
          f"{title}: not in both languages:\n{said}")
    check(pictures(server.data) == before, f"{title}: the disk was changed")
    return said


async def main(build, directory):
    tokens = client.tokens()
    binary = build / "exchange/landexd"
    good = client.Server(binary, directory / "good")
    city, last = await small_day(good, tokens)

    second = client.Server(binary, directory / "second", data=good.data)
    second.start()
    check(await second.ended() == 1, "a second landexd started on the same directory")
    check("Another process" in second.log_text() and "另一进程" in second.log_text(), second.log_text())
    check(not (await city.do("Deposit", {"participant": 330102, "amount": 1, "document": "凭证"})).get("refusal"),
          "the first landexd is disturbed")
    last += 1
    print("a second landexd on the same directory: exit 1, told in both languages; the first goes on")
    await good.kill()  # not sealed

    # 1. One bit, in the middle, in several places of the batch: its header, its numbers, its payload.
    name = "0000000000000001.landex"
    found = batches(good.data / name)
    check(len(found) >= 20, f"only {len(found)} batches")
    at, size, _, _ = found[len(found) // 2]
    flips = 0
    for where in (0, 8, 16, 20, 24, 40, 64, 96, 100, size - 1):
        for bit in (0, 7):
            shutil.rmtree(directory / "flipped", ignore_errors=True)
            shutil.copytree(good.data, directory / "flipped")
            with open(directory / "flipped" / name, "r+b") as f:
                f.seek(at + where)
                byte = f.read(1)[0] ^ (1 << bit)
                f.seek(at + where)
                f.write(bytes([byte]))
            flipped = client.Server(binary, directory / "flipped-server", data=directory / "flipped")
            said = await refused(flipped, (name, str(at), "restore it from a good copy", "副本恢复"),
                                 f"bit {bit} of byte {where} of the batch at {at}")
            flips += 1
    print(f"one bit flipped in the middle, {flips} places: exit 1, names {name}, offset {at} and the remedy, in both "
          "languages; nothing changed on the disk")
    print("  " + said.strip().splitlines()[-1])

    # 2. The last batch is torn: it is cut, and the start says which numbers.
    at, size, first, count = found[-1]
    check(first + count - 1 == last, f"the last batch ends at {first + count - 1}, the last acknowledged was {last}")
    for kept in (8, 60, 96, size - 8):
        shutil.rmtree(directory / "torn", ignore_errors=True)
        shutil.copytree(good.data, directory / "torn")
        with open(directory / "torn" / name, "r+b") as f:
            f.seek(at + kept)
            f.write(bytes(size - kept))
        torn = client.Server(binary, directory / "torn-server", data=directory / "torn")
        await torn.start().ready()
        said = torn.log_text()
        for w in ("cut a torn tail", "截去未完成的尾部", name, f"offset {at}", f"偏移 {at}"):
            check(w in said, f"torn after {kept} bytes: '{w}' is not in:\n{said}")
        numbers = re.search(r"numbers (\S+)", said)[1]
        wanted = (f"{first}–{last}" if first != last else f"{first}") if kept >= 96 else ">"
        check(numbers.startswith(wanted), f"torn after {kept} bytes: it says numbers {numbers}, wanted {wanted}")
        await torn.stop()
        listed, _ = client.audit(binary, torn.data)
        check(listed[-1]["seq"] == first - 1, f"torn after {kept} bytes: {listed[-1]['seq']} is the last")
    print(f"torn last batch, 4 lengths: cut at offset {at}, numbers {first}–{last} told, {first - 1} stay")

    # 3. A tail cut from the file as a whole: less than a crash can leave, so it is damage.
    shutil.copytree(good.data, directory / "short")
    with open(directory / "short" / name, "r+b") as f:
        f.truncate(at + size // 2)
    await refused(client.Server(binary, directory / "short-server", data=directory / "short"), (name, str(at)),
                  "a file cut short")
    shutil.copytree(good.data, directory / "renamed")
    (directory / "renamed" / name).rename(directory / "renamed" / "copy.landex")
    await refused(client.Server(binary, directory / "renamed-server", data=directory / "renamed"), ("copy.landex",),
                  "a segment under another name")
    print("a file cut short, and a segment renamed: exit 1, nothing changed")

    await good.start().ready()
    await city.connect(good.port)
    answer = await city.ask("GetCounter", {"client_key": 9})
    check(answer["highest"] == city.counter, f"the undamaged journal lost something: {answer}")
    await city.close()
    await good.stop()


client.run(main)
