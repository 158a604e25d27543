//! The cues of a subtitle file: when, and which lines. Lenient, as files are cut, joined and converted by hand.

/// What a file holds, in its order.
pub(super) enum Item {
    Cue(Cue),
    /// What a `NOTE` block says.
    Note(String),
}

/// Words on the screen from `start` to `end`, in milliseconds; tags are still in them.
pub(super) struct Cue {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) lines: Vec<String>,
}

/// The cues and notes.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = text.lines().map(str::trim_end).peekable();
    let is_vtt = lines.peek().is_some_and(|line| line.starts_with("WEBVTT"));
    let mut block = Vec::new();
    let mut is_first = true;
    for line in lines.chain([""]) {
        if !line.trim().is_empty() {
            block.push(line);
        } else if !block.is_empty() {
            read_block(&std::mem::take(&mut block), is_vtt, is_vtt && is_first, &mut items);
            is_first = false;
        }
    }
    items
}

fn read_block(block: &[&str], is_vtt: bool, is_header: bool, items: &mut Vec<Item>) {
    let first = block.first().copied().unwrap_or_default();
    let times: Vec<_> = block.iter().map(|line| times(line)).collect();
    if times.iter().all(Option::is_none) {
        if is_vtt && first.split_whitespace().next() == Some("NOTE") {
            let rest = block.get(1..).unwrap_or_default().join("\n");
            items.push(Item::Note(format!("{}\n{rest}", first.trim_start_matches("NOTE"))));
        } else if !(is_header || is_vtt && matches!(first, "STYLE" | "REGION") || is_number(first) && block.len() == 1)
        {
            // An empty line within a cue: the words go on.
            if let Some(Item::Cue(cue)) = items.last_mut() {
                cue.lines.extend(block.iter().map(|line| (*line).to_owned()));
            }
        }
        return;
    }
    let mut inside = false;
    for (at, line) in block.iter().enumerate() {
        let next_is_time = times.get(at + 1).is_some_and(Option::is_some);
        if let Some((start, end)) = times.get(at).copied().flatten() {
            items.push(Item::Cue(Cue {
                start,
                end,
                lines: Vec::new(),
            }));
            inside = true;
        } else if inside && !(next_is_time && is_number(line)) {
            // What stands before the first time is the cue's name; a number before a later one is the next cue's.
            if let Some(Item::Cue(cue)) = items.last_mut() {
                cue.lines.push((*line).to_owned());
            }
        }
    }
}

fn is_number(line: &str) -> bool {
    !line.trim().is_empty() && line.trim().chars().all(|c| c.is_ascii_digit())
}

/// `00:00:03,210 --> 00:00:06.540 align:start` in milliseconds.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once("-->")?;
    Some((time(start.trim())?, time(end.split_whitespace().next()?)?))
}

/// `00:00:03,210`, `00:03.210` or `0:00:03` in milliseconds.
fn time(stamp: &str) -> Option<u64> {
    let (whole, fraction) = stamp.split_once(['.', ',']).unwrap_or((stamp, "0"));
    let mut seconds = 0u64;
    for part in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let digits: String = fraction.chars().take(3).collect();
    let fraction = format!("{digits:0<3}").parse::<u64>().ok()?;
    seconds
        .checked_mul(1000)?
        .checked_add(fraction)
        .filter(|_| whole.contains(':'))
}

/// Captions that roll (YouTube) show each line twice, below and then above the next one: takes the second showing away.
pub(super) fn unroll(items: &mut [Item]) {
    let mut cues: Vec<&mut Cue> = items
        .iter_mut()
        .filter_map(|item| if let Item::Cue(cue) = item { Some(cue) } else { None })
        .collect();
    let shown = |line: Option<&String>| line.map(|line| without_times(line)).filter(|line| !line.is_empty());
    let rolls = |pair: &&[&mut Cue]| {
        matches!(pair, [before, next] if next.start <= before.end + 100 && shown(next.lines.first()).is_some()
            && shown(next.lines.first()) == shown(before.lines.last()))
    };
    let rolled = cues.windows(2).filter(rolls).count();
    if cues.len() < 4 || rolled * 2 < cues.len() {
        return;
    }
    let mut last = String::new();
    for cue in &mut cues {
        cue.lines.retain(|line| {
            let line = without_times(line);
            let is_new = !line.is_empty() && line != last;
            last = if line.is_empty() {
                std::mem::take(&mut last)
            } else {
                line
            };
            is_new
        });
    }
}

/// The line without its tags.
fn without_times(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut inside = false;
    for c in line.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => shown.push(c),
            _ => {}
        }
    }
    shown.trim().to_owned()
}
