//! Times as transcripts write them: `00:12:30`, `[00:12:30 - 00:12:41]`, `2025/3/18 9:01:22`, `上午9:30`, `9:30 AM`.

/// What may stand before a time and belongs to it.
const PARTS_OF_DAY: [&str; 12] = [
    "上午", "下午", "中午", "凌晨", "晚上", "早上", "傍晚", "今天", "昨天", "前天", "AM", "PM",
];
const RANGES: [&str; 7] = ["-->", "--", "->", "-", "—", "~", "至"];
const PAIRS: [(char, char); 4] = [('[', ']'), ('(', ')'), ('【', '】'), ('<', '>')];

/// Bytes of the time that folded `text` begins with, its brackets and its date included.
pub fn time_at(text: &str) -> Option<usize> {
    let pair = PAIRS.iter().find(|(open, _)| text.starts_with(*open));
    let mut reader = Reader { text, at: 0 };
    if let Some((open, _)) = pair {
        reader.at += open.len_utf8();
    }
    reader.moment()?;
    let end = reader.at;
    reader.spaces();
    let ranged = RANGES.iter().any(|range| reader.word(range)) && {
        reader.spaces();
        reader.moment().is_some()
    };
    if !ranged {
        reader.at = end;
    }
    if let Some((_, close)) = pair {
        reader.spaces();
        return reader.word(close.encode_utf8(&mut [0; 4])).then_some(reader.at);
    }
    Some(reader.at)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn word(&mut self, word: &str) -> bool {
        let there = self.rest().starts_with(word);
        if there {
            self.at += word.len();
        }
        there
    }

    fn spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Digits, as many as `least` to `most`, and no more.
    fn digits(&mut self, least: usize, most: usize) -> bool {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let fits = (least..=most).contains(&count);
        if fits {
            self.at += count;
        }
        fits
    }

    /// A day, if there is one, and a time of day or of a recording.
    fn moment(&mut self) -> Option<()> {
        let start = self.at;
        if self.day() {
            while self.word(" ") || self.word(",") || self.word("T") || self.word("日") {}
        } else {
            self.at = start;
        }
        while PARTS_OF_DAY.iter().any(|part| self.word(part)) {
            self.spaces();
        }
        self.clock()?;
        let end = self.at;
        self.spaces();
        if !["AM", "PM", "am", "pm"].iter().any(|half| self.word(half)) {
            self.at = end;
        }
        Some(())
    }

    /// 2025-03-18, 2025年3月18日, 3月18日, 周二.
    fn day(&mut self) -> bool {
        if self.word("周") || self.word("星期") {
            return ["一", "二", "三", "四", "五", "六", "日", "天"]
                .iter()
                .any(|day| self.word(day));
        }
        let mark = |reader: &mut Self| ["-", "/", ".", "年", "月"].iter().any(|mark| reader.word(mark));
        if self.digits(4, 4) && !mark(self) {
            return false;
        }
        self.digits(1, 2) && mark(self) && self.digits(1, 2) && {
            self.word("日");
            self.rest()
                .starts_with([' ', ',', 'T', '上', '下', '中', '凌', '晚', '早'])
        }
    }

    /// 0:21, 00:12:30.5, 9时30分.
    fn clock(&mut self) -> Option<()> {
        if !self.digits(1, 3) {
            return None;
        }
        if self.word("时") || self.word("点") {
            return (self.digits(1, 2) && self.word("分")).then(|| {
                if self.digits(1, 2) {
                    self.word("秒");
                }
            });
        }
        let more = |reader: &mut Self| reader.word(":") && reader.digits(2, 2);
        if !more(self) {
            return None;
        }
        let end = self.at;
        if !more(self) {
            self.at = end;
        }
        let end = self.at;
        if !((self.word(".") || self.word(",")) && self.digits(1, 3)) {
            self.at = end;
        }
        let more = self.rest().strip_prefix(':').unwrap_or(self.rest());
        (!more.starts_with(|c: char| c.is_ascii_digit())).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::time_at;

    #[test]
    fn times_of_all_makes() {
        for (text, time) in [
            ("00:12:30 王静", "00:12:30"),
            ("0:21", "0:21"),
            ("[00:12:30 - 00:12:41] 王静", "[00:12:30 - 00:12:41]"),
            ("(00:12)", "(00:12)"),
            ("[00:00.000 --> 00:04.000] 好", "[00:00.000 --> 00:04.000]"),
            ("2025/3/18 9:01:22", "2025/3/18 9:01:22"),
            ("2025-03-18 09:00:12 王静", "2025-03-18 09:00:12"),
            ("2025年3月18日 上午9:30", "2025年3月18日 上午9:30"),
            ("3月18日 9:30", "3月18日 9:30"),
            ("昨天 9:30", "昨天 9:30"),
            ("周二 9:30 AM", "周二 9:30 AM"),
            ("00:00:03:", "00:00:03"),
            ("9:30在", "9:30"),
        ] {
            let end = time_at(text).unwrap_or_default();
            assert_eq!(&text[..end], time, "{text}");
        }
    }

    #[test]
    fn numbers_are_no_times() {
        for text in [
            "3:2",
            "2025年3月18日",
            "1234567",
            "1.5:3",
            "第一",
            "[资料]",
            "(00:12",
            "",
        ] {
            assert_eq!(time_at(text), None, "{text}");
        }
    }
}
