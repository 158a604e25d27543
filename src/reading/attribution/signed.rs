//! Words that are signed: quotations behind a dash (`> 先修路。` over `> ——邹岚(县长)`), contributions over such a line, instructions
//! with name and day in brackets (…。(邹岚,3月4日)).

use super::byline::BYLINE;
use super::known::Identified;
use super::manuscript::{Given, NOT_SIGNING, Paper};
use crate::meeting::{Certainty, SpeakerRule};
use crate::reading::layout::Kind;
use crate::text::{Folded, Span, ends_sentence, quotations};

/// Fewest signatures of a kind for it to be the paper's way.
const SEVERAL: usize = 2;

/// Who signs, and where the words before end in the same paragraph; 0 for a line of its own. Nobody where no name is told.
struct Signature {
    speaker: Option<Identified>,
    end: usize,
}

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

    /// Contributions each over a line that begins with a dash and says who wrote them, and instructions that end with a name and a day in
    /// brackets; several of a kind, or it is none.
    pub(super) fn signed_contributions(&self, given: &mut [Option<Given>]) {
        let signed: Vec<(usize, Signature)> = (0..self.blocks.len())
            .filter(|at| !matches!(self.blocks[*at].kind, Kind::Furniture(_) | Kind::Title))
            .filter_map(|at| Some((at, self.signature_line(at).or_else(|| self.dated_signature(at))?)))
            .collect();
        let under = |signature: &Signature| signature.end == 0;
        for lines in [true, false] {
            let of_kind = signed.iter().filter(|(_, signature)| under(signature) == lines);
            if of_kind.clone().count() < SEVERAL {
                continue;
            }
            for (at, signature) in of_kind {
                self.sign(*at, signature, given);
            }
        }
    }

    /// Gives to whoever signs what stands over the line, or in the paragraph before the bracket.
    fn sign(&self, at: usize, signature: &Signature, given: &mut [Option<Given>]) {
        let words = |words: Span| {
            Some(match &signature.speaker {
                Some(speaker) => Given::Words {
                    speaker: speaker.clone(),
                    certainty: Certainty::Named,
                    words,
                    rule: SpeakerRule::SignatureOfContribution,
                },
                None => Given::Nobodys,
            })
        };
        if signature.end > 0 {
            let span = self.folded(at).original(Span::new(0, signature.end)).trimmed(self.text);
            given[at] = words(span);
            return;
        }
        given[at] = Some(Given::Nobodys);
        for index in (0..at).rev() {
            let own = self.blocks[index].kind == Kind::Paragraph && self.signature_line(index).is_none();
            if !own || given[index].is_some() {
                break;
            }
            given[index] = words(self.blocks[index].span);
        }
    }

    /// A line of its own that begins with a dash and names somebody: ——青石镇党支部书记 邹岚; or somebody without a name.
    fn signature_line(&self, at: usize) -> Option<Signature> {
        let folded = self.folded(at);
        let text = folded.text();
        let bare = text.trim_start().strip_prefix("——")?.trim();
        if bare.is_empty() || bare.chars().count() > BYLINE || ends_sentence(bare) || bare.contains([',', ':']) {
            return None;
        }
        let from = text.find(bare)?;
        let span = folded.original(Span::new(from, from + bare.len())).trimmed(self.text);
        let line = Folded::new(span.of(self.text), span.start());
        let speaker = self.whole(&line).or_else(|| self.office_and_name(&line));
        let nameless = || ["一位", "一名", "某"].iter().any(|word| bare.starts_with(word));
        (speaker.is_some() || nameless()).then_some(Signature { speaker, end: 0 })
    }

    /// Who signs at a paragraph's end with a day behind the name: …。(邹岚,3月4日)
    fn dated_signature(&self, at: usize) -> Option<Signature> {
        if self.blocks[at].kind != Kind::Paragraph {
            return None;
        }
        let folded = self.folded(at);
        let text = folded.text().trim_end();
        let open = text.strip_suffix(')')?.rfind('(')?;
        let (name, day) = text[open + 1..text.len() - 1].split_once([',', ' '])?;
        let dated = day.contains('月') && day.trim_end().ends_with('日');
        if !dated || !ends_sentence(text[..open].trim_end()) {
            return None;
        }
        let from = open + 1;
        let span = folded.original(Span::new(from, from + name.len())).trimmed(self.text);
        let named = || super::shaped_like_name(name).then(|| self.cast.by_name(name, None, None));
        let speaker = self
            .whole(&Folded::new(span.of(self.text), span.start()))
            .or_else(named)?;
        Some(Signature {
            speaker: Some(speaker),
            end: text[..open].trim_end().len(),
        })
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
    fn contributions_are_whose_names_stand_behind_dashes_below() {
        let text = "书面征集选登\n\n　　榨坊十家十个价。建议县里统一检测。\n　　　　——淮土镇凤山村党支部书记　丘福生\n\n　　能不能办夜校？\n　　　　——县小吃行业协会会长　何晓岚\n\n　　请让娃娃免费去一次。\n　　　　——一位不愿署名的退休教师\n\n　　（来信请注明联系方式）\n";
        says(text, "榨坊十家", Some("丘福生"));
        says(text, "能不能办夜校", Some("何晓岚"));
        says(text, "请让娃娃", None);
        says(text, "来信请注明", None);
        let one = "工作简报\n\n茶园修了路。\n——县茶业办主任　丘福生\n";
        says(one, "茶园修了路", None);
    }

    #[test]
    fn instructions_are_whose_name_and_day_stand_behind_them() {
        let text = "批示抄告单\n\n〖信息一〗堤脚冲刷\n　　先抛石护脚，不能等。（樊宏亮，3月4日）\n　　按宏亮书记意见办。（邹远志，3月5日）\n　　县里还在研究（附件，3月6日）\n";
        says(text, "先抛石护脚", Some("樊宏亮"));
        says(text, "按宏亮书记意见办", Some("邹远志"));
        says(text, "县里还在研究", None);
    }

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
