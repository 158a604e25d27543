fn main() {
    for path in std::env::args().skip(1) {
        let text = huiwen::reading::read_file(path.as_ref()).unwrap();
        let report = huiwen::reading::understand(&text, &path);
        println!("{:?}", report.meeting);
        for r in report.remarks {
            println!(
                "{} | {:?} | {:?} | {:?} | {:?}\n    {}",
                r.voice.kind(),
                r.voice.name(),
                r.voice.office(),
                r.voice.county().map(|c| c.name()),
                r.cue,
                r.span.of(&text)
            );
        }
    }
}
