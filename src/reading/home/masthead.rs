//! What a paper says of itself: its masthead, crumbs and source lines (首页 > 平和新闻, 来源:绥宁县融媒体中心, (枞阳县文明办)),
//! and the dateline (本报乾县3月5日讯).

use super::places::county_at;
use std::sync::LazyLock;

use crate::gazetteer::{County, DivisionCode, Form, Gazetteer, Level, PlaceMention};
use crate::text::rows;

/// What stands behind a county's name, and whether it may stand behind its short form.
static MEDIA: LazyLock<Vec<(&'static str, bool)>> = LazyLock::new(|| {
    rows!("media.tsv", 1..=2)
        .map(|row| match row.as_slice() {
            [word] => (*word, false),
            [word, "short"] => (*word, true),
            _ => row.wrong("no such use"),
        })
        .collect()
});

/// How bodies end that put out a county's papers.
static ISSUERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows!("issuers.tsv", 1).map(|row| row[0]).collect());

/// Longest name of such a body behind its county, in characters.
const ISSUER: usize = 16;
/// Longest line of a masthead, in characters.
const LINE: usize = 60;
/// How far into a paragraph a dateline reaches, in characters.
const DATELINE: usize = 30;

/// The county of the first line that is a masthead, crumbs, a source or a signature.
pub(super) fn masthead(text: &str, parents: &[DivisionCode], rank: Option<char>) -> Option<County> {
    let issuer = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .and_then(|line| issuer(line.trim(), parents));
    issuer.or_else(|| {
        text.lines()
            .filter(|line| line.chars().count() <= LINE && !line.contains(['。', '“', '?', '!']))
            .find_map(|line| of_line(line, parents, rank))
    })
}

/// The county whose body is a paper's first line from end to end: 鄱阳县防汛抗旱指挥部办公室.
fn issuer(line: &str, parents: &[DivisionCode]) -> Option<County> {
    let places = Gazetteer::shared().places_in(line);
    let place = places.first().filter(|place| {
        place.span.start() == 0
            && place.form == Form::Full
            && place.divisions.iter().any(|division| division.level() == Level::County)
    })?;
    let body = &line[place.span.end()..];
    let whole = (2..=ISSUER).contains(&body.chars().count())
        && ISSUERS.iter().any(|end| body.ends_with(end))
        && !body.contains([' ', ',', ':', '的', '召']);
    whole.then(|| county_at(place, line, parents)).flatten()
}

fn of_line(line: &str, parents: &[DivisionCode], rank: Option<char>) -> Option<County> {
    let line = line.trim();
    let crumbs = line.contains('>');
    let source = ["来源", "作者", "编辑", "供稿", "通讯员", "发布", "信息"]
        .iter()
        .any(|word| line.contains(word))
        || line.starts_with('(') && line.ends_with(')');
    line.split(['>', ' ', ':', '|', '(', ')', ','])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .find_map(|piece| {
            let place = Gazetteer::shared()
                .places_in(piece)
                .into_iter()
                .find(|place| place.divisions.iter().any(|division| division.level() == Level::County))?;
            // 安徽省|舒城县|人民政府: only places stand before it.
            let leads = Gazetteer::shared()
                .places_in(&piece[..place.span.start()])
                .last()
                .map_or(place.span.start() == 0, |before| {
                    before.span.end() == place.span.start()
                });
            let rest = &piece[place.span.end()..];
            let media = MEDIA.iter().any(|(word, _)| rest.starts_with(word));
            let full =
                place.form == Form::Full && (rest.is_empty() && (crumbs || source) || media || source && is_body(rest));
            // A short form stands right before 网 or 新闻 alone, or makes the whole crumb.
            let short = place.form == Form::Short && (media && is_short_media(rest) || rest.is_empty() && crumbs);
            // A headline is no masthead: 舒城县政府召开会议.
            let whole = crumbs || source || rest.chars().count() <= 8 && !rest.contains(['召', '开', '举', '会']);
            (leads && whole && (full || short))
                .then(|| county_at(&place, piece, parents).or_else(|| of_rank(&place, rank?)))
                .flatten()
        })
}

/// 吉安 is a city and a county below it: the county's, where the paper speaks of 全县 and 县委.
fn of_rank(place: &PlaceMention, rank: char) -> Option<County> {
    let mut found = place
        .divisions
        .iter()
        .filter(|division| division.level() == Level::County && division.name().ends_with(rank));
    let county = found.next().filter(|_| found.next().is_none())?;
    Gazetteer::shared().county(county.name(), &[county.code()])
}

fn is_body(rest: &str) -> bool {
    ["局", "委", "办", "中心", "部", "院", "台"]
        .iter()
        .any(|body| rest.contains(body))
}

/// 平和网, 宜秀要闻; 兴业银行 and 东方新闻网 are decided by the gazetteer.
fn is_short_media(rest: &str) -> bool {
    rest.chars().count() <= 8 && MEDIA.iter().any(|(word, short)| *short && rest.starts_with(word))
}

/// 本报乾县3月5日讯, 本网钦南讯, 莱西融媒4月8日讯.
pub(super) fn dateline(text: &str, parents: &[DivisionCode]) -> Option<County> {
    text.lines().find_map(|line| {
        let head: String = line.trim().chars().take(DATELINE).collect();
        let end = ["讯", "电"].iter().filter_map(|word| head.find(word)).min()?;
        let head = &head[..end];
        let words = ["本报", "本网", "本台", "本刊"]
            .iter()
            .find_map(|word| head.strip_prefix(word))
            .unwrap_or(head);
        let place = Gazetteer::shared()
            .places_in(words)
            .into_iter()
            .next()
            .filter(|place| place.span.start() == 0)?;
        let rest = words[place.span.end()..]
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '月' | '日' | '年' | '(' | ')' | ' '));
        let ends = rest.is_empty()
            || ["融媒", "新闻", "网", "发布", "广播", "日报"]
                .iter()
                .any(|word| rest.starts_with(word))
                && !rest.contains(',');
        ends.then(|| county_at(&place, words, parents)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(county: Option<County>) -> Option<String> {
        county.map(|county| county.name().to_owned())
    }

    #[test]
    fn mastheads_crumbs_sources_and_signatures() {
        for (line, expected) in [
            ("首页 > 平和新闻 > 正文", "平和县"),
            ("首页 > 礼泉县 > 政务", "礼泉县"),
            ("来源:绥宁县融媒体中心", "绥宁县"),
            ("作者:李某 来源:平和网 时间:2009-04-29", "平和县"),
            ("舒城县人民政府", "舒城县"),
            ("舒城新闻网", "舒城县"),
            ("舒城百姓论坛", "舒城县"),
            ("(枞阳县文明办 陈某)", "枞阳县"),
            ("鄱阳县防汛抗旱指挥部办公室", "鄱阳县"),
            ("来源:勉县广播电视台 发布时间:2023-09-08", "勉县"),
        ] {
            assert_eq!(name(masthead(line, &[], None)).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "首页 > 新闻 > 正文",
            "来源:江南晚报",
            "舒城县政府召开全体会议",
            "他说舒城县人民政府很好。",
        ] {
            assert_eq!(name(masthead(line, &[], None)), None, "{line}");
        }
    }

    #[test]
    fn what_a_city_and_its_county_are_called_is_the_countys_in_its_paper() {
        let of = |rank| name(masthead("首页 > 新闻中心 > 吉安要闻", &[], rank));
        assert_eq!(of(Some('县')).as_deref(), Some("吉安县"));
        assert_eq!(of(None), None);
        assert_eq!(of(Some('旗')), None);
    }

    #[test]
    fn datelines() {
        for (line, expected) in [
            ("本报乾县3月5日讯 会议召开", "乾县"),
            ("本网钦南讯 6月29日,会议召开", "钦南区"),
            ("莱西融媒4月8日讯 会议召开", "莱西市"),
            ("礼泉讯 会议召开", "礼泉县"),
        ] {
            assert_eq!(name(dateline(line, &[])).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "德州新闻网讯(记者 郭某)会议召开",
            "乾县的代表说,通讯员不够",
            "本报讯 乾县召开会议",
        ] {
            assert_eq!(name(dateline(line, &[])), None, "{line}");
        }
    }
}
