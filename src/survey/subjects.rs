//! What some remarks are of: the words that stand in them and not everywhere.

use std::collections::HashMap;

use crate::answer::Quote;
use crate::index::{IndexError, Snapshot, Unit, normalized};
use crate::question::Topic;
use crate::text::{Segmenter, is_han};

/// Most of them.
const MOST: usize = 8;
/// A word that stands in fewer of many remarks tells nothing of them.
const FEWEST: usize = 2;
/// What stands before a rank for the whole of it.
const WHOLE: [char; 6] = ['全', '我', '本', '该', '各', '贵'];
const RANKS: [char; 9] = ['国', '省', '市', '州', '县', '区', '镇', '乡', '村'];
/// So many remarks are few, of which a single one counts.
const FEW: usize = 4;

/// The words that some remarks are of more than the files are in all, with the number of remarks that hold each; what tells
/// most first.
pub fn subjects(snapshot: &Snapshot, remarks: &[Quote]) -> Result<Vec<(String, usize)>, IndexError> {
    let texts: Vec<String> = remarks.iter().map(|quote| normalized(&quote.text)).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for text in &texts {
        let words = Topic::of(text, &[], &[], false).words;
        let words = words.into_iter().filter(|word| !word.generic && !word.name);
        for word in words.map(|word| word.term) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let least = if remarks.len() > FEW { FEWEST } else { 1 };
    let passages = snapshot.catalogue().passages().max(1) as f32;
    let mut weighed: Vec<(f32, String)> = Vec::new();
    for (word, count) in counts {
        if count < least || !is_thing(&word) {
            continue;
        }
        let frequency = snapshot.frequency(Unit::Word, &word)?.max(1) as f32;
        let rarity = (1.0 + passages / frequency).ln();
        weighed.push((count as f32 * rarity, word));
    }
    weighed.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.cmp(other)));
    let mut chosen: Vec<String> = Vec::new();
    for (_, word) in weighed {
        // 企业 goes without saying beside 民营企业.
        let seen = chosen
            .iter()
            .any(|known| known.contains(&word) || word.contains(known.as_str()));
        if !seen && chosen.len() < MOST {
            chosen.push(word);
        }
    }
    let holding = |word: &String| texts.iter().filter(|text| text.contains(word.as_str())).count();
    Ok(chosen
        .into_iter()
        .map(|word| {
            let count = holding(&word);
            (word, count)
        })
        .collect())
}

/// Whether a word names a thing or a matter: not a place, not a person, not a time.
fn is_thing(word: &str) -> bool {
    let han = word.chars().filter(|c| is_han(*c)).count();
    if han < 2 || han < word.chars().count() {
        return false;
    }
    // 全县, 我市: the whole of where one is.
    if han == 2 && word.starts_with(WHOLE) && word.ends_with(RANKS) {
        return false;
    }
    let tag = Segmenter::shared().part_of_speech(word).unwrap_or_default();
    let named = ["ns", "nr", "nt"].iter().any(|kind| tag.starts_with(kind));
    !named && ["n", "vn", "j", "l", "an"].iter().any(|kind| tag.starts_with(kind))
}
