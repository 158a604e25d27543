//! Offices as people type them: short for the full title that a report gives.

use super::lexicon::Lexicon;
use crate::gazetteer::Gazetteer;
use crate::reading::organ_at_end;

/// Whether `typed` is short for `office`: for one of the posts that it names, behind the body that it begins with unless
/// the post names a place of its own.
pub fn is_short_for(typed: &str, office: &str) -> bool {
    let mut posts = office.split(['、', ',', '兼']).map(str::trim);
    let Some(first) = posts.next() else { return false };
    let title = Lexicon::shared().titles_behind(first).next();
    let body = title.map_or(first, |title| first[..first.len() - title.len()].trim_end_matches('副'));
    is_short_for_post(typed, first)
        || posts.any(|post| {
            let places = Gazetteer::shared().places_in(post);
            let of_its_own = places.first().is_some_and(|place| place.span.start() == 0);
            let whole = if of_its_own {
                post.to_owned()
            } else {
                format!("{body}{post}")
            };
            is_short_for_post(typed, &whole)
        })
}

/// What the members of a congress are called.
const MEMBERS: [&str; 2] = ["代表", "委员"];

/// Whether what stands for somebody's name is none, but an office or a calling by itself: 县委书记, 村民.
pub fn is_titular(name: &str) -> bool {
    let lexicon = Lexicon::shared();
    let body = lexicon
        .title_behind(name)
        .map(|title| &name[..name.len() - title.len()]);
    lexicon.callings.contains(name)
        || MEMBERS.contains(&name)
        || body.is_some_and(|body| body.trim_end_matches('副').is_empty() || organ_at_end(body).is_some())
}

/// Whether `typed` is short for one post: its title stands there (and no deputy's, where none was typed), and all of its
/// characters do in the same order.
fn is_short_for_post(typed: &str, post: &str) -> bool {
    let title = Lexicon::shared().title_behind(typed);
    let holds = title.is_none_or(|title| {
        post.match_indices(title)
            .any(|(at, _)| typed.contains('副') || !post[..at].ends_with('副'))
    });
    let mut rest = post.chars().rev();
    holds
        && typed
            .chars()
            .rev()
            .filter(|c| *c != '的')
            .all(|wanted| rest.by_ref().any(|c| c == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_by_itself_is_no_name() {
        for office in ["县委书记", "副县长", "县住建局副局长", "村民", "代表"] {
            assert!(is_titular(office), "{office}");
        }
        for name in ["王县长", "蒲正明", "一位村民", "欧阳书记"] {
            assert!(!is_titular(name), "{name}");
        }
    }

    #[test]
    fn short_offices_are_known_by_their_characters() {
        assert!(is_short_for("统战部长", "县委常委、统战部部长"));
        assert!(is_short_for("县委统战部部长", "长汀县委常委、统战部部长"));
        assert!(!is_short_for("宣传部部长", "县委常委、统战部部长"));
        assert!(!is_short_for("县长", "长汀县委常委、统战部部长"));
        assert!(!is_short_for("县长", "长汀县副县长"));
        assert!(is_short_for("武平县长", "武平县委书记、县长"));
        assert!(is_short_for("教育局局长", "县教育局党组书记、局长"));
        assert!(is_short_for("县长", "上杭县委副书记、县长"));
        assert!(!is_short_for("市政协主席", "市政协委员、上杭县工商联主席"));
    }
}
