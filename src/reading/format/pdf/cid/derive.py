#!/usr/bin/env python3
"""Makes adobe-gb1.bin and adobe-cns1.bin: for each glyph of a registered collection its character, three bytes each, 0 where there
is none.

    derive.py FOLDER_OF_CMAPS

Source: the maps Adobe-GB1-UCS2 and Adobe-CNS1-UCS2 of Adobe (BSD-3-Clause, see NOTICE), which say for each glyph its
character. They stand in FOLDER/Adobe-GB1 and FOLDER/Adobe-CNS1 (in Debian's poppler-data: /usr/share/poppler/cMap).
"""
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent


def character(hexadecimal):
    """The one character of UTF-16 in hexadecimal digits; 0 where there are several, or none that is public."""
    text = bytes.fromhex(hexadecimal).decode("utf-16-be", "replace")
    code = ord(text) if len(text) == 1 else 0
    return 0 if code == 0xFFFD or 0xE000 <= code < 0xF900 else code


def glyphs(path):
    text = path.read_text(encoding="latin-1")
    found = {}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, to in re.findall(r"<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = character(to) + step if character(to) else 0
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for glyph, to in re.findall(r"<([0-9a-f]+)>\s*<([0-9a-f]+)>", block):
            found[int(glyph, 16)] = character(to)
    return found


def main():
    folder = pathlib.Path(sys.argv[1])
    for collection, name in [("Adobe-GB1", "adobe-gb1.bin"), ("Adobe-CNS1", "adobe-cns1.bin")]:
        found = glyphs(folder / collection / f"{collection}-UCS2")
        table = b"".join(found.get(glyph, 0).to_bytes(3, "big") for glyph in range(max(found) + 1))
        (HERE / name).write_bytes(table)


if __name__ == "__main__":
    main()
