//! 问题清单 → 满意清单: what could not be done, and what was done about it. Only the officers' published words stand here.

use std::fmt::Write;

use contract::Lang;
use contract::grievance::{GrievanceKind, GrievanceStatus};

use super::page::head;
use crate::backend::Backend;
use crate::language::{escaped, say};
use crate::store::SolvedRecord;

const DAY_SECONDS: i64 = 24 * 60 * 60;

pub(super) fn page(backend: &Backend, all: &[SolvedRecord], lang: Lang) -> String {
    let mut page = head(lang, "/solved", say(lang, "办不成事的反映与解决", "Problems reported and solved"));
    let (done, open): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.status == GrievanceStatus::Checked);
    write_list(&mut page, backend, lang, say(lang, "满意清单：已办结并经本人确认", "Solved, and confirmed"), &done);
    write_list(&mut page, backend, lang, say(lang, "问题清单：办理中", "In progress"), &open);
    let tell = say(lang, "您也遇到办不成的事？向我们反映", "Stuck with something? Report a problem");
    let follow = say(lang, "已经反映过？查进度", "Already reported? Check progress");
    let own = say(lang, "zh", "en");
    let _ = write!(
        page,
        "<p><a href=\"/grievance\">{tell}</a></p><p><a href=\"/grievances/follow?lang={own}\">{follow}</a></p></main>"
    );
    page
}

fn write_list(page: &mut String, backend: &Backend, lang: Lang, title: &str, all: &[&SolvedRecord]) {
    let _ = write!(page, "<section><h2>{title}</h2>");
    if all.is_empty() {
        let _ = write!(page, "<p>{}</p></section>", say(lang, "现在没有。", "Nothing at the moment."));
        return;
    }
    let heads = [
        say(lang, "问题", "Problem"),
        say(lang, "服务", "Service"),
        say(lang, "部门", "Agency"),
        say(lang, "解决情况", "What was done"),
        say(lang, "天数", "Days"),
    ];
    page.push_str("<table><tr>");
    for head in heads {
        let _ = write!(page, "<th scope=\"col\">{head}</th>");
    }
    page.push_str("</tr>");
    for one in all {
        write_line(page, backend, lang, one);
    }
    page.push_str("</table></section>");
}

fn write_line(page: &mut String, backend: &Backend, lang: Lang, one: &SolvedRecord) {
    let service = one.service.as_deref().and_then(|id| backend.catalogue.title(id));
    let agency = one.agency.as_deref().and_then(|id| backend.catalogue.agency(&id.into()));
    let text = |text: Option<contract::Text>| text.map_or_else(|| "—".to_owned(), |text| escaped(text.get(lang)));
    // Before the person agreed, what the office says of it is not told to others.
    let done = if one.status == GrievanceStatus::Checked { escaped(&one.published) } else { "…".to_owned() };
    let days = (one.ended_at.unwrap_or_else(|| backend.now()) - one.created_at) / DAY_SECONDS;
    let _ = write!(
        page,
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{done}</td><td class=\"number\">{days}</td></tr>",
        one.kind.map_or("—", |kind| named(kind, lang)),
        text(service),
        text(agency),
    );
}

fn named(kind: GrievanceKind, lang: Lang) -> &'static str {
    match kind {
        GrievanceKind::NotAccepted => say(lang, "应受理未受理", "Should have been accepted"),
        GrievanceKind::NotGranted => say(lang, "应办成未办成", "Should have been granted"),
        GrievanceKind::Late => say(lang, "超过时限", "Overdue"),
        GrievanceKind::Trips => say(lang, "反复跑动、反复补正", "Repeated trips and corrections"),
        GrievanceKind::Attitude => say(lang, "服务态度", "Conduct of staff"),
    }
}
