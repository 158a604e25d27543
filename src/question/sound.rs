//! Sounds: pinyin without tones, by which a name is found that was typed with other characters or in Latin letters.

use pinyin::{ToPinyin, ToPinyinMulti};

/// Most readings of one name that are kept; names have few characters with several.
const READINGS: usize = 32;

/// The ways to read `text` in pinyin without tones, a space behind each syllable; none where a character has no
/// reading. 长 is both zhang and chang: which of them a name means, nothing here tells.
///
/// Sounds that people mix up where they come from are one: zh and z, ng and n.
pub fn sounds(text: &str) -> Vec<String> {
    readings(text, blurred)
}

/// A syllable without what many people neither say nor type: zhang and zan are one.
fn blurred(syllable: &str) -> String {
    let flat = ["zh", "ch", "sh"].iter().find_map(|curled| {
        let rest = syllable.strip_prefix(curled)?;
        Some(format!("{}{rest}", &curled[..1]))
    });
    let flat = flat.unwrap_or_else(|| syllable.to_owned());
    match flat.strip_suffix("ng") {
        Some(front) if front.ends_with(['i', 'e', 'a']) => format!("{front}n"),
        _ => flat,
    }
}

fn readings(text: &str, spell: impl Fn(&str) -> String) -> Vec<String> {
    let mut readings = vec![String::new()];
    for syllables in text.to_pinyin_multi() {
        let Some(syllables) = syllables else { return Vec::new() };
        let mut plain: Vec<String> = syllables.into_iter().map(|syllable| spell(syllable.plain())).collect();
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
        .map(|syllable| syllable.map(|syllable| format!("{} ", blurred(syllable.plain()))))
        .collect();
    syllables.filter(|sound| !sound.is_empty())
}

/// The ways to read it as one word, as English texts write names: `changwu`.
pub fn romanized(text: &str) -> Vec<String> {
    readings(text, str::to_owned)
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
        assert_eq!((sounds("解自强"), sounds("林静")), (sounds("解志强"), sounds("林进")));
        assert!(sounds("刘x").is_empty() && sounds("").is_empty());
    }

    #[test]
    fn characters_with_several_readings_are_read_in_each() {
        assert!(romanized("长武").contains(&"changwu".to_owned()));
        assert!(romanized("重庆").contains(&"chongqing".to_owned()));
    }
}
