//! `floors.tsv`: what each report reached, and must reach from then on.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Holds what was reached against the floors: each report has a line of its own, and no figure is lower. With
/// `RAISE_FLOORS=1` the file is written anew with what is higher.
pub fn hold(reached: &[(String, [u32; 4])]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/attribution/floors.tsv");
    let text = std::fs::read_to_string(&path).unwrap();
    let floors = read(&text);
    if std::env::var_os("RAISE_FLOORS").is_some() {
        let head = text.lines().take_while(|line| line.starts_with('#'));
        let lines = reached.iter().map(|(name, figures)| {
            let floor = floors.get(name).copied().unwrap_or_default();
            let higher: Vec<String> = (0..4).map(|at| floor[at].max(figures[at]).to_string()).collect();
            format!("{name}\t{}", higher.join("\t"))
        });
        let written: Vec<String> = head.map(str::to_owned).chain(lines).collect();
        std::fs::write(&path, written.join("\n") + "\n").unwrap();
        return;
    }
    let lower: Vec<String> = reached
        .iter()
        .filter_map(|(name, figures)| match floors.get(name) {
            None => Some(format!(
                "{name}: no floor in {}; write it with RAISE_FLOORS=1",
                path.display()
            )),
            Some(floor) if (0..4).any(|at| figures[at] < floor[at]) => Some(format!(
                "{name}: {figures:?}, its floor is {floor:?} (speaker, county, office, kind)"
            )),
            Some(_) => None,
        })
        .collect();
    let gone: Vec<&String> = floors
        .keys()
        .filter(|name| !reached.iter().any(|(other, _)| other == *name))
        .collect();
    assert!(lower.is_empty(), "{lower:#?}");
    assert!(gone.is_empty(), "floors of no report: {gone:?}");
}

fn read(text: &str) -> BTreeMap<String, [u32; 4]> {
    let mut floors = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let wrong = |why: &str| -> ! { panic!("floors.tsv:{}: {why}: {line}", at + 1) };
        if fields.len() != 5 {
            wrong("five columns are wanted");
        }
        let mut figures = [0; 4];
        for (figure, field) in figures.iter_mut().zip(&fields[1..]) {
            *figure = field
                .parse()
                .unwrap_or_else(|_| wrong("a figure from 0 to 1000 is wanted"));
        }
        if floors.insert(fields[0].to_owned(), figures).is_some() {
            wrong("stands there twice");
        }
    }
    floors
}
