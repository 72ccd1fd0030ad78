//! What somebody sees who scanned a certificate or typed a notice's code: whether it was issued here and still holds,
//! and no more than the paper shows.

use contract::api::CertificateState;
use contract::{Lang, Text, date};
use time::Date;

use super::page::head;
use crate::certificate::{redacted_number, says, state_of};
use crate::deliverable::{redacted, redacted_name};
use crate::language::{escaped, say};
use crate::notice;
use crate::partners::in_changde;
use crate::store::{IssuedRecord, Seconds, ServedNotice};

pub(super) fn certificate(issued: &IssuedRecord, today: Date, lang: Lang) -> String {
    let (number, holder) = redacted(issued);
    let state = state_of(issued, today);
    let mut lines = vec![
        (say(lang, "证照", "Certificate"), text(lang, &issued.title_zh, &issued.title_en)),
        (say(lang, "号码", "Number"), escaped(&number)),
        (say(lang, "持有人", "Holder"), escaped(&holder)),
        (say(lang, "签发日期", "Issued on"), day(issued.issued_at)),
        (say(lang, "签发单位", "Issued by"), text(lang, &issued.agency_zh, &issued.agency_en)),
    ];
    lines.extend(says(state, issued.valid_until.as_deref(), today).map(|words| {
        let words = escaped(words.get(lang));
        (say(lang, "有效期", "Validity"), if state.holds() { words } else { format!("<strong>{words}</strong>") })
    }));
    let (title, advice) = verdict(state, lang);
    page(lang, &issued.code, title, &lines, advice)
}

/// What one who checks it must know first, and what to do.
fn verdict(state: CertificateState, lang: Lang) -> (&'static str, &'static str) {
    match state {
        CertificateState::Valid | CertificateState::EndsSoon => (
            say(lang, "✓ 这张证是真的", "✓ This certificate is real"),
            say(
                lang,
                "请和出示的证对一对号码和姓名。不一样，就不是这张证。",
                "Compare number and name with what you are shown. If they differ, it is not this certificate.",
            ),
        ),
        CertificateState::Expired => (
            say(lang, "✗ 这张证已经过期", "✗ This certificate has expired"),
            say(
                lang,
                "这张证是这里发的，但有效期已过，不能再作为凭证。",
                "It was issued here, but its term is over, and it no longer proves anything.",
            ),
        ),
        CertificateState::Replaced => (
            say(lang, "✗ 这张证已被新证代替", "✗ This certificate has been replaced"),
            say(
                lang,
                "这张证是这里发的，但已换发新证，不能再作为凭证。请对方出示新证。",
                "It was issued here, but a new one has taken its place, and it no longer proves anything. Ask for the new one.",
            ),
        ),
    }
}

pub(super) fn notice(served: &ServedNotice, applicant: &str, lang: Lang) -> String {
    let notice = &served.notice;
    let lines = [
        (say(lang, "文书", "Notice"), text(lang, &notice.title_zh, &notice.title_en)),
        (say(lang, "编号", "Number"), escaped(&redacted_number(&notice::number(served)))),
        (say(lang, "申请人", "Applicant"), escaped(&redacted_name(applicant))),
        (say(lang, "日期", "Date"), day(served.at)),
        (say(lang, "机关", "Authority"), text(lang, &notice.agency_zh, &notice.agency_en)),
    ];
    let compare = say(
        lang,
        "请和纸上的编号、姓名、日期对一对。不一样，就不是这份文书。",
        "Compare number, name and date with the paper. If they differ, it is not this notice.",
    );
    let title = say(lang, "✓ 这份文书是真的", "✓ This notice is real");
    page(lang, &notice.code, title, &lines, compare)
}

pub(super) fn unknown(lang: Lang) -> String {
    let says = say(
        lang,
        "证照：请对方在“我的证照”里重新打开二维码，再扫一次。文书：请照着纸上的核验码再输一次。还是查不到，就不是这里发的。",
        "A certificate: ask its holder to open the code again in “my certificates” and scan once more. A notice: type the code on the paper once more. If it is not found then, it was not issued here.",
    );
    let head = head(lang, "/check/unknown", say(lang, "没有查到", "This is not known here"));
    format!("{head}<p>{says}</p></main>")
}

fn page(lang: Lang, code: &str, title: &str, lines: &[(&str, String)], compare: &str) -> String {
    let row = |(name, value): &(&str, String)| format!("<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>");
    let rows: String = lines.iter().map(row).collect();
    let head = head(lang, &format!("/check/{code}"), title);
    format!("{head}<section><table>{rows}</table></section><p>{compare}</p></main>")
}

fn text(lang: Lang, zh: &str, en: &str) -> String {
    escaped(Text::new(zh, en).get(lang))
}

fn day(at: Seconds) -> String {
    date::print(in_changde(at).date())
}
