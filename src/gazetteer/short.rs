//! Short forms: 礼泉 for 礼泉县, 恩施 for 恩施土家族苗族自治州.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::rows;

static PEOPLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut peoples: Vec<&str> = rows!("peoples.tsv", 1).map(|row| row[0]).collect();
    peoples.sort_by_key(|name| std::cmp::Reverse(name.len()));
    peoples
});

static TITLE_ENDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows!("title_ends.tsv", 1).map(|row| row[0]).collect());
static RANK_WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("rank_words.tsv", 1).map(|row| row[0]).collect());

/// What follows the place itself in a division's name; the longest first.
const RANKS: [&str; 14] = [
    "特别行政区",
    "各族自治县",
    "自治县",
    "自治旗",
    "自治州",
    "自治区",
    "联合旗",
    "林区",
    "特区",
    "地区",
    "新区",
    "省",
    "县",
    "市",
];
const ONE_CHARACTER_RANKS: [&str; 3] = ["区", "旗", "盟"];

/// The name without its rank and peoples; `None` where fewer than two characters would be left.
pub fn short_form(name: &str) -> Option<String> {
    let mut short = RANKS
        .iter()
        .chain(&ONE_CHARACTER_RANKS)
        .find_map(|rank| name.strip_suffix(rank))?;
    if name.contains("自治") {
        // The place must be left over: 东乡族自治县 is 东乡, 内蒙古自治区 is 内蒙古.
        while let Some(rest) = PEOPLES.iter().find_map(|people| short.strip_suffix(people))
            && rest.chars().count() >= 2
        {
            short = rest;
        }
        short = short.strip_suffix('族').unwrap_or(short);
    }
    (short.chars().count() >= 2).then(|| short.to_owned())
}

/// Whether a name's short form is followed by a rank, which then is not its own.
pub fn has_other_rank(after: &str) -> bool {
    after.starts_with(['县', '市', '区', '旗']) && !RANK_WORDS.iter().any(|word| after.starts_with(word))
}

/// Whether a name's first character ends a title that began before it: 局长|葛春涛.
pub fn begins_in_title(before: &str, name: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), name.chars().next()) else {
        return false;
    };
    let both: String = [last, first].into_iter().collect();
    TITLE_ENDS.contains(both.as_str())
}

/// How people write an autonomous division in short but with its rank: 东乡县 for 东乡族自治县, 鄂温克旗, 临夏州.
pub fn ranked_form(name: &str) -> Option<String> {
    let rank = name
        .chars()
        .next_back()
        .filter(|rank| matches!(rank, '县' | '旗' | '区' | '州'))?;
    let ranked = format!("{}{rank}", short_form(name)?);
    (name.contains('族') && ranked != name).then_some(ranked)
}

#[cfg(test)]
mod tests {
    use super::short_form;

    #[test]
    fn ranks_and_peoples_fall_off() {
        let short = |name| short_form(name).unwrap_or_default();
        assert_eq!(short("礼泉县"), "礼泉");
        assert_eq!(short("彬州市"), "彬州");
        assert_eq!(short("乾县"), "");
        assert_eq!(short("恩施土家族苗族自治州"), "恩施");
        assert_eq!(short("广西壮族自治区"), "广西");
        assert_eq!(short("东乡族自治县"), "东乡");
        assert_eq!(short("内蒙古自治区"), "内蒙古");
        assert_eq!(short("察哈尔右翼中旗"), "察哈尔右翼中");
    }
}
