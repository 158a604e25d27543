//! Quotations that are signed behind a dash: `> 先修路。` over `> ——邹岚(县长)`.

use super::known::Identified;
use super::manuscript::{BYLINE, Given, NOT_SIGNING, Paper};
use crate::meeting::{Certainty, SpeakerRule};
use crate::reading::layout::Kind;
use crate::text::{Folded, Span, ends_sentence, quotations};

impl Paper<'_, '_> {
    /// > 先修路。
    /// > ——邹岚(县长): what is set off as a quotation is whose name stands behind a dash under it or at its end.
    pub(super) fn signed_quotations(&self, given: &mut [Option<Given>]) {
        let mut from = 0;
        for at in 0..self.blocks.len() {
            let folded = self.folded(at);
            // >: a blank line of the quotation.
            if !folded.text().contains(char::is_alphanumeric) {
                continue;
            }
            if self.blocks[at].kind != Kind::Paragraph && self.blocks[at].kind != Kind::Heading {
                from = at + 1;
                continue;
            }
            let Some((end, speaker)) = self.dashed_signature(&folded) else {
                if self.blocks[at].kind == Kind::Heading {
                    from = at + 1;
                }
                continue;
            };
            let first = (from..at)
                .rev()
                .take_while(|before| self.is_set_off(*before))
                .last()
                .unwrap_or(at);
            let alone = folded.text()[..end].trim().is_empty();
            let within = self.blocks[at].kind == Kind::Paragraph && self.is_set_off(at) && !alone;
            if first < at || within {
                for (index, slot) in given.iter_mut().enumerate().take(at + 1).skip(first) {
                    if !self.blocks[index].span.of(self.text).contains(char::is_alphanumeric) {
                        continue;
                    }
                    let words = match index == at {
                        true => folded.original(Span::new(0, end)).trimmed(self.text),
                        false => self.blocks[index].span,
                    };
                    *slot = Some(Given::Words {
                        speaker: speaker.clone(),
                        certainty: Certainty::Named,
                        words,
                        rule: SpeakerRule::SignatureOfQuotation,
                    });
                }
            }
            from = at + 1;
        }
    }

    /// Whether a block is a quotation by its mark, or by the quotation marks around the whole of it.
    fn is_set_off(&self, at: usize) -> bool {
        let span = self.blocks[at].span;
        let line = self.text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
        let folded = self.folded(at);
        let quoted = folded.text().starts_with('“')
            && quotations(folded.text()).first().is_some_and(|quotation| {
                let behind = folded.text()[quotation.outer.end()..].trim_start();
                behind.is_empty() || behind.starts_with('—')
            });
        let marked = self.text[line..span.end()].trim_start().starts_with('>');
        marked || quoted && self.blocks[at].kind == Kind::Paragraph
    }

    /// Who signs behind a dash at a paragraph's end, and where the words before end: …。——邹岚(县长)
    fn dashed_signature(&self, folded: &Folded) -> Option<(usize, Identified)> {
        let text = folded.text();
        let dash = text.rfind("——").or_else(|| text.rfind('—').filter(|at| *at == 0))?;
        let before = text[..dash].trim_end();
        if !(before.is_empty() || ends_sentence(before)) {
            return None;
        }
        let name_at = dash + text[dash..].len() - text[dash..].trim_start_matches(['—', ' ']).len();
        let signing = &text[name_at..];
        if signing.chars().count() > BYLINE || NOT_SIGNING.iter().any(|word| signing.contains(word)) {
            return None;
        }
        let (bare, office) = match signing
            .trim_end()
            .strip_suffix(')')
            .and_then(|inner| inner.rsplit_once('('))
        {
            Some((name, office)) => (name.trim_end(), Some(office)),
            None => (signing.trim_end(), None),
        };
        let span = folded.original(Span::new(name_at, name_at + bare.len()));
        let named = || super::shaped_like_name(bare).then(|| self.cast.by_name(bare, None, None));
        let speaker = self
            .whole(&Folded::new(span.of(self.text), span.start()))
            .or_else(named)?;
        let office = office.filter(|office| super::ends_in_title(office));
        Some((
            before.len(),
            match (office, speaker.speaker.name.clone()) {
                (Some(office), Some(name)) => {
                    let at = text.rfind(office).unwrap_or(text.len());
                    let office = folded.words(Span::new(at, at + office.len()), self.text);
                    self.cast.by_name(&name, Some(office), None)
                }
                _ => speaker,
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    #[test]
    fn a_quotation_is_whose_name_stands_behind_a_dash_under_it() {
        let text = "选址会\n\n> 桥头人多，租金也高。\n>\n> —— 丘福生（县茶业办主任）\n\n> 那就选老仓库。——何晓岚\n\n“车停得下。”\n——韦朝军\n\n县里还在研究。\n";
        says(text, "桥头人多", Some("丘福生"));
        says(text, "那就选老仓库", Some("何晓岚"));
        says(text, "车停得下", Some("韦朝军"));
        says(text, "县里还在研究", None);
        let subtitle = "> 茶香飘万家。\n> ——县茶业发展侧记\n";
        says(subtitle, "茶香飘万家", None);
    }
}
