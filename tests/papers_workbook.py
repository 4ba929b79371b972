"""papers_workbook.py FILE.xlsx: reads a workbook from outside, computes each of its formulas anew, and says for each table
how many there are and what its last row comes to; a formula whose figure is another is an error.
Knows the formulas that landex writes: ROUND(SUM(A1:A9),n) and ROUND(A1+B2-C2,n)."""
import decimal
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def main(path):
    with zipfile.ZipFile(path) as book:
        if book.testzip():
            sys.exit("a part of the file is damaged")
        shared = ["".join(t.text or "" for t in s.iter(f"{{{NS['m']}}}t"))
                  for s in xml.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [s.get("name") for s in xml.fromstring(book.read("xl/workbook.xml")).find("m:sheets", NS)]
        for number, name in enumerate(names, 1):
            if number > 1:
                print(table(name, xml.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")), shared))


def table(name, sheet, shared):
    cells, formulas, frozen = {}, {}, sheet.find(".//m:pane", NS)
    if frozen is None or frozen.get("state") != "frozen":
        sys.exit(f"{name}: the head is not frozen")
    for cell in sheet.iter(f"{{{NS['m']}}}c"):
        value, formula = cell.find("m:v", NS), cell.find("m:f", NS)
        if formula is not None:
            formulas[cell.get("r")] = formula.text
        if value is not None:
            cells[cell.get("r")] = shared[int(value.text)] if cell.get("t") == "s" else decimal.Decimal(value.text)
    number = lambda at: cells.get(at, decimal.Decimal(0))
    for at, formula in formulas.items():
        inner, digits = re.fullmatch(r"ROUND\((.*),(\d)\)", formula).groups()
        if m := re.fullmatch(r"SUM\(([A-Z]+)(\d+):\1(\d+)\)", inner):
            value = sum((number(f"{m[1]}{row}") for row in range(int(m[2]), int(m[3]) + 1)), decimal.Decimal(0))
        else:
            terms = re.findall(r"([+-]?)([A-Z]+\d+)", inner)
            if "".join(sign + cell for sign, cell in terms) != inner:
                sys.exit(f"{name}!{at}: unknown formula {formula}")
            value = sum(((-1 if sign == "-" else 1) * number(cell) for sign, cell in terms), decimal.Decimal(0))
        value = round(value, int(digits))
        if value != round(cells[at], int(digits)):
            sys.exit(f"{name}!{at}: {formula} is {value}, and {cells[at]} stands beside it")
    last = max(int(re.sub(r"\D", "", at)) for at in formulas)
    totals = " ".join(f"{round(cells[at], 2)}" for at in sorted(formulas) if re.fullmatch(rf"[A-Z]+{last}", at))
    return f"{name}: {len(formulas)} formulas, last row {totals}"


main(sys.argv[1])
