//! The page of figures, and the same as CSV.

use std::fmt::Write;

use contract::Lang;
use contract::api::{Count, FigureRow, FiguresView};

use super::chart;
use crate::language::{escaped, say};

/// Beginning of a page, with the way to its other language and to the others.
pub(in crate::routes) fn head(lang: Lang, path: &str, title: &str) -> String {
    let (tag, own, other, name) = match lang {
        Lang::Zh => ("zh-CN", "zh", "en", "English"),
        Lang::En => ("en", "en", "zh", "中文"),
    };
    let start = say(lang, "回首页", "Start page");
    let figures = say(lang, "办件公开", "Statistics");
    let solved = say(lang, "满意清单", "Problems solved");
    format!(
        "<!doctype html><html lang=\"{tag}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} · 一件事</title>\
         <link rel=\"stylesheet\" href=\"/public.css\"><body><nav><a href=\"/\">{start}</a>\
         <a href=\"/figures?lang={own}\">{figures}</a><a href=\"/solved?lang={own}\">{solved}</a>\
         <a href=\"{path}?lang={other}\">{name}</a></nav><main><h1>{title}</h1>"
    )
}

/// The totals: name in both languages, number, and of how many.
fn totals(figures: &FiguresView) -> [(&'static str, &'static str, Count, Count); 9] {
    [
        ("办件总数", "Cases", figures.cases, None),
        ("记录了办理渠道的", "With a recorded channel", figures.channels_known, None),
        ("其中自己在网上办的", "Of those, applied online by themselves", figures.online, figures.channels_known),
        ("已作出决定的事项", "Items decided", figures.decided, None),
        ("按时办结", "Decided on time", figures.on_time, figures.decided),
        ("曾补正", "Returned for correction", figures.returned, figures.decided),
        ("评价基本满意以上", "Rated fairly satisfied or better", figures.satisfied, figures.ratings),
        ("办理中的反映", "Reports open", figures.grievances_open, None),
        ("已办结的反映", "Reports closed", figures.grievances_solved, None),
    ]
}

/// `76.9 %`; nothing of nothing, and not of so few that one could tell who.
fn share(part: Count, whole: Count) -> String {
    match (part, whole) {
        (Some(part), Some(whole)) if whole >= 5 => format!("{:.1} %", f64::from(part) * 100.0 / f64::from(whole)),
        _ => String::new(),
    }
}

/// A number that few stand behind is not told.
fn told(number: Count) -> String {
    number.map_or_else(|| "—".to_owned(), |number| number.to_string())
}

/// `path` is the page's own; the table lies beside it.
pub(in crate::routes) fn figures(figures: &FiguresView, path: &str, title: &str, lang: Lang) -> String {
    let mut page = head(lang, path, title);
    let all = say(lang, "总体情况", "Overview");
    let _ = write!(page, "<section><h2>{all}</h2>{}<table>", totals_chart(figures, lang));
    for (zh, en, number, whole) in totals(figures) {
        let (name, share, number) = (say(lang, zh, en), share(number, whole), told(number));
        let _ = write!(
            page,
            "<tr><th scope=\"row\">{name}</th><td class=\"number\">{number}</td><td class=\"number\">{share}</td></tr>"
        );
    }
    page.push_str("</table></section>");
    write_rows(&mut page, lang, say(lang, "按服务", "By service"), &figures.by_service);
    write_rows(&mut page, lang, say(lang, "按区县", "By division"), &figures.by_division);
    let few = say(
        lang,
        "为避免识别到个人，少于 5 件的、能推算出少于 5 件的，不列出。时间是从提交到作出决定的中位数。按区县：由哪个区县办就算在哪个区县，一件由几个区县办的，各算一件。",
        "To protect individuals, numbers below 5, and numbers from which one could be worked out, are not shown. Times are medians from submission to decision. By division: a case counts where it is decided, and once in each division that decides part of it.",
    );
    let table = say(lang, "下载表格（CSV）", "Download the table (CSV)");
    let _ = write!(page, "<p class=\"quiet\">{few}</p><p><a href=\"{path}.csv\">{table}</a></p></main>");
    page
}

fn totals_chart(figures: &FiguresView, lang: Lang) -> String {
    let shares: Vec<_> = totals(figures)
        .into_iter()
        .filter_map(|(zh, en, number, whole)| {
            let (number, whole) = (number?, whole.filter(|whole| *whole >= 5)?);
            Some((say(lang, zh, en).to_owned(), number * 100 / whole, share(Some(number), Some(whole))))
        })
        .collect();
    chart::bars(&shares)
}

fn write_rows(page: &mut String, lang: Lang, title: &str, rows: &[FigureRow]) {
    if rows.is_empty() {
        return;
    }
    let few = say(lang, "少于 5", "fewer than 5");
    let cases = |row: &FigureRow| row.cases.map_or_else(|| few.to_owned(), |cases| cases.to_string());
    let bar = |row: &FigureRow| (row.title.get(lang).to_owned(), row.cases.unwrap_or_default(), cases(row));
    let bars: Vec<_> = rows.iter().map(bar).collect();
    let heads = (say(lang, "办件", "Cases"), say(lang, "办理用时（小时）", "Time to decision (hours)"));
    let _ = write!(
        page,
        "<section><h2>{title}</h2>{}<table><tr><th scope=\"col\">{title}</th><th scope=\"col\" class=\"number\">{}</th>\
         <th scope=\"col\" class=\"number\">{}</th></tr>",
        chart::bars(&bars),
        heads.0,
        heads.1,
    );
    for row in rows {
        let hours = row.median_hours.map_or_else(|| "—".to_owned(), |hours| hours.to_string());
        let name = escaped(row.title.get(lang));
        let _ = write!(
            page,
            "<tr><th scope=\"row\">{name}</th><td class=\"number\">{}</td><td class=\"number\">{hours}</td></tr>",
            cases(row)
        );
    }
    page.push_str("</table></section>");
}

/// With the mark by which spreadsheets know UTF-8.
pub(super) fn csv(figures: &FiguresView) -> String {
    let mut text = "\u{feff}类别/group,名称/name,件数/count,中位小时/median hours\r\n".to_owned();
    for (zh, en, number, _) in totals(figures) {
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        let _ = write!(text, "总计/total,{zh}/{en},{number},\r\n");
    }
    for (group, rows) in [("每件事/service", &figures.by_service), ("区县/division", &figures.by_division)] {
        for row in rows {
            let cases = row.cases.map_or_else(|| "<5".to_owned(), |cases| cases.to_string());
            let hours = row.median_hours.map(|hours| hours.to_string()).unwrap_or_default();
            let _ = write!(text, "{group},\"{}\",{cases},{hours}\r\n", row.title.zh.replace('"', "\"\""));
        }
    }
    text
}
