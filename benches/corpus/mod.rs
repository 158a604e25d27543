//! A generator of reports of any number, the same ones at each run: counties and offices are real words, people and
//! what they say are made of stock phrases and a numbered subject, so that some terms are common and some are rare.

use std::fmt::Write;

/// Passages in one generated report: one of narration, the rest remarks.
pub const PASSAGES: usize = 20;

const COUNTIES: [&str; 12] = [
    "长汀县",
    "上杭县",
    "武平县",
    "连城县",
    "漳浦县",
    "云霄县",
    "诏安县",
    "东山县",
    "南靖县",
    "平和县",
    "大田县",
    "尤溪县",
];
const OFFICES: [&str; 6] = [
    "县委书记",
    "副县长",
    "农业农村局局长",
    "县委常委、宣传部部长",
    "水利局局长",
    "教育局局长",
];
const SURNAMES: [&str; 10] = ["王", "李", "赵", "钱", "孙", "周", "吴", "郑", "冯", "陈"];
const GIVEN: [&str; 10] = [
    "明远", "秀兰", "敬之", "立新", "阿水", "玉芬", "建国", "春生", "小梅", "铁山",
];
const SUBJECTS: [&str; 16] = [
    "茶园改造",
    "产业路",
    "水库除险",
    "老旧小区",
    "营商环境",
    "民营经济",
    "招商引资",
    "秸秆还田",
    "义务教育",
    "村级卫生室",
    "古道保护",
    "返乡创业",
    "河道清淤",
    "电商培训",
    "高标准农田",
    "养老服务",
];
const VERBS: [&str; 8] = ["推进", "补齐", "摸清", "整治", "扩大", "修好", "盘活", "守住"];
const TAILS: [&str; 8] = [
    "三个月见效",
    "每周调度一次",
    "把钱花在刀刃上",
    "请群众来打分",
    "先试点再铺开",
    "责任落实到人",
    "年底前全部完成",
    "不能再拖",
];

/// A small linear congruential generator (Knuth's MMIX constants): the corpus must be the same on all machines.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// Report number `number`.
pub fn report(number: usize) -> String {
    let mut dice = Dice(number as u64 + 1);
    let county = dice.pick(&COUNTIES);
    let (year, month, day) = (2015 + number % 10, 1 + dice.roll(12), 1 + dice.roll(28));
    let subject = dice.pick(&SUBJECTS);
    let mut text = format!(
        "{county}{subject}工作推进会召开\n\n{year}年{month}月{day}日,{county}{subject}工作推进会在{county}召开。\n"
    );
    for _ in 1..PASSAGES {
        let county = dice.pick(&COUNTIES);
        let office = dice.pick(&OFFICES);
        let name = format!("{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN));
        let said = sentences(&mut dice);
        // Half in quotation marks, half reported.
        let line = if dice.roll(2) == 0 {
            format!("\n{county}{office}{name}说:“{said}”\n")
        } else {
            format!("\n{county}{office}{name}表示,{said}\n")
        };
        text.push_str(&line);
    }
    text
}

fn sentences(dice: &mut Dice) -> String {
    let mut said = String::new();
    for _ in 0..3 {
        let (verb, subject, tail, number) = (
            dice.pick(&VERBS),
            dice.pick(&SUBJECTS),
            dice.pick(&TAILS),
            dice.roll(100_000),
        );
        let _ = write!(said, "要{verb}{subject},涉及第{number}号项目,{tail}。");
    }
    said
}
