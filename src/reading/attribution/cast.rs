//! The cast of a document: who is who, in what office and for which county, and whom a mention means.

use std::collections::{HashMap, HashSet};

use super::county::{self, Grounds, Setting, Towns};
use super::familiar::HONORIFICS;
use super::introduction::own_office;
use super::known::{CountyOf, Identified, Office};
use super::lexicon::Lexicon;
use super::mention::{Mention, MentionFinder, Naming};
use super::only;
use super::people::{People, PersonId, fuller};
use super::persons::PERSONS;
use super::recurring::recurring;
use super::speech::Paragraph;
use super::telling_names::{
    in_the_chair, is_of_several, names_behind_clauses, names_behind_terms, names_in_row, names_of_people, new_names,
    office_said, origin_said,
};
use crate::gazetteer::{County, DivisionCode, Gazetteer, is_generic, short_form};
use crate::meeting::{Certainty, CountyRule, HomeRule, OfficeRule};
use crate::reading::facts::Facts;
use crate::reading::home::named_in_full;
use crate::reading::layout::{Block, Kind};
use crate::reading::roster::Entry;
use crate::text::{Folded, Span, fold_str, plain};

/// What a transcript calls whoever is in the chair.
const HOST: &str = "主持人";
/// The labels of a file's head under which who is in the chair stands.
const CHAIRS: [&str; 4] = ["主持人", "主持", "会议主持", "会议主持人"];

/// What the labels of lists of those present have in them.
const PRESENT: [&str; 8] = ["主持", "参会", "参加", "出席", "列席", "与会", "到会", "嘉宾"];

/// What is known of a document's persons.
pub struct Cast<'t> {
    text: &'t str,
    /// Finds mentions of them.
    pub finder: MentionFinder,
    /// All persons met so far.
    pub people: People,
    /// What the file says of counties.
    pub grounds: Grounds,
    /// Who is in the chair, by the report.
    host: Option<PersonId>,
    /// What a transcript calls its speakers, for whom a list names them.
    aliases: HashMap<String, PersonId>,
    /// Names that head turns.
    labelled: People,
    /// Whose turn begins with the next paragraph: the head stands on a line of its own.
    opens: Option<String>,
}

/// What a document says of counties, before it is known who speaks.
fn grounds(text: &str, facts: &Facts) -> Grounds {
    // What the head corrects of one person says nothing of the file.
    let text = &text[facts.body_start..];
    let home = &facts.home;
    let own = home.county.as_ref().and_then(County::code);
    // Places that settle names which several counties share: those that the report names, its own county's, and the
    // counties that it names in full.
    let mut parents: Vec<DivisionCode> = facts.parents.clone();
    let around = own
        .into_iter()
        .flat_map(|code| std::iter::once(code).chain(code.parents()));
    for code in around.chain(named_in_full(text)) {
        if !parents.contains(&code) {
            parents.push(code);
        }
    }
    let folded = fold_str(text);
    let congress = [
        "人民代表大会",
        "人代会",
        "人大会议",
        "政协委员",
        "两会",
        "代表团",
        "政府工作报告",
    ]
    .iter()
    .any(|word| folded.contains(word));
    Grounds {
        towns: Towns::of(&folded, &parents),
        present: HashSet::new(),
        setting: Setting::at(home.county.as_ref(), congress, home.is_sure(), home.is_of_paper()),
        home: home.county.clone(),
        parents,
    }
}

/// Whether the file's own words, without what its page has, name no county but its home, and its head tells that it is: a county
/// that a speech names once is its neighbour as often.
fn is_alone(text: &str, blocks: &[Block], facts: &Facts) -> bool {
    let own = facts.home.county.as_ref().and_then(County::code);
    let named = blocks
        .iter()
        .filter(|block| !matches!(block.kind, Kind::Furniture(_)))
        .flat_map(|block| named_in_full(block.span.of(text)));
    let is_other = |code: DivisionCode| {
        let division = Gazetteer::shared().get(code);
        Some(code) != own && division.is_some_and(|division| !is_generic(division.name().trim_start_matches('老')))
    };
    // 绥阳县 that a speech names once is its neighbour; 绥阳县委, 绥阳县水利局 are its own bodies.
    let told = facts.home.is_of_paper() || facts.home.rule == HomeRule::Offices;
    told && !named.into_iter().any(is_other)
}

impl<'t> Cast<'t> {
    /// Nobody yet, in a document with these facts.
    pub fn new(text: &'t str, blocks: &[Block], facts: &Facts) -> Cast<'t> {
        let mut grounds = grounds(text, facts);
        grounds.setting.alone = is_alone(text, blocks, facts);
        let mut people = People::default();
        people.no_names = grounds.home.iter().filter_map(|home| short_form(home.name())).collect();
        Cast {
            text,
            finder: MentionFinder::new(),
            people,
            labelled: People::default(),
            grounds,
            host: None,
            aliases: HashMap::new(),
            opens: None,
        }
    }

    /// Before all: the lists of those present.
    pub fn learn_entry(&mut self, entry: &Entry) {
        let of = |span: Span| plain(span.of(self.text));
        let (name, office, alias) = (of(entry.name), entry.office.map(of), entry.alias.map(of));
        let id = self.learn_person(&name, Office::by(OfficeRule::Roster, office), CountyOf::OPEN);
        if let Some(alias) = alias {
            self.aliases.insert(fold_str(&alias), id);
        }
    }

    /// First pass: names with their offices. Heads of turns come first, since a label is a name from end to end (段力: tells
    /// that 段力来来回回 is no 段力来), and headings last: they shorten offices and dress them up.
    pub fn learn_all(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Kind::Turn(head) | Kind::Row { head, .. } = &block.kind
                && let Some(name) = head.name
            {
                self.labelled
                    .learn(&plain(name.of(self.text)), Office::OPEN, CountyOf::OPEN);
            }
        }
        let (headings, others): (Vec<&Block>, Vec<&Block>) = blocks
            .iter()
            .partition(|block| matches!(block.kind, Kind::Heading | Kind::Title));
        for block in others.into_iter().chain(headings) {
            self.learn(block);
        }
        self.learn_recurring(blocks);
        // What a turn says of who has another.
        for block in blocks {
            self.learn_offices(block);
        }
        self.learn_offices_before_names(blocks);
    }

    /// When all are learnt: makes their names findable, and takes out of an office somebody else whom it begins with
    /// (邹岚走进|牧民).
    pub fn settle(&mut self) {
        self.people.settle();
        for id in self.people.ids() {
            let person = self.people.get(id);
            let Some(office) = &person.office.value else { continue };
            let folded = Folded::new(office, 0);
            let whole = Span::new(0, folded.text().len());
            let at = self.finder.behind_person(folded.text(), whole, &self.people);
            if at > 0 {
                let words = folded.words(Span::new(at, whole.end()), office);
                let rule = person.office.rule;
                let office = Some(words).filter(|words| !words.is_empty());
                let county = self.county_of(office.as_deref(), None);
                let office = rule.map_or(Office::OPEN, |rule| Office::by(rule, office));
                self.people.correct(id, office, county);
            }
        }
    }

    /// Names of no list that the prose comes back to.
    fn learn_recurring(&mut self, blocks: &[Block]) {
        let paragraphs: Vec<String> = blocks
            .iter()
            .filter(|block| matches!(block.kind, Kind::Paragraph))
            .map(|block| Paragraph::new(block.folded(self.text).text()).masked().to_owned())
            .collect();
        for name in recurring(&paragraphs, |name| self.people.knows(name), self.finder.names()) {
            self.learn_name(&name);
        }
    }

    fn learn(&mut self, block: &Block) {
        let opens = self.opens.take();
        match &block.kind {
            Kind::Paragraph | Kind::Label { .. } | Kind::Heading => {
                let folded = block.folded(self.text);
                let paragraph = Paragraph::new(folded.text());
                let mentions = self.finder.find(paragraph.masked(), &self.labelled);
                self.learn_from(&folded, &mentions);
                if let Some(name) = opens {
                    self.learn_introduction(&folded, &name);
                }
                let masked = paragraph.masked();
                let new = new_names(masked, &mentions, self.finder.names());
                let beside = names_behind_terms(masked, &mentions, self.finder.names());
                let told_of = names_behind_clauses(masked, &mentions, self.finder.names());
                let people = names_of_people(masked, &mentions, self.finder.names());
                for name in new.into_iter().chain(beside).chain(told_of).chain(people) {
                    let name = folded.words(name, self.text);
                    if !self.people.no_names.contains(&name) {
                        self.learn_name(&name);
                    }
                }
                if let Kind::Label { key, value } = &block.kind {
                    self.grounds.learn_present(key, &fold_str(value.of(self.text)));
                    if PRESENT.iter().any(|word| key.contains(word)) {
                        self.learn_present(*value);
                    }
                }
                // 主持人:王静(县长)
                if let Kind::Label { key, value } = &block.kind
                    && CHAIRS.contains(&key.as_str())
                {
                    let names = mentions.iter().filter_map(|mention| match mention.naming {
                        Naming::Name(name) => self.people.named(name.of(folded.text())),
                        _ => None,
                    });
                    self.host = self.host.or(only(names));
                    // 主持人:晓雯
                    let value = fold_str(value.of(self.text));
                    let value = value.trim();
                    if self.host.is_none() && super::names_listed(value) == [value] {
                        self.host = Some(self.learn_name(value));
                    }
                }
            }
            Kind::Turn(head) | Kind::Row { head, .. } => {
                if let Some(name) = head.name {
                    // 主持人 is what somebody does there, and no office.
                    let office = head
                        .office
                        .map(|office| plain(office.of(self.text)))
                        .filter(|office| office != HOST);
                    // 主持人 王静:…
                    // A row without a name of its own has that of the row above.
                    let before = self
                        .text
                        .get(block.span.start()..name.start())
                        .unwrap_or_default()
                        .trim();
                    let name = plain(name.of(self.text));
                    let id = self.learn_person(&name, Office::by(OfficeRule::TurnHead, office), CountyOf::OPEN);
                    // 主持人(县委宣传部副部长 王静):…
                    let role = before.split(['(', '（']).next().unwrap_or_default();
                    if role.trim_matches(|c: char| !c.is_alphanumeric()) == HOST {
                        self.host = self.host.or(Some(id));
                    }
                    if head.words.is_empty() {
                        self.opens = Some(name);
                    } else {
                        let folded = Folded::new(head.words.of(self.text), head.words.start());
                        self.learn_introduction(&folded, &name);
                    }
                }
            }
            _ => {}
        }
    }

    /// What the beginning of a turn says of whoever speaks: 我是…村党支部书记.
    fn learn_introduction(&mut self, words: &Folded, name: &str) {
        if let Some(office) = own_office(words.text(), &fold_str(name), &self.finder) {
            let office = words.words(office, self.text);
            self.learn_person(
                name,
                Office::by(OfficeRule::OwnIntroduction, Some(office)),
                CountyOf::OPEN,
            );
        }
    }

    /// 有请县水利局局长王静发言: the office that a turn gives somebody who is known by then.
    fn learn_offices(&mut self, block: &Block) {
        let Kind::Turn(head) = &block.kind else { return };
        let folded = Folded::new(head.words.of(self.text), head.words.start());
        let paragraph = Paragraph::new(folded.text());
        let mentions = self.finder.find(paragraph.masked(), &People::default());
        for mention in mentions {
            let (Naming::Name(name), Some(office)) = (mention.naming, mention.office) else {
                continue;
            };
            if self.people.knows(name.of(folded.text())) {
                let office = folded.words(office, self.text);
                let origin = mention.origin.map(|origin| origin.of(folded.text()).to_owned());
                let county = self.county_of(Some(&office), origin.as_deref());
                let office = Office::by(OfficeRule::Elsewhere, Some(office));
                self.learn_person(&folded.words(name, self.text), office, county);
            }
        }
    }

    /// 县长银丽珍一脚泥一脚水走进…: the office of somebody whom only another place shows to be one.
    fn learn_offices_before_names(&mut self, blocks: &[Block]) {
        let open: Vec<String> = self
            .people
            .ids()
            .map(|id| self.people.get(id))
            .filter(|person| person.office.value.is_none() && person.name.chars().nth(1).is_some())
            .map(|person| fold_str(&person.name))
            .collect();
        if open.is_empty() {
            return;
        }
        for block in blocks.iter().filter(|block| block.kind == Kind::Paragraph) {
            let folded = block.folded(self.text);
            let words = folded.text();
            let stands = |name: &String| {
                let mut places = words.match_indices(name.as_str());
                places.any(|(at, _)| super::ends_in_title(words[..at].trim_end()))
            };
            if !open.iter().any(stands) {
                continue;
            }
            let paragraph = Paragraph::new(words);
            let mentions = self.finder.find(paragraph.masked(), &self.people);
            for mention in mentions {
                let (Naming::Name(name), Some(office)) = (mention.naming, mention.office) else {
                    continue;
                };
                if office.end() <= name.start() && open.iter().any(|one| one == name.of(words)) {
                    let office = folded.words(office, self.text);
                    let name = folded.words(name, self.text);
                    self.learn_person(&name, Office::by(OfficeRule::Elsewhere, Some(office)), CountyOf::OPEN);
                }
            }
        }
    }

    /// Names alone in a list of those present: 出席:邹岚、丘福生.
    fn learn_present(&mut self, list: Span) {
        let folded = Folded::new(list.of(self.text), list.start());
        let names: Vec<&str> = super::names_listed(folded.text())
            .into_iter()
            .filter(|name| !self.people.knows(name))
            .collect();
        for name in names {
            self.learn_name(name);
        }
    }

    fn learn_from(&mut self, folded: &Folded, mentions: &[Mention]) {
        for mention in mentions {
            let office = mention.office.map(|office| folded.words(office, self.text));
            let origin = mention.origin.map(|origin| origin.of(folded.text()).to_owned());
            if let Naming::Name(name) = mention.naming {
                let name = folded.words(name, self.text);
                // 王静代表是松溪镇联盟村党支部书记,…
                let said =
                    office_said(folded.text(), mention.span, mentions).map(|office| folded.words(office, self.text));
                let office =
                    Office::by(OfficeRule::SentenceSays, said).or(|| Office::by(OfficeRule::Elsewhere, office));
                let said = origin
                    .is_none()
                    .then(|| origin_said(folded.text(), mention.span))
                    .flatten();
                let county = self.county_of(office.value.as_deref(), origin.as_deref()).or(|| {
                    said.map_or(CountyOf::OPEN, |said| {
                        county::county_of_origin(&fold_str(said), &self.grounds)
                    })
                });
                let shared = mention.office.filter(|office| {
                    office.end() <= mention.span.end() - name.len() && is_of_several(office.of(folded.text()))
                });
                if let Some(office) = shared {
                    let office = folded.words(office, self.text);
                    for name in names_in_row(folded.text(), mention.span.end(), mentions, self.finder.names()) {
                        let name = folded.words(name, self.text);
                        self.learn_person(
                            &name,
                            Office::by(OfficeRule::Elsewhere, Some(office.clone())),
                            CountyOf::OPEN,
                        );
                    }
                }
                let id = self.learn_person(&name, office, county);
                if in_the_chair(folded.text(), mention.span) {
                    self.host = self.host.or(Some(id));
                }
            }
        }
    }

    fn learn_name(&mut self, name: &str) -> PersonId {
        self.learn_person(name, Office::OPEN, CountyOf::OPEN)
    }

    fn learn_person(&mut self, name: &str, office: Office, county: CountyOf) -> PersonId {
        let county = county.or(|| self.county_of(office.value.as_deref(), None));
        self.people.learn(name, office, county)
    }

    /// The county of an office, by the rules of [`county`].
    fn county_of(&self, office: Option<&str>, origin: Option<&str>) -> CountyOf {
        office.map_or(CountyOf::OPEN, |office| {
            county::county_of(&fold_str(office), origin, &self.grounds)
        })
    }

    /// Who speaks under a turn's head: the one whom the label names, else the label itself. Inferred where the file tells
    /// elsewhere whom the label means.
    pub fn turn_speaker(&self, name: Option<String>, office: Option<String>) -> (Identified, Certainty) {
        let Some(name) = name else {
            if let Some(host) = self.host.filter(|_| office.as_deref() == Some(HOST)) {
                return (self.speaker(host), Certainty::Inferred);
            }
            // 铁岭日报记者: the label is all that is known, and stands for the name.
            let county = match office.as_deref().map(fold_str) {
                Some(label) if is_of_place(&label) => self.county_of(office.as_deref(), None),
                _ => CountyOf::OPEN,
            };
            return (Identified::new(office, Office::OPEN, county), Certainty::Named);
        };
        let folded = fold_str(&name);
        if let Some(id) = self.aliases.get(&folded) {
            return (self.speaker(*id), Certainty::Inferred);
        }
        // 普:… of 普路恒.
        if folded.chars().count() == 1
            && let Some(id) = self.people.by_first_character(&folded)
        {
            return (self.speaker(id), Certainty::Inferred);
        }
        if let Some(id) = self.called(&folded) {
            return (self.speaker(id), Certainty::Inferred);
        }
        let Some(id) = self.people.named(&folded) else {
            let county = self.county_of_present(&folded, office.as_deref());
            let office = Office::by(OfficeRule::TurnHead, office);
            return (Identified::new(Some(name), office, county), Certainty::Named);
        };
        let known = self.people.get(id).office.clone();
        let office = office.filter(|office| office != HOST || known.value.is_none());
        let office = Office::by(OfficeRule::TurnHead, office).or(|| known);
        let speaker = self.with_office(id, office);
        (speaker, Certainty::Named)
    }

    /// Whom a short label means for certain: the only one of the surname whose office has the title (何局长), or the only
    /// one whose dotted name begins so. 老何, 小何, 何总 of an unknown office stay as they are.
    fn called(&self, label: &str) -> Option<PersonId> {
        if self
            .people
            .named(label)
            .is_some_and(|id| self.people.get(id).office.value.is_some())
        {
            return None;
        }
        if let Some(id) = self.people.by_first_part(label) {
            return Some(id);
        }
        let member = super::name::MEMBERS.iter().copied().find(|word| label.ends_with(word));
        // 杨代表: the only one of the surname in a congress's minutes.
        let alone = || self.people.only_of_surname(label.strip_suffix(member?)?);
        let id = self.people.by_alias(label).or_else(alone)?;
        let title = member.or_else(|| super::title_at_end(label))?;
        let person = self.people.get(id);
        let holds = || {
            let office = person.office.value.as_deref();
            office.is_some_and(|office| fold_str(office).contains(title))
        };
        (label.len() > title.len() && (member.is_some() || holds())).then_some(id)
    }

    fn speaker(&self, id: PersonId) -> Identified {
        self.with_office(id, self.people.get(id).office.clone())
    }

    fn with_office(&self, id: PersonId, office: Office) -> Identified {
        let person = self.people.get(id);
        // Who is in the chair of a broadcast may be from anywhere.
        if self.host == Some(id) && person.office.value.is_none() {
            return Identified::new(Some(person.name.clone()), office, person.county.clone());
        }
        let present = || self.county_of_present(&fold_str(&person.name), person.office.value.as_deref());
        Identified::new(
            Some(person.name.clone()),
            office,
            unless_above(person.county.clone(), present),
        )
    }

    /// The home, for whom the county's own minutes list as present without an office, and for whoever else its own paper
    /// names without one.
    fn county_of_present(&self, name: &str, office: Option<&str>) -> CountyOf {
        match office {
            Some(_) => CountyOf::OPEN,
            None => county::county_of_present(name, &self.grounds).or(|| county::county_of_named(name, &self.grounds)),
        }
    }

    /// The person of a mention, with what is known of that person.
    pub fn person(&self, mention: &Mention, folded: &Folded) -> Identified {
        let original = |span: Span| folded.words(span, self.text);
        let office = mention.office.map(original);
        match mention.naming {
            Naming::Name(name) => {
                let origin = mention.origin.map(|origin| origin.of(folded.text()).to_owned());
                self.by_name(&original(name), office, origin.as_deref())
            }
            // 77岁的谭大爷 is told of for the first time, whoever else has the surname.
            Naming::Alias(alias) => match self
                .people
                .by_alias(alias.of(folded.text()))
                .filter(|_| !is_aged(folded.text(), alias))
            {
                Some(id) => self.speaker(id),
                None => {
                    // 谭大爷, 老丁: what neighbours call each other. 何局长 is no neighbour's word.
                    let words = alias.of(folded.text());
                    let is_titled = || super::title_at_end(words).is_some_and(|title| !HONORIFICS.contains(&title));
                    let county = match is_titled() {
                        true => CountyOf::OPEN,
                        false => county::county_of_named(words, &self.grounds),
                    };
                    Identified::new(Some(original(alias)), Office::OPEN, county)
                }
            },
            Naming::Office => {
                let county = self.county_of(office.as_deref(), None);
                Identified::new(None, Office::by(OfficeRule::AtTheName, office), county)
            }
        }
    }

    /// Somebody who is called by a phrase: 县林草局一名负责人, 一位村民. The phrase tells the county as an office does.
    pub fn by_phrase(&self, phrase: &str) -> Identified {
        // 县财政局参会同志: the county is the body's.
        let folded = fold_str(phrase);
        let of_body = || {
            let ends = folded.char_indices().map(|(at, c)| at + c.len_utf8()).rev().skip(1);
            let county = ends
                .filter(|end| Lexicon::shared().organs.suffix(&folded[..*end]).is_some())
                .find_map(|end| self.county_of_body(&folded[..end]));
            CountyOf::by(CountyRule::HomeBody, county)
        };
        Identified::new(
            Some(phrase.to_owned()),
            Office::OPEN,
            self.county_of(Some(phrase), None).or(of_body),
        )
    }

    /// The home, for a body of it that speaks: 县水利局, 双乳镇. A meeting and people together have none.
    pub fn county_of_body(&self, body: &str) -> Option<County> {
        let folded = fold_str(body);
        // 县财政局参会同志: those of the body who came.
        let whole = ["参会同志", "与会同志", "到会同志"]
            .iter()
            .find_map(|end| folded.strip_suffix(end));
        let folded = whole.unwrap_or(&folded);
        Lexicon::shared().organs.suffix(folded)?;
        let county = self.county_of(Some(folded), None);
        let of_home = matches!(county.rule, Some(CountyRule::HomeBody | CountyRule::HomeTown));
        county.value.filter(|_| of_home && !folded.contains(['、', '各', '会']))
    }

    /// Somebody of that name, with the office that stands beside it and the place that he is said to come from, and what
    /// else is known of him.
    pub fn by_name(&self, name: &str, office: Option<String>, origin: Option<&str>) -> Identified {
        let known = self.people.named(&fold_str(name)).map(|id| self.people.get(id));
        let county = self.county_of(office.as_deref(), origin);
        let office = Office::by(OfficeRule::AtTheName, office);
        let (office, county) = match known {
            Some(person) => fuller((office, county), (person.office.clone(), person.county.clone())),
            None => (office, county),
        };
        let present = || self.county_of_present(&fold_str(name), office.value.as_deref());
        Identified::new(Some(name.to_owned()), office.clone(), unless_above(county, present))
    }
}

/// Whether somebody's age stands before him: 77岁的谭大爷.
fn is_aged(text: &str, person: Span) -> bool {
    let before = text[..person.start()]
        .strip_suffix("岁的")
        .or_else(|| text[..person.start()].strip_suffix("岁"));
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)))
}

/// Whether a label says what somebody is, so that a place in it is his: 石桥镇镇长, 水利局, 村民. What somebody calls himself
/// in a forum (网友 泸水一叶, 城西老柴) says nothing of it.
fn is_of_place(label: &str) -> bool {
    let lexicon = Lexicon::shared();
    label.ends_with("记者")
        || super::title_at_end(label).is_some()
        || lexicon.organs.suffix(label).is_some()
        || lexicon.groups.suffix(label).is_some()
        || PERSONS.nouns.iter().any(|noun| label.ends_with(noun))
        || PERSONS.ends.iter().any(|end| label.ends_with(end))
}

/// A county, or the one that is told otherwise; none for whoever is said to speak from above the counties.
fn unless_above(county: CountyOf, otherwise: impl FnOnce() -> CountyOf) -> CountyOf {
    match county.rule {
        Some(CountyRule::Above) => county,
        _ => county.or(otherwise),
    }
}
