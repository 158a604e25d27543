//! Which encoding a page says it is in.

/// How far into the page its `<meta>` is looked for.
const HEAD: usize = 4096;

/// The label in `<meta charset=…>`, `<meta … content="text/html; charset=…">` or `<?xml encoding="…"?>`.
pub(super) fn named(bytes: &[u8]) -> Option<String> {
    let head: String = bytes
        .iter()
        .take(HEAD)
        .map(|byte| char::from(*byte).to_ascii_lowercase())
        .collect();
    let xml = head
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map(|(tag, _)| tag);
    let metas = head
        .split("<meta")
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(tag, _)| tag);
    metas
        .filter_map(|tag| label(tag, "charset"))
        .next()
        .or_else(|| label(xml?, "encoding"))
}

/// What follows `name=`, with or without quotes.
fn label(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(name)?;
    let rest = rest
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .trim_start_matches(['"', '\'']);
    let label: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn all_forms_are_known() {
        assert_eq!(
            named(b"<script charset=utf-8></script><META CHARSET=\"GBK\">").as_deref(),
            Some("gbk")
        );
        assert_eq!(
            named(b"<meta http-equiv=x content='text/html; charset=gb2312'>").as_deref(),
            Some("gb2312")
        );
        assert_eq!(
            named(b"<?xml version='1.0' encoding='big5'?><html>").as_deref(),
            Some("big5")
        );
        assert_eq!(named(b"<p>charset=gbk"), None);
    }
}
