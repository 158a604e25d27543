//! What went wrong, and what to do about it.

use super::Lang;
use crate::index::IndexError;
use crate::meeting::DoubtKind;
use crate::reading::{MAX_BYTES, ReadError};

/// Why a knowledge file was not read, on one line.
pub fn read_error(lang: Lang, error: &ReadError) -> String {
    if let ReadError::Lines(lines) = error {
        return lines_error(lang, lines);
    }
    if lang == Lang::En {
        return error.to_string();
    }
    match error {
        ReadError::Empty => "文件是空的：请删除它，或补上内容".to_owned(),
        ReadError::Encoding => "认不出文字编码（UTF-8、UTF-16、GB18030、Big5 都不是）：请另存为 UTF-8".to_owned(),
        ReadError::TooMuch { what } => format!("解开后太大（{what}）：请拆成几个文件"),
        ReadError::Archive => "是压缩包：请先解压，再放入里面的文件".to_owned(),
        ReadError::OldFormat { format } => format!("旧格式 .{format}：请另存为 .docx"),
        ReadError::Protected => "有密码保护：请另存一份不带密码的".to_owned(),
        ReadError::NoText => "页面是图片，没有文字：请先识别文字（OCR）".to_owned(),
        ReadError::Broken { format, why } => format!("损坏的 {format} 文件（{why}）：请重新导出"),
        ReadError::TooLarge { bytes } => format!(
            "文件太大（{} MB，上限 {} MB）：请拆成几个文件",
            bytes.div_ceil(1024 * 1024),
            MAX_BYTES / 1024 / 1024
        ),
        ReadError::Directory => "是文件夹，不是文件：请改名".to_owned(),
        ReadError::NoFile => "不是能读的文件（是管道、套接字或设备）：请移走".to_owned(),
        ReadError::Stuck => "磁盘没有响应，先跳过；恢复后请再 reload".to_owned(),
        ReadError::UnknownFormat => "不认识的格式：请另存为 .docx、.pdf 或 .txt".to_owned(),
        ReadError::Lines(lines) => lines_error(lang, lines),
        ReadError::Fault(what) => format!("会问在这个文件上出了错（{what}）：请报告给开发者；其他文件不受影响"),
        ReadError::Io(source) => format!("读不了：{source}"),
    }
}

/// What is wrong with lines of a `_folder.md`, each by its number.
fn lines_error(lang: Lang, lines: &[(usize, DoubtKind)]) -> String {
    let each: Vec<String> = lines
        .iter()
        .map(|(number, doubt)| match lang {
            Lang::Zh => format!("第 {number} 行：{}", doubt_line(lang, doubt)),
            Lang::En => format!("line {number}: {}", doubt_line(lang, doubt)),
        })
        .collect();
    each.join(lang.pick("；", "; ")) + lang.pick("。其他各行照用", ". The other lines count")
}

/// Why the knowledge cannot be opened, reloaded or asked, on one line.
pub fn index_error(lang: Lang, error: &IndexError) -> String {
    match (lang, error) {
        (Lang::Zh, IndexError::Knowledge { path, source }) => format!(
            "知识文件夹 {} 读不了：{source}。请检查 --knowledge 或 HUIWEN_KNOWLEDGE",
            path.display()
        ),
        (Lang::Zh, IndexError::Data { path, source }) => format!(
            "数据文件夹写不了：{}：{source}。请检查 --data 或 HUIWEN_DATA",
            path.display()
        ),
        (Lang::Zh, IndexError::Engine(source)) => format!("索引出错：{source}。可以删掉数据文件夹里的 index 再试"),
        (Lang::Zh, IndexError::Remote(why)) => format!("搜索引擎问不到：{why}。请检查 HUIWEN_ENGINE 和引擎本身"),
        (Lang::Zh, IndexError::InPart) => "有一部分文件现在搜不到，请稍后再试".to_owned(),
        (Lang::Zh, IndexError::Outdated) => "索引刚刚更新，请再试一次".to_owned(),
        (Lang::Zh, IndexError::Read(source)) => format!("索引读不了：{source}"),
        (Lang::Zh, IndexError::Stored(source)) => format!("索引写不了：{source}"),
        (Lang::Zh, IndexError::Defect(what)) => format!("程序出错了（{what}），已记入日志，请报告给开发者"),
        (Lang::En, IndexError::Knowledge { .. }) => format!("{error}. Check --knowledge or HUIWEN_KNOWLEDGE"),
        (Lang::En, IndexError::Data { .. }) => format!("{error}. Check --data or HUIWEN_DATA"),
        (Lang::En, IndexError::Engine(_)) => format!("{error}. Remove index in the data folder and try again"),
        (Lang::En, IndexError::Remote(_)) => format!("{error}. Check HUIWEN_ENGINE, and the engine itself"),
        (Lang::En, _) => error.to_string(),
    }
}

/// What an admin should look at in a file, on one line.
pub fn doubt_line(lang: Lang, doubt: &DoubtKind) -> String {
    match (lang, doubt) {
        (Lang::Zh, DoubtKind::UnclosedHead) => "文件头的 --- 没有结束，按正文读".to_owned(),
        (Lang::En, DoubtKind::UnclosedHead) => "the head's --- is not closed: read as text".to_owned(),
        (Lang::Zh, DoubtKind::NoColon) => "文件头里的这一行没有冒号".to_owned(),
        (Lang::En, DoubtKind::NoColon) => "this line of the head has no colon".to_owned(),
        (Lang::Zh, DoubtKind::UnknownKey(key)) => format!("文件头里不认识的一项：{key}"),
        (Lang::En, DoubtKind::UnknownKey(key)) => format!("the head has a key that is not known: {key}"),
        (Lang::Zh, DoubtKind::BadCorrection) => "更正要写成“原来的 = 更正的”".to_owned(),
        (Lang::En, DoubtKind::BadCorrection) => "a correction is written as “old = new”".to_owned(),
        (Lang::Zh, DoubtKind::NobodyCorrected(name)) => format!("更正没有对上：文中没有“{name}”的发言"),
        (Lang::En, DoubtKind::NobodyCorrected(name)) => format!("a correction of nobody: “{name}” says nothing here"),
        (Lang::Zh, DoubtKind::NoCounty(name)) => format!("没有采用：“{name}”不是县、县级市、区或旗的全名"),
        (Lang::En, DoubtKind::NoCounty(name)) => format!("left out: “{name}” is no county's full name"),
        (Lang::Zh, DoubtKind::NamedOnce(name)) => format!("请核对“{name}”：文中只出现一次，没有写职务"),
        (Lang::En, DoubtKind::NamedOnce(name)) => format!("to be checked: “{name}” is named once, without an office"),
        (Lang::Zh, DoubtKind::SameName(name)) => format!("请核对“{name}”：文中有不同县的同名发言人"),
        (Lang::En, DoubtKind::SameName(name)) => format!("to be checked: “{name}” speaks for several counties"),
        (Lang::Zh, DoubtKind::UnlistedCounty(name)) => format!("请核对“{name}”：县名不在名录里"),
        (Lang::En, DoubtKind::UnlistedCounty(name)) => format!("to be checked: “{name}” is a county of no list"),
        (Lang::Zh, DoubtKind::UnreadHead(label)) => format!("请核对“{label}”：像是发言人，没有当作发言人读"),
        (Lang::En, DoubtKind::UnreadHead(label)) => {
            format!("to be checked: “{label}” looks like a speaker and was not read as one")
        }
        (Lang::Zh, DoubtKind::NoYear(year)) => format!("年份没有采用：“{year}”不是四位数的年份"),
        (Lang::En, DoubtKind::NoYear(year)) => format!("a year left out: “{year}” is no year of four digits"),
    }
}
