//! How much of a file was understood, and what of it stands in no remark.

use super::Lang;
use crate::meeting::{Reason, Report};

/// Below which share a file is read too badly to rely on.
const POORLY: f32 = 0.6;

/// How much of a file was understood, and what was left out, by reasons.
pub fn understood_share_line(lang: Lang, text: &str, report: &Report) -> String {
    let share = (report.understood(text) * 100.0).round();
    let mut left: Vec<(&str, usize)> = Vec::new();
    for one in report.left_out.iter().filter(|one| one.why.is_furniture()) {
        let why = left_out_reason(lang, one.why);
        let length = one.span.of(text).chars().filter(|c| c.is_alphanumeric()).count();
        match left.iter_mut().find(|(known, _)| *known == why) {
            Some((_, sum)) => *sum += length,
            None => left.push((why, length)),
        }
    }
    let left: Vec<String> = left
        .iter()
        .map(|(why, length)| match lang {
            Lang::Zh => format!("{why} {length} 字"),
            Lang::En => format!("{why} {length} characters"),
        })
        .collect();
    match (lang, left.is_empty()) {
        (Lang::Zh, true) => format!("读懂 {share:.0}%"),
        (Lang::Zh, false) => format!("读懂 {share:.0}%；略去：{}", left.join("、")),
        (Lang::En, true) => format!("{share:.0}% understood"),
        (Lang::En, false) => format!("{share:.0}% understood; left out: {}", left.join(", ")),
    }
}

/// A warning where too little was understood.
pub fn poorly_understood_line(lang: Lang, text: &str, report: &Report) -> Option<String> {
    (report.understood(text) < POORLY).then(|| {
        lang.pick(
            "这份文件读懂的不到六成，请核对原文，或换一种格式",
            "less than 60% of this file was understood: check it, or try another format",
        )
        .to_owned()
    })
}

/// Why something is in no remark, in a word.
pub fn left_out_reason(lang: Lang, why: Reason) -> &'static str {
    match why {
        Reason::FileHead => lang.pick("文件头", "file head"),
        Reason::Title => lang.pick("标题", "title"),
        Reason::Heading => lang.pick("小标题", "heading"),
        Reason::Speaker => lang.pick("发言人", "speaker"),
        Reason::Mark => lang.pick("标记", "mark"),
        Reason::PageNumber => lang.pick("页码", "page numbers"),
        Reason::RunningHead => lang.pick("页眉页脚", "running heads"),
        Reason::Navigation => lang.pick("导航", "navigation"),
        Reason::Editorial => lang.pick("编辑信息", "editors' lines"),
        Reason::Comment => lang.pick("批注", "comments"),
        Reason::Metadata => lang.pick("文件信息", "metadata"),
        Reason::Caption => lang.pick("图片说明", "captions"),
    }
}
