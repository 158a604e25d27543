//! Collections of contributions: under names, or signed at their ends.

use super::byline::BYLINE;
use super::interjection::is_heard;
use super::known::Identified;
use super::manuscript::{Given, HEAD, NOT_SIGNING, Paper, is_bracketed};
use crate::meeting::{Certainty, SpeakerRule};
use crate::reading::layout::Kind;
use crate::text::{Folded, Span, ends_sentence};

/// What the title of a collection of contributions has in it.
const COLLECTIONS: [&str; 9] = [
    "发言集",
    "摘登",
    "选登",
    "发言摘编",
    "发言选编",
    "发言汇编",
    "发言摘要",
    "交流材料",
    "发言材料",
];
/// How the heading of somebody's contribution ends.
const CONTRIBUTED: [&str; 13] = [
    "讲话",
    "发言",
    "点评",
    "小结",
    "总结",
    "插话",
    "表态",
    "致辞",
    "讲话(节选)",
    "发言(节选)",
    "讲话(摘要)",
    "发言(摘要)",
    "讲话摘要",
];
/// Labels of a collection under which a contribution's speaker stands.
const SPEAKS: [&str; 5] = ["发言人", "发言者", "汇报人", "主讲人", "发言"];

impl Paper<'_, '_> {
    /// A collection: under a heading that is an office and a name, or above a signature.
    pub(super) fn collection(&self, given: &mut [Option<Given>]) {
        // A page's masthead, the meeting's name may stand over it.
        let head = (0..self.blocks.len().min(HEAD)).take_while(|at| !ends_sentence(self.folded(*at).text()));
        let is_collection = self.says_what_follows()
            || head.into_iter().any(|at| {
                let folded = self.folded(at);
                !matches!(self.blocks[at].kind, Kind::Furniture(_))
                    && COLLECTIONS.iter().any(|word| folded.text().contains(word))
            });
        if !is_collection {
            return;
        }
        let mut contributor: Option<Identified> = None;
        let mut begun = false;
        let mut first = 0;
        for at in 0..self.blocks.len() {
            let folded = self.folded(at);
            // 发言人:党委书记邹岚; and any other label or head of a turn ends what somebody said before.
            if let Kind::Label { key, value } = &self.blocks[at].kind {
                contributor = None;
                begun = false;
                first = at + 1;
                if SPEAKS.contains(&key.as_str()) {
                    let value = Folded::new(value.of(self.text), value.start());
                    contributor = self.whole(&value).or_else(|| self.office_and_name(&value));
                }
                continue;
            }
            // ——青石镇书记 邹岚: whoever signs what stands above.
            if folded.text().trim_start().starts_with("——") {
                (contributor, begun, first) = (None, false, at + 1);
                continue;
            }
            // (本报记者 邹岚整理): who wrote it down.
            if is_bracketed(folded.text()) && NOT_SIGNING.iter().any(|word| folded.text().contains(word)) {
                continue;
            }
            // 发言人:党委书记邹岚, that the page gives no label's place.
            if let Some(speaker) = self.announced(&folded) {
                (contributor, begun, first) = (Some(speaker), false, at + 1);
                given[at] = (self.blocks[at].kind == Kind::Paragraph).then_some(Given::Nobodys);
                continue;
            }
            // 我们一天走两遍。(镇长邹岚) is as short as a heading.
            let signs = signed(folded.text()).is_some();
            let heads = matches!(self.blocks[at].kind, Kind::Heading | Kind::Title) && !signs;
            let short = matches!(self.blocks[at].kind, Kind::Paragraph | Kind::Turn(_))
                && folded.text().chars().count() <= BYLINE;
            // 为此建议:, 各位委员:
            let leads = contributor.is_some() && folded.text().trim_end().ends_with([':', ',']);
            let leads = leads && self.byline(at).is_none();
            let stub = heads || short && !ends_sentence(folded.text()) && !signs && !leads;
            if stub {
                if begun {
                    contributor = None;
                    begun = false;
                }
                first = at + 1;
                let heading = folded.text().trim_end_matches(['〕', '】', ']', ' ', '*']);
                let contributes = CONTRIBUTED.iter().any(|end| heading.ends_with(end));
                let named = || contributes.then(|| self.named_in_title(at)).flatten();
                contributor = self.byline(at).or_else(named).or(contributor);
                if self.blocks[at].kind == Kind::Paragraph {
                    given[at] = Some(Given::Nobodys);
                }
                continue;
            }
            if self.blocks[at].kind != Kind::Paragraph && !signs {
                continue;
            }
            begun = true;
            if let Some(speaker) = &contributor {
                given[at] = Some(Given::Words {
                    speaker: speaker.clone(),
                    certainty: Certainty::Inferred,
                    words: self.blocks[at].span,
                    rule: SpeakerRule::HeadingOfContribution,
                });
            } else if let Some((open, speaker)) = self.signature(&folded) {
                for (paragraph, slot) in given.iter_mut().enumerate().take(at + 1).skip(first) {
                    let words = if paragraph == at {
                        folded.original(Span::new(0, open)).trimmed(self.text)
                    } else {
                        self.blocks[paragraph].span
                    };
                    if (paragraph == at || self.blocks[paragraph].kind == Kind::Paragraph)
                        && slot.is_none()
                        && !words.is_empty()
                    {
                        *slot = Some(Given::Words {
                            speaker: speaker.clone(),
                            certainty: Certainty::Inferred,
                            words,
                            rule: SpeakerRule::SignatureOfContribution,
                        });
                    }
                }
                first = at + 1;
            }
        }
    }

    /// Who is named behind a label in the line itself: 发言人:党委书记邹岚.
    fn announced(&self, line: &Folded) -> Option<Identified> {
        let (key, value) = line.text().split_once(':')?;
        if !SPEAKS.contains(&key.trim()) || value.chars().count() > BYLINE {
            return None;
        }
        let value = line
            .original(Span::new(key.len() + 1, line.text().len()))
            .trimmed(self.text);
        let value = Folded::new(value.of(self.text), value.start());
        self.whole(&value).or_else(|| self.office_and_name(&value))
    }

    /// 现将发言摘登如下: a paper that says at its head that contributions follow.
    fn says_what_follows(&self) -> bool {
        const WHAT: [&str; 4] = ["发言", "讲话", "交流材料", "汇报"];
        (0..self.blocks.len().min(HEAD)).any(|at| {
            let folded = self.folded(at);
            let text = folded.text();
            let follows = text
                .split(['。', '\n'])
                .any(|words| words.trim_end_matches([':', ' ']).ends_with("如下"));
            follows && WHAT.iter().any(|what| text.contains(what))
        })
    }

    /// Who signs in brackets at a paragraph's end, and where the bracket opens: …是生活。(镇党委书记 邹岚)
    fn signature(&self, folded: &Folded) -> Option<(usize, Identified)> {
        let open = signed(folded.text())?;
        let inner = Span::new(open + 1, folded.text().trim_end().len() - 1);
        let words = inner.of(folded.text());
        if is_heard(words) || NOT_SIGNING.iter().any(|word| words.contains(word)) {
            return None;
        }
        let signing = Folded::new(folded.original(inner).of(self.text), folded.original(inner).start());
        self.whole(&signing).map(|speaker| (open, speaker))
    }
}

/// Where the bracket opens that a paragraph ends with, behind a sentence or alone.
fn signed(paragraph: &str) -> Option<usize> {
    let bare = paragraph.trim_end();
    let open = bare.strip_suffix(')')?.rfind('(')?;
    let before = bare[..open].trim_end();
    (before.is_empty() || ends_sentence(before)).then_some(open)
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    #[test]
    fn heads_of_contributions_say_for_whom_somebody_sits_there() {
        let text = "代表发言摘登\n\n1月14日，县人大代表分组审议报告。现将部分代表发言摘登如下，以飨读者。\n\n▲县水利局局长  韩雪梅代表（白水代表团）\n水的事今年办。\n\n▲县人大代表  布和（牧区代表团）\n补助发得晚。\n\n〔贺建军同志点评〕\n大家讲得都不虚。\n";
        says(text, "水的事今年办", Some("韩雪梅"));
        says(text, "补助发得晚", Some("布和"));
        says(text, "大家讲得都不虚", Some("贺建军"));
        says(text, "现将部分代表", None);
    }

    #[test]
    fn contributions_are_whose_name_heads_or_signs_them() {
        let signed = "护林经验发言摘登\n2025年2月20日\n\n石桥镇：山要有人看\n\n我们一天走两遍。（镇长 邹岚）\n\n白水镇：路要有人修\n\n先修防火路，再修别的。（镇党委书记 丘福生）\n";
        says(signed, "我们一天走两遍", Some("邹岚"));
        says(signed, "先修防火路", Some("丘福生"));
        let headed = "护林经验发言摘登\n\n石桥镇\n山要有人看\n石桥镇镇长　邹岚\n我们一天走两遍。\n\n白水镇\n路要有人修\n白水镇镇长　丘福生\n先修防火路，再修别的。\n";
        says(headed, "我们一天走两遍", Some("邹岚"));
        says(headed, "先修防火路", Some("丘福生"));
        let photo = "护林经验发言摘登\n\n山要有人看\n\n护林员走在路上。（记者 邹岚 摄）\n";
        says(photo, "护林员走在路上", None);
    }

    #[test]
    fn heads_of_contributions_have_offices_in_brackets_numbers_and_who_speaks_for_several() {
        let text = "中共青石县委\n春耕大会发言材料汇编\n2025年2月\n\n**老城镇 何晓岚(党委副书记、镇长)**\n老城的短板是路。我算过账，修通要七百万。\n\n4.白水镇：让账本说话\n发言人：党委书记丘福生\n去年我们清了一遍合同。\n\n为此建议：一是清账；二是公开。\n\n县政协社会法制委员会（柴桂芳代表发言）\n我们走访了七个社区。\n\n七  种植合作社理事长 闵家旺\n◎题目：三本账\n第一本是省下的账。\n\n黄梅乡乡长 卜海龙（书面发言）\n杏扁的树龄大了。\n";
        for (words, who) in [
            ("老城的短板", "何晓岚"),
            ("清了一遍合同", "丘福生"),
            ("一是清账", "丘福生"),
            ("七个社区", "柴桂芳"),
            ("第一本是", "闵家旺"),
            ("杏扁的树龄", "卜海龙"),
        ] {
            says(text, words, Some(who));
        }
    }
}
