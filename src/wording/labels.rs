//! What stands on buttons: short, for a phone's screen.

use super::Lang;

/// A button's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The place of the only quote.
    Place,
    /// The whole paper.
    Paper,
    /// The same in the browser.
    Browser,
    /// The answer as a document.
    Export,
    /// The same as a picture.
    Chart,
    /// A quote with its source, to be pasted elsewhere.
    Copy,
    /// Its source alone.
    CopySource,
    /// A quote, to be sent on.
    Share,
    /// Back to the answer.
    Back,
    /// The quotes before.
    Before,
    /// The first page.
    Start,
    /// Who spoke at all.
    WhoSpoke,
    /// Without what was assumed.
    Anywhere,
    /// Everybody's words again.
    All,
    /// Only those of whose name follows.
    Only,
    /// What is watched.
    Watches,
    /// The county that follows is meant where a question doesn't say.
    Usual,
    /// Nothing is meant.
    UsualOff,
    /// Keep a file.
    Keep,
    /// Keep it in another's place.
    Replace,
    /// Keep it under the name that follows.
    KeepAs,
    /// Drop it.
    Discard,
    /// Remove a file.
    Remove,
    /// Leave it.
    Leave,
}

/// The words of a button.
pub fn label(lang: Lang, label: Label) -> &'static str {
    match label {
        Label::Place => lang.pick("📄 原文位置", "📄 In its place"),
        Label::Paper => lang.pick("📖 原文", "📖 Whole paper"),
        Label::Browser => lang.pick("🌐 浏览器打开", "🌐 In the browser"),
        Label::Export => "⬇",
        Label::Chart => lang.pick("📊 图", "📊 Picture"),
        Label::Copy => lang.pick("📋 复制引文", "📋 Copy"),
        Label::CopySource => lang.pick("📋 复制出处", "📋 Copy the source"),
        Label::Share => lang.pick("↪ 转发", "↪ Send on"),
        Label::Back => lang.pick("◂ 返回", "◂ Back"),
        Label::Before => lang.pick("◂ 上一页", "◂ Before"),
        Label::WhoSpoke => lang.pick("谁发过言", "Who spoke"),
        Label::Anywhere => lang.pick("不限，全部查", "Look everywhere"),
        Label::Start => lang.pick("⏮ 开头", "⏮ Start"),
        Label::All => lang.pick("看全部", "All"),
        Label::Only => lang.pick("只看", "Only "),
        Label::Usual => lang.pick("默认 ", "Default "),
        Label::UsualOff => lang.pick("不要默认", "No default"),
        Label::Watches => lang.pick("🔔 关注了什么", "🔔 What is watched"),
        Label::Keep => lang.pick("保存", "Keep"),
        Label::Replace => lang.pick("替换", "Replace"),
        Label::KeepAs => lang.pick("另存为 ", "Keep as "),
        Label::Discard => lang.pick("放弃", "Discard"),
        Label::Remove => lang.pick("移除", "Remove"),
        Label::Leave => lang.pick("留着", "Leave it"),
    }
}

/// On to the next quotes, with how many are known to follow, and whether others may behind them.
pub fn more_label(lang: Lang, known: usize, others: bool) -> String {
    match (known, others) {
        (0, _) => lang.pick("更多 ▸", "More ▸").to_owned(),
        (known, false) => lang
            .pick(&format!("还有 {known} 段 ▸"), &format!("{known} more ▸"))
            .to_owned(),
        (known, true) => lang
            .pick(&format!("还有 {known} 段以上 ▸"), &format!("{known}+ more ▸"))
            .to_owned(),
    }
}
