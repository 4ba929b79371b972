#!/usr/bin/env python3
"""Source that must not compile. Each tests/misuse/*.cpp is compiled twice: as it is, which must succeed, and with
-DMISUSE, which must fail with an error that contains the words of its line `// expect: …` (so that a typing mistake
does not pass for a caught one). Both times with the warnings of the house. Fails if it found no file.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

FLAGS = ["-std=c++23", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


def compiled(root, file, *more):
    run = subprocess.run(["g++", *FLAGS, "-I.", *more, str(file)], cwd=root, text=True, capture_output=True,
                         env={**os.environ, "LC_ALL": "C"})  # the words of the errors in English, with plain quotes
    return run.returncode == 0, run.stderr


def judge(root, file):
    """What is wrong with this file, or nothing."""
    text = file.read_text(encoding="utf-8")
    expect = re.search(r"^// expect: (.+)$", text, re.M)
    if not expect or not re.search(r"^#if(n?def|.*defined).*\bMISUSE\b", text, re.M):
        return "needs a line `// expect: …` and an #ifdef MISUSE"
    good, errors = compiled(root, file)
    if not good:
        return f"does not compile as it is\n{errors}"
    good, errors = compiled(root, file, "-DMISUSE")
    if good:
        return "the misuse compiles"
    if not any("error:" in line and expect[1] in line for line in errors.splitlines()):
        return f"the misuse fails, but without the words: {expect[1]}\n{errors}"
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    root = options.parse_args().root
    files = sorted((root / "tests" / "misuse").glob("*.cpp"))
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for file, complaint in zip(files, pool.map(lambda f: judge(root, f), files)):
            if complaint:
                wrong += 1
                print(f"{file.relative_to(root)}: {complaint}")
    print(f"misuse: {len(files)} files, {wrong} wrong" if files else "misuse: looked at nothing")
    sys.exit(0 if files and wrong == 0 else 1)


if __name__ == "__main__":
    main()
