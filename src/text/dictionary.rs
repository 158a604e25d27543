//! The dictionary, as `build/dictionary.rs` laid it out from `dictionary.tsv`: a tree of characters that lies in the
//! program and is walked where it lies.

// KINDS and NODES: how many there are; UNKNOWN; SPEECHES.
include!(concat!(env!("OUT_DIR"), "/dictionary.rs"));

static TREE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin"));

// Where its parts begin.
const LIKELIHOODS: usize = 0;
const CHILDREN: usize = LIKELIHOODS + KINDS * 8;
const CHARACTERS: usize = CHILDREN + (NODES + 1) * 4;
const ENDS: usize = CHARACTERS + NODES * 2;
const ROOTS: usize = ENDS + NODES * 2;
const SPEECH: usize = ROOTS + (1 << 16) * 2;

/// How likely a character is that the dictionary lacks (a logarithm, as those of words).
pub(super) const UNLISTED: f64 = UNKNOWN;

/// A beginning of words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beginning(u32);

/// A word of the dictionary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word(u16);

/// The words that begin with `character`.
pub(super) fn begin(character: char) -> Option<Beginning> {
    let character = usize::try_from(u32::from(character)).ok()?;
    if character > usize::from(u16::MAX) {
        return None;
    }
    match short(ROOTS, character) {
        0 => None,
        node => Some(Beginning(node.into())),
    }
}

impl Beginning {
    /// Those among them that go on with `character`.
    #[inline]
    pub(super) fn then(self, character: char) -> Option<Beginning> {
        let character = u16::try_from(u32::from(character)).ok()?;
        let node = self.0 as usize;
        let (mut least, mut most) = (long(CHILDREN, node) as usize, long(CHILDREN, node + 1) as usize);
        while least < most {
            let middle = least + (most - least) / 2;
            let found = short(CHARACTERS, middle);
            if found == character {
                return Some(Beginning(u32::try_from(middle).ok()?));
            }
            if found < character {
                least = middle + 1;
            } else {
                most = middle;
            }
        }
        None
    }

    /// The word that is nothing but this beginning.
    pub(super) fn word(self) -> Option<Word> {
        match short(ENDS, self.0 as usize) {
            0 => None,
            kind => Some(Word(kind - 1)),
        }
    }
}

impl Word {
    /// The word that is all of `text`.
    pub(super) fn whole(text: &str) -> Option<Word> {
        let mut characters = text.chars();
        let first = begin(characters.next()?)?;
        characters.try_fold(first, Beginning::then)?.word()
    }

    /// The logarithm of how likely it is that a word is this one.
    pub(super) fn likelihood(self) -> f64 {
        let at = LIKELIHOODS + usize::from(self.0) * 8;
        TREE[at..]
            .first_chunk()
            .map_or(UNKNOWN, |bytes| f64::from_le_bytes(*bytes))
    }

    /// What kind of word it is: `ns` a place, `nr` a person.
    pub(super) fn part_of_speech(self) -> &'static str {
        SPEECHES[usize::from(TREE[SPEECH + usize::from(self.0)])]
    }
}

fn short(part: usize, number: usize) -> u16 {
    let at = part + number * 2;
    u16::from_le_bytes([TREE[at], TREE[at + 1]])
}

fn long(part: usize, number: usize) -> u32 {
    let at = part + number * 4;
    u32::from_le_bytes([TREE[at], TREE[at + 1], TREE[at + 2], TREE[at + 3]])
}
