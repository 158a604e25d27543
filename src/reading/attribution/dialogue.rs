//! Talk in quotation marks: who answers, and what stands behind a quotation and says whose it is.

use super::clause::somebody;
use super::frame::Frame;
use super::mention::{Mention, Naming};
use super::persons::PERSONS;
use super::speech::{Paragraph, Teller, Told};
use super::subject::Subject;
use crate::text::{Span, ends_sentence};

impl Paragraph<'_> {
    /// Whether the speech at `index` answers the one before: it stands right behind it (“能不能通?”“有困难。”), or behind
    /// a question and whose it is (“什么时候通车?”邹岚问。“六月底。”), and is no question of the same.
    pub(super) fn is_answer(&self, index: usize, stretch: Span, behind: Option<Frame>, told: &[Told]) -> bool {
        let words = |at: usize| self.speeches[at].inner.of(self.text).trim_end();
        let asks = |at: usize| words(at).ends_with('?');
        let between = stretch.of(&self.masked).trim();
        if between.is_empty() {
            // 邹岚说:“…。”“…。”: whose cue leads to the first goes on; so does who asks twice.
            let leads = |last: &Told| matches!(last.teller, Teller::Frame(frame) if frame.content <= last.span.start());
            let goes_on = told.last().is_none_or(leads) || asks(index - 1) && asks(index);
            return ends_sentence(words(index - 1)) && !goes_on;
        }
        let asked = behind.is_some_and(|frame| frame.cue.of(self.text).ends_with('问'));
        asks(index - 1) && !asks(index) && asked && between.ends_with('。') && between.matches('。').count() == 1
    }

    /// Whether a frame behind a quotation names somebody and ends the sentence: “…。”镇长邹岚答。
    pub(super) fn closes_on(&self, frame: &Frame, stretch: Span) -> bool {
        let named = matches!(
            frame.subject,
            Subject::Mentioned(_)
                | Subject::NewName(_)
                | Subject::Nameless(_)
                | Subject::Group(_)
                | Subject::Pronoun(_)
        );
        let behind = self.masked[frame.cue.end().min(stretch.end())..stretch.end()].trim_start();
        named && (behind.is_empty() || behind.starts_with(['。', '!', '?']))
    }

    /// Whose words the sentence behind a quotation calls it: “…!”邹岚的话引来一片笑声。 “…?”3月5日,一位游客的提问拉开了座谈会。
    pub(super) fn whose_words(&self, words: Span, mentions: &[Mention]) -> Option<Subject> {
        let at = self.speeches.iter().position(|speech| speech.inner.contains(words))?;
        let from = self.speeches[at].outer.end();
        let behind = self.masked[from..].trim_start_matches([' ', ',', '—']);
        let start = self.masked.len() - behind.len();
        let end = start + behind.find(['。', '!', '?', '“', '□']).unwrap_or(behind.len());
        // What opens the paragraph may be told of later in the sentence.
        let opens = opens_report(&self.masked[..self.speeches[at].outer.start()]);
        let calls = |behind: usize| is_called(&self.masked[behind..end.max(behind)]);
        let named = mentions.iter().enumerate().find(|(_, mention)| {
            (mention.span.start() == start || opens && mention.span.start() > start && mention.span.end() < end)
                && mention.naming != Naming::Office
                && calls(mention.span.end())
        });
        if let Some((index, _)) = named {
            return Some(Subject::Mentioned(index));
        }
        let sentence = &self.masked[start..end];
        PERSONS.counted.iter().find_map(|counted| {
            let at = sentence.find(counted).filter(|at| *at == 0 || opens)?;
            let length = somebody(&sentence[at..], counted)?;
            let span = Span::new(start + at, start + at + length);
            calls(span.end()).then_some(Subject::Nameless(span))
        })
    }

    /// Somebody without a name who stands right behind a quotation: “…。”一位系蓝围裙的妇女边说边笑。
    pub(super) fn somebody_behind(&self, words: Span) -> Option<Subject> {
        let speech = self.speeches.iter().find(|speech| speech.inner.contains(words))?;
        let from = speech.outer.end();
        let behind = &self.masked[from..];
        let end = behind.find(['。', '!', '?', '“', '□']).unwrap_or(behind.len());
        let counted = PERSONS.counted.iter().find(|word| behind.starts_with(**word))?;
        let length = somebody(&behind[..end], counted)?;
        Some(Subject::Nameless(Span::new(from, from + length)))
    }
}

/// Whether nothing but a dateline stands before: 本报牙叉2月16日电(记者 王静).
pub(super) fn opens_report(before: &str) -> bool {
    /// Longest dateline, in characters.
    const LONGEST: usize = 48;
    let bare = before.trim();
    let told = bare.contains('电') || bare.contains('讯');
    bare.is_empty()
        || bare.chars().count() <= LONGEST
            && told
            && (bare.ends_with(')') || bare.ends_with('电') || bare.ends_with('讯'))
            && !bare.contains(['。', '!', '?', '“'])
}

/// Whether what stands behind somebody calls the words before his: 的一席话, 在致辞中的这句话, 抛出的第一个问题.
fn is_called(behind: &str) -> bool {
    /// Longest phrase between somebody and what his words are called, in characters: 在致辞中, 抛出.
    const LONGEST: usize = 8;
    let Some(at) = behind.find('的').filter(|at| behind[..*at].chars().count() <= LONGEST) else {
        return false;
    };
    let (before, rest) = (&behind[..at], &behind[at + '的'.len_utf8()..]);
    let leads = before.is_empty()
        || before.starts_with('在') && before.ends_with(['中', '上', '时'])
        || PERSONS.asks.contains(&before);
    let counted = rest
        .strip_prefix("第一个")
        .or_else(|| rest.strip_prefix("这个"))
        .unwrap_or(rest);
    leads && PERSONS.words.iter().any(|word| counted.starts_with(word))
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    const ASKED: &str = "松溪县调研交通\n\n5月20日，县委书记廖平到工地调研。县交通局局长丘福生汇报进度。“原定什么时候通车？”廖平问。“六月底。”“能不能按时？”“有困难。”廖平当即对陪同的县长邹岚说，路修不到家门口，乡亲们就不信我们。廖平转身对随行的县通信办负责人说，一个月之内把基站建起来。该负责人表示，6月20日前开通。\n";

    #[test]
    fn who_is_asked_answers_and_nobody_says_who_that_is() {
        says(ASKED, "原定什么时候", Some("廖平"));
        says(ASKED, "六月底。", None);
        says(ASKED, "有困难", None);
    }

    #[test]
    fn whom_somebody_speaks_to_does_not_speak() {
        says(ASKED, "路修不到家门口", Some("廖平"));
        says(ASKED, "一个月之内", Some("廖平"));
        says(ASKED, "6月20日前", Some("该负责人"));
        let told = "松溪县调研企业\n\n5月20日，县委书记廖平到镇里调研。白水镇镇长魏平告诉廖平，厂房已经验收。\n";
        says(told, "厂房已经验收", Some("魏平"));
    }

    #[test]
    fn who_goes_on_is_no_other() {
        let goes_on = "松溪县座谈\n\n镇长邹岚说：“先修路。”“再修渠。”\n";
        says(goes_on, "再修渠", Some("邹岚"));
    }

    #[test]
    fn each_quotation_is_whose_name_ends_the_sentence_behind_it() {
        let talk = "松溪县视察\n\n“一条线九个人就够了。”公司董事长廖平介绍。“订单排到几月份了？”县中医院副院长邹岚问。“明年5月。”廖平答。听到这里，代表们频频点头。\n";
        says(talk, "一条线", Some("廖平"));
        says(talk, "订单排到", Some("邹岚"));
        says(talk, "明年5月", Some("廖平"));
        says(talk, "频频点头", None);
    }

    #[test]
    fn words_are_whose_they_are_called() {
        let called = "松溪县讨论\n\n县长邹岚回应，停车场已经定下来。“我可记下了啊！”村支书廖平的话引来一片笑声。\n";
        says(called, "我可记下了", Some("廖平"));
    }

    #[test]
    fn somebody_without_a_name_is_called_as_the_sentence_behind_calls_him() {
        let told = "松溪县走访\n\n5月20日，县长邹岚到村里走访。\n\n“县长叫我莫怕，有什么说什么。”一位村民代表出来以后告诉记者。\n\n“娃娃上学太远。”一位村民小组长说。\n\n邹岚指了指桥。人群里有人喊了一声：“明年没动静，找哪个？”\n";
        says(told, "县长叫我莫怕", Some("一位村民代表"));
        says(told, "娃娃上学太远", Some("一位村民小组长"));
        says(told, "明年没动静", Some("有人"));
        let narrated = "松溪县走访\n\n5月20日，县长邹岚到村里走访。有人的地方就有路：村里修了三条。\n";
        says(narrated, "村里修了三条", None);
    }

    #[test]
    fn what_a_reporter_sees_behind_her_words_is_not_hers() {
        let seen = "松溪县走访\n\n县长邹岚到村民魏平家。“腊肉是去年的。”她一边添柴一边跟记者讲。偏屋的木板床上铺了新洗的床单，床头放着毛巾牙刷。\n";
        says(seen, "偏屋的木板床", None);
    }

    #[test]
    fn who_is_spoken_to_face_to_face_does_not_speak() {
        let facing = "松溪县走访\n\n县长邹岚到了院坝。村民魏平走出老远又折回来，对着邹岚喊了一嗓子：“年底我还要来！”\n";
        says(facing, "年底我还要来", Some("魏平"));
        let takes = "松溪县座谈\n\n村支书廖平接过话筒，“先修路。”\n";
        says(takes, "先修路", Some("廖平"));
    }

    #[test]
    fn whoever_owns_the_house_does_not_speak_in_it() {
        let house = "松溪县走访\n\n“老人家，今年价钱怎么样？”在村民廖平家的火塘边，县长邹岚坐了下来。\n";
        says(house, "老人家", Some("邹岚"));
    }

    #[test]
    fn words_that_open_a_report_are_whose_the_sentence_calls_them() {
        let opens = "松溪县论坛\n\n本报松溪3月5日电（记者 何晓岚）“比谁的根深。”3月5日，论坛举行，县委书记廖平在致辞中的这句话被多次引用。\n";
        says(opens, "比谁的根深", Some("廖平"));
        let nameless = "松溪县开园\n\n“果子咋个硬邦邦的？”3月5日，在果园，一位成都游客的提问拉开了发布会。\n";
        says(nameless, "果子咋个", Some("一位成都游客"));
        let asked = "松溪县论坛\n\n圆桌对话由县融媒体中心主任廖平主持。\n\n“只留一个产业，留哪一个？”廖平抛出的第一个问题就不好答。\n";
        says(asked, "只留一个产业", Some("廖平"));
        let told = "松溪县论坛\n\n3月5日，论坛举行。“比谁的根深”的横幅下，县委书记廖平的桌子空着。\n";
        says(told, "横幅", None);
    }

    #[test]
    fn somebody_without_a_name_stands_right_behind_his_words() {
        let behind = "松溪县走访\n\n“一天能码几盘？”县长邹岚问。“手快的一千二。”一位系蓝围裙的妇女边说边笑。\n";
        says(behind, "手快的", Some("一位系蓝围裙的妇女"));
        let before = "松溪县走访\n\n一位抱孩子的妇女小声提出，合作医疗的钱一年比一年高。\n";
        says(before, "合作医疗", Some("一位抱孩子的妇女"));
        let topic = "松溪县走访\n\n一位穿红棉袄的大娘从人堆里挤出来，嘴里念叨：“贵是贵点，值得！”\n";
        says(topic, "贵是贵点", Some("一位穿红棉袄的大娘"));
    }

    #[test]
    fn a_quotation_whose_opening_mark_is_lost_is_one() {
        let lost = "松溪县走访\n\n老哥，你先讲嘛。”村支书廖平拨了拨炭。\n";
        says(lost, "你先讲嘛", Some("廖平"));
        let term = "松溪县走访\n\n路修到了村口”三个字写在墙上。\n";
        says(term, "路修到了", None);
    }
}
