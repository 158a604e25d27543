//! Whoever does not see a folder is answered as if its files had never been there: word for word, refusals and all.

use std::path::Path;
use std::sync::Arc;

use huiwen::answer::Limits;
use huiwen::json::AnswerLine;
use huiwen::library::{Folder, Library, Sight, View};
use huiwen::question::Asked;
use huiwen::wording::{Lang, Venue, county_lines, examples, file_lines, meeting_lines, speaker_lines, start_lines};

const OPEN: &[(&str, &str)] = &[
    (
        "a.txt",
        "古道保护利用现场会召开\n\n2024年3月5日,古道保护利用现场会在青禾县召开。\n\n青禾县副县长蒲正明说:“先修路,再修亭子。下一步,\
         青禾县要在六月底前修通三公里石板路。”\n\n丹溪县文化和旅游局局长莫春燕表示,丹溪缺的不是路,是愿意留下来的年轻人。\
         下一步,丹溪县将给返乡青年每户补贴两万元。\n\n大家一致认为,这次现场会开得实在。\n",
    ),
    (
        "乡村/b.txt",
        "全市乡村振兴工作推进会召开\n\n2024年4月10日,全市乡村振兴工作推进会在丹溪县召开。\n\n丹溪县副县长欧阳竹表示,丹溪县要建\
         三个冷库,年底前完成。\n\n青禾县农业农村局局长慕容岚说:“茶园改造已经完成八成。”\n",
    ),
];

const HIDDEN: &[(&str, &str)] = &[
    (
        "保密/c.txt",
        "矿山关停专题会召开\n\n2024年5月20日,矿山关停专题会在青禾县召开。\n\n青禾县县长宇文柏说:“三座矿山年底前全部关停,补偿款四千万元\
         六月到位。”\n\n丹溪县副县长欧阳竹表示,丹溪县不接收矿渣,茶园改造要让路。\n\n云岭县副县长司徒岩表示,云岭县愿意接收矿工。\n\n\
         会议要求,青禾县自然资源局6月底前完成矿山测量。\n",
    ),
    (
        "保密/内部/d.txt",
        "古道保护利用现场会召开\n\n2024年3月5日,古道保护利用现场会在青禾县召开。\n\n青禾县副县长濮正明表示,石板路的钱还差三百万元,\
         先不对外说。\n\n青禾县副县长蒲正明说:“亭子不修了。”\n",
    ),
];

const QUESTIONS: &[&str] = &[
    "青禾县怎么修路?",
    "青禾县说了什么?",
    "青禾县县长怎么看?",
    "宇文柏说了什么?",
    "濮正明说了什么?",
    "欧阳竹说了什么?",
    "云岭县说了什么?",
    "云岭县有什么打算?",
    "谁提到了矿山?",
    "矿山什么时候关停?",
    "补偿款多少钱?",
    "茶园改造怎么样了?",
    "石板路的钱够不够?",
    "亭子还修吗?",
    "亭子不修了是蒲正明说的吗?",
    "矿渣",
    "谁发了言?",
    "哪些县作了发言?",
    "总结最近的会议",
    "总结一下古道保护利用现场会",
    "开过哪些会议?",
    "矿山关停专题会上谁发了言?",
    "最近一次会议是什么时候开的?",
    "5月20日的会议说了什么?",
    "青禾县和丹溪县有什么不同?",
    "比较青禾县和云岭县",
    "年底前要完成哪些事?",
    "有哪些任务?",
    "谁负责矿山测量?",
    "Who spoke for Yunling?",
    "你好",
    "宇文百说了什么?",
    "司徒县长呢?",
];

const LIMITS: Limits = Limits {
    quotes: 5,
    quote_chars: 200,
};

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn library(folder: &Path, files: &[&[(&str, &str)]]) -> Arc<Library> {
    let knowledge = folder.join("knowledge");
    files.iter().for_each(|files| write(&knowledge, files));
    Arc::new(Library::open(&knowledge, &folder.join("data")).unwrap().0)
}

fn without(folder: &str) -> Sight {
    Sight::of([(Folder::named(folder).unwrap(), false)])
}

/// The answer as programs get it, but for the scores, whose last digits hang on how the index is cut.
fn answered(view: &View, asked: &Asked) -> serde_json::Value {
    let answer = view.ask(asked, LIMITS).unwrap();
    let mut line = serde_json::to_value(AnswerLine::new(&answer, None, Lang::Zh)).unwrap();
    for quote in line["quotes"].as_array_mut().into_iter().flatten() {
        quote.as_object_mut().unwrap().remove("score");
    }
    line
}

/// Everything beside answers that is made of what somebody sees.
fn listed(view: &View) -> String {
    view.with_catalogue(|catalogue| {
        [
            start_lines(Lang::Zh, Venue::Private, catalogue),
            examples(catalogue),
            meeting_lines(Lang::Zh, catalogue),
            speaker_lines(Lang::Zh, catalogue),
            county_lines(Lang::Zh, catalogue),
            file_lines(Lang::Zh, catalogue),
        ]
        .concat()
        .join("\n")
    })
}

#[test]
fn a_view_answers_as_a_library_without_the_hidden_files() {
    let (both, alone) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let whole = library(both.path(), &[OPEN, HIDDEN]);
    let open = View::new(&library(alone.path(), &[OPEN]), Sight::everything());
    let view = View::new(&whole, without("保密"));
    let all = View::new(&whole, Sight::everything());
    let mut told_apart = 0;
    for question in QUESTIONS {
        for after in [
            &[][..],
            &["青禾县怎么修路?".to_owned()],
            &["矿山什么时候关停?".to_owned()],
        ] {
            let asked = Asked::new(*question, after);
            let (seen, expected) = (answered(&view, &asked), answered(&open, &asked));
            assert_eq!(seen, expected, "{question} {after:?}");
            told_apart += usize::from(answered(&all, &asked) != expected);
        }
    }
    // Most of the questions are such that hidden files would show.
    assert!(told_apart > QUESTIONS.len(), "{told_apart}");
    assert_eq!(listed(&view), listed(&open));
    assert_ne!(listed(&all), listed(&open));
    for words in ["宇文柏", "云岭县", "濮正明", "青禾县"] {
        assert_eq!(view.names_party(words), open.names_party(words), "{words}");
    }
    for words in ["矿山关停专题会", "云岭县", "古道保护利用现场会", "丹溪县"] {
        assert_eq!(view.usual_named(words), open.usual_named(words), "{words}");
    }
    assert!(all.usual_named("矿山关停专题会").is_some() && all.names_party("宇文柏"));
    for (file, _) in HIDDEN {
        assert!(all.paper(file).unwrap().is_some() && view.paper(file).unwrap().is_none());
    }
    assert!(view.paper("a.txt").unwrap().is_some());
}

#[test]
fn what_a_reload_brings_is_seen_by_those_who_see_the_folder() {
    let home = tempfile::tempdir().unwrap();
    let whole = library(home.path(), &[OPEN]);
    let (view, all) = (
        View::new(&whole, without("保密")),
        View::new(&whole, Sight::everything()),
    );
    let asked = Asked::new("谁提到了矿山?", &[]);
    let before = (answered(&view, &asked), listed(&view));
    let knowledge = home.path().join("knowledge");
    write(&knowledge, HIDDEN);
    std::fs::write(knowledge.join("保密/坏.pdf"), "%PDF-1.4 broken").unwrap();
    let changes = whole.reload().unwrap();
    assert_eq!((changes.added.len(), changes.refused.len(), changes.files), (2, 1, 4));
    let seen = view.seen_of(&changes);
    assert_eq!((seen.added.len(), seen.refused.len(), seen.files), (0, 0, 2));
    assert!(seen.passages < changes.passages);
    assert_eq!((answered(&view, &asked), listed(&view)), before);
    assert_ne!(answered(&all, &asked), before.0);
    write(
        &knowledge,
        &[("e.txt", "座谈会召开\n\n青禾县县长令狐冲表示,矿山公园五月开园。\n")],
    );
    whole.reload().unwrap();
    assert!(answered(&view, &asked).to_string().contains("矿山公园"));
    assert!(!answered(&view, &asked).to_string().contains("关停"));
}

#[test]
fn each_sight_has_a_view_of_its_own_however_many_there_are() {
    let home = tempfile::tempdir().unwrap();
    let whole = library(home.path(), &[OPEN, HIDDEN]);
    let asked = Asked::new("谁提到了矿山?", &[]);
    let expected: Vec<_> = ["保密", "乡村", "/"]
        .map(|folder| answered(&View::new(&whole, without(folder)), &asked))
        .into();
    assert_ne!(expected[0], expected[1]);
    assert!(expected[2]["quotes"].as_array().unwrap().is_empty());
    // More of them than are kept ready, at the same time.
    std::thread::scope(|scope| {
        for number in 0..120 {
            let (whole, asked, expected) = (&whole, &asked, &expected);
            scope.spawn(move || {
                let folder = ["保密", "乡村", "/"][number % 3];
                let other = Folder::named(&format!("不在/{number}")).unwrap();
                let sight = Sight::of([(Folder::named(folder).unwrap(), false), (other, false)]);
                assert_eq!(answered(&View::new(whole, sight), asked), expected[number % 3]);
            });
        }
    });
}

/// How long answers take as a whole, and as somebody sees them who does not see half of the folders.
#[test]
#[ignore = "measures time: cargo test --release --test seen -- --ignored --nocapture"]
fn an_answer_in_a_view_takes_no_more_than_twice_the_time() {
    let home = tempfile::tempdir().unwrap();
    let knowledge = home.path().join("knowledge");
    let (counties, matters) = (
        ["青禾县", "丹溪县", "云岭县", "长汀县"],
        ["修路", "茶园改造", "水库除险", "招商引资"],
    );
    for number in 0..600 {
        let said: String = (0..10)
            .map(|line| {
                let (county, matter) = (counties[(number + line) % 4], matters[(number / 4 + line) % 4]);
                format!("{county}副县长蒲正明表示,{matter}的第{number}号项目要在年底前完成第{line}段。\n\n")
            })
            .collect();
        let name = format!("{:02}/{number}.txt", number % 20);
        write(&knowledge, &[(&name, &format!("第{number}次座谈会召开\n\n{said}"))]);
    }
    let whole = Arc::new(Library::open(&knowledge, &home.path().join("data")).unwrap().0);
    let hidden = (0..10).filter_map(|number| Folder::named(&format!("{:02}", number * 2)));
    let view = View::new(&whole, Sight::of(hidden.map(|folder| (folder, false))));
    let all = View::new(&whole, Sight::everything());
    let questions = [
        "青禾县怎么修路?",
        "谁提到了第421号项目?",
        "水库除险什么时候完成?",
        "哪些县要搞招商引资?",
        "厕所修好了吗?",
    ];
    let time = |view: &View| {
        let began = std::time::Instant::now();
        for question in questions {
            view.ask(&Asked::new(question, &[]), LIMITS).unwrap();
        }
        began.elapsed()
    };
    println!("the first time, made ready: {:?}", time(&view));
    let best = |view: &View| (0..15).map(|_| time(view)).min().unwrap();
    let (whole, seen) = (best(&all), best(&view));
    println!("whole {whole:?}, seen {seen:?}");
    assert!(seen < whole * 2, "{seen:?} {whole:?}");
}
