//! What a window sees that scanned a certificate: plain HTML, nothing that the paper does not show.

use crate::partners::in_changde;
use crate::result::veiled;
use crate::store::IssuedRecord;

const HEAD: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>查验证照 · 一件事</title>";

pub(super) fn verified(issued: &IssuedRecord) -> String {
    let (number, holder) = veiled(issued);
    let day = contract::date::print(in_changde(issued.issued_at).date());
    let IssuedRecord { title_zh, title_en, agency_zh, agency_en, .. } = issued;
    let line =
        |zh: &str, en: &str, value: &str| format!("<p>{zh} <small lang=\"en\">{en}</small><br><b>{value}</b></p>");
    let lines = [
        line("证照", "Certificate", &format!("{} {}", escaped(title_zh), escaped(title_en))),
        line("号码", "Number", &escaped(&number)),
        line("持有人", "Holder", &escaped(&holder)),
        line("签发日期", "Issued on", &day),
        line("签发单位", "Issued by", &format!("{} {}", escaped(agency_zh), escaped(agency_en))),
    ];
    format!(
        "{HEAD}<h1>✓ 这张证是真的</h1><p lang=\"en\">This certificate was issued here.</p>{}\
         <p>请和出示的证对一对号码和姓名。不一样，就不是这张证。</p>\
         <p lang=\"en\">Compare number and name with what you are shown.</p>",
        lines.concat()
    )
}

pub(super) fn unknown() -> String {
    format!(
        "{HEAD}<h1>查不到这张证</h1><p>请让对方在“我的证照”里重新打开二维码，再扫一次。还是查不到，这张证就不是这里发的。</p>\
         <p lang=\"en\">This certificate is not known here. Ask its holder to open the code again in “my certificates” and \
         scan once more.</p>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
