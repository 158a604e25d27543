//! Lays the dictionary out as the tree of characters that `src/text/dictionary.rs` reads in place, so that nothing is read
//! or built when the program starts.
//!
//! The nodes are the beginnings of words, broad before deep: node 0 is the empty beginning, and the children of a node
//! stand side by side, sorted by character. For each node the tree holds the character that leads to it, the first of its
//! children (those of the next node begin where its own end) and what is known of the word that ends there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::io::{Error, Result};
use std::path::Path;

/// What several words have in common: how often each was counted, and its part of speech.
type Kind<'t> = (u32, &'t str);

/// Writes the tree (`dictionary.bin`) and what is named in it (`dictionary.rs`) into the folder `out`.
pub fn lay_out(table: &Path, out: &Path) -> Result<()> {
    let text = fs::read_to_string(table)?;
    let mut words = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        words.push(word(line).ok_or_else(|| Error::other(format!("{}: {line}", table.display())))?);
    }
    words.sort_unstable();

    let mut kinds: BTreeMap<Kind, u16> = words.iter().map(|&(_, kind)| (kind, 0)).collect();
    for (number, kind) in kinds.values_mut().enumerate() {
        // 0 is no word.
        *kind = u16::try_from(number + 1).map_err(Error::other)?;
    }

    let (mut characters, mut children, mut ends) = (vec![0u16], Vec::new(), vec![0u16]);
    let mut begun = VecDeque::from([(0, words.len(), 0)]);
    while let Some((mut first, last, length)) = begun.pop_front() {
        children.push(u32::try_from(characters.len()).map_err(Error::other)?);
        // The word that ends here sorts before those that go on.
        if length > 0 && first < last && words[first].0.len() == length {
            first += 1;
        }
        while first < last {
            let character = words[first].0[length..].chars().next().unwrap_or_default();
            let longer = length + character.len_utf8();
            let same = words[first..last].partition_point(|(word, _)| word[length..].starts_with(character));
            let ends_here = Some(words[first]).filter(|(word, _)| word.len() == longer);
            characters.push(u16::try_from(u32::from(character)).map_err(Error::other)?);
            ends.push(ends_here.map_or(0, |(_, kind)| kinds[&kind]));
            begun.push_back((first, first + same, longer));
            first += same;
        }
    }
    children.push(u32::try_from(characters.len()).map_err(Error::other)?);

    // The first step of every look-up is a look into a table: all characters in two bytes, and the node that each leads to.
    let mut roots = vec![0u16; 1 << 16];
    for node in 1..children[1] {
        roots[usize::from(characters[node as usize])] = u16::try_from(node).map_err(Error::other)?;
    }

    // How likely a word is: the logarithm of its share of all that was counted. A count of one is that of a character
    // that the dictionary lacks.
    let total: u64 = words.iter().map(|&(_, (count, _))| u64::from(count)).sum();
    let likelihood = |count: u32| f64::from(count).ln() - (total as f64).ln();
    let speeches: BTreeSet<&str> = kinds.keys().map(|&(_, speech)| speech).collect();
    let number = |speech: &str| speeches.iter().position(|of| *of == speech).unwrap_or_default();

    let mut tree = Vec::new();
    tree.extend(kinds.keys().flat_map(|&(count, _)| likelihood(count).to_le_bytes()));
    tree.extend(children.iter().flat_map(|child| child.to_le_bytes()));
    for part in [&characters, &ends, &roots] {
        tree.extend(part.iter().flat_map(|number| number.to_le_bytes()));
    }
    for (_, speech) in kinds.keys() {
        tree.push(u8::try_from(number(speech)).map_err(Error::other)?);
    }
    fs::write(out.join("dictionary.bin"), tree)?;

    let named = format!(
        "const KINDS: usize = {};\nconst NODES: usize = {};\nconst UNKNOWN: f64 = {:?};\nstatic SPEECHES: [&str; {}] = {:?};\n",
        kinds.len(),
        characters.len(),
        likelihood(1),
        speeches.len(),
        Vec::from_iter(&speeches),
    );
    fs::write(out.join("dictionary.rs"), named)
}

fn word(line: &str) -> Option<(&str, Kind<'_>)> {
    let mut cells = line.split('\t');
    let (word, count, speech) = (cells.next()?, cells.next()?.parse().ok()?, cells.next()?);
    (!word.is_empty() && cells.next().is_none()).then_some((word, (count, speech)))
}
