//! Whom a label may name, each by a named rule: a person by name, office, unit or familiar form; a number, a role, a
//! screen name; a topic, and nobody.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Head;
use super::naming::{
    PARTING, is_long_name, is_mask, is_masked, is_nick, is_of_parts, is_place, is_private, is_strange_name,
    name_around_title, nick_at_end, office_before_name, spaced_name, unit_before_name,
};
use super::role::{ROLES, STEMS, is_caller, is_described, is_numbered, is_unheard, role};
use super::rule::{Judged, Rule};
use super::shape::{Form, Shape, Timed};
use super::topic::{is_listed, is_made_of_words, is_phrase, may_be_name_of_word};
use crate::reading::attribution::{
    ADDRESSES, MEMBERS, Mention, Naming, People, ends_in_title, is_group, mentions_in, organ_at_end, shaped_like_name,
    surname_at_start, title_at_end,
};
use crate::text::{Span, fold_str, rows};

/// Most characters of a label that is no name with an office.
pub const LONGEST: usize = 24;

/// The (folded) names that a file's head gives.
pub type Known = HashSet<String>;

/// Judges a line's label.
pub fn judge(shape: &Shape, known: &Known) -> Judged {
    let line = shape.line();
    let label = shape.label;
    let words = label.of(line);
    let found = Found { line, label };
    // :我补一句。 ???:听不清。
    if !words.contains(|c: char| c.is_alphanumeric() || is_mask(c) || is_private(c)) {
        return found.nobody(shape.colon && !shape.words.is_empty() && shape.timed == Timed::Never);
    }
    // 各位主席、各位委员:
    if words.starts_with("各位") {
        return found.nobody(false);
    }
    // [听不清姓名]:手续是全的。
    if is_unheard(words) {
        return found.nobody(shape.colon && !shape.words.is_empty());
    }
    if known.contains(words) {
        return found.named(
            Rule::Known,
            label,
            shape.unit.filter(|unit| ends_in_title(unit.of(line))),
        );
    }
    // 王静答:…
    let said = words.trim_end_matches(['答', '问', ' ']);
    if said.len() < words.len() && known.contains(said) {
        return found.named(Rule::Known, Span::new(label.start(), label.start() + said.len()), None);
    }
    let asks = Span::new(
        label.start(),
        label.start() + words.trim_end_matches(['提', '问']).len(),
    );
    if words.ends_with('问') && !asks.is_empty() && role(asks.of(line)) == Some(Rule::SureRole) {
        return Judged {
            rule: Rule::Asks,
            name: None,
            office: Some(asks),
        };
    }
    // 记者(王静)问:…
    if let Some(judged) = found.asks_by_name() {
        return judged;
    }
    if shape.posted {
        return found.labelled(Rule::Posted);
    }
    if is_numbered(words) {
        return found.named(Rule::Numbered, label, None);
    }
    // 县水务局值班人员:…, 霍尔奇镇负责人 00:06:16
    if of_body(words) && !shaped_like_name(line[label.end()..].trim_start_matches([')', ':', ' '])) {
        return found.labelled(Rule::Role);
    }
    if is_listed(words) {
        return found.labelled(Rule::Topic);
    }
    if let Some(judged) = found.of_delegation(shape.unit) {
        return judged;
    }
    if let Some(judged) = found.says() {
        return judged;
    }
    if let Some(member) = found.member_with_office(shape.unit).or_else(|| found.member()) {
        return member;
    }
    // 青石县委书记邹岚代表:…
    if MEMBERS.iter().any(|end| words.ends_with(end))
        && let Some(judged) = found.person()
        && judged.rule == Rule::OfficeAndName
        && judged.name.is_some()
        && judged.office.is_some_and(|office| !MEMBERS.contains(&office.of(line)))
    {
        return judged;
    }
    if let Some(rule) = role(words) {
        // 主持人(县委宣传部副部长 王静):…
        if let Some(judged) = shape.unit.and_then(|unit| found.person_within(unit)) {
            return judged;
        }
        // 市民(尾号6620):…: by the number one is told from another.
        let number = shape.unit.filter(|unit| {
            let inside = unit.of(line);
            inside.starts_with("尾号") && inside.ends_with(|c: char| c.is_ascii_digit()) && unit.start() > label.end()
        });
        let label = number.map_or(label, |unit| Span::new(label.start(), unit.end() + 1));
        return Found { line, label }.labelled(rule);
    }
    // [网友 青山]: what a page calls whoever writes to it.
    if shape.form == Form::Boxed && words.starts_with("网友") {
        return found.labelled(Rule::SureRole);
    }
    if is_caller(words) {
        return found.labelled(Rule::Role);
    }
    found
        .with_unit(shape.unit)
        .or_else(|| found.person())
        .or_else(|| found.parted())
        .or_else(|| is_described(words).then(|| found.labelled(Rule::Role)))
        .unwrap_or_else(|| match found.other() {
            Rule::Unusual if is_strange_name(words) || is_masked(words) => found.named(Rule::Unusual, label, None),
            rule => found.labelled(rule),
        })
}

/// Whether a label is a body's or a place's somebody: 县水务局值班人员.
fn of_body(label: &str) -> bool {
    let body = ["值班人员", "工作人员", "负责人", "值班员"]
        .iter()
        .find_map(|end| label.strip_suffix(end));
    body.is_some_and(|body| {
        let body = body.trim_end_matches(['的', ' ']);
        body.chars().count() > 2 && (organ_at_end(body).is_some() || is_place(body))
    })
}

/// The head that a line is by its label.
pub fn head(shape: &Shape, judged: &Judged) -> Head {
    let timed = shape.timed != Timed::Never;
    Head {
        name: judged.name.map(|name| shape.original(name)),
        office: judged.office.map(|office| shape.original(office)),
        words: shape.words,
        sure: judged.rule.is_sure() || timed && (judged.rule.is_person() || judged.rule == Rule::Handle),
    }
}

/// How delegations to a congress end.
const DELEGATIONS: [&str; 4] = ["代表团", "代表小组", "小组", "界别"];
/// How places and bodies end that send members.
const NO_MEMBERS: [char; 16] = [
    '镇', '乡', '村', '县', '区', '市', '州', '旗', '庄', '屯', '寨', '界', '派', '团', '组', '司',
];
/// How somebody takes part who is no member.
const ATTENDING: [&str; 3] = ["列席人员", "列席代表", "特邀代表"];

/// Whether words are called as places and bodies are.
fn is_house(words: &str) -> bool {
    organ_at_end(words).is_some() || is_place(words) || words.ends_with(NO_MEMBERS)
}

/// A label that is being judged.
struct Found<'l> {
    line: &'l str,
    label: Span,
}

impl Found<'_> {
    fn words(&self) -> &str {
        self.label.of(self.line)
    }

    fn named(&self, rule: Rule, name: Span, office: Option<Span>) -> Judged {
        Judged {
            rule,
            name: Some(name),
            office,
        }
    }

    fn labelled(&self, rule: Rule) -> Judged {
        Judged {
            rule,
            name: None,
            office: Some(self.label),
        }
    }

    fn nobody(&self, speaks: bool) -> Judged {
        Judged {
            rule: if speaks { Rule::Nobody } else { Rule::Topic },
            name: None,
            office: None,
        }
    }

    /// A piece of the label, by bytes of it.
    fn piece(&self, from: usize, to: usize) -> Span {
        Span::new(self.label.start() + from, self.label.start() + to)
    }

    /// 林芝代表团仇晓军代表, 那曲代表团次仁措姆代表(恰则乡乡长), 第三小组列席人员普布: a delegation, a name, and what a congress calls
    /// its members.
    fn of_delegation(&self, unit: Option<Span>) -> Option<Judged> {
        let words = self.words();
        let behind = DELEGATIONS
            .iter()
            .filter_map(|end| words.rfind(end).map(|at| at + end.len()))
            .max()?;
        let rest = &words[behind..];
        let lead = ATTENDING
            .iter()
            .find(|lead| rest.starts_with(**lead))
            .map_or(0, |lead| lead.len());
        let name = MEMBERS
            .iter()
            .find_map(|word| rest[lead..].strip_suffix(word))
            .unwrap_or(&rest[lead..]);
        let is_name = is_strange_name(name) && !is_made_of_words(name) && !ends_in_title(name);
        let office = unit.filter(|unit| ends_in_title(unit.of(self.line)));
        let from = behind + lead;
        is_name.then(|| self.named(Rule::OfficeAndName, self.piece(from, from + name.len()), office))
    }

    /// An office and a name in the brackets behind a role.
    fn person_within(&self, unit: Span) -> Option<Judged> {
        let inside = unit.of(self.line);
        let mentions = mentions_in(inside, &People::default());
        let [mention] = mentions.as_slice() else { return None };
        let shift = |span: Span| Span::new(unit.start() + span.start(), unit.start() + span.end());
        match mention.naming {
            Naming::Name(name) if mention.span == Span::new(0, inside.len()) && mention.office.is_some() => {
                Some(self.named(Rule::OfficeAndName, shift(name), mention.office.map(shift)))
            }
            _ => None,
        }
    }

    /// 王静(副县长), 水利局(王静), 朝鲁门(克什克腾旗乌兰牧骑队长).
    fn with_unit(&self, unit: Option<Span>) -> Option<Judged> {
        let unit = unit?;
        let (words, inside) = (self.words(), unit.of(self.line));
        let is_title = ends_in_title(inside) && !inside.contains(['(', ')', ':', '。', ',']);
        if shaped_like_name(words) {
            let rule = if is_title {
                Rule::OfficeAndName
            } else {
                Rule::UnitAndName
            };
            return Some(self.named(rule, self.label, is_title.then_some(unit)));
        }
        // 石桥乡丘福生(乡长)
        if is_title && let Some(at) = unit_before_name(words) {
            return Some(self.named(Rule::OfficeAndName, self.piece(at, words.len()), Some(unit)));
        }
        let is_unit = organ_at_end(words).is_some() || is_place(words);
        // 工作队(小丘), 补充(王静): a name in brackets is nothing else.
        let inside_is_name = shaped_like_name(inside) || is_nick(inside) || is_unit && is_strange_name(inside);
        if inside_is_name && !is_phrase(words) {
            return Some(self.named(Rule::UnitAndName, unit, None));
        }
        // 通观止(副局长): what stands before an office in brackets may be a word for a given name.
        let made = is_made_of_words(words) && !may_be_name_of_word(words);
        let strange = is_strange_name(words) && !ends_in_title(words) && !made;
        (strange && is_title).then(|| self.named(Rule::OfficeAndName, self.label, Some(unit)))
    }

    /// 公茂盛代表(青石镇党委书记): a name of whatever make, what a congress calls its members, and what the brackets say that they are.
    fn member_with_office(&self, unit: Option<Span>) -> Option<Judged> {
        let unit = unit.filter(|unit| !unit.of(self.line).contains([':', '。', '(']))?;
        let name = MEMBERS.iter().find_map(|word| self.words().strip_suffix(word))?;
        // 公茂盛: by where it stands it is a name, whatever words it is made of.
        let placed = ends_in_title(unit.of(self.line)) && name.chars().count() == 3;
        let is_name = is_strange_name(name)
            && (placed || !is_made_of_words(name))
            && !is_place(name)
            && organ_at_end(name).is_none()
            && !name.ends_with(NO_MEMBERS);
        let called = self.piece(name.len(), self.words().len());
        let titled = ends_in_title(unit.of(self.line)) && !unit.of(self.line).ends_with("发言");
        let office = if titled { unit } else { called };
        is_name.then(|| self.named(Rule::OfficeAndName, self.piece(0, name.len()), Some(office)))
    }

    /// 王静委员, 王静代表: a name of three characters and what a congress calls its members. 石桥镇代表, 侨联界委员 are none.
    fn member(&self) -> Option<Judged> {
        let words = self.words();
        let name = MEMBERS.iter().find_map(|word| words.strip_suffix(word))?;
        let is_name = name.chars().count() == 3
            && shaped_like_name(name)
            && !is_made_of_words(name)
            && !is_place(name)
            && organ_at_end(name).is_none()
            && !name.ends_with(NO_MEMBERS);
        is_name.then(|| {
            self.named(
                Rule::OfficeAndName,
                self.piece(0, name.len()),
                Some(self.piece(name.len(), words.len())),
            )
        })
    }

    /// 王静说, 县水利局局长王静汇报, 王静委员追问: whoever has a name, and a word of speech.
    fn says(&self) -> Option<Judged> {
        let words = self.words();
        let said = SAID.iter().find_map(|cue| words.strip_suffix(cue))?.trim_end();
        let label = Span::new(self.label.start(), self.label.start() + said.len());
        let found = Found { line: self.line, label };
        // 一位放牛的老汉说:…
        let described = || is_described(said).then(|| found.labelled(Rule::Says));
        let judged = found
            .person()
            .filter(|judged| judged.rule.is_person())
            .or_else(described)?;
        Some(Judged {
            rule: Rule::Says,
            ..judged
        })
    }

    /// 记者(王静)问, 松溪日报记者(王静): a journalist and the name in brackets.
    fn asks_by_name(&self) -> Option<Judged> {
        let words = self.words().trim_end_matches(['提', '问']);
        let (role, inside) = words.strip_suffix(')')?.split_once('(')?;
        let role = role.trim_end();
        let is_name = role.ends_with("记者") && shaped_like_name(inside);
        let at = words.len() - inside.len() - ')'.len_utf8();
        is_name.then(|| {
            self.named(
                Rule::OfficeAndName,
                self.piece(at, at + inside.len()),
                Some(self.piece(0, role.len())),
            )
        })
    }

    /// A name, with an office or an address or without.
    fn person(&self) -> Option<Judged> {
        let words = self.words();
        if organ_at_end(words).is_some() && is_place(words) {
            return Some(self.labelled(Rule::Unit));
        }
        // 水文中心丘 静, 石桥村村民代表 岩 温
        if let Some((at, office)) = spaced_name(words) {
            let rule = if office.is_some() {
                Rule::OfficeAndName
            } else {
                Rule::UnitAndName
            };
            let office = office.map(|end| self.piece(0, end));
            return Some(self.named(rule, self.piece(at, words.len()), office));
        }
        // 民政课欧课长育坚
        if let Some(at) = name_around_title(words) {
            return Some(self.named(Rule::Familiar, self.piece(at, words.len()), None));
        }
        let titled = self.titled(words);
        // 汤池镇: a place by its rank, whatever its first character.
        let ranked = words.chars().count() > 2 && words.ends_with(['镇', '乡', '村', '县', '区']);
        if shaped_like_name(words) && titled.is_none() && !ranked {
            return Some(self.named(Rule::Name, self.label, None));
        }
        let mentions = mentions_in(words, &People::default());
        let is_whole = |mention: &Mention| {
            let rest = &words[mention.span.end()..];
            // 县委书记王静代表
            let called = mention.office.is_some() && ADDRESSES.contains(&rest);
            mention.span.start() == 0 && (rest.is_empty() || called)
        };
        if let [mention] = mentions.as_slice()
            && is_whole(mention)
        {
            let shift = |span: Span| self.piece(span.start(), span.end());
            match mention.naming {
                Naming::Name(name) => {
                    return Some(self.named(Rule::OfficeAndName, shift(name), mention.office.map(shift)));
                }
                Naming::Alias(alias) => return Some(self.named(Rule::Familiar, shift(alias), None)),
                Naming::Office if titled.is_none() && words.chars().count() <= 16 => {
                    return Some(self.labelled(Rule::Role));
                }
                Naming::Office => {}
            }
        }
        if titled.is_some() {
            return titled;
        }
        // 王静 县委书记: the name stands before.
        if words.contains(PARTING)
            && let Some(parted) = self.parted()
        {
            return Some(parted);
        }
        if ends_in_title(words) && words.chars().count() <= 16 && !is_phrase(words) {
            return Some(self.labelled(Rule::Role));
        }
        // 老丘, 大老张, 3组老王.
        if is_nick(words) || nick_at_end(words) {
            return Some(self.named(Rule::Familiar, self.label, None));
        }
        if let Some(at) = unit_before_name(words) {
            return Some(self.named(Rule::UnitAndName, self.piece(at, words.len()), None));
        }
        let at = office_before_name(words)?;
        Some(self.named(
            Rule::OfficeAndName,
            self.piece(at, words.len()),
            Some(self.piece(0, at)),
        ))
    }

    /// 王静副局长, 县水利局王静局长, 陆县长
    fn titled(&self, words: &str) -> Option<Judged> {
        let before = &words[..words.len() - title_at_end(words)?.len()];
        let office = self.piece(before.len(), words.len());
        if surname_at_start(before) == Some(before) && !before.is_empty() {
            return Some(self.named(Rule::Familiar, self.label, None));
        }
        let at = if shaped_like_name(before) {
            0
        } else {
            unit_before_name(before)?
        };
        Some(self.named(Rule::OfficeAndName, self.piece(at, before.len()), Some(office)))
    }

    /// 水利局-王静, 王静@水利局, 水利局 王静: one part is a name.
    fn parted(&self) -> Option<Judged> {
        let words = self.words();
        let mark = words.find(PARTING)?;
        let after = words.len() - words[mark..].trim_start_matches(PARTING).len();
        let (one, other) = (&words[..mark], &words[after..]);
        let name = match (shaped_like_name(one), shaped_like_name(other)) {
            (true, false) => true,
            (false, true) => false,
            // 汤湖镇 钟海波: a place that begins with a surname.
            (true, true) => match (is_house(one), is_house(other)) {
                (true, false) => false,
                (false, true) => true,
                _ => return None,
            },
            // 公路段 恩克巴雅尔: a long name beside what is none.
            (false, false) => match (is_long_name(one), is_long_name(other)) {
                (true, false) if !other.contains(PARTING) => true,
                (false, true) => false,
                _ => return None,
            },
        };
        let (first, last) = (self.piece(0, mark), self.piece(after, words.len()));
        let (name, beside) = if name { (first, last) } else { (last, first) };
        // 松溪日报记者 王静
        let asks = beside.of(self.line).ends_with("记者");
        let office = (asks || ends_in_title(beside.of(self.line))).then_some(beside);
        let rule = if office.is_some() {
            Rule::OfficeAndName
        } else {
            Rule::UnitAndName
        };
        Some(self.named(rule, name, office))
    }

    /// What no person's form fits.
    fn other(&self) -> Rule {
        let words = self.words();
        let count = words.chars().count();
        let digits = words.chars().filter(char::is_ascii_digit).count();
        if digits >= 5
            && words
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '*' | '-' | '+' | ' '))
        {
            return Rule::Handle;
        }
        if words.starts_with(|c: char| c.is_ascii_alphabetic()) && words.is_ascii() {
            let short = count <= LONGEST && words.split(' ').count() <= 3;
            let plain = words
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-' | '\'' | ',' | '(' | ')'));
            return match (short && plain, count) {
                (true, 1) => Rule::Letter,
                (true, _) => Rule::Handle,
                _ => Rule::Topic,
            };
        }
        if count == 1 && STEMS.contains(words) {
            return Rule::Letter;
        }
        if is_group(words) || ROLES.group.contains(&words) {
            return Rule::Group;
        }
        if is_place(words) || count > 2 && organ_at_end(words).is_some() {
            return Rule::Unit;
        }
        if is_phrase(words) || count > 12 {
            return Rule::Topic;
        }
        if is_made_of_words(words) {
            return Rule::Words;
        }
        match is_strange_name(words)
            || is_masked(words)
            || words.chars().any(|c| c.is_ascii_alphabetic()) && count <= 12
        {
            true => Rule::Unusual,
            false if is_of_parts(words) => Rule::Unread,
            false => Rule::Topic,
        }
    }
}

/// The words of `said.tsv`, as they stand there.
static SAID: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("said.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// A name as [`Known`] holds it.
pub fn known_form(name: &str) -> String {
    fold_str(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(line: &str) -> Rule {
        let shape = Shape::of(line, Span::new(0, line.len())).unwrap();
        judge(&shape, &Known::default()).rule
    }

    #[test]
    fn each_rule_has_an_example() {
        for (label, expected) in [
            ("丘福生", Rule::Name),
            ("阿依古丽·买买提", Rule::Name),
            ("长汀县副县长丘福生", Rule::OfficeAndName),
            ("丘福生同志", Rule::OfficeAndName),
            ("万佛湖镇丘福生", Rule::UnitAndName),
            ("丘福生@水利局", Rule::UnitAndName),
            ("小丘", Rule::Familiar),
            ("丘县长", Rule::Familiar),
            ("说话人 12", Rule::Numbered),
            ("SPEAKER_07", Rule::Numbered),
            ("Unknown Speaker", Rule::Numbered),
            ("参会人A", Rule::Numbered),
            ("主持人", Rule::SureRole),
            ("长汀电视台记者", Rule::SureRole),
            ("长汀电视台记者问", Rule::Asks),
            ("业主甲", Rule::Role),
            ("二组组长", Rule::Role),
            ("听众老周", Rule::Role),
            ("网友“青山”", Rule::Role),
            ("市民何女士", Rule::Role),
            ("甲", Rule::Letter),
            ("B", Rule::Letter),
            ("Lucy", Rule::Handle),
            ("iPhone", Rule::Handle),
            ("139****0000", Rule::Handle),
            ("全体", Rule::Group),
            ("爨月山", Rule::Unusual),
            ("爨宝子楠", Rule::Unusual),
            ("次仁旺久", Rule::Name),
            ("\u{e863}", Rule::Unusual),
            ("王\u{e863}", Rule::Unusual),
            ("扎西", Rule::Unusual),
            ("", Rule::Nobody),
            ("战晚秋", Rule::Words),
            ("长汀县水利局", Rule::Unit),
            ("宣汉县", Rule::Unit),
            ("停靠点", Rule::Words),
            ("校车更新", Rule::Words),
            ("我的意见", Rule::Topic),
            ("会议强调", Rule::Topic),
            ("丘福生说", Rule::Says),
            ("县水利局局长丘福生答", Rule::Says),
            ("丘福生委员追问", Rule::Says),
            ("乌云巴特尔 护路段", Rule::UnitAndName),
            ("护路段 乌云巴特尔", Rule::UnitAndName),
            ("丘福生 县委书记", Rule::OfficeAndName),
            ("？？？", Rule::Nobody),
            ("东关 张二愣", Rule::UnitAndName),
            ("爨二 囍三", Rule::Unread),
            ("大老张", Rule::Familiar),
            ("3组老王", Rule::Familiar),
            ("王×", Rule::Unusual),
            ("资金从哪来", Rule::Topic),
            ("冯大爷", Rule::Role),
            ("二愣他妈", Rule::Role),
            ("会议 要求", Rule::Topic),
            ("1-5月", Rule::Topic),
            ("Meeting ID", Rule::Topic),
            ("一位戴草帽的老汉", Rule::Role),
            ("几个人同时", Rule::Role),
            ("一位是什么意思", Rule::Topic),
            ("[听不清姓名]", Rule::Nobody),
            ("县水利局局长介子川", Rule::OfficeAndName),
            ("县水利局局长信箱", Rule::Words),
            ("长汀日报记者 丘福生", Rule::OfficeAndName),
            ("记者(丘福生)问", Rule::OfficeAndName),
            ("民政課歐課長育堅", Rule::Familiar),
            ("县长办公", Rule::Words),
            ("县水利局局长汇报", Rule::Topic),
            ("Liang, Yu", Rule::Handle),
        ] {
            assert_eq!(rule(&format!("{label}：好。")), expected, "{label}");
        }
    }
}
