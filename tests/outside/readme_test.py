"""readme_test.py BUILD_DIR: what README.md shows happens: every command of its ```console blocks is run, in order, in
one shell beside a demonstration that stays open, and prints what is written there.

In a block a line that begins with `$ ` is a command (one that ends in a backslash goes on in the next line); what
follows is what it prints. A line that is only `…` stands for any lines, `…` within a line for anything. LANDEX_README
names another file.
"""
import asyncio
import os
import pathlib
import re
import subprocess
import time

import client
from client import check

README = pathlib.Path(os.environ.get("LANDEX_README") or client.ROOT / "README.md")
FEWEST = 5
PATIENCE = 60  # seconds for one command
MARK = "landex-readme-test-mark"


def transcript(text):
    """[(line number, command, expected lines)] of all console blocks."""
    out, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = not inside and line.strip() == "```console" if not inside else False
            continue
        if not inside:
            continue
        if line.startswith("$ "):
            out.append((number, line[2:], []))
        elif out and out[-1][1].endswith("\\") and not out[-1][2]:
            out[-1] = (out[-1][0], out[-1][1] + "\n" + line, [])
        else:
            check(out, f"{README.name}:{number}: a console block begins with '$ '")
            out[-1][2].append(line)
    return out


def matches(wanted, got):
    """Do the printed lines fit the expected ones?"""
    def tidy(lines):
        lines = [line.rstrip() for line in lines]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    pattern = ""
    for line in tidy(wanted):
        pattern += r"(?:.*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in tidy(got))) is not None


def try_the_rules():
    """The test's own rules on a small sample, so that it cannot pass by looking at nothing."""
    sample = "x\n```console\n$ a \\\nb\none … three\n…\nlast\n$ c\n```\n```sh\n$ not this\n```\n```console\n$ d\n```\n"
    found = transcript(sample)
    check([c for _, c, _ in found] == ["a \\\nb", "c", "d"] and found[0][0] == 3, f"{found}")
    wanted = found[0][2]
    check(matches(wanted, ["one two three", "x", "y", "last", ""]), "a fitting output does not fit")
    check(matches(wanted, ["one  three", "last"]), "'…' stands for no line, too")
    for wrong in (["one two", "last"], ["one two three"], ["one two three", "last", "more"], []):
        check(not matches(wanted, wrong), f"{wrong} fits")
    check(matches([], []) and not matches([], ["x"]), "silence is not told from words")


class Shell:
    """One bash for all commands; what a command prints on either stream, in order."""

    def __init__(self, environment, directory):
        self.process = subprocess.Popen(["bash", "--norc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True, env=environment, cwd=directory)
        client.started.append(self.process)

    def run(self, command):
        # The mark keeps the status, so that a transcript may show `echo $?`.
        self.process.stdin.write(f"{{ {command}\n}} </dev/null\n__s=$?; echo; echo {MARK}; (exit $__s)\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line == MARK + "\n":
                if lines and not lines[-1]:
                    lines.pop()
                return lines
            lines.append(line.rstrip("\n"))
        raise client.Failed(f"the shell ended in: {command}")


async def demonstration(build, directory):
    """landex demo, staying open; returns its port."""
    log = directory / "demo.out"
    demo = client.spawn([build / "clients/cli/landex", "demo", "--server-binary", build / "exchange/landexd"], log,
                        env={**os.environ, "TMPDIR": str(directory)})
    by = time.monotonic() + 60
    # It is read while it is written: a character may be there in part.
    while "still open" not in (text := log.read_text(errors="replace")):
        check(demo.poll() is None and time.monotonic() < by, f"landex demo does not stay open:\n{text}")
        await asyncio.sleep(0.05)
    return demo, re.search(r"ws://127\.0\.0\.1:(\d+)/ws", text)[1]


async def main(build, directory):
    try_the_rules()
    check(README.exists(), f"there is no {README.name}")
    commands = transcript(README.read_text())
    check(len(commands) >= FEWEST,
          f"{README.name} shows {len(commands)} commands in console blocks, {FEWEST} are the fewest")
    demo, port = await demonstration(build, directory)
    environment = {"PATH": f"{build / 'clients/cli'}:{os.environ['PATH']}", "HOME": str(directory), "LANDEX_PORT": port,
                   "XDG_STATE_HOME": str(directory / "state"), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    shell = Shell(environment, directory)
    wrong = 0
    for number, command, wanted in commands:
        got = await asyncio.wait_for(asyncio.to_thread(shell.run, command), PATIENCE)
        if not matches(wanted, got):
            wrong += 1
            print(f"{README.name}:{number}: $ {command}\n  wanted:\n" + "".join(f"    {x}\n" for x in wanted)
                  + "  got:\n" + "".join(f"    {x}\n" for x in got))
    shell.process.stdin.close()
    demo.terminate()
    code = await asyncio.to_thread(demo.wait, 20)
    check(code == 0, f"landex demo ends with {code} on SIGTERM")
    check(not list(directory.glob("landex-demo-*")), "landex demo leaves its directory behind")
    check(wrong == 0, f"{wrong} of {len(commands)} commands print something else")
    print(f"{len(commands)} commands of {README.name} print what it says")


client.run(main)
