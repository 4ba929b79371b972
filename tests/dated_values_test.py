#!/usr/bin/env python3
"""dated_values_test.py BUILD [--values]: moves every dated value of clearing/policy by one unit, and a spec must fail.

Each number and date that the files give a value (from, until, last, value, steps, notice, year, off, worked) is moved down and
up by one: a day, one, a hundredth of a percent. The specs are run on a copy of the files that differs in that alone
(LANDEX_POLICY_DIR): first those that list what is shipped (PolicyFiles, Calendar, DatedValues, the overlay's of Regimes),
and one of them must fail. A file that can no longer be read counts as failed too, and is counted apart.

Then the specs of behaviour: what is a value, and neither a date nor a day of the calendar, is moved while only those
specs run that clearing/policy/h66.md names for its clause, without the lists. --values says which of them nothing but a
list holds. Fails if a list misses a value, or if it has looked at nothing.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

ROOT = pathlib.Path(__file__).resolve().parent.parent
POLICY = ROOT / "clearing/policy"
FILES = ["h66.toml", "hangzhou.toml", "calendar.toml", "approvals.toml", "post_2025.toml"]
LISTS = ("PolicyFiles.TheR*:PolicyFiles.TheChains*:PolicyFiles.Only*:PolicyFiles.Hangzhou*:Calendar.*:"
         "DatedValues.TheCalendar*:DatedValues.OnTheFirst*:Regimes.TheOverlay*")
NOT_BEHAVIOUR = ("PolicyFiles.", "Calendar.", "DatedValues.", "Regimes.TheOverlay")
SPOT = re.compile(r"\d{4}-\d{2}-\d{2}|\d+(?:\.\d+)?%|\b\d+\b")
VALUED = re.compile(r'^\s*(?:(from|until|last|value|steps|notice|year|off|worked)\s*=(?!\s*"国)|(\d{4}-\d\d-\d\d|\{ step))')


def moved(value, by):
    if value.endswith("%"):
        hundredths = round(float(value[:-1]) * 100) + by
        return f"{hundredths // 100}.{hundredths % 100:02d}%"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (date.fromisoformat(value) + timedelta(days=by)).isoformat()
    return str(int(value) + by)


def spots():
    """(file, line number, key, clause of its table, start, end) of every value."""
    for name in FILES:
        lines = (POLICY / name).read_text(encoding="utf-8").split("\n")
        in_text, key, at = False, "", 0
        for n, line in enumerate(lines):
            toggles = '"""' in line
            found = None if in_text or toggles else VALUED.match(line)
            if found:
                key = found[1] or key
                # the clause stands in the same table: up to the next one
                table = "\n".join(lines[n:n + 12]).split("\n[[")[0]
                clause = re.search(r'^clause = "([^"]+)"', table, re.M)
                for m in SPOT.finditer(line.split("#")[0]):
                    yield name, n + 1, key, clause[1] if clause else "", at + m.start(), at + m.end()
            in_text ^= toggles
            at += len(line) + 1


def run(binary, pattern, name=None, text=None):
    """The exit code of the specs on a copy of the files in which one is `text`, and what they said."""
    with tempfile.TemporaryDirectory() as d:
        for other in FILES:
            shutil.copy(POLICY / other, d)
        if name:
            (pathlib.Path(d) / name).write_text(text, encoding="utf-8")
        done = subprocess.run([binary, "--gtest_brief=1", "--gtest_filter=" + pattern], text=True, capture_output=True,
                              env={**os.environ, "LANDEX_POLICY_DIR": d})
        return done.returncode, done.stdout + done.stderr


def specs_of_clauses(binary):
    """The specs of behaviour that h66.md names for each clause."""
    listed = subprocess.run([binary, "--gtest_list_tests"], text=True, capture_output=True, check=True).stdout
    by_words, suite = {}, ""
    for line in listed.splitlines():
        if not line.startswith(" "):
            suite = line.strip()
        elif not suite.startswith(NOT_BEHAVIOUR):
            full = suite + line.split("#")[0].strip()
            by_words[re.sub(r"[^a-z0-9]", "", full.lower())] = full
    specs, clause = {}, ""
    for line in (POLICY / "h66.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            clause = line.split()[1]
        elif line.startswith("- "):
            words = re.sub(r"[^a-z0-9]", "", line[2:].split(" (`")[0].lower())
            if words in by_words:
                specs.setdefault(clause, []).append(by_words[words])
    return specs


def main(build, tell_values):
    binary = str(pathlib.Path(build) / "tests/landex_tests")
    texts = {name: (POLICY / name).read_text(encoding="utf-8") for name in FILES}
    specs = specs_of_clauses(binary)
    everything = ":".join(sorted({s for some in specs.values() for s in some}))
    for pattern in (LISTS, everything):
        code, said = run(binary, pattern)
        if code or not re.search(r"\b[1-9]\d* tests? from", said):
            print(said[-3000:], "the specs fail on what is shipped, or there are none", sep="\n")
            return 1
    jobs = []
    for name, line, key, clause, start, end in spots():
        value = texts[name][start:end]
        for by in (-1, 1):
            if value == "0" and by < 0:
                continue
            now = moved(value, by)
            jobs.append((name, line, key, clause, value, now, texts[name][:start] + now + texts[name][end:]))

    def held_by_a_list(job):
        code, said = run(binary, LISTS, job[0], job[-1])
        return code, "policy_directory" in said or re.search(r"\.toml:", said) is not None

    unheld, unreadable = [], 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for job, (code, refused) in zip(jobs, pool.map(held_by_a_list, jobs)):
            unreadable += refused
            if code == 0:
                unheld.append(job)
        values = [j for j in jobs if j[2] in ("value", "steps", "notice") and j[3] in specs]
        by_behaviour = list(pool.map(lambda j: run(binary, ":".join(specs[j[3]]), j[0], j[-1])[0], values))
    lists_only = [j for j, code in zip(values, by_behaviour) if code == 0]
    for name, line, key, _, value, now, _ in unheld:
        print(f"{name}:{line}: {key} {value} may be {now}, and no spec fails")
    if tell_values:
        for name, line, key, clause, value, now, _ in lists_only:
            print(f"{name}:{line}: {key} {value} may be {now}: held by its list, by no spec of {clause}")
    print(f"dated values: moved {len(jobs)} times, {len(unheld)} unnoticed ({unreadable} could not be read any more); "
          f"of {len(values)} moves of a value, {len(values) - len(lists_only)} change what a spec of its clause sees")
    return 1 if unheld or len(jobs) < 400 or not values else 0


sys.exit(main(sys.argv[1], "--values" in sys.argv[2:]))
