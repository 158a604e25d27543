//! Reading takes time in proportion to the text, whatever its shape: nobody's file holds up the others.
//!
//! `cargo test --release --test linear -- --ignored --nocapture` prints what four times the text of each shape takes;
//! `SIZE=` sets the bytes, `SHAPE=` picks shapes by name.

#[allow(dead_code, reason = "the benches need more of it")]
#[path = "../benches/papers/mod.rs"]
mod papers;

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use huiwen::reading::{read_bytes, understand};

/// What a shape repeats, and in which file.
struct Shape {
    name: &'static str,
    file: &'static str,
    /// What stands before the repeated piece.
    head: &'static str,
    /// `{}` stands for a number that grows, `{字}` for a character that changes.
    piece: &'static str,
}

const fn shape(name: &'static str, file: &'static str, head: &'static str, piece: &'static str) -> Shape {
    Shape {
        name,
        file,
        head,
        piece,
    }
}

const SHAPES: &[Shape] = &[
    // One line.
    shape("characters without a mark", "a.txt", "", "村路修桥"),
    shape("cues without a mark", "a.txt", "县长王静", "表示说"),
    shape("people and cues without a mark", "a.txt", "", "县长王静说"),
    shape("letters", "a.txt", "", "abcd"),
    shape("digits", "a.txt", "", "2024"),
    shape("blanks between characters", "a.txt", "县", " 长"),
    shape("blanks", "a.txt", "县", "    "),
    shape("commas", "a.txt", "县长王静说", ",,,,"),
    shape("full stops", "a.txt", "县长王静说", "。。。。"),
    shape("sentences", "a.txt", "县长王静", "说，路要修。他表示，先修{}里。"),
    shape("clauses", "a.txt", "县长王静说，", "先修路，再架桥，"),
    shape(
        "speakers",
        "a.txt",
        "",
        "望河县县长王静说，先修{}里路。副县长刘晖表示，好。",
    ),
    shape("quotations", "a.txt", "县长王静", "说：“先修路。”"),
    shape(
        "quotations of two sentences",
        "a.txt",
        "",
        "“先修路。再架桥。”县长王静说。",
    ),
    shape("opening marks", "a.txt", "县长王静说：", "“"),
    shape("closing marks", "a.txt", "县长王静说：", "”"),
    shape("marks inside marks", "a.txt", "县长王静说：", "“‘"),
    shape("straight marks", "a.txt", "县长王静说：", "\"路\""),
    shape("cues and titles of books", "a.txt", "县长王静", "说《路》"),
    shape("cues and opening marks", "a.txt", "县长王静", "说“"),
    shape("brackets", "a.txt", "", "（路"),
    shape("closed brackets", "a.txt", "", "（路）"),
    shape("boxes", "a.txt", "", "【路】"),
    shape("days", "a.txt", "", "2024年3月5日"),
    shape("times", "a.txt", "", "00:00:01 "),
    shape("counties", "a.txt", "", "礼泉县"),
    shape("unknown counties", "a.txt", "", "望河县"),
    shape("towns", "a.txt", "", "镇"),
    shape("offices", "a.txt", "", "局长"),
    shape("offices and names", "a.txt", "", "局长王静、"),
    shape("names in a list", "a.txt", "参会人员：", "王静、"),
    shape("names in a list that differ", "a.txt", "参会人员：", "王静{}、"),
    shape("names of two parts", "a.txt", "", "局长阿依古丽·买买提说，好。"),
    shape("people who differ", "a.txt", "", "镇长钟{字}说，路要修。\n"),
    shape("pronouns", "a.txt", "县长王静说，路要修。", "他说，"),
    shape("groups", "a.txt", "", "大家一致认为"),
    shape("meetings that point out", "a.txt", "", "会议指出，路要修。"),
    shape("colons", "a.txt", "", "王静："),
    shape("stars", "a.md", "", "**"),
    shape("bold words", "a.md", "", "**路**"),
    shape("opening square brackets", "a.md", "", "["),
    shape("opening links", "a.md", "", "[路]("),
    shape("links", "a.md", "", "[路](a)"),
    shape("back quotes", "a.md", "", "`路"),
    shape("back quotes that grow", "a.md", "", "`路``"),
    shape("underlines", "a.md", "", "_路"),
    shape("tags", "a.md", "", "<路"),
    shape("entities", "a.md", "", "&amp"),
    shape("backslashes", "a.md", "", "\\"),
    shape("tabs", "a.txt", "", "路\t"),
    // Many lines.
    shape("short lines", "a.txt", "", "修路架桥\n"),
    shape("short lines that differ", "a.txt", "", "修路{}\n"),
    shape("short lines with blanks", "a.txt", "", "修路架桥\n\n"),
    shape(
        "lines of one paragraph",
        "a.txt",
        "",
        "路要先修桥后架桥路要先修桥后架桥路要先修桥后架桥路要先修桥\n",
    ),
    shape("blank lines", "a.txt", "路", "\n"),
    shape("paragraphs", "a.txt", "", "望河县县长王静说，先修{}里路。\n\n"),
    shape("paragraphs without speech", "a.txt", "", "路修了{}里，桥架了。\n"),
    shape("headings and paragraphs", "a.txt", "", "修路\n路修了{}里，桥架了。\n"),
    shape("stubs and labels", "a.txt", "", "修路\n时间：{}日\n"),
    shape("labels", "a.txt", "", "时间：2024年3月5日\n"),
    shape("turn heads", "a.txt", "", "王静：先修路。\n"),
    shape("turn heads that differ", "a.txt", "", "说话人{}：先修路。\n"),
    shape("turn heads alone", "a.txt", "", "王静\n"),
    shape("turn heads over words", "a.txt", "", "王静：\n先修路。\n"),
    shape("timed heads", "a.txt", "", "发言人1 00:03\n先修路\n\n"),
    shape("times over names", "a.txt", "", "00:00:03\n王静\n先修路\n\n"),
    shape("heads in boxes", "a.txt", "", "【王静】先修路。\n"),
    shape("question and answer", "a.txt", "", "问：路呢？\n答：在修。\n"),
    shape("unknown labels", "a.txt", "", "水库{}：路在修\n"),
    shape("quotes of a line", "a.txt", "", "“路要先修。”\n"),
    shape("signed quotes", "a.txt", "", "“路要先修。”\n——王静\n"),
    shape("open quotes", "a.txt", "", "“路要先修。\n"),
    shape("numbered lines", "a.txt", "", "{}．修路\n"),
    shape(
        "headings of three levels",
        "a.txt",
        "",
        "一、修路\n（一）先修\n1．东街\n路要先修。\n",
    ),
    shape("rows with tabs", "a.txt", "", "王静\t局长\t先修路\n"),
    shape(
        "rows with tabs of two counts",
        "a.txt",
        "",
        "王静\t先修路\n王静\t局长\t先修路\n",
    ),
    shape("rows of remarks", "a.txt", "姓名\t发言内容\n", "王静{}\t先修路\n"),
    shape("rows of commas", "a.csv", "姓名,单位,发言\n", "王静,局长,先修路{}\n"),
    shape("one row of commas", "a.csv", "", "路,"),
    shape("quotation marks of commas", "a.csv", "", "\""),
    shape(
        "rows of markdown",
        "a.md",
        "| 姓名 | 发言 |\n|---|---|\n",
        "| 王静 | 先修路 |\n",
    ),
    shape("page numbers", "a.txt", "", "路要先修\n— 2 —\n"),
    shape("running heads", "a.txt", "", "望河县会议纪要\n— 2 —\n路要先修，\n"),
    shape("pages", "a.txt", "", "路要先修\n\u{c}"),
    shape("furniture", "a.txt", "", "编辑：王静\n"),
    shape("rules", "a.md", "", "---\n"),
    shape("heads of files", "a.md", "---\n", "speaker: 王静 = 刘晖\n"),
    shape("items", "a.md", "", "- 修路\n"),
    shape("items inside items on a line", "a.md", "", "- "),
    shape("quotes inside quotes on a line", "a.md", "", "> "),
    shape("headings of markdown", "a.md", "", "## 修路{}\n\n先修路。\n\n"),
    shape("fences", "a.md", "", "```\n路\n"),
    shape("references", "a.md", "", "[路{}]: a\n"),
    shape("notes", "a.md", "", "路[^{}]\n\n[^{}]: 修\n\n"),
    shape("pictures", "a.md", "", "![路](a.png)\n"),
    // Pages.
    shape("paragraphs of a page", "a.html", "<body>", "<p>王静说，先修路。"),
    shape("boxes in boxes", "a.html", "<body>", "<div>路"),
    shape("open tags", "a.html", "<body>", "<b>路"),
    shape("open tags of two kinds", "a.html", "<body>", "<b><p>路"),
    shape("links of a page", "a.html", "<body>", "<a href=a>路</a>"),
    shape("items of a page", "a.html", "<body><ul>", "<li>修路"),
    shape("lists in lists", "a.html", "<body>", "<ul><li>修路"),
    shape("tables in tables", "a.html", "<body>", "<table><tr><td>路"),
    shape("rows of a page", "a.html", "<body><table>", "<tr><td>王静<td>先修路"),
    shape("cells of a page", "a.html", "<body><table><tr>", "<td>路"),
    shape("breaks of a page", "a.html", "<body>", "路<br>"),
    shape("closing tags", "a.html", "<body>", "</p>"),
    shape("opening angles", "a.html", "<body>", "<"),
    shape("comments", "a.html", "<body>", "<!--"),
    shape("attributes", "a.html", "<body><p ", "a{}=1 "),
    shape("entities of a page", "a.html", "<body>", "&amp;"),
    shape("scripts", "a.html", "<body>", "<script>"),
    // Subtitles.
    shape(
        "cues of vtt",
        "a.vtt",
        "WEBVTT\n\n",
        "00:00:01.000 --> 00:00:02.000\n<v 王静>先修路\n\n",
    ),
    shape(
        "cues of srt",
        "a.srt",
        "",
        "1\n00:00:01,000 --> 00:00:02,000\n王静：先修路\n\n",
    ),
    shape(
        "lines of one cue",
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000\n",
        "修路\n",
    ),
    shape(
        "tags of a cue",
        "a.vtt",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n",
        "<i>路",
    ),
];

impl Shape {
    /// A file of this shape of about so many bytes.
    fn file(&self, bytes: usize) -> Vec<u8> {
        let mut text = self.head.to_owned();
        for number in 1.. {
            if text.len() >= bytes {
                break;
            }
            let character = char::from_u32(0x4e00 + number % 20_000).unwrap_or('一');
            let piece = self.piece.replace("{字}", &character.to_string());
            text.push_str(&piece.replace("{}", &number.to_string()));
        }
        text.into_bytes()
    }
}

/// What is measured: a name, the file's, and its bytes at a size.
type Case = (String, &'static str, Box<dyn Fn(usize) -> Vec<u8>>);

fn cases() -> Vec<Case> {
    let shapes = SHAPES
        .iter()
        .map(|shape| -> Case { (shape.name.to_owned(), shape.file, Box::new(|bytes| shape.file(bytes))) });
    let paragraphs = ["望河县县长王静说，先修路。", "路", "“先修路。"];
    let formats = [
        ("a.docx", "docx"),
        ("a.xlsx", "xlsx"),
        ("a.pptx", "pptx"),
        ("a.pdf", "pdf"),
    ];
    let packages = formats.into_iter().flat_map(move |(file, ending)| {
        paragraphs.into_iter().map(move |paragraph| -> Case {
            let make = move |bytes: usize| papers::file(ending, &vec![paragraph; bytes / paragraph.len().max(12)]);
            (format!("{paragraph} in {ending}"), file, Box::new(make))
        })
    });
    shapes.chain(packages).collect()
}

fn time(file: &str, bytes: &[u8]) -> Duration {
    let begun = now();
    if let Ok(document) = read_bytes(Path::new(file), bytes) {
        understand(&document, "2024-03-05.txt");
    }
    now() - begun
}

/// The time that this thread had a processor for, where the system tells it: others on the machine don't count.
fn now() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

/// How much longer four times the text takes: at `size` bytes and at four times that, at the best of two tries.
fn growth(file: &str, make: &dyn Fn(usize) -> Vec<u8>, size: usize) -> (Duration, Duration, f64) {
    let best = |bytes: &[u8]| (0..2).map(|_| time(file, bytes)).min().unwrap_or_default();
    let (small, large) = (best(&make(size)), best(&make(4 * size)));
    // What takes less is not measured well.
    let least = Duration::from_millis(10);
    (small, large, large.as_secs_f64() / small.max(least).as_secs_f64())
}

#[test]
fn no_small_file_takes_long() {
    // In a build without optimisation, on a machine that is at work: what looks through all for all takes far longer.
    let most = Duration::from_secs(5);
    time("a.txt", "县长王静说，路要修。".as_bytes());
    for (name, file, make) in cases() {
        let took = time(file, &make(4000));
        assert!(took < most, "{name} ({file}): {took:?}");
    }
}

#[test]
#[ignore = "takes minutes, and wants a release build"]
fn four_times_the_text_takes_four_times_as_long() {
    let setting = |name: &str| std::env::var(name).ok();
    let size = setting("SIZE").and_then(|size| size.parse().ok()).unwrap_or(100_000);
    let wanted = setting("SHAPE").unwrap_or_default();
    time("a.txt", "县长王静说，路要修。".as_bytes());
    let mut over = Vec::new();
    for (name, file, make) in cases().into_iter().filter(|case| case.0.contains(&wanted)) {
        let (small, large, growth) = growth(file, &make, size);
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let (small, large) = (milliseconds(small), milliseconds(large));
        println!("{growth:>6.1} {small:>9.1} {large:>9.1} ms  {name} ({file})");
        if growth > 8.0 {
            over.push(name);
        }
    }
    assert!(over.is_empty(), "longer than in proportion: {over:?}");
}
