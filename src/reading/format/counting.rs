//! How office programs write the numbers of lists: `3` as 三, ③, iii or 丙. The names are those of Word.

/// Numbers past this are written plainly: a roman million is a megabyte of M.
const MAX_WRITTEN_OUT: u32 = 9_999;

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const LEGAL_SIMPLIFIED: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const LEGAL_TRADITIONAL: [&str; 10] = ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"];
const TENS: [&str; 4] = ["", "十", "百", "千"];
const LEGAL_TENS: [&str; 4] = ["", "拾", "佰", "仟"];
const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
const BRANCHES: [&str; 12] = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"];

/// `number` in the format that Word calls `format`; an unknown format is decimal.
pub fn written(format: &str, number: u32) -> String {
    if number > MAX_WRITTEN_OUT {
        return number.to_string();
    }
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "ordinal" => ordinal(number),
        // Word counts with tens below a hundred only.
        "chineseCounting" | "taiwaneseCounting" if number >= 100 => digits(number),
        "chineseCounting"
        | "taiwaneseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCountingThousand"
        | "japaneseCounting" => counted(number, &DIGITS, &TENS, true),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => digits(number),
        "chineseLegalSimplified" => counted(number, &LEGAL_SIMPLIFIED, &LEGAL_TENS, false),
        "ideographLegalTraditional" | "japaneseLegal" => counted(number, &LEGAL_TRADITIONAL, &LEGAL_TENS, false),
        "ideographTraditional" => cycle(number, &STEMS),
        "ideographZodiac" => cycle(number, &BRANCHES),
        "ideographEnclosedCircle" => one_of(number, '㊀', 10),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedFullstop" => one_of(number, '⒈', 20),
        "decimalEnclosedParen" => one_of(number, '⑴', 20),
        "decimalFullWidth" | "decimalFullWidth2" => full_width(number),
        "numberInDash" => format!("- {number} -"),
        _ => number.to_string(),
    }
}

fn digits(number: u32) -> String {
    number
        .to_string()
        .chars()
        .filter_map(|digit| DIGITS.get(digit.to_digit(10)? as usize))
        .copied()
        .collect()
}

/// 一百二十三; `short_teens` writes 十二 for 一十二.
fn counted(number: u32, names: &[&str; 10], tens: &[&str; 4], short_teens: bool) -> String {
    let zero = names.first().copied().unwrap_or_default();
    if number == 0 {
        return zero.to_owned();
    }
    let mut out = String::new();
    let mut gap = false;
    for (place, unit) in tens.iter().enumerate().rev() {
        let digit = number / 10u32.pow(place as u32) % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        let silent = short_teens && out.is_empty() && place == 1 && digit == 1;
        if !silent {
            out.push_str(names.get(digit as usize).copied().unwrap_or_default());
        }
        out.push_str(unit);
    }
    out
}

fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number;
    let mut out = String::new();
    for (worth, letters) in STEPS {
        while left >= worth {
            out.push_str(letters);
            left -= worth;
        }
    }
    out
}

/// a … z, aa, bb … as Word goes on.
fn letters(number: u32, first: char) -> String {
    let Some(index) = number.checked_sub(1) else {
        return String::new();
    };
    let letter = char::from_u32(first as u32 + index % 26).unwrap_or(first);
    std::iter::repeat_n(letter, index as usize / 26 + 1).collect()
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn cycle(number: u32, names: &[&str]) -> String {
    let Some(index) = number.checked_sub(1) else {
        return String::new();
    };
    names
        .get(index as usize % names.len().max(1))
        .copied()
        .unwrap_or_default()
        .to_owned()
}

/// A character of a row that begins at `first` and has `count` numbers; plain outside it.
fn one_of(number: u32, first: char, count: u32) -> String {
    number
        .checked_sub(1)
        .filter(|index| *index < count)
        .and_then(|index| char::from_u32(first as u32 + index))
        .map_or_else(|| number.to_string(), String::from)
}

fn circled(number: u32) -> String {
    match number {
        0 => "⓪".to_owned(),
        21..=35 => one_of(number - 20, '㉑', 15),
        36..=50 => one_of(number - 35, '㊱', 15),
        _ => one_of(number, '①', 20),
    }
}

fn full_width(number: u32) -> String {
    number
        .to_string()
        .chars()
        .filter_map(|digit| char::from_u32('０' as u32 + digit.to_digit(10)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, number, expected) in [
            ("decimal", 12, "12"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 21, "二十一"),
            ("chineseCounting", 101, "一〇一"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 12, "十二"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 2030, "二千零三十"),
            ("japaneseCounting", 20, "二十"),
            ("ideographDigital", 10, "一〇"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("lowerLetter", 28, "bb"),
            ("upperLetter", 3, "C"),
            ("lowerRoman", 14, "xiv"),
            ("upperRoman", 49, "XLIX"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircleChinese", 21, "㉑"),
            ("decimalEnclosedCircle", 50, "㊿"),
            ("ideographEnclosedCircle", 2, "㊁"),
            ("decimalEnclosedParen", 3, "⑶"),
            ("ideographTraditional", 3, "丙"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalZero", 7, "07"),
            ("ordinal", 22, "22nd"),
            ("none", 4, ""),
            ("bahtText", 4, "4"),
            ("upperRoman", 4_000_000, "4000000"),
        ] {
            assert_eq!(written(format, number), expected, "{format} {number}");
        }
    }
}
