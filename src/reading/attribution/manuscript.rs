//! Papers that are somebody's words as a whole: a speech under its byline, or several each under a line that says whose it is.

use super::byline::{BYLINE, without_brackets};
use super::cast::Cast;
use super::introduction::{greets, own_name, own_office};
use super::item::item_level;
use super::known::Identified;
use super::mention::Naming;
use crate::meeting::{Certainty, SpeakerRule};
use crate::reading::layout::{Block, Kind};
use crate::text::{Folded, Span, ends_sentence, fold_str};

/// Whose words a block is.
#[derive(Clone, Debug)]
pub enum Given {
    /// Somebody's.
    Words {
        /// Who.
        speaker: Identified,
        /// How sure that is.
        certainty: Certainty,
        /// The words in it.
        words: Span,
        /// The rule that says so.
        rule: SpeakerRule,
    },
    /// A line between contributions: nobody's.
    Nobodys,
}

/// How the title of a speech ends behind 的: 在…上的表态发言, …的讲话提纲.
const SPEECHES: [&str; 9] = [
    "讲话",
    "致辞",
    "致词",
    "发言",
    "演讲",
    "讲话提纲",
    "发言提纲",
    "开幕词",
    "闭幕词",
];
/// How it ends without.
const SPEECH_PAPERS: [&str; 3] = ["讲话稿", "发言稿", "致辞稿"];
/// Longest such end, in characters: 总结讲话提纲.
const LONGEST_SPEECH: usize = 6;
/// How a line ends that says whose speech follows.
const PARTS: [&str; 15] = [
    "讲话要点",
    "发言要点",
    "讲话摘要",
    "发言摘要",
    "总结讲话",
    "的讲话",
    "的发言",
    "的致辞",
    "的致词",
    "的演讲",
    "的讲话摘要",
    "的总结讲话",
    "的表态发言",
    "的离任发言",
    "的任职发言",
];
/// Whom a speech is made to.
const HEARERS: [&str; 11] = [
    "同志们",
    "各位",
    "朋友们",
    "同学们",
    "老师们",
    "乡亲们",
    "女士们",
    "先生们",
    "代表们",
    "委员们",
    "战友们",
];
/// Among how many blocks at the head title, byline and salutation stand.
pub(super) const HEAD: usize = 12;
/// Longest salutation, in characters.
const SALUTATION: usize = 40;
/// Who signs a paper and has not spoken: (邹岚 摄).
pub(super) const NOT_SIGNING: [&str; 8] = ["记者", "通讯员", "摄", "供图", "编辑", "责编", "整理", "报道"];

/// For each block whose words it is as a whole, where the paper's form tells.
pub fn given(text: &str, blocks: &[Block], cast: &Cast<'_>) -> Vec<Option<Given>> {
    let paper = Paper { text, blocks, cast };
    let mut given = vec![None; blocks.len()];
    paper.speech(&mut given);
    paper.collection(&mut given);
    if given.iter().all(Option::is_none) {
        paper.parts(&mut given, 0);
    }
    if given.iter().all(Option::is_none) {
        paper.introduced(&mut given);
    }
    paper.signed_quotations(&mut given);
    paper.signed_contributions(&mut given);
    given
}

pub(super) struct Paper<'p, 't> {
    pub text: &'p str,
    pub blocks: &'p [Block],
    pub cast: &'p Cast<'t>,
}

impl Paper<'_, '_> {
    pub fn folded(&self, index: usize) -> Folded {
        self.blocks[index].folded(self.text)
    }

    /// The lines of the head that may be the title: the first ones up to a sentence.
    fn titles(&self) -> impl Iterator<Item = usize> {
        (0..self.blocks.len().min(4)).take_while(|at| {
            *at == 0
                || !ends_sentence(self.folded(*at).text())
                    && matches!(self.blocks[*at].kind, Kind::Title | Kind::Heading)
        })
    }

    /// A speech: from the salutation to the last paragraph the words of whoever signs under the title or is named in it.
    fn speech(&self, given: &mut [Option<Given>]) {
        let Some(title) = self.titles().find(|at| {
            let folded = self.folded(*at);
            let bare = without_brackets(folded.text());
            is_speech_title(bare)
        }) else {
            return;
        };
        let head = self.blocks.len().min(title + HEAD);
        let salutation = (title + 1..head).find(|at| is_salutation(self.folded(*at).text()));
        let byline =
            (title + 1..salutation.unwrap_or(head)).find_map(|at| self.byline(at).map(|speaker| (at, speaker)));
        let named = || self.named_in_title(title);
        let (from, speaker, rule) = match (byline, salutation) {
            (Some((_, speaker)), Some(at)) => (at, speaker, SpeakerRule::BylineOfSpeech),
            (Some((at, speaker)), None) => (at + 1, speaker, SpeakerRule::BylineOfSpeech),
            (None, Some(at)) => match named() {
                Some(speaker) => (at, speaker, SpeakerRule::TitleOfSpeech),
                None => return,
            },
            (None, None) => return,
        };
        // 邹岚同志的表态发言: another speech begins.
        let end = (from + 1..self.blocks.len())
            .find(|at| self.head_of_part(*at).is_some())
            .unwrap_or(self.blocks.len());
        for (at, slot) in given.iter_mut().enumerate().take(end).skip(from) {
            // 一、看住火源: what the speaker counts, he says.
            let counted = || item_level(self.folded(at).text()).is_some();
            let said = match self.blocks[at].kind {
                Kind::Title | Kind::Furniture(_) | Kind::Label { .. } => false,
                // (打印:镇党政办  共印30份)
                _ if is_bracketed(self.folded(at).text()) && is_of_paper(self.folded(at).text()) => false,
                _ if is_distribution(self.folded(at).text()) => false,
                Kind::Heading => counted(),
                _ => true,
            };
            if said {
                *slot = Some(Given::Words {
                    speaker: speaker.clone(),
                    certainty: Certainty::Inferred,
                    words: self.blocks[at].span,
                    rule,
                });
            }
        }
        self.parts(given, end);
    }

    /// Speeches each under a line that says whose it is and nothing else (胡天柱书记的讲话), from a block on. Who is named in
    /// the paragraphs below does not speak in them; where a paragraph begins with somebody else and a colon, a speech ends.
    fn parts(&self, given: &mut [Option<Given>], from: usize) {
        let heads: Vec<(usize, Identified)> = (from..self.blocks.len())
            .filter_map(|at| self.head_of_part(at).map(|speaker| (at, speaker)))
            .collect();
        for (index, (head, speaker)) in heads.iter().enumerate() {
            let end = heads.get(index + 1).map_or(self.blocks.len(), |(next, _)| *next);
            let below: Vec<usize> = (head + 1..end)
                .filter(|at| self.blocks[*at].kind == Kind::Paragraph)
                .take_while(|at| !self.is_anothers(*at, speaker))
                .collect();
            let named = speaker.speaker.name.as_deref().is_some_and(|name| {
                below.iter().any(|at| {
                    let folded = self.folded(*at);
                    // (邹岚,县水利局局长): whose speech it was.
                    !is_bracketed(folded.text()) && folded.text().contains(&fold_str(name))
                })
            });
            if named {
                continue;
            }
            for at in below {
                given[at] = Some(match is_bracketed(self.folded(at).text()) {
                    true => Given::Nobodys,
                    false => self.words_of(at, speaker, SpeakerRule::HeadingOfSpeech),
                });
            }
        }
    }

    /// Whether a paragraph opens another's words: 主持人、县长邹岚最后说:….
    fn is_anothers(&self, at: usize, speaker: &Identified) -> bool {
        let folded = self.folded(at);
        let Some((lead, _)) = folded.text().split_once(':') else {
            return false;
        };
        let told = lead.chars().count() <= BYLINE && !lead.contains(['。', '!', '?', '“', '我']);
        let cue = || {
            let starts = lead.char_indices().map(|(at, _)| at);
            starts.skip(1).any(|at| super::is_cue(&lead[at..]))
        };
        let other = || {
            self.cast.finder.find(lead, &self.cast.people).iter().any(|mention| {
                matches!(mention.naming, Naming::Name(name)
                    if speaker.speaker.name.as_deref().is_none_or(|own| fold_str(own) != name.of(lead)))
            })
        };
        told && cue() && other()
    }

    /// Whose speech a line says that it heads: a person and …的讲话, from end to end.
    fn head_of_part(&self, at: usize) -> Option<Identified> {
        if !matches!(self.blocks[at].kind, Kind::Paragraph | Kind::Heading | Kind::Title) {
            return None;
        }
        let folded = self.folded(at);
        let bare = without_brackets(folded.text().trim_end().trim_end_matches(':'));
        let who = PARTS
            .iter()
            .filter_map(|end| bare.strip_suffix(end))
            .min_by_key(|who| who.len())?;
        if who.chars().count() > BYLINE {
            return None;
        }
        let who = folded.original(Span::new(0, who.len())).trimmed(self.text);
        self.whole(&Folded::new(who.of(self.text), who.start()))
    }

    /// A speech without a title or a byline, whose speaker greets those who hear it and says his name.
    fn introduced(&self, given: &mut [Option<Given>]) {
        if self
            .blocks
            .iter()
            .any(|block| matches!(block.kind, Kind::Turn(_) | Kind::Row { .. }))
        {
            return;
        }
        let Some(first) = (0..self.blocks.len().min(HEAD))
            .find(|at| self.blocks[*at].kind == Kind::Paragraph && greets(self.folded(*at).text()))
        else {
            return;
        };
        let folded = self.folded(first);
        let Some(name) = own_name(folded.text(), self.cast.finder.names()) else {
            return;
        };
        let office = own_office(folded.text(), name.of(folded.text()), &self.cast.finder)
            .map(|office| folded.words(office, self.text));
        let speaker = self.cast.by_name(&folded.words(name, self.text), office, None);
        for (at, slot) in given.iter_mut().enumerate().skip(first) {
            if self.blocks[at].kind == Kind::Paragraph {
                *slot = Some(self.words_of(at, &speaker, SpeakerRule::IntroducesHimself));
            }
        }
    }

    fn words_of(&self, at: usize, speaker: &Identified, rule: SpeakerRule) -> Given {
        Given::Words {
            speaker: speaker.clone(),
            certainty: Certainty::Inferred,
            words: self.blocks[at].span,
            rule,
        }
    }
}

/// 在…上的表态发言, …讲话稿
fn is_speech_title(title: &str) -> bool {
    let tail = title.rfind('的').map_or("", |at| &title[at + '的'.len_utf8()..]);
    let speech = tail.chars().count() <= LONGEST_SPEECH && SPEECHES.iter().any(|end| tail.ends_with(end));
    speech || SPEECH_PAPERS.iter().any(|end| title.ends_with(end))
}

fn is_salutation(line: &str) -> bool {
    line.chars().count() <= SALUTATION
        && line.trim_end().ends_with([':', ',', '!'])
        && HEARERS.iter().any(|word| line.contains(word))
}

/// (2024年9月14日根据录音整理)
pub(super) fn is_bracketed(line: &str) -> bool {
    line.trim().starts_with('(') && line.trim().ends_with(')')
}

/// Whether a line in brackets tells how the paper was made: (根据录音整理), (打印:镇党政办).
fn is_of_paper(line: &str) -> bool {
    ["整理", "打印", "校对", "共印", "未经本人", "有删节", "有删减"]
        .iter()
        .any(|word| line.contains(word))
}

/// Whether a line says where copies of the paper go: 报:市委办公室.
fn is_distribution(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else {
        return false;
    };
    ["报", "送", "发", "抄送", "抄报", "主送", "分送", "印发"].contains(&key.trim()) && !ends_sentence(rest)
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    #[test]
    fn a_speech_is_whose_name_stands_under_its_title_or_in_it() {
        let under = "在全县防火工作会议上的讲话\n\n青石县委书记  邹岚\n\n同志们：\n\n山上很干。\n\n一、看住火源\n\n进山要登记。\n\n谢谢大家！\n";
        says(under, "山上很干", Some("邹岚"));
        says(under, "进山要登记", Some("邹岚"));
        let inside = "县长丘福生在全县防火会议上的讲话\n\n2025年5月8日\n\n同志们：\n\n山上很干。\n";
        says(inside, "山上很干", Some("丘福生"));
    }

    #[test]
    fn what_a_speaker_counts_he_says_and_who_wrote_it_down_does_not() {
        let speech = "在全县防火工作会议上的讲话\n\n青石县委书记  邹岚\n\n同志们：\n\n山上很干。\n\n一、看住火源\n\n进山要登记。\n";
        says(speech, "一、看住火源", Some("邹岚"));
        let signed = "护林经验发言摘登\n\n石桥镇\n石桥镇镇长　邹岚\n我们一天走两遍。\n\n（本报记者 丘福生整理）\n";
        says(signed, "我们一天走两遍", Some("邹岚"));
        says(signed, "本报记者", None);
    }

    #[test]
    fn a_report_on_a_speech_is_none() {
        let report = "县长丘福生在防火会议上发表讲话\n\n2025年5月8日，县长丘福生来到林场。\n\n山上很干，树很密。\n";
        says(report, "山上很干", None);
        let nobody = "在全县防火工作会议上的讲话\n\n同志们：\n\n山上很干。\n";
        says(nobody, "山上很干", None);
    }

    #[test]
    fn a_line_that_heads_a_speech_says_whose_it_is() {
        let parts = "在县委扩大会议上的讲话\n\n邹岚书记的讲话\n\n（2024年9月14日根据录音整理）\n\n刚才听了汇报，山上很干。\n\n丘福生县长的讲话\n\n先修防火路。\n";
        says(parts, "山上很干", Some("邹岚"));
        says(parts, "根据录音", None);
        says(parts, "先修防火路", Some("丘福生"));
        let report = "邹岚书记的讲话\n\n邹岚书记走后，山上的人议论了半天。\n";
        says(report, "山上的人", None);
    }

    #[test]
    fn speeches_below_a_speech_are_whose_line_heads_them() {
        let text = "在全县防火干部大会上的讲话\n\n青石县委书记  邹岚\n\n同志们：\n\n山上很干。\n\n丘福生同志的表态发言\n\n各位同事：\n\n我先走遍林场。\n\n（丘福生，县林业局局长）\n\n何晓岚同志的离任发言（摘要）\n\n有两件事没做好。\n\n主持人、县委常委、组织部部长吴丽英最后说：散会以后都留下。\n\n发：各镇党委，县直各单位\n";
        says(text, "山上很干", Some("邹岚"));
        says(text, "我先走遍", Some("丘福生"));
        says(text, "有两件事", Some("何晓岚"));
        says(text, "散会以后", Some("吴丽英"));
        says(text, "各镇党委", None);
        // A speaker who tells of another's speech has his own still.
        let tells = "在全县防火干部大会上的讲话\n\n青石县委书记  邹岚\n\n同志们：\n\n刚才听了丘福生同志的表态发言。\n\n山上很干。\n";
        says(tells, "山上很干", Some("邹岚"));
    }

    #[test]
    fn who_greets_and_says_a_name_speaks() {
        let speech = "（2024年9月22日）\n各位媒体的朋友们，大家上午好。我叫做邹岚，是双河村党支部书记。\n\n山上种了树。谢谢大家。\n";
        says(speech, "山上种了树", Some("邹岚"));
        let nameless = "各位媒体的朋友们，大家上午好。\n\n山上种了树。谢谢大家。\n";
        says(nameless, "山上种了树", None);
    }

    #[test]
    fn a_counted_list_is_whose_words_announce_it() {
        let text = "全县防火工作会议召开\n\n3月5日，青石县召开防火会议。县委书记邹岚强调，今年要抓好两件事：\n（一）看住火源。进山要登记。\n①林场设卡，\n（二）修防火路。\n\n会后，大家去了林场。\n";
        for words in ["看住火源", "林场设卡", "修防火路"] {
            says(text, words, Some("邹岚"));
        }
        says(text, "大家去了林场", None);
    }

    #[test]
    fn points_of_a_speech_stand_under_whose_they_are() {
        let text =
            "全市大会材料\n\n丘福生副市长讲话要点：\n\n一要修路。二要修渠。\n\n邹岚市长讲话要点：\n\n桥要先修。\n";
        says(text, "二要修渠", Some("丘福生"));
        says(text, "桥要先修", Some("邹岚"));
    }

    #[test]
    fn where_copies_go_is_nobodys() {
        let text = "在全县防火会议上的表态发言\n\n青石镇党委书记  邹岚\n\n各位领导：\n\n山上很干。\n\n报：市委办公室\n送：县委、县政府办公室\n";
        says(text, "山上很干", Some("邹岚"));
        says(text, "县政府办公室", None);
    }
}
