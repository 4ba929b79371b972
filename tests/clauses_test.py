#!/usr/bin/env python3
"""Clauses and code hold each other: what h66.toml calls modelled is cited by code that computes and by a test; what it
calls without a computable rule is cited by none. Fails if it has looked at nothing."""
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def cited(folders, suffixes, leave_out=()):
    """Every rule id cited below these folders, written as the enum (h66_7_6) or as the id (H66-7.6)."""
    found, files = set(), 0
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix not in suffixes or path.name in leave_out:
                continue
            files += 1
            text = path.read_text(encoding="utf-8")
            found |= {"H66-" + m.replace("_", ".") for m in re.findall(r"\bh66_(\d+(?:_\d+)?)\b", text)}
            found |= set(re.findall(r"\bH66-\d+(?:\.\d+)?", text))
    return found, files


def main():
    with open(ROOT / "clearing/policy/h66.toml", "rb") as f:
        clauses = tomllib.load(f)["clause"]
    in_code, code_files = cited(["exchange/engine", "clearing"], {".cpp", ".hpp"}, leave_out={"clause.hpp", "pack.hpp"})
    in_tests, test_files = cited(["tests"], {".cpp", ".hpp", ".py"}, leave_out={"clauses_test.py", "policy_files_test.cpp"})
    wrong, counted = [], {"modelled": 0, "planned": 0, "no_computable_rule": 0}
    for c in clauses:
        counted[c["state"]] += 1
        if c["state"] == "modelled":
            if c["id"] not in in_code:
                wrong.append(f"{c['id']} is called modelled, but no code cites it")
            if c["id"] not in in_tests:
                wrong.append(f"{c['id']} is called modelled, but no test cites it")
        elif c["state"] == "no_computable_rule" and c["id"] in in_code:
            wrong.append(f"{c['id']} is said to have no computable rule, but code cites it")
    unknown = in_code - {c["id"] for c in clauses}
    wrong += [f"{rule} is cited by code, but h66.toml does not know it" for rule in sorted(unknown)]
    articles = {c["article"] for c in clauses}
    if articles != set(range(1, 22)):
        wrong.append(f"articles {sorted(set(range(1, 22)) - articles)} of H66 are silent")
    if not counted["modelled"] or not code_files or not test_files:
        wrong.append("looked at nothing")
    for line in wrong:
        print(line)
    print(f"clauses: {len(clauses)} of 21 articles, {counted}, {code_files} + {test_files} files, {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main())
