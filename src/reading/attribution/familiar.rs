//! How people are called among each other: 老李, 王大姐, 张三同志.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::mention::{Mention, MentionFinder, Naming, push_free};
use super::name::Support;
use super::name_end::{is_name_char, nth_boundary};
use super::office::BREAKS;
use crate::text::{Span, rows};

pub static HONORIFICS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("honorifics.tsv", 1).map(|row| row[0]).collect());

impl MentionFinder {
    /// 老李, 王大姐, 张三同志.
    pub(super) fn familiar(&self, text: &str, found: &mut Vec<Mention>) {
        let lexicon = Lexicon::shared();
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        for (index, &(at, c)) in chars.iter().enumerate() {
            let rest = &text[at + c.len_utf8()..];
            let free_before = index == 0
                || (!is_name_char(chars[index - 1].1) && chars[index - 1].1 != '·')
                || self.ends_office(&text[..at])
                || BREAKS.contains(chars[index - 1].1.to_string().as_str())
                // 有一位廖爷爷
                || matches!(chars[index - 1].1, '位' | '名');
            // 有关: the surname's character belongs to the word before it.
            let joined = index > 0 && {
                let before = chars[index - 1].0;
                self.names.is_word(&text[before..at + c.len_utf8()])
            };
            if !free_before || joined {
                continue;
            }
            let (surname_at, nick) = if "老小阿".contains(c) {
                (rest, true)
            } else {
                (&text[at..], false)
            };
            let Some(surname) = lexicon.surnames.prefix(surname_at) else {
                continue;
            };
            let after = &surname_at[surname.len()..];
            let end = text.len() - after.len();
            if nick && self.names.support(after) == Support::Strong && !self.names.is_word(&text[at..end]) {
                let span = Span::new(at, end);
                push_free(
                    found,
                    Mention {
                        span,
                        naming: Naming::Alias(span),
                        office: None,
                        origin: None,
                    },
                );
            } else if !nick {
                // Surname and address, or a whole name and address.
                for len in [0usize, 1, 2] {
                    let Some(given) = nth_boundary(after, len) else { break };
                    let Some(honorific) = HONORIFICS.iter().find(|word| after[given..].starts_with(**word)) else {
                        continue;
                    };
                    let name = Span::new(at, end + given);
                    let span = Span::new(at, end + given + honorific.len());
                    if self.names.support(&text[span.end()..]) != Support::Strong || self.names.is_word(span.of(text)) {
                        continue;
                    }
                    if len > 0
                        && (self.holds_word(name.of(text)) && !self.names.is_given_word(name.of(text))
                            || name.of(text).chars().any(|c| BREAKS.contains(c.to_string().as_str())))
                    {
                        continue;
                    }
                    let naming = if len == 0 {
                        Naming::Alias(span)
                    } else {
                        Naming::Name(name)
                    };
                    push_free(
                        found,
                        Mention {
                            span,
                            naming,
                            office: None,
                            origin: None,
                        },
                    );
                    break;
                }
            }
        }
    }

    fn ends_office(&self, text: &str) -> bool {
        Lexicon::shared().offices.suffix(text).is_some()
    }
}
