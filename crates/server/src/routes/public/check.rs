//! What a window sees that scanned a certificate: whether it was issued here, and no more than the paper shows.

use contract::{Lang, Text, date};

use super::page::{escaped, head, say};
use crate::deliverable::veiled;
use crate::partners::in_changde;
use crate::store::IssuedRecord;

pub(super) fn verified(issued: &IssuedRecord, lang: Lang) -> String {
    let (number, holder) = veiled(issued);
    let text = |zh: &str, en: &str| escaped(Text::new(zh, en).get(lang));
    let lines = [
        (say(lang, "证照", "Certificate"), text(&issued.title_zh, &issued.title_en)),
        (say(lang, "号码", "Number"), escaped(&number)),
        (say(lang, "持有人", "Holder"), escaped(&holder)),
        (say(lang, "签发日期", "Issued on"), date::print(in_changde(issued.issued_at).date())),
        (say(lang, "签发单位", "Issued by"), text(&issued.agency_zh, &issued.agency_en)),
    ];
    let row = |(name, value)| format!("<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>");
    let compare = say(
        lang,
        "请和出示的证对一对号码和姓名。不一样，就不是这张证。",
        "Compare number and name with what you are shown. If they differ, it is not this certificate.",
    );
    let title = say(lang, "✓ 这张证是真的", "✓ This certificate is real");
    let head = head(lang, &format!("/check/{}", issued.code), title);
    format!("{head}<section><table>{}</table></section><p>{compare}</p></main>", lines.map(row).concat())
}

pub(super) fn unknown(lang: Lang) -> String {
    let says = say(
        lang,
        "请让对方在“我的证照”里重新打开二维码，再扫一次。还是查不到，这张证就不是这里发的。",
        "Ask its holder to open the code again in “my certificates” and scan once more. If it is not found then, it was not issued here.",
    );
    let head = head(lang, "/check/unknown", say(lang, "查不到这张证", "This certificate is not known here"));
    format!("{head}<p>{says}</p></main>")
}
