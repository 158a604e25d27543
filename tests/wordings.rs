//! Questions as people word them: in other words than the report's, of a meeting by its name, short in a conversation,
//! in English, by a county's older name; and those that the files do not answer.

mod room;

use huiwen::answer::Answer;
use huiwen::question::Asked;
use room::Room;

/// A report in which most is told without quotation marks, and some without a cue.
const KINDERGARTENS: &str = "\
让孩子在家门口上好园——商洛市学前教育现场推进会侧记

3月12日,商洛市学前教育现场推进会在洛南县召开。洛南、柞水、山阳三县先后发言,丹凤县作书面交流。市教育局副局长纪远帆主持会议并强调,办园先办安全。

“孩子少了,老师反倒更缺。”洛南县教育局局长卜春晖开门见山。今年洛南招了46名幼儿教师,走了19名。他承认,村里的周转房冬天没有暖气,留不住人。下一步,洛南要给每间周转房装上暖气,十月底前完工。

柞水县副县长娜仁高娃一上来就算账。她说,柞水的一所园只有11个孩子,一年却要花38万元,这个账不能只看钱。谈到洛南的做法,娜仁高娃说:“洛南的巡回教师走得远、留得下,我们眼热。”

市政协委员、山阳县妇联主席邬静好讲的是接送。山阳给七个镇配了接送车,每天两趟。她也倒了苦水:全县懂幼儿急救的保育员只有5人,其余都没有受过训练。
";
/// Another meeting, so that one has to be told from the other.
const BRIDGES: &str = "\
黄冈市农村危桥改造调度会议纪要

2024年5月20日上午,黄冈市农村危桥改造调度会议在罗田县召开,副市长霍启明主持。

(一)罗田县交通运输局局长卞小满汇报:全县还有27座危桥,今年计划拆除重建12座。最大的困难是配套资金,还差860万元。

(二)英山县副县长庾志和汇报:英山的桥修好以后,校车少绕了6公里。每座桥上都有二维码,群众拍照就能报修。

市财政局副局长岑敏之表示,市级财力有限,可以用专项债券支持。

会议决定,6月底前查清所有危桥。
";

fn room() -> Room {
    Room::of(&[("kindergartens.txt", KINDERGARTENS), ("bridges.txt", BRIDGES)])
}

impl Room {
    fn ask(&self, question: &str, after: &[&str]) -> Answer {
        let after: Vec<String> = after.iter().map(|one| (*one).to_owned()).collect();
        self.answer(&Asked::new(question, &after), 200)
    }

    /// Who is quoted first, and what the first two quotes say.
    fn told(&self, question: &str, after: &[&str]) -> (String, String) {
        let answer = self.ask(question, after);
        let first = answer.quotes().first().and_then(|quote| quote.voice.name());
        let texts: Vec<&str> = answer
            .quotes()
            .iter()
            .take(2)
            .map(|quote| quote.text.as_str())
            .collect();
        (first.unwrap_or_default().to_owned(), texts.join("\n"))
    }

    fn tells(&self, question: &str, after: &[&str], speaker: &str, words: &str) {
        let (first, texts) = self.told(question, after);
        assert_eq!(first, speaker, "{question}: {texts}");
        assert!(texts.contains(words), "{question}: {texts}");
    }
}

#[test]
fn what_is_asked_in_other_words_is_found() {
    let room = room();
    room.tells("洛南的老师宿舍哪里不够好", &[], "卜春晖", "没有暖气");
    room.tells("柞水办一个娃少的园要花多少钱", &[], "娜仁高娃", "38万元");
    room.tells("谁夸了洛南", &[], "娜仁高娃", "眼热");
    room.tells("山阳有什么难处", &[], "邬静好", "只有5人");
    room.tells("罗田修桥缺钱吗", &[], "卞小满", "860万元");
}

#[test]
fn a_sentence_of_the_speakers_county_is_the_speakers() {
    let room = room();
    room.tells("洛南招了多少幼儿教师?", &[], "卜春晖", "46名");
    room.tells("洛南的暖气什么时候装好?", &[], "卜春晖", "十月底前");
    room.tells("谁强调办园先办安全?", &[], "纪远帆", "安全");
    // What is told of a QR code is told by somebody.
    room.tells("哪个县的桥坏了群众自己就能报修?", &[], "庾志和", "二维码");
}

#[test]
fn a_meeting_goes_by_its_name() {
    let room = room();
    let each = room.ask("商洛那次学前教育会议上,三个县分别讲了什么?", &[]);
    let speakers: Vec<&str> = each.quotes().iter().filter_map(|quote| quote.voice.name()).collect();
    for name in ["卜春晖", "娜仁高娃", "邬静好"] {
        assert!(speakers.contains(&name), "{speakers:?}");
    }
    assert!(each.quotes().iter().all(|quote| quote.file == "kindergartens.txt"));
    room.tells("黄冈的危桥调度会上谁说到了校车?", &[], "庾志和", "6公里");
    let (_, when) = room.told("商洛的学前教育推进会是哪天开的?", &[]);
    assert!(when.contains("3月12日"), "{when}");
}

#[test]
fn a_short_question_is_of_what_was_spoken_of_before() {
    let room = room();
    let before = ["柞水县的娜仁高娃说了什么?"];
    room.tells("一年要花多少钱?", &before, "娜仁高娃", "38万元");
    room.tells("今年拆几座?", &["罗田县还有多少危桥?"], "卞小满", "12座");
    // What others say more of is a new question.
    room.tells("专项债券怎么用?", &before, "岑敏之", "专项债券");
}

#[test]
fn bodies_offices_and_older_names_mean_whom_they_mean() {
    let room = room();
    room.tells("黄冈市财政局是什么态度?", &[], "岑敏之", "财力有限");
    room.tells("雒南县教育局长说了什么?", &[], "卜春晖", "");
    room.tells("山阳那位妇联主席说了什么?", &[], "邬静好", "");
    // Short for one of two posts, not for pieces of both.
    assert!(room.ask("市政协主席说了什么?", &[]).quotes().is_empty());
    // The county speaks; whoever has no office in it does not.
    room.tells("洛南的保育员老师为什么走了?", &[], "卜春晖", "");
}

#[test]
fn english_questions_find_chinese_words() {
    let room = room();
    room.tells("Who in Shanyang complained about training?", &[], "邬静好", "只有5人");
    room.tells(
        "What did Luotan or Luotian say about dangerous bridges and funds?",
        &[],
        "卞小满",
        "860万元",
    );
}

#[test]
fn what_nobody_said_is_refused() {
    let room = room();
    for question in [
        "卜春晖的手机号是多少?",
        "娜仁高娃贪污了吗?",
        "丹凤县说了什么?",
        "英山有多少幼儿教师?",
        "霍启明住在哪里?",
        "谁批评了财政局?",
        "商洛学前教育推进会上有人谈到房价吗?",
    ] {
        let answer = room.ask(question, &[]);
        assert!(answer.quotes().is_empty(), "{question}: {:?}", answer.quotes());
    }
}

#[test]
fn what_is_told_of_a_speaker_answers_where_nothing_says_that_they_tell_it() {
    let room = Room::of(&[(
        "ferry.txt",
        "红渡镇渡改桥座谈会\n\n2024年3月6日,红渡镇渡改桥座谈会召开。\n\n渡工于一1987年上船,2011年当选县劳动模范。\
         \n\n于一说:“2019年涨大水,船停了四十天,学生都过不了河。”\n\n红渡要成为一个不靠船的镇,镇长桑启明说,桥2026年通车。\n",
    )]);
    // The reporter tells it, though he speaks himself.
    let answer = room.ask("于一什么时候当选劳动模范", &[]);
    assert!(answer.quotes()[0].text.contains("2011年"), "{:?}", answer.quotes());
    // His own words, where they hold as much.
    room.tells("于一的船停了多少天", &[], "于一", "四十天");
    // What ends one word and begins the next is nobody's name: 为一 of 成为一个.
    let answer = room.ask("红渡什么时候成为一个不靠船的镇", &[]);
    assert!(answer.taken.is_empty(), "{:?}", answer.taken);
}

/// Delegates arrive; everybody says what they bring, and the reporter tells who chaired.
const DELEGATES: &str = "\
云岭县人代会报到日见闻

1月14日,云岭县第十八届人民代表大会第三次会议报到。县人大常委会副主任尹子谦主持召开预备会,并强调,要开短会。

“我建议把旧糖厂的围墙拆了,让镇上的孩子有个球场。”县人大代表莫春燕说。

县人大代表黎广田带来的是一条渠的事。他说:“东渠三年没清淤,希望今年冬天清出来。”

县人大代表冼月娥告诉记者,她建议卫生院每周三下午到瑶寨坐诊。

县财政局局长区兆麟认为,清淤的钱不宜由村里出。
";

#[test]
fn what_everybody_brings_to_a_meeting_is_listed() {
    let room = Room::of(&[("delegates.txt", DELEGATES), ("bridges.txt", BRIDGES)]);
    let answer = room.ask("云岭县人代会报到那天,代表们都带来了哪些建议?全部列出来", &[]);
    let names: Vec<_> = answer.quotes().iter().filter_map(|quote| quote.voice.name()).collect();
    assert_eq!(names, ["莫春燕", "黎广田", "冼月娥"]);
    for (quote, words) in answer.quotes().iter().zip(["旧糖厂", "清淤", "瑶寨"]) {
        assert!(quote.text.contains(words), "{}", quote.text);
    }
    // Of a thing that nobody there spoke of there is nothing to list.
    let answer = room.ask("云岭县人代会上代表们对高铁站选址都提了哪些意见", &[]);
    assert!(answer.quotes().is_empty(), "{:?}", answer.quotes());
}

#[test]
fn who_chaired_and_who_is_against_it_is_told() {
    let room = Room::of(&[("delegates.txt", DELEGATES), ("bridges.txt", BRIDGES)]);
    let answer = room.ask("云岭县人代会的预备会是谁主持的", &[]);
    assert!(answer.quotes()[0].text.contains("尹子谦主持"), "{:?}", answer.quotes());
    room.tells("清淤的钱谁不赞成村里出", &[], "区兆麟", "不宜");
    // Whoever is told of in other words before the name, and does not speak of it.
    let answer = room.ask("种三月瓜的荀阿牛对球场怎么看", &[]);
    assert!(answer.quotes().is_empty(), "{:?}", answer.quotes());
}

#[test]
fn the_plan_tells_what_each_look_up_found_and_what_scores_are_made_of() {
    let answer = room().ask("卞小满的危桥有多少座", &[]);
    assert_eq!(answer.plan.iter().filter(|looked| looked.answers).count(), 1);
    let answering = answer.plan.iter().find(|looked| looked.answers);
    let scores = &answering.expect("a look-up answers").scores;
    let sum: f32 = scores[0].0.iter().map(|(_, adds)| adds).sum();
    assert!((sum - answer.quotes()[0].score).abs() < 1e-4, "{scores:?}");
}

#[test]
fn who_is_against_it_speaks_behind_the_line_that_says_that_somebody_is() {
    let room = Room::of(&[(
        "pepper.txt",
        "红河村议事会见闻\n\n3月8日,红河村议事会在村委会召开,议的是试种三百亩辣椒。消息一出,反对声不少。\n\n\
         “辣椒又不能当饭吃,卖不掉怎么办?”村民申屠果说。\n\n村民闵秋禾却有不同看法。她说,山那边的村子去年一亩卖了三千元。\n\n\
         开打米房的厍春生说:“我只会打米。”\n",
    )]);
    room.tells("红河村的议事会上谁反对种辣椒", &[], "申屠果", "当饭吃");
    room.tells("红河村的议事会上,谁有不同看法", &[], "闵秋禾", "三千元");
    // What tells who somebody is, is not what is asked of them.
    let answer = room.ask("开打米房的厍春生对高铁怎么看", &[]);
    assert!(answer.quotes().is_empty(), "{:?}", answer.quotes());
}
