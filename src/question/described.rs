//! A question as it was understood, in one line for whoever wants to know why it was answered so.

use super::Question;
use super::shape::Shape;

impl Question {
    /// What is asked for, of whom, what is looked for, when and in which files; what is not told is left out.
    pub fn described(&self) -> String {
        let mut parts = vec![format!("{:?}", self.want)];
        let mut part = |name: &str, what: String| {
            if !what.is_empty() {
                parts.push(format!("{name} {what}"));
            }
        };
        part("shape", shapes(&self.shape).join("+"));
        let parties: Vec<String> = self
            .scope
            .parties
            .iter()
            .map(|party| format!("{} ({:?}, {} voices)", party.label, party.kind, party.voices.len()))
            .collect();
        part("of", parties.join(", "));
        let scope = [
            (self.scope.firm, "firm"),
            (self.scope.soft, "soft"),
            (self.scope.groups, "groups"),
        ];
        part("scope", held(&scope).join("+"));
        let words: Vec<String> = self
            .topic
            .words
            .iter()
            .map(|word| match word.generic {
                true => format!("({})", word.term),
                false => word.term.clone(),
            })
            .collect();
        part("about", words.join(" "));
        part(
            "days",
            self.days
                .as_ref()
                .map(|named| format!("{:?}", named.days))
                .unwrap_or_default(),
        );
        part(
            "files",
            self.files.as_ref().map(|files| files.join(", ")).unwrap_or_default(),
        );
        let within = self.within.as_ref();
        part(
            "within",
            within
                .map(|within| format!("{}|{}", within.words.join(" "), within.kind))
                .unwrap_or_default(),
        );
        parts.join("; ")
    }
}

fn held<'n>(all: &[(bool, &'n str)]) -> Vec<&'n str> {
    all.iter().filter(|(holds, _)| *holds).map(|(_, name)| *name).collect()
}

fn shapes(shape: &Shape) -> Vec<&'static str> {
    held(&[
        (shape.all, "all"),
        (shape.over_time, "over_time"),
        (shape.first, "first"),
        (shape.later, "later"),
        (shape.told, "told"),
        (shape.owner, "owner"),
        (shape.duties, "duties"),
        (shape.verify, "verify"),
        (shape.tasks, "tasks"),
        (shape.open, "open"),
        (shape.unfinished, "unfinished"),
        (shape.decided, "decided"),
    ])
}

#[cfg(test)]
mod tests {
    use crate::question::{Question, Shape, Topic};

    #[test]
    fn what_is_told_is_described_and_nothing_else() {
        let mut topic = Topic::default();
        topic.add_words(&["供热"]);
        let shape = Shape {
            decided: true,
            ..Shape::default()
        };
        let question = Question {
            shape,
            topic,
            ..Question::default()
        };
        assert_eq!(question.described(), "Words; shape decided; about 供热");
    }
}
