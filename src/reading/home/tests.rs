use super::*;

fn home_at(path: &str, title: &str, body: &str) -> Home {
    let lead: Vec<String> = body.lines().map(fold_str).take(3).collect();
    let parents = parents(&[Some(title)], &lead);
    let all = format!("{title}\n{body}");
    find(&Papers {
        given: None,
        body: &all,
        title,
        organizer: None,
        place: None,
        lead: &lead,
        path,
        parents: &parents,
    })
}

fn home(title: &str, body: &str) -> Option<String> {
    home_at("a.txt", title, body)
        .county
        .map(|county| county.name().to_owned())
}

#[test]
fn a_title_may_begin_with_a_county_of_no_list() {
    let county = |title| leading_county(title).map(|county| county.name().to_owned());
    assert_eq!(county("柳湾县防汛会议纪要").as_deref(), Some("柳湾县"));
    assert_eq!(county("2025年柳湾县防汛会议纪要").as_deref(), Some("柳湾县"));
    for other in [
        "全县防汛会议",
        "礼泉县防汛会议",
        "咸阳市县域医共体座谈会",
        "云岭县域医共体座谈会",
        "防汛会议",
        "五县联席会",
    ] {
        assert_eq!(county(other), None, "{other}");
    }
}

#[test]
fn title_lead_and_text_tell_the_home() {
    assert_eq!(home("舒城县信访工作会议纪要", "会议召开。").as_deref(), Some("舒城县"));
    assert_eq!(
        home("座谈会纪要", "2025年4月10日,舒城县召开座谈会。").as_deref(),
        Some("舒城县")
    );
    assert_eq!(
        home(
            "县委会议召开",
            "会议召开。\n大家说,今年不同。\n会上说了很多。\n泸县的路修好了。"
        )
        .as_deref(),
        Some("泸县")
    );
    assert_eq!(
        home("雁南县供水会议纪要", "雁南县副县长说,要修管网。").as_deref(),
        Some("雁南县")
    );
}

#[test]
fn a_medium_named_after_a_place_and_a_towns_old_streets_are_no_home() {
    let medium = home("记者会", "南海网3月5日消息\n屯昌县的代表发言。\n临高县的代表发言。");
    assert_ne!(medium.as_deref(), Some("南海区"));
    assert_eq!(
        home(
            "停车座谈会",
            "停车难。\n车位少。\n要修路。\n大家说了破解老城区停车难的办法。"
        ),
        None
    );
    let forum = home("停车座谈会", "宿松百姓论坛\n老城区停车难。");
    assert_eq!(forum.as_deref(), Some("宿松县"));
}

#[test]
fn guests_are_not_at_home() {
    let of = home("金寨县党政代表团来我县考察", "2025年4月10日,座谈会在舒城县举行。");
    assert_eq!(of.as_deref(), Some("舒城县"));
    assert_eq!(home("金寨县党政代表团来我县考察", "座谈会召开。"), None);
}

#[test]
fn a_prefectures_paper_has_no_county_and_fragments_are_none() {
    assert_eq!(home("咸阳市统战工作会议召开", "会议在礼泉县召开。"), None);
    assert_eq!(
        home("全市信访工作推进会召开", "3月5日,全市信访工作推进会在信都区召开。"),
        None
    );
    let city = home("全市信访工作推进会召开", "3月5日,推进会在彬州市召开。");
    assert_eq!(city.as_deref(), Some("彬州市"));
    for title in ["全县防汛会议", "同心同德绘就新篇", "共促家乡振兴", "代县长徐某强调防汛"]
    {
        assert_eq!(
            home(title, "会议召开,区委书记李新民说,三天全县跑一遍。"),
            None,
            "{title}"
        );
    }
}

#[test]
fn our_own_rank_and_the_folder_tell() {
    assert_eq!(
        home("莱西市—两当县联席会议召开", "会议在我市召开。").as_deref(),
        Some("莱西市")
    );
    let foldered = home_at("舒城县/a.txt", "全县防汛会议", "会议召开。");
    assert_eq!(foldered.rule, HomeRule::Folder);
    let title = home_at("舒城县/a.txt", "金寨县防汛会议", "会议召开。");
    assert_eq!((title.rule, title.certainty), (HomeRule::Title, 75));
    assert!(title.is_sure());
}

#[test]
fn what_the_head_gives_goes_first() {
    let papers = Papers {
        given: Some("荷塘县"),
        body: "舒城县防汛会议",
        title: "舒城县防汛会议",
        organizer: None,
        place: None,
        lead: &[],
        path: "a.txt",
        parents: &[],
    };
    let home = find(&papers);
    assert_eq!(home.county.as_ref().map(County::name), Some("荷塘县"));
    assert_eq!(home.rule, HomeRule::Given);
}

#[test]
fn a_clause_before_a_countys_head_is_no_countys_name() {
    let county = |lead| leading_county(lead).map(|county| county.name().to_owned());
    for lead in [
        "会议由县长王静主持",
        "会议请县委书记讲话",
        "座谈会由旗长主持",
        "会上县长王静指出",
        "近日县委召开会议",
    ] {
        assert_eq!(county(lead), None, "{lead}");
    }
    // A name may begin with such a word.
    assert_eq!(county("经湾县防汛会议").as_deref(), Some("经湾县"));
}

#[test]
fn a_name_in_short_in_the_text_alone_may_be_a_towns() {
    let body = "县长：永兴现在怎么供水？\n镇里：永兴有六个村断水。\n县长：永兴先拨58万。";
    assert_eq!(home("抗旱会商", body), None);
    assert_eq!(home("永兴抗旱会商", body).as_deref(), Some("永兴县"));
}

#[test]
fn a_county_that_is_talked_about_once_is_no_home() {
    // Behind the lead, which tells the home by itself.
    let after = |words: &str| format!("会议开始。\n先看了片子。\n又谈了打算。\n{words}");
    assert_eq!(home("调度会", &after("会议传达了精神，通报了拜泉县一起事故。")), None);
    assert_eq!(home("农村工作会", &after("隔壁绥阳县的金银花做得好。")), None);
    let own = home("调度会", &after("县长表示，封丘县将持续提高站位。"));
    assert_eq!(own.as_deref(), Some("封丘县"));
}
