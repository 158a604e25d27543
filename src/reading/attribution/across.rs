//! Who said what a paragraph quotes without a name, told by the paragraphs around it.

use super::document::Reader;
use super::known::Identified;
use super::mention::{Mention, Naming};
use super::speech::{Teller, Told};
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{Certainty, Manner, SpeakerRule, Voice, Why};
use crate::text::{Folded, words_by_kind};

/// What a paragraph of nothing but quoted words left open.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Its remarks.
    remarks: Vec<usize>,
    /// Whether it was taken to go on with whoever spoke before.
    goes_on: bool,
    /// Whether the reporter tells something behind the words.
    told_around: bool,
}

words_by_kind! {
    /// The words of `afterwards.tsv`, by kind.
    static AFTERWARDS: Afterwards = "afterwards.tsv" {
        /// The paragraph begins so: 说这话的是.
        leads,
        /// Right behind the name: 话音刚落.
        right,
        /// Behind the name: 这样答复.
        says,
    }
}

impl Reader<'_> {
    /// Whether a paragraph is nothing but quoted words whose speaker it does not name.
    pub(super) fn is_quoted_alone(told: &[Told], masked: &str) -> bool {
        let outside = masked.chars().any(|c| c.is_alphanumeric() || c == '■');
        !told.is_empty()
            && !outside
            && told
                .iter()
                .all(|stretch| stretch.manner == Manner::Direct && stretch.teller == Teller::Nobody)
    }

    /// Whoever goes on in a paragraph of nothing but quoted words: the one whose quoted words the paragraph before ended with.
    pub(super) fn quoted_on(&self) -> Option<Speaking> {
        let last = self.last.clone().filter(|_| self.ended_in_quotation)?;
        matches!(last.voice, VoiceKind::Person(..)).then(|| Speaking {
            rule: SpeakerRule::QuotationGoesOn,
            ..last.inferred()
        })
    }

    /// Gives what was left open to whoever says the first words of the paragraph at hand, which begin at the remark `from`.
    pub(super) fn give_open(&mut self, pending: &Pending, from: usize) {
        let Some(first) = self.remarks[from..].iter().find(|remark| remark.voice.is_spoken()) else {
            return;
        };
        if let (Voice::Person { speaker, .. }, Some(why)) = (&first.voice, first.why) {
            let speaker = Identified {
                speaker: speaker.clone(),
                office: why.office,
                county: why.county,
            };
            self.give(&pending.remarks, &speaker, SpeakerRule::NamedAtQuotationsEnd);
        }
    }

    /// Remembers the remarks of such a paragraph from the index `from` on.
    pub(super) fn leave_open(&mut self, from: usize, goes_on: bool) {
        self.pending = Pending {
            remarks: (from..self.remarks.len()).collect(),
            goes_on,
            told_around: false,
        };
    }

    /// Remembers the remark that such words are in which open a paragraph, with the reporter's behind them.
    pub(super) fn leave_first(&mut self, from: usize) {
        let first = (from..self.remarks.len()).find(|at| self.remarks[*at].voice.is_spoken());
        self.pending = Pending {
            remarks: first.into_iter().collect(),
            goes_on: false,
            told_around: true,
        };
    }

    /// Gives the quoted words of the paragraph before to whom this paragraph names for them: 说这话的是邹岚…, 镇长邹岚当场这样答复。,
    /// or somebody who is introduced with an office at its beginning.
    pub(super) fn name_afterwards(&mut self, folded: &Folded, masked: &str, mentions: &[Mention]) {
        let pending = std::mem::take(&mut self.pending);
        if pending.remarks.is_empty() {
            return;
        }
        let Some((speaker, rule)) =
            self.named_afterwards(folded, masked, mentions, pending.goes_on, pending.told_around)
        else {
            return;
        };
        self.give(&pending.remarks, &speaker, rule);
    }

    /// Makes remarks somebody's, whom the paragraphs around them tell.
    fn give(&mut self, remarks: &[usize], by: &Identified, rule: SpeakerRule) {
        for at in remarks {
            self.remarks[*at].voice = Voice::Person {
                speaker: by.speaker.clone(),
                manner: Manner::Direct,
                certainty: Certainty::Inferred,
            };
            self.remarks[*at].why = Some(Why {
                speaker: rule,
                office: by.office,
                county: by.county,
            });
        }
    }

    fn named_afterwards(
        &self,
        folded: &Folded,
        masked: &str,
        mentions: &[Mention],
        taken: bool,
        only_leads: bool,
    ) -> Option<(Identified, SpeakerRule)> {
        let sentence = masked.find(['。', '!', '?']).unwrap_or(masked.len());
        let named = |mention: &&Mention| mention.naming != Naming::Office && mention.span.end() <= sentence;
        let first = mentions.iter().find(named)?;
        if AFTERWARDS.leads.iter().any(|lead| masked.starts_with(lead)) {
            return Some((self.cast.person(first, folded), SpeakerRule::NamedBehind));
        }
        // 10月18日下午,…院坝里,乡党委书记邹岚话音刚落,…
        let just = mentions.iter().find(|mention| {
            named(mention)
                && AFTERWARDS
                    .right
                    .iter()
                    .any(|word| masked[mention.span.end()..].starts_with(word))
        });
        if let Some(just) = just {
            return Some((self.cast.person(just, folded), SpeakerRule::ToldToHaveSaid));
        }
        if first.span.start() > 0 || only_leads {
            return None;
        }
        let behind = &masked[first.span.end()..sentence];
        let quotes = behind.contains('□') || behind.ends_with(':');
        if !quotes && AFTERWARDS.says.iter().any(|word| behind.contains(word)) {
            return Some((self.cast.person(first, folded), SpeakerRule::ToldToHaveSaid));
        }
        let Naming::Name(name) = first.naming else {
            return None;
        };
        let is_new = !self.seen.contains(name.of(folded.text()));
        (!taken && is_new && first.office.is_some() && !masked.contains('□'))
            .then(|| (self.cast.person(first, folded), SpeakerRule::IntroducedBehind))
    }
}

#[cfg(test)]
mod tests {
    use crate::meeting::Voice;
    use crate::reading::testing::says;
    use crate::reading::{Document, understand};

    const TITLE: &str = "护林座谈会召开\n2025年2月11日，护林座谈会在镇上召开。\n\n";

    #[test]
    fn the_next_paragraph_names_who_said_it() {
        let this = format!("{TITLE}“山上的路没人修，怕的是火。”\n\n说这话的是护林员丘福生，今年五十岁。\n");
        says(&this, "山上的路", Some("丘福生"));
        let so = format!("{TITLE}“修路的钱，镇里补一半。”\n\n镇长邹岚当场这样答复。\n");
        says(&so, "修路的钱", Some("邹岚"));
        let new =
            format!("{TITLE}“山上的路没人修，怕的是火。”\n\n护林员丘福生算起账来毫不含糊。他说，去年修了两里。\n");
        says(&new, "山上的路", Some("丘福生"));
    }

    #[test]
    fn who_only_comes_next_did_not_say_it() {
        let other = format!("{TITLE}“山上的路没人修，怕的是火。”\n\n镇长邹岚说：“明年修。”\n");
        says(&other, "山上的路", None);
        let later = format!("{TITLE}“山上的路没人修，怕的是火。”\n\n座谈会开了一上午，镇长邹岚一直在记。\n");
        says(&later, "山上的路", None);
    }

    #[test]
    fn a_quotation_over_paragraphs_is_whose_name_stands_at_its_end() {
        let open = format!("{TITLE}“大家放心，十月通车。\n\n“路灯也一起装上。”镇长邹岚说。\n");
        says(&open, "十月通车", Some("邹岚"));
        says(&open, "路灯也", Some("邹岚"));
        let closed = format!("{TITLE}“大家放心，十月通车。”\n\n“路灯呢？”镇长邹岚问。\n");
        says(&closed, "十月通车", None);
        says(&closed, "路灯呢", Some("邹岚"));
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        let on = format!("{TITLE}镇长邹岚说：“第一，修路。”\n\n“第二，看住火源，进山要登记。”\n\n散会时天黑了。\n");
        says(&on, "第二", Some("邹岚"));
        let not = format!("{TITLE}镇长邹岚介绍，路修好了。\n\n“进山要登记，一个也不能漏。”\n\n散会时天黑了。\n");
        says(&not, "进山", None);
    }

    #[test]
    fn a_quotation_behind_a_label_is_a_reports_and_no_turn() {
        let report = format!(
            "{TITLE}人大代表邹岚：“路要先修。”\n\n人大代表丘福生：“桥也要修。”\n\n关注水利的何晓岚有些着急，渠里早就没水了。\n"
        );
        says(&report, "桥也要修", Some("丘福生"));
        says(&report, "渠里早就", None);
        let minutes = "护林座谈会记录\n\n邹岚：路要先修。\n渠里早就没水了。\n丘福生：行，先修路。\n";
        says(minutes, "渠里早就", Some("邹岚"));
    }

    #[test]
    fn between_turns_of_a_report_the_reporter_tells() {
        let lead = "3月16日，胡坪镇举办乡情恳谈会，邀请八十名企业家回乡。\n";
        let turns = "镇党委书记邹岚：会要接着办，平台要建起来。\n恳谈会上，镇里接收了捐款，用于奖学助学。\n恒五公司董事长丘福生：公司总部搬回来了。\n";
        says(&format!("{lead}{turns}"), "恳谈会上", None);
        // A collection of speeches has more paragraphs than heads.
        let speeches = format!("{lead}{turns}路要修到村口。\n灯要装到院里。\n树要栽到坡上。\n");
        says(&speeches, "路要修到", Some("丘福生"));
    }

    #[test]
    fn offices_and_places_that_sentences_say() {
        let text =
            format!("{TITLE}邹岚代表是青禾县白鹭镇联盟村党支部书记，会前她走访了七十户。她建议，补贴要直接打到户。\n");
        let report = understand(&Document::plain(&text), "a.txt");
        let remark = report
            .spoken()
            .find(|remark| remark.span.of(&text).contains("补贴"))
            .unwrap();
        let Voice::Person { speaker, .. } = &remark.voice else {
            panic!("nobody")
        };
        assert_eq!(speaker.office.as_deref(), Some("青禾县白鹭镇联盟村党支部书记"));
    }
}
