#!/usr/bin/env python3
"""clauses_test.py [--write]: clauses, code and tests hold each other.

What h66.toml calls modelled is cited by code that computes and by at least one test; what it calls without a computable
rule is cited by no code and says why; what is planned names its issue. clearing/policy/h66.md says all of it on one page
for the officer whose rule it is; it is made from h66.toml and the tests by --write, and a page that is not what would be
made now fails. Fails if it has looked at nothing.
"""
import collections
import difflib
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "clearing/policy/h66.md"
NOT_A_CITATION = {"clause.hpp", "pack.hpp"}  # the list itself
TABLES = {"refusal_ladders.hpp"}  # tests that are written in a header
NOT_A_TEST = {"clauses_test.py", "policy_files_test.cpp"}  # they read the whole file, and hold no rule
STATES = {"modelled": "已实现 modelled", "planned": "待实现 planned", "no_computable_rule": "无可计算规则 no computable rule"}


def rules_in(text):
    """Every rule id in a text, written as the enum (h66_7_6) or as the id (H66-7.6)."""
    enums = {"H66-" + m.replace("_", ".") for m in re.findall(r"\bh66_(\d+(?:_\d+)?)\b", text)}
    return enums | set(re.findall(r"\bH66-\d{1,2}(?:\.\d+)?(?!\d)", text))


def files_of(folders, suffixes, leave_out):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and path.name not in leave_out and "__pycache__" not in path.parts:
                yield path, path.read_text(encoding="utf-8")


def tests_in(path, text):
    """(name, text) of each test of a file: a C++ test with the comment above it and the heading of its section, or a
    Python test, or a header that is one long table, as a whole."""
    if path.suffix != ".cpp":
        yield path.stem, text
        return
    headings = [(m.start(), m[0]) for m in re.finditer(r"(?m)^// ---- .*$", text)]
    starts = [m.start() for m in re.finditer(r"(?m)^(?://.*\n)*TEST(?:_F|_P)?\(", text)]
    for start, end in zip(starts, starts[1:] + [len(text)]):
        block = re.split(r"(?m)^// ---- ", text[start:end])[0]  # without the heading of the next section
        suite, name = re.search(r"TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", block).groups()
        heading = next((words for at, words in reversed(headings) if at < start), "")
        yield f"{suite}.{name}", heading + block


def sentence(name):
    """Pool.ManySmallFilingsPoolWhatOneWould → Pool: many small filings pool what one would."""
    suite, _, words = name.partition(".")
    if not words:
        return f"`{suite}`"
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|\d+", words)
    return f"{suite}: " + " ".join(p if p.isupper() and len(p) > 1 else p.lower() for p in parts)


def wrong_in(clauses, in_code, held_by):
    """Every way in which the three lists contradict each other."""
    for c in clauses:
        if c["state"] == "modelled":
            if c["id"] not in in_code:
                yield f"{c['id']} is called modelled, but no code cites it"
            if c["id"] not in held_by:
                yield f"{c['id']} is called modelled, but no test cites it"
        elif c["state"] == "no_computable_rule":
            if c["id"] in in_code:
                yield f"{c['id']} is said to have no computable rule, but code cites it"
            if not (c.get("reason_zh") and c.get("reason_en")):
                yield f"{c['id']} has no computable rule, and does not say why in both languages"
        elif c["state"] != "planned":
            yield f"{c['id']} is in no state that this test knows: {c['state']}"
        elif not isinstance(c.get("issue"), int):
            yield f"{c['id']} is planned, and no issue is named"
    known = {c["id"] for c in clauses}
    articles = {i.partition(".")[0] for i in known}  # H66-19 is the heading over 19.1 to 19.3, and no clause
    for rule in sorted(in_code - known - articles):
        yield f"{rule} is cited by code, but h66.toml does not know it"
    silent = set(range(1, 22)) - {c["article"] for c in clauses}
    if silent:
        yield f"articles {sorted(silent)} of H66 are silent"


def page(rule_set, clauses, held_by):
    count = collections.Counter(c["state"] for c in clauses)
    lines = [
        f"# {rule_set['document']}：逐条对照 clause by clause", "",
        f"{rule_set['title']}（{rule_set['from']} – {rule_set['until']}）", "",
        "本页由 `tests/clauses_test.py --write` 生成，不手工修改。每一条要么已实现并列出守住它的测试，要么说明为何无可计算规则，"
        "要么注明由哪一期实现。", "",
        "Generated; not edited by hand. Every clause is held by the tests named here, or says why software cannot compute it, "
        "or names the issue that will bring it.", "",
        " · ".join(f"{STATES[s]} {count[s]}" for s in STATES), ""]
    for c in clauses:
        lines += [f"## {c['id']} {c['title_zh']} {c['title_en']}", "", f"> {c['text'].strip()}", "",
                  c["summary_en"].strip(), "", f"**{STATES[c['state']]}**"]
        if c["state"] == "planned":
            lines[-1] += f"：第 {c['issue']} 期 issue {c['issue']}"
        if c["state"] == "no_computable_rule":
            lines[-1] += f"：{c['reason_zh'].strip()}"
            lines += ["", c["reason_en"].strip()]
        if c["state"] == "modelled" or held_by.get(c["id"]):
            lines += [""] + [f"- {sentence(name)} (`{file}`)" for file, name in held_by.get(c["id"], [])]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main(write):
    with open(ROOT / "clearing/policy/h66.toml", "rb") as f:
        policy = tomllib.load(f)
    clauses = policy["clause"]
    code = list(files_of(["exchange/engine", "clearing", "clients/feeds"], {".cpp", ".hpp"}, NOT_A_CITATION))
    in_code = set().union(*(rules_in(text) for _, text in code))
    held_by, tests = collections.defaultdict(list), 0
    for path, text in files_of(["tests"], {".cpp", ".py", ".hpp"}, NOT_A_TEST):
        if path.suffix == ".hpp" and path.name not in TABLES:
            continue
        for name, block in tests_in(path, text):
            tests += 1
            for rule in rules_in(block):
                held_by[rule].append((path.relative_to(ROOT).as_posix(), name))
    wrong = list(wrong_in(clauses, in_code, held_by))
    made = page(policy["rule_set"], clauses, held_by)
    if write:
        PAGE.write_text(made, encoding="utf-8")
    elif (there := PAGE.read_text(encoding="utf-8") if PAGE.exists() else "") != made:
        wrong.append(f"{PAGE.name} is not what would be made now; run: python3 tests/clauses_test.py --write")
        wrong += list(difflib.unified_diff(there.splitlines(), made.splitlines(), "there", "made", lineterm="", n=0))[:20]
    if not any(c["state"] == "modelled" for c in clauses) or len(code) < 10 or tests < 100:
        wrong.append("looked at nothing")
    for line in wrong:
        print(line)
    print(f"clauses: {len(clauses)} of 21 articles, {len(code)} files of code, {tests} tests, {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main("--write" in sys.argv[1:]))
