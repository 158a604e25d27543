//! Lines that are nobody's speech: captions, editors, copyright, navigation.

use std::sync::LazyLock;

use crate::text::{ends_sentence, rows};

struct Patterns {
    prefix: Vec<&'static str>,
    contains: Vec<&'static str>,
    short: Vec<&'static str>,
    suffix: Vec<&'static str>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mut patterns = Patterns {
        prefix: Vec::new(),
        contains: Vec::new(),
        short: Vec::new(),
        suffix: Vec::new(),
    };
    for line in rows(include_str!("boilerplate.tsv")) {
        let [place, words] = line.as_slice() else { continue };
        match *place {
            "prefix" => patterns.prefix.push(words),
            "contains" => patterns.contains.push(words),
            "short" => patterns.short.push(words),
            _ => patterns.suffix.push(words),
        }
    }
    patterns
});

/// Whether a folded, trimmed line is boilerplate.
pub fn is_boilerplate(line: &str) -> bool {
    let length = line.chars().count();
    let in_brackets = |open, close| line.starts_with(open) && line.ends_with(close) && line.matches(open).count() == 1;
    if in_brackets('(', ')') || in_brackets('[', ']') || line.starts_with("![") {
        return true;
    }
    if PATTERNS.contains.iter().any(|words| line.contains(words)) && length <= 300 {
        return true;
    }
    // 记者:下一步有什么打算? is a question, not a signature.
    let reads_as_line = (!ends_sentence(line) || length <= 30) && !line.ends_with('?');
    length <= 120
        && reads_as_line
        && !line.contains(['“', '"'])
        && PATTERNS.prefix.iter().any(|words| line.starts_with(words))
        || length <= 40 && !ends_sentence(line) && PATTERNS.short.iter().any(|words| line.contains(words))
        || length <= 60 && !ends_sentence(line) && PATTERNS.suffix.iter().any(|words| line.ends_with(words))
}

#[cfg(test)]
mod tests {
    use super::is_boilerplate;

    #[test]
    fn page_furniture_is_told_from_speech() {
        for line in [
            "(相关资料图)",
            "编辑:李某",
            "Copyright 2015-2022 某网版权所有 备案号:京ICP备1号",
            "图为会议现场",
            "上一篇:某地召开会议",
            "责任编辑:某某",
            "长按二维码关注我们",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in [
            "来源于生活,也要回到生活,他说。这是我们做好群众工作的根本所在,也是大家的共识。",
            "王某:大家好",
            "争先进位“比”",
            "纪某:每座桥上都有二维码,群众拍个照片就能传上来。",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }
}
