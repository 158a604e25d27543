//! What went wrong, and what to do about it.

use super::Lang;
use crate::index::IndexError;
use crate::reading::{MAX_BYTES, ReadError};

/// Why a knowledge file was not read, on one line.
pub fn read_error(lang: Lang, error: &ReadError) -> String {
    if lang == Lang::En {
        return error.to_string();
    }
    match error {
        ReadError::Empty => "文件是空的：请删除它，或补上内容".to_owned(),
        ReadError::NotUtf8 { line, column } => {
            format!("不是 UTF-8 编码（第 {line} 行第 {column} 个字节）：请另存为 UTF-8")
        }
        ReadError::TooLarge { bytes } => format!(
            "文件太大（{} MB，上限 {} MB）：请拆成几个文件",
            bytes.div_ceil(1024 * 1024),
            MAX_BYTES / 1024 / 1024
        ),
        ReadError::Directory => "是文件夹，不是文件：请改名".to_owned(),
        ReadError::UnknownFormat => "不认识的格式：目前能读 .txt 和 .md".to_owned(),
        ReadError::Io(source) => format!("读不了：{source}"),
    }
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
        (Lang::Zh, IndexError::Tantivy(source)) => format!("索引出错：{source}。可以删掉数据文件夹里的 index 再试"),
        (Lang::Zh, IndexError::Read(source)) => format!("索引读不了：{source}"),
        (Lang::Zh, IndexError::Stored(source)) => format!("索引写不了：{source}"),
        (Lang::En, IndexError::Knowledge { .. }) => format!("{error}. Check --knowledge or HUIWEN_KNOWLEDGE"),
        (Lang::En, IndexError::Data { .. }) => format!("{error}. Check --data or HUIWEN_DATA"),
        (Lang::En, IndexError::Tantivy(_)) => format!("{error}. Remove index in the data folder and try again"),
        (Lang::En, _) => error.to_string(),
    }
}
