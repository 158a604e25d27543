//! Who sees which folders.

use super::Lang;
use super::bot::an_admin;

/// How folders are opened to some.
pub fn folder_usage(lang: Lang) -> String {
    lang.pick(
        "文件夹：/allow 编号 统战/ 只让它看（从此只有加进来的和管理员看得到），/disallow 编号 统战/ 取消；编号写 all：/allow all 统战/ 重新对所有人开放，/disallow all 统战/ 只留管理员。",
        "Folders: /allow NUMBER 统战/ lets it in (from then on only those let in and admins see the folder), /disallow NUMBER 统战/ takes that back; /allow all 统战/ opens the folder to everybody again, /disallow all 统战/ leaves it to admins.",
    )
    .to_owned()
}

/// No folder is restricted.
pub fn no_folders(lang: Lang) -> String {
    lang.pick(
        "没有受限的文件夹：能用机器人的，都看得到全部文件。",
        "No folder is restricted: whoever is answered sees all files.",
    )
    .to_owned()
}

/// Who sees a restricted folder.
pub fn folder_line(lang: Lang, folder: &str, let_in: &[i64]) -> String {
    let who: Vec<String> = let_in.iter().map(i64::to_string).collect();
    match (lang, who.as_slice()) {
        (Lang::Zh, []) => format!("{folder} 只有管理员看得到。"),
        (Lang::Zh, who) => format!("{folder} 只有这些看得到：{}，和管理员。", who.join("、")),
        (Lang::En, []) => format!("{folder} is seen by admins alone."),
        (Lang::En, who) => format!("{folder} is seen by {} and admins alone.", who.join(", ")),
    }
}

/// That a folder is open to everybody.
pub fn folder_open(lang: Lang, folder: &str) -> String {
    match lang {
        Lang::Zh => format!("{folder} 没有单独的限制了。"),
        Lang::En => format!("{folder} has no restriction of its own any more."),
    }
}

/// That a folder lies in one that is restricted, which counts for it from now on.
pub fn folder_in_another(lang: Lang, other: &str) -> String {
    match lang {
        Lang::Zh => format!("它在 {other} 里，按 {other} 的限制。"),
        Lang::En => format!("It lies in {other}, whose restriction counts for it."),
    }
}

/// That a folder holds no files now: was its name typed wrong?
pub fn folder_empty(lang: Lang) -> String {
    lang.pick(
        "注意：现在没有知识文件在这个文件夹里，请核对名字；以后放进去的照此办理。",
        "Mind: no knowledge file is in that folder now. Is the name right? What comes into it will be treated so.",
    )
    .to_owned()
}

/// That whoever was let into a folder is not let in at all.
pub fn not_let_in_at_all(lang: Lang, number: i64) -> String {
    match lang {
        Lang::Zh => format!("{number} 还没有被允许使用机器人，请再发 /allow {number}"),
        Lang::En => format!("{number} is not let in at all yet: send /allow {number} too"),
    }
}

/// What a folder that was changed is called in the list of deeds, with whom it was changed for.
pub fn folder_deed(lang: Lang, whom: Option<i64>, folder: &str) -> String {
    match whom {
        Some(number) => format!("{number} {folder}"),
        None => format!("{} {folder}", lang.pick("所有人", "everybody")),
    }
}

/// Whom to ask where everything is kept from everybody because it is not known what is restricted.
pub fn folders_lost(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "哪些文件夹受限的记录丢了：为稳妥起见，现在只有{}看得到文件。请重新设置，再发 /allow all / 开放其余。",
            an_admin(lang)
        ),
        Lang::En => {
            "It is not known any more which folders are restricted: to be safe, only admins see any files now. \
                     Restrict them again, then open the rest with /allow all /"
                .to_owned()
        }
    }
}
