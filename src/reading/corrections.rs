//! Corrections from a file's head: what its admin knows better than the text says.

use super::front_matter::{Corrected, Correction};
use crate::gazetteer::{County, Gazetteer, Level};
use crate::meeting::{CountyRule, Doubt, DoubtKind, OfficeRule, Remark, Speaker, Voice};
use crate::text::fold_str;

/// Applies the corrections in order, each to all remarks of whom it names; those that are wrong are reported and
/// change nothing.
pub fn correct(remarks: &mut [Remark], corrections: &[Correction]) -> Vec<Doubt> {
    corrections
        .iter()
        .filter_map(|correction| {
            let kind = apply(remarks, correction).err()?;
            Some(Doubt {
                span: correction.span,
                kind,
            })
        })
        .collect()
}

fn apply(remarks: &mut [Remark], correction: &Correction) -> Result<(), DoubtKind> {
    let county = match correction.what {
        Corrected::County => Some(county(&correction.to)?),
        Corrected::Name | Corrected::Office => None,
    };
    let mut found = false;
    for remark in remarks.iter_mut() {
        let (Voice::Person { speaker, .. }, Some(why)) = (&mut remark.voice, &mut remark.why) else {
            continue;
        };
        if !is_of(speaker, &correction.of) {
            continue;
        }
        found = true;
        match correction.what {
            Corrected::Name => speaker.name = Some(correction.to.clone()),
            Corrected::Office => {
                speaker.office = Some(correction.to.clone());
                why.office = Some(OfficeRule::Corrected);
            }
            Corrected::County => {
                speaker.county.clone_from(&county);
                why.county = Some(CountyRule::Corrected);
            }
        }
    }
    if found {
        Ok(())
    } else {
        Err(DoubtKind::NobodyCorrected(correction.of.clone()))
    }
}

/// Whether a speaker is called so, or has that office where no name is given.
fn is_of(speaker: &Speaker, of: &str) -> bool {
    let called = speaker.name.as_deref().or(speaker.office.as_deref());
    called.is_some_and(|called| label(called) == label(of))
}

/// A label as corrections are compared: 说话人 1 is 说话人1.
fn label(words: &str) -> String {
    let mut folded = fold_str(words).to_lowercase();
    folded.retain(|c| !c.is_whitespace());
    folded
}

fn county(name: &str) -> Result<County, DoubtKind> {
    let gazetteer = Gazetteer::shared();
    let known = gazetteer
        .named(name)
        .iter()
        .any(|division| division.level() == Level::County);
    match gazetteer.county(name, &[]) {
        Some(county) => Ok(county),
        None if known => Ok(County::unlisted(name)),
        None => Err(DoubtKind::NoCounty(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::{Document, understand};

    const BODY: &str = "座谈会召开\n\n发言人1：先修路。\n发言人2：再通电。\n发言人1：后年办客栈。\n";

    fn speakers(head: &str) -> (Vec<String>, Vec<String>) {
        let report = understand(&Document::plain(format!("---\n{head}\n---\n{BODY}")), "a.txt");
        let speakers = report
            .spoken()
            .map(|remark| {
                let county = remark.voice.county().map_or("", |county| county.name());
                let office = remark.voice.office().unwrap_or_default();
                format!("{} {office} {county}", remark.voice.name().unwrap_or_default())
            })
            .collect();
        let doubts = report.doubts.iter().map(|doubt| format!("{:?}", doubt.kind)).collect();
        (speakers, doubts)
    }

    #[test]
    fn a_name_an_office_and_a_county_are_corrected() {
        let (speakers, doubts) = speakers("speaker: 发言人1 = 王静\n职务: 王静 = 副县长\ncounty: 王静 = 长武县");
        assert_eq!(speakers, ["王静 副县长 长武县", "发言人2  ", "王静 副县长 长武县"]);
        assert!(doubts.is_empty(), "{doubts:?}");
    }

    #[test]
    fn a_label_is_the_same_however_it_is_spaced() {
        let (speakers, doubts) = speakers("speaker: 发言人 1 = 王静\nspeaker: 发言人　2 = 丘福生");
        assert_eq!(speakers, ["王静  ", "丘福生  ", "王静  "]);
        assert!(doubts.is_empty(), "{doubts:?}");
    }

    #[test]
    fn wrong_corrections_are_reported_and_change_nothing() {
        let (speakers, doubts) = speakers("speaker: 发言人9 = 王静\ncounty: 发言人1 = 桃源外县\noffice: 副县长");
        assert_eq!(speakers, ["发言人1  ", "发言人2  ", "发言人1  "]);
        assert_eq!(doubts.len(), 3, "{doubts:?}");
    }
}
