#!/usr/bin/env python3
"""The rooms and who may include whom: reads every #include of the tree and fails on a forbidden arrow.

  arrows_test.py                      check the tree
  arrows_test.py --selftest           plant one mistake of each kind in a small tree; each must be found
  arrows_test.py --compile-headers    compile each header alone (--include DIR: where generated headers are; --only FILE…)

A guard that has looked at nothing fails: no file, no include, or a room of the table without a file.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import tempfile

# A name that ends in "lists" is the vocabulary of the engine alone: its closed lists, not its state or its step.
LISTS = "exchange/engine lists"
LIST_HEADERS = {f"exchange/engine/{name}.hpp" for name in ("command", "event", "refusal", "told", "described", "views", "closed")}
LIST_HEADERS |= {f"clearing/governments/{name}.hpp" for name in ("enclaves", "funds", "reserved_scale", "runs", "standards")}
LIST_HEADERS.add("clearing/allocation_check.hpp")  # the faults of an allocation, which a refusal names by number

WORDS = ["matching/types", "clearing/policy"]
# What each room may include beside itself. Whoever is not named here is not in the house.
ALLOWED = {
    "matching/types": [],
    "matching": ["matching/types"],  # an auction does not know who is paid
    "clearing/policy": ["matching/types"],
    "clearing": WORDS,  # clears trades, whatever matched them
    "exchange/engine": ["matching", "clearing", *WORDS],
    "exchange/allocation": ["clearing", *WORDS],  # the pool's optimiser: proposes, never decides
    "exchange/host": WORDS,  # the door to disk, clock, network; it reads the policy files too
    "exchange/wire": [LISTS, *WORDS],
    "exchange/journal": ["exchange/host"],  # sees bytes only
    "exchange/sequencer": ["exchange/engine", "exchange/wire", "exchange/journal", "exchange/host", *WORDS],
    "exchange/gateway": ["exchange/sequencer", "exchange/feed", "exchange/wire", "exchange/host", LISTS, *WORDS],  # its hub joins sessions and sequencer
    "exchange/reports": ["exchange/sequencer", "exchange/journal", "exchange/engine", "clearing", "matching", "exchange/wire", "exchange/host", *WORDS],  # events to SQL
    "exchange/feed": ["exchange/wire", "exchange/host", LISTS, *WORDS],
    "exchange/deeds": ["exchange/wire", "clearing", LISTS, *WORDS],  # papers: facts in, pages out; no state, no database
    "exchange/desk": ["exchange/deeds", "exchange/reports", "exchange/wire", "clearing", LISTS, *WORDS],  # papers that are asked for
    "exchange": ["exchange/engine", "exchange/host", "exchange/wire", "exchange/journal", "exchange/sequencer",
                 "exchange/gateway", "exchange/feed", "exchange/reports", "exchange/desk", *WORDS],  # the files directly in exchange/: main and its parts
    "clients/sdk": ["exchange/wire", LISTS, *WORDS],
    "clients/terminal": ["exchange/wire", LISTS, *WORDS],  # how things look
    "clients/demo": ["clients/sdk", "clients/terminal", "clients/feeds", "exchange/host", "exchange/wire", LISTS, *WORDS],
    "clients/feeds": ["exchange/wire", LISTS, *WORDS],  # the outside's files: the one place that knows their format
    "clients/simulator/draw": [],
    "clients/simulator/agents": ["clients/simulator/draw", *WORDS],
    "clients/simulator/world": ["exchange/engine", "clearing", "matching", *WORDS],  # the engine, in process
    "clients/simulator/scenario": ["clients/simulator/draw", "exchange/host", *WORDS],
    "clients/simulator/city": ["clients/simulator/scenario", "clients/simulator/agents", "clients/simulator/draw",
                               "clients/simulator/world", "exchange/allocation", "exchange/engine", "exchange/host",
                               "clearing", "matching", *WORDS],
    "clients/simulator/experiments": ["clients/simulator/agents", "clients/simulator/draw", "clients/simulator/world",
                                      "exchange/engine", "clearing", "matching", *WORDS],  # published ones
    "clients/simulator/study": ["clients/simulator/city", "clients/simulator/scenario", "clients/simulator/draw",
                                "exchange/reports", "exchange/host", *WORDS],
    "clients/simulator/report": ["clients/simulator/study", "clients/simulator/city", "clients/simulator/scenario",
                                 "clients/simulator/draw", "exchange/reports", "exchange/host", *WORDS],
    "clients/simulator/counterfactual": ["exchange/sequencer", "exchange/journal", "exchange/engine", "exchange/wire",
                                         "exchange/host", "clearing", "matching", *WORDS],
    "clients/cli": ["clients/simulator/scenario", "clients/simulator/city", "clients/simulator/study",
                    "clients/simulator/report", "clients/simulator/counterfactual", "clients/simulator/draw",
                    "clients/sdk", "clients/demo", "clients/terminal", "clients/feeds", "exchange/allocation",
                    "exchange/reports", "exchange/host", "exchange/wire", LISTS, *WORDS],  # the optimiser runs where it is asked for
}
ALLOWED["tests"] = [*ALLOWED, "bench"]  # anything; nothing includes tests but tests and bench
ALLOWED["bench"] = [*ALLOWED]
TOPS = sorted({room.split("/")[0] for room in ALLOWED})
FLAT = {"exchange", "clients"}  # every folder in these is a room of its own
MAY_BE_EMPTY = {"exchange/sequencer", "exchange/feed", "exchange"}  # main and its parts: how many folders they need is their affair

PURE = {"matching/types", "matching", "clearing/policy", "clearing", "exchange/engine", "exchange/allocation"}
PURE_HEADERS = re.compile(  # sys/mman.h hands out memory, nothing of the world
    r"(thread|mutex|shared_mutex|atomic|condition_variable|future|semaphore|latch|barrier|stop_token"
    r"|fstream|iostream|filesystem|cstdio|stdio\.h|ctime|time\.h|random|unordered_map|unordered_set"
    r"|pthread\.h|unistd\.h|fcntl\.h|sys/(?!mman\.h).*|(spdlog|fmt|toml\+\+|boost/asio|boost/beast)[./].*)")
PURE_WORDS = {
    "the environment": re.compile(r"\bgetenv\b"),
    "a clock": re.compile(r"::\s*now\s*\("),
    "the time of the build": re.compile(r"\b__(DATE|TIME|TIMESTAMP)__\b"),
}
NO_FLOAT = PURE | {"exchange/wire"}
FLOAT = re.compile(r"\b(float|double)\b")
TEST_SWITCH = re.compile(r"^[ \t]*#[ \t]*(?:el)?if.*\b(?:\w+_)?TEST(?:S|ING)?(?:_\w+)?\b", re.M)
KEPT_AS_IT_CAME = "bench/workload/"  # the shared kit of workloads: unchanged, so that figures compare
LONG = 600  # lines: a hint to split, not a failure

NOT_CODE = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)|R"(?P<tag>[^()\\\s]*)\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'", re.S)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*(.*?)[ \t]*$", re.M)


def without(text, strings_too):
    """The text with comments (and literals) blanked, every line in its place."""
    def blank(m):
        if m["comment"] is None and not strings_too:
            return m[0]
        return '""' + "\n" * m[0].count("\n") if m["comment"] is None else " " + "\n" * m[0].count("\n")
    return NOT_CODE.sub(blank, text)


def room_of(path):
    """The room of a file, by the longest name that fits; None: it is in no room of the table."""
    if re.search(r"(_generated\.h|_fbs\.inc)$", path):
        return "exchange/wire"  # made from the schema
    folder = path.rpartition("/")[0]
    while folder:
        if folder in ALLOWED:
            return None if folder in FLAT and folder != path.rpartition("/")[0] else folder
        folder = folder.rpartition("/")[0]
    return None


def sources(root):
    return sorted(p.relative_to(root).as_posix() for top in TOPS for suffix in ("*.hpp", "*.cpp", "*.h")
                  for p in (root / top).rglob(suffix)
                  if "misuse" not in p.parts and not p.relative_to(root).as_posix().startswith(KEPT_AS_IT_CAME))


def check_file(name, text):
    """Yields (line, message); returns how many includes it read."""
    room = room_of(name)
    if room is None:
        yield 1, "is in no room of the table in tests/arrows_test.py"
        return 0
    code = without(text, strings_too=False)
    bare = without(text, strings_too=True)
    line = lambda text, at: text.count("\n", 0, at) + 1
    seen = 0
    for m in INCLUDE.finditer(code):
        seen += 1
        at, target = line(code, m.start()), m[1]
        if not re.fullmatch(r'"[^"]+"|<[^>]+>', target):
            yield at, f"#include {target}: a computed include hides its arrow"
            continue
        path = target[1:-1]
        inside = target[0] == '"' or path.split("/")[0] in TOPS
        if inside:
            to = room_of(path)
            if target[0] == "<":
                yield at, f"#include {target}: our own headers are included with quotes"
            elif to is None or ".." in path.split("/"):
                yield at, f"#include {target}: not a path from the root into a room"
            elif to != room and to not in ALLOWED[room] and not (path in LIST_HEADERS and LISTS in ALLOWED[room]):
                yield at, f"#include {target}: {room} may not include {to}"
        elif room in PURE and PURE_HEADERS.fullmatch(path):
            yield at, f"#include {target}: {room} is pure (architecture, never 3)"
    if room in PURE:
        for what, pattern in PURE_WORDS.items():
            for m in pattern.finditer(bare):
                yield line(bare, m.start()), f"{m[0]}: {room} may not see {what}"
    if room in NO_FLOAT:
        for m in FLOAT.finditer(bare):
            yield line(bare, m.start()), f"{m[0]}: no floating point in {room} (never 4)"
    for m in TEST_SWITCH.finditer(bare):
        yield line(bare, m.start()), f"{m[0].strip()}: no code for tests only (never 10)"
    if name.endswith(".hpp"):
        if not text.startswith(("//", "/*")):
            yield 1, "a header begins with a comment that is its contract"
        if not re.search(r"^#pragma once$", bare, re.M):
            yield 1, "has no #pragma once"
    return seen


def check(root, say=print):
    """True if the tree is as the table wants it."""
    wrong, includes, rooms = 0, 0, set()
    names = sources(root)
    for name in names:
        text = (root / name).read_text(encoding="utf-8")
        rooms.add(room_of(name))
        lines = text.count("\n")
        if lines > LONG:
            say(f"{name}: warning: {lines} lines; over {LONG} it is more than one idea")
        findings = check_file(name, text)
        while True:
            try:
                at, message = next(findings)
            except StopIteration as end:
                includes += end.value
                break
            say(f"{name}:{at}: {message}")
            wrong += 1
    for room in sorted(set(ALLOWED) - rooms - MAY_BE_EMPTY):
        say(f"{room}: the table names this room, but no file is in it")
        wrong += 1
    if not names or not includes:
        say(f"looked at nothing: {len(names)} files, {includes} includes")
        wrong += 1
    say(f"arrows: {len(names)} files, {includes} includes, {wrong} wrong")
    return wrong == 0


def compile_headers(root, include_dirs, only):
    headers = [n for n in sources(root) if n.endswith(".hpp") and (not only or n in only)]
    if not include_dirs:  # nothing has been generated: leave out what needs it, and say so
        needs = {n for n in headers if re.search(r'_generated\.h"', (root / n).read_text(encoding="utf-8"))}
        while True:
            more = {n for n in headers if n not in needs and any(
                f'"{other}"' in (root / n).read_text(encoding="utf-8") for other in needs)}
            if not more:
                break
            needs |= more
        for n in sorted(needs):
            print(f"{n}: left out, needs a generated header (--include DIR)")
        headers = [n for n in headers if n not in needs]

    flags = [f"-I{d}" for d in (".", *include_dirs)]

    def one(name):
        run = subprocess.run(["g++", "-std=c++23", "-Wall", "-Wextra", "-fsyntax-only", *flags, "-x", "c++", "-"],
                             input=f'#include "{name}"\n#include "{name}"\n', cwd=root, text=True, capture_output=True)
        return name, run.returncode, run.stderr

    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, code, errors in pool.map(one, headers):
            if code:
                wrong += 1
                print(f"{name}: does not compile alone\n{errors}")
    print(f"headers: {len(headers)} compiled alone, {wrong} wrong")
    return bool(headers) and wrong == 0


def selftest():
    head = "// a contract\n#pragma once\n"
    good = {f"{room}/a.hpp": head + "#include <vector>\n" for room in ALLOWED}
    good["exchange/engine/command.hpp"] = head
    good["clearing/a.hpp"] = head + '#include "clearing/policy/a.hpp"\n// double, #include "exchange/a.hpp"\n'
    good["exchange/wire/b.cpp"] = '#include "exchange/engine/command.hpp"\n#include "landex_generated.h"\n'
    good["bench/workload/x.hpp"] = '#include "x.hpp"\ndouble d;\n'
    good["matching/b.cpp"] = 'const char* s = "float getenv"; const int n = 10\'000; char c = \'"\'; // ::now(\n'
    planted = {
        "matching never sees clearing": ("matching/x.hpp", '#include "clearing/a.hpp"', "may not include clearing"),
        "clearing never sees the books": ("clearing/x.hpp", '#include "matching/a.hpp"', "may not include matching"),
        "types see nothing": ("matching/types/x.hpp", '#include "matching/a.hpp"', "may not include matching"),
        "wire sees lists, not the step": ("exchange/wire/x.hpp", '#include "exchange/engine/a.hpp"',
                                          "may not include exchange/engine"),
        "the journal sees bytes": ("exchange/journal/x.cpp", '#include "exchange/wire/a.hpp"',
                                   "may not include exchange/wire"),
        "clients see the wire": ("clients/cli/x.cpp", '  #  include "exchange/sequencer/a.hpp"',
                                 "may not include exchange/sequencer"),
        "nothing includes tests": ("exchange/x.cpp", '#include "tests/a.hpp"', "may not include tests"),
        "nothing includes bench": ("exchange/x.cpp", '#include "bench/a.hpp"', "may not include bench"),
        "nothing includes the workloads": ("exchange/x.cpp", '#include "bench/workload/x.hpp"', "may not include bench"),
        "a path out of the tree": ("exchange/x.cpp", '#include "../x.hpp"', "not a path from the root"),
        "a path from nowhere": ("matching/x.cpp", '#include "a.hpp"', "not a path from the root"),
        "angles hide no arrow": ("matching/x.cpp", "#include <clearing/a.hpp>", "with quotes"),
        "a computed include": ("matching/x.cpp", "#include HEADER", "computed include"),
        "a room that is not in the table": ("exchange/attic/x.cpp", "", "in no room"),
        "a thread in matching": ("matching/x.cpp", "#include <thread>", "is pure"),
        "a log in the engine": ("exchange/engine/x.cpp", "#include <spdlog/spdlog.h>", "is pure"),
        "a hash order in clearing": ("clearing/x.cpp", "#include <unordered_map>", "is pure"),
        "a double in the engine": ("exchange/engine/x.cpp", "double d;", "no floating point"),
        "a float on the wire": ("exchange/wire/x.cpp", "float f;", "no floating point"),
        "a clock in clearing": ("clearing/x.cpp", "auto t = Clock::now();", "a clock"),
        "the environment": ("matching/x.cpp", "auto e = getenv(NAME);", "the environment"),
        "code for tests only": ("exchange/gateway/x.cpp", "#ifdef TEST\n#endif", "tests only"),
        "code for tests only, by another name": ("clients/sdk/x.cpp", "#if defined(LANDEX_TEST)\n#endif", "tests only"),
    }
    failed = 0

    def verdict(name, files, want):
        nonlocal failed
        said = []
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                file = pathlib.Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            passed = check(pathlib.Path(folder), said.append)
        text = "\n".join(said)
        right = passed if want is None else not passed and want in text and text.count("\n") == 1
        if not right:
            failed += 1
            print(f"selftest: {name}: wanted {want or 'no finding'}, got:\n{text}\n")

    verdict("a tree as it should be", good, None)
    for name, (path, text, want) in planted.items():
        verdict(name, good | {path: (head if path.endswith(".hpp") else "") + text + "\n"}, want)
    verdict("no contract", good | {"matching/x.hpp": "#pragma once\n"}, "its contract")
    verdict("no guard", good | {"matching/x.hpp": "// a contract\n"}, "no #pragma once")
    verdict("a room that has moved", {k: v for k, v in good.items() if not k.startswith("clients/sdk")}, "no file is in it")
    verdict("no include anywhere", {f"{room}/a.hpp": head for room in ALLOWED}, "looked at nothing")
    with tempfile.TemporaryDirectory() as folder:
        if check(pathlib.Path(folder), lambda _: None):
            failed += 1
            print("selftest: an empty tree passed")
    total = len(planted) + 6
    print(f"arrows selftest: {total - failed} of {total} mistakes and good trees told apart")
    return failed == 0


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    options.add_argument("--selftest", action="store_true")
    options.add_argument("--compile-headers", action="store_true")
    options.add_argument("--include", action="append", default=[], type=lambda d: str(pathlib.Path(d).resolve()))
    options.add_argument("--only", nargs="+", default=[])
    given = options.parse_args()
    if given.selftest:
        passed = selftest()
    elif given.compile_headers:
        passed = compile_headers(given.root, given.include, given.only)
    else:
        passed = check(given.root)
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
