//! By what a label was judged: the named rules, and what each says of who speaks.

use crate::text::Span;

/// By what a label was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The label is empty: somebody speaks, and nobody says who.
    Nobody,
    /// A name that the file's head gives: 成立.
    Known,
    /// A name by its shape: 王静, 阿依古丽·买买提.
    Name,
    /// 长武县副县长王静, 王静(副县长), 王静局长, 王静同志.
    OfficeAndName,
    /// 水利局王静, 水利局(王静), 水利局-王静, 王静@水利局.
    UnitAndName,
    /// 李工, 老李, 王书记.
    Familiar,
    /// 说话人 1.
    Numbered,
    /// 主持人, 长武日报记者.
    SureRole,
    /// 长武日报记者问.
    Asks,
    /// 王静答, 王静委员追问: a person, and a word of speech.
    Says,
    /// 家长, 业主甲.
    Role,
    /// 甲, A.
    Letter,
    /// Lucy, iPhone, 138****1234.
    Handle,
    /// 与会代表.
    Group,
    /// No word, no phrase, short: a name of whatever make (爨宝子, 买买提).
    Unusual,
    /// Of several parts that nobody can read: 城关 大老张.
    Unread,
    /// A body or a place: 水利局.
    Unit,
    /// Whoever posted something in a forum: 石桥老陈 发表于 2021-9-18 07:40.
    Posted,
    /// Made of ordinary words: 停靠点.
    Words,
    /// A thing that is spoken of: 原因, 会议强调.
    Topic,
}

impl Rule {
    /// Whether the label names one person, by a form that says so.
    pub fn is_person(self) -> bool {
        matches!(
            self,
            Rule::Known
                | Rule::Name
                | Rule::OfficeAndName
                | Rule::UnitAndName
                | Rule::Familiar
                | Rule::Numbered
                | Rule::Posted
        )
    }

    /// Whether the label is a person's or a role's, and needs no others beside it.
    pub fn is_sure(self) -> bool {
        matches!(
            self,
            Rule::Known | Rule::OfficeAndName | Rule::UnitAndName | Rule::Numbered | Rule::SureRole | Rule::Asks
        )
    }

    /// Whether nobody speaks under such a label, whatever stands around it.
    pub fn is_topic(self) -> bool {
        matches!(self, Rule::Topic | Rule::Words | Rule::Unit | Rule::Says)
    }

    /// Whether somebody may speak under such a label in a file that has heads of its form.
    pub fn may_speak(self) -> bool {
        !self.is_topic()
    }
}

/// What a label was judged to be. Spans are bytes of the folded line.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// By what.
    pub rule: Rule,
    /// The name in it.
    pub name: Option<Span>,
    /// The office in it, or the label that stands for a name.
    pub office: Option<Span>,
}
