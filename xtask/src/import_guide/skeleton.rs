//! The files of a service that says what a guide says and no more. What is left to do is marked `TODO` in it.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::guide::{Guide, Paper, Way};

pub(super) struct Files {
    pub(super) definition: String,
    pub(super) minimal: String,
    pub(super) maximal: String,
}

/// Where and when the guide was read.
pub(super) struct Provenance {
    pub(super) source: String,
    pub(super) read: String,
}

pub(super) fn skeleton(guide: &Guide, id: &str, provenance: &Provenance) -> Files {
    let parts = [head(guide, id, provenance), items(guide), steps(guide), materials(guide), window(guide)];
    Files { definition: parts.join("\n"), minimal: example(guide, false), maximal: example(guide, true) }
}

/// A text whose English is still to be written.
fn text(zh: &str, en: &str) -> String {
    format!("{{ zh = {}, en = {} }}", quoted(zh), quoted(&format!("{en} (TODO: English)")))
}

/// A basic string of TOML, which escapes as JSON does.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn head(guide: &Guide, id: &str, Provenance { source, read }: &Provenance) -> String {
    let Guide { title, code, area, partners, complaints, before, now, .. } = guide;
    let mark: String = title.chars().take(1).collect();
    let minutes = 5 + 2 * guide.papers.len();
    let mut head = format!(
        "# From the official guide {code} of {area}, file {source}, read {read}. Facts only: what the guide says in sentences\n\
         # is to be read there and said in our own words.\n\
         # TODO: ids that last (`item-1`, `paper-1`, `office` are placeholders), English, mark, summary, who, keywords.\n\
         # TODO: {} conditions (guideCondition) as gates with exits; {} questions with answers (questionInfo); {} fees (chargelist).\n\
         # TODO: which of these decides which item: {}. Complaints: {}.\n\
         # Before: {} papers, {} days, {} steps, {} visits. Now: {} papers, {} days, {} steps, {} visits.\n\n",
        guide.conditions,
        guide.questions,
        guide.fees,
        one_line(partners),
        one_line(complaints),
        before.papers,
        before.days,
        before.steps,
        before.visits,
        now.papers,
        now.days,
        now.steps,
        now.visits,
    );
    let note = text(
        &format!("事项、时限、材料来自官方指南 {code}（{area}），{read} 读取。"),
        &format!("Items, days and papers: official guide {code}, read {read}"),
    );
    let _ = write!(
        head,
        "id = {}\nversion = 1\ncode = {}\ntitle = {}\nsummary = {}\nmark = {}\nwho = {}\nminutes = {minutes}\n\
         hidden = true\nvisits = {{ before = {}, now = {} }}\nnotes = [{note}]\n",
        quoted(id),
        quoted(code),
        text(title, "Service"),
        text(title, "Service"),
        quoted(&mark),
        text("以指南的受理条件为准", "See the conditions of the guide"),
        before.visits,
        now.visits,
    );
    head
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn items(guide: &Guide) -> String {
    let mut items = format!(
        "[[agencies]]\nid = \"office\"\nname = {}\nphone = {}\n",
        text(&guide.office, "Leading office"),
        quoted(&guide.phone)
    );
    for (at, item) in guide.items.iter().enumerate() {
        let number = at + 1;
        let days = item.days.unwrap_or(1);
        let unsaid = if item.days.is_none() { " # TODO: the guide does not say" } else { "" };
        let _ = write!(
            items,
            "\n[[items]]\nid = \"item-{number}\"\nagency = \"office\"\ntitle = {}\n\
             kind = \"service\" # TODO: or licence, confirmation, payment, with its law\npromise = {{ working_days = {days} }}{unsaid}\n\
             deliverable = {}\nsees = [\"you\", \"papers\"] # TODO: what it needs and no more\n",
            text(&item.title, &format!("Item {number}")),
            text(&item.result, &format!("Result {number}")),
        );
    }
    items
}

fn steps(guide: &Guide) -> String {
    let mut steps = String::from(
        "[[sections]]\nid = \"you\"\ntitle = { zh = \"您\", en = \"You\" }\n\n\
         [[steps]]\nid = \"contact\"\nsection = \"you\"\ntitle = { zh = \"怎么联系您\", en = \"How we reach you\" }\n\n\
         [[steps.fields]]\nid = \"applicant-name\"\nkind = \"person-name\"\nlabel = { zh = \"姓名\", en = \"Name\" }\nprefill = \"account-name\"\n\n\
         [[steps.fields]]\nid = \"applicant-id\"\nkind = \"resident-id\"\nlabel = { zh = \"身份证号\", en = \"Resident ID number\" }\nprefill = \"account-resident-id\"\n\n\
         [[steps.fields]]\nid = \"applicant-phone\"\nkind = \"phone\"\nlabel = { zh = \"手机号\", en = \"Mobile number\" }\nprefill = \"account-phone\"\n\n\
         [[sections]]\nid = \"papers\"\ntitle = { zh = \"材料\", en = \"Papers\" }\n",
    );
    let asked: Vec<_> = guide.papers.iter().enumerate().filter(|(_, paper)| is_asked(paper)).collect();
    for (at, paper) in &asked {
        steps += &step(at + 1, paper);
    }
    if asked.is_empty() {
        // A section wants a step; what is sent is agreed to.
        steps += "\n[[steps]]\nid = \"right\"\nsection = \"papers\"\ntitle = { zh = \"核对\", en = \"Check\" }\n\n\
                  [[steps.fields]]\nid = \"is-right\"\nkind = \"yes-no\"\nlabel = { zh = \"以上都对吗\", en = \"Is all of it right\" }\n";
    }
    steps
}

/// A form that is made from the answers in every case needs no question.
fn is_asked(paper: &Paper) -> bool {
    paper.way != Way::Generated || !paper.is_always
}

fn step(number: usize, paper: &Paper) -> String {
    let label = |zh: &str, en: &str| text(zh, &format!("{en} {number}"));
    let title = label(&paper.title, "Paper");
    let mut step = format!("\n[[steps]]\nid = \"paper-{number}-step\"\nsection = \"papers\"\ntitle = {title}\n");
    let needed = format!("{{ field = \"needs-paper-{number}\", is = true }}");
    if !paper.is_always {
        let asks = label(&format!("要不要交{}", paper.title), "Is it needed: paper");
        step += &format!(
            "\n# TODO: the guide asks for it in some cases: ask what tells them apart.\n\
             [[steps.fields]]\nid = \"needs-paper-{number}\"\nkind = \"yes-no\"\nlabel = {asks}\n"
        );
    }
    let only_then = |also: &str| match (paper.is_always, also) {
        (true, "") => String::new(),
        (true, also) => format!("show_when = {also}\n"),
        (false, "") => format!("show_when = {needed}\n"),
        (false, also) => format!("show_when = {{ all = [{needed}, {also}] }}\n"),
    };
    let stand_in = match paper.way {
        Way::Generated => return step,
        Way::Upload => "",
        Way::Certificate => {
            step += &format!(
                "\n[[steps.fields]]\nid = \"paper-{number}-certificate\"\nkind = \"certificate\"\nlabel = {title}\noptional = true\n\
                 {}types = [\"paper-{number}\"] # TODO: as the certificate library calls it\n",
                only_then("")
            );
            "{ field = \"paper-N-certificate\", present = false }"
        }
        Way::Verified => {
            step += &format!(
                "\n[[steps.fields]]\nid = \"paper-{number}-check\"\nkind = \"lookup\"\nlabel = {title}\n{}\
                 register = \"paper-{number}\" # TODO: the register that knows it\nsource = {title}\nby = \"applicant-id\"\n",
                only_then("")
            );
            "{ field = \"paper-N-check\", in = [\"not-found\", \"unavailable\", \"doubted\"] }"
        }
    };
    let stand_in = stand_in.replace("-N-", &format!("-{number}-"));
    step += &format!(
        "\n[[steps.fields]]\nid = \"paper-{number}-picture\"\nkind = \"attachments\"\nlabel = {title}\n{}material = \"paper-{number}\"\n\
         max = 5\naccept = [\"pdf\"]\n",
        only_then(&stand_in)
    );
    step
}

fn materials(guide: &Guide) -> String {
    let items: Vec<String> = (1..=guide.items.len()).map(|number| format!("\"item-{number}\"")).collect();
    let mut materials = String::new();
    for (at, paper) in guide.papers.iter().enumerate() {
        let number = at + 1;
        let (mode, field) = match paper.way {
            Way::Generated => ("generated", ""),
            Way::Upload => ("upload", ""),
            Way::Certificate => ("certificate", "certificate"),
            Way::Verified => ("verified", "check"),
        };
        let title = text(&paper.title, &format!("Paper {number}"));
        materials += &format!("[[materials]]\nid = \"paper-{number}\"\ntitle = {title}\nmode = \"{mode}\"\n");
        if !field.is_empty() {
            materials += &format!("source = \"paper-{number}\"\nfield = \"paper-{number}-{field}\"\n");
        }
        if !paper.is_always {
            materials += &format!("show_when = {{ field = \"needs-paper-{number}\", is = true }}\n");
        }
        materials += &format!("items = [{}] # TODO: those that ask for it\n\n", items.join(", "));
    }
    materials
}

fn window(guide: &Guide) -> String {
    let known = guide.window.as_ref().map(|place| (&*place.name, &*place.address, &*place.hours, "published"));
    let (name, address, hours, basis) =
        known.unwrap_or((&guide.office, "以窗口答复为准", "以窗口答复为准", "assumption"));
    format!(
        "[windows.430701]\nname = {}\naddress = {}\nhours = {}\nphone = {}\nbasis = \"{basis}\"\n",
        text(name, "Window"),
        text(address, "Address"),
        text(hours, "Hours"),
        quoted(&guide.phone)
    )
}

/// The plainest case, or the one with every question.
fn example(guide: &Guide, fullest: bool) -> String {
    let files = |number: usize| json!([{ "id": format!("photo-{number}"), "name": "photo.jpg", "bytes": 120_000 }]);
    let mut answers = Map::new();
    answers.insert("applicant-name".to_owned(), json!("刘建国"));
    answers.insert("applicant-id".to_owned(), json!("43070319900307002X"));
    answers.insert("applicant-phone".to_owned(), json!("13807360001"));
    for (at, paper) in guide.papers.iter().enumerate() {
        let number = at + 1;
        let is_needed = paper.is_always || fullest;
        if !paper.is_always {
            answers.insert(format!("needs-paper-{number}"), json!(fullest));
        }
        let is_pictured = match paper.way {
            Way::Generated => false,
            Way::Upload | Way::Certificate => is_needed,
            Way::Verified => is_needed && fullest,
        };
        if paper.way == Way::Verified && is_needed {
            let status = if fullest { "not-found" } else { "matched" };
            answers
                .insert(format!("paper-{number}-check"), json!({ "status": status, "at": "2026-11-24", "found": {} }));
        }
        if is_pictured {
            answers.insert(format!("paper-{number}-picture"), files(number));
        }
    }
    if guide.papers.iter().all(|paper| !is_asked(paper)) {
        answers.insert("is-right".to_owned(), json!(true));
    }
    let example = json!({ "division": "430702", "today": "2026-11-24", "answers": answers });
    serde_json::to_string_pretty(&example).unwrap_or_default() + "\n"
}
