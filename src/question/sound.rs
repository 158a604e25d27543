//! Sounds: pinyin without tones, by which a name is found that was typed with other characters or in Latin letters.

use pinyin::{ToPinyin, ToPinyinMulti};

/// Most readings of one name that are kept; names have few characters with several.
const READINGS: usize = 32;

/// The ways to read `text` in pinyin without tones, a space behind each syllable; none where a character has no
/// reading. 长 is both zhang and chang: which of them a name means, nothing here tells.
pub fn sounds(text: &str) -> Vec<String> {
    let mut readings = vec![String::new()];
    for syllables in text.to_pinyin_multi() {
        let Some(syllables) = syllables else { return Vec::new() };
        let mut plain: Vec<&str> = syllables.into_iter().map(|syllable| syllable.plain()).collect();
        plain.sort_unstable();
        plain.dedup();
        readings = readings
            .iter()
            .flat_map(|reading| plain.iter().map(move |syllable| format!("{reading}{syllable} ")))
            .take(READINGS)
            .collect();
    }
    readings.retain(|reading| !reading.is_empty());
    readings
}

/// The usual way to read what somebody typed; `None` where a character has no reading.
pub fn usual_sound(text: &str) -> Option<String> {
    let syllables: Option<String> = text
        .to_pinyin()
        .map(|syllable| syllable.map(|syllable| format!("{} ", syllable.plain())))
        .collect();
    syllables.filter(|sound| !sound.is_empty())
}

/// The ways to read it as one word, as English texts write names: `changwu`.
pub fn romanized(text: &str) -> Vec<String> {
    sounds(text)
        .into_iter()
        .map(|sound| sound.replace(' ', "").replace('ü', "u"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homophones_sound_alike() {
        assert_eq!(sounds("刘辉"), sounds("刘晖"));
        assert!(sounds("刘x").is_empty() && sounds("").is_empty());
    }

    #[test]
    fn characters_with_several_readings_are_read_in_each() {
        assert!(romanized("长武").contains(&"changwu".to_owned()));
        assert!(romanized("重庆").contains(&"chongqing".to_owned()));
    }
}
