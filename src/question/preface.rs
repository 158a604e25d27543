//! What a message says before it asks: 要写材料,帮我概括…. It tells what the answer is for, and nothing of what is asked.

use crate::text::{fold_str, quotations, words_by_kind};

words_by_kind! {
    /// The words of `prefaces.tsv`, by kind.
    static PREFACES: Prefaces = "prefaces.tsv" {
        /// What tells of a purpose.
        purpose,
        /// How a request begins.
        begins,
    }
}
/// Words by which a clause asks something itself.
const ASKS: [&str; 9] = ["什么", "啥", "谁", "哪", "多少", "怎", "咋", "吗", "?"];
/// Longest preface, in characters.
const LONGEST: usize = 30;

/// A message from where its request begins.
pub fn without_preface(typed: &str) -> &str {
    let quoted = quotations(typed);
    for (at, mark) in typed.match_indices([',', '，', '。', '；']) {
        let (before, behind) = (&typed[..at], &typed[at + mark.len()..]);
        let inside = quoted.iter().any(|quotation| quotation.inner.holds(at));
        let folded = fold_str(before);
        if inside || before.chars().count() > LONGEST || ASKS.iter().any(|word| folded.contains(word)) {
            return typed;
        }
        let begins = PREFACES.begins.iter().any(|word| behind.trim_start().starts_with(word));
        // 4月9号那趟,帮我捋一下: what it is of is no preface.
        if begins && PREFACES.purpose.iter().any(|word| before.contains(word)) {
            return behind;
        }
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::without_preface;

    #[test]
    fn what_it_is_for_is_not_asked() {
        assert_eq!(
            without_preface("今年要写材料，帮我概括白水那场发布会"),
            "帮我概括白水那场发布会"
        );
        for whole in [
            "王静说了什么，帮我查一下",
            "4月9号来县里那趟,帮我捋一下内容",
            "桥修好了,路什么时候修",
        ] {
            assert_eq!(without_preface(whole), whole);
        }
    }
}
