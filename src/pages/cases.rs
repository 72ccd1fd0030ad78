//! My cases: one card a case, with how many of its items are done.

use crate::ui::dom::{CollectView, View};
use contract::api::CaseSummary;
use contract::case::CaseStatus;
use markup::view;

use super::loaded::loaded;
use super::tell::tell_link;
use crate::api;
use crate::paths::Route;
use crate::ui::notice::Empty;
use crate::ui::page::{Title, TopBar};
use crate::words::{day_of, say, t, time_of};

pub(crate) fn view() -> View {
    view! {
        <div class="page">
            <TopBar title=t("我的办件", "My cases") back=Route::Home.url() />
            <div class="page-body">
                <Title title=t("我的办件", "My cases") />
                {loaded(api::cases, list)}
                {tell_link(String::new())}
            </div>
        </div>
    }
}

fn list(cases: Vec<CaseSummary>) -> View {
    if cases.is_empty() {
        return view! {
            <Empty says=t("提交后，在这里看每件事办到哪一步。", "Once you have sent something, you see here how far it is.")>
                <a class="button" data-look="main" href=Route::Home.url()>{t("去看看能办什么", "See what can be done")}</a>
            </Empty>
        };
    }
    let card = |case: CaseSummary| {
        let done = case.tasks.iter().filter(|task| task.status.is_end() || task.status.is_granted()).count();
        let ticking = case.tasks.iter().filter(|task| task.status.is_ticking());
        let due = ticking.filter_map(|task| task.due.clone()).max();
        let to_mend = case.tasks.iter().any(|task| matches!(task.status, CaseStatus::Returned | CaseStatus::Asked));
        view! {
            <a class="card" href=Route::Case { reference: case.reference.clone() }.url()>
                <span class="card-title">{say(&case.title)}</span>
                <span class="card-text">{format!("{} · {}", case.reference, time_of(&case.received_at))}</span>
                <span class="tags">
                    {to_mend.then(|| view! { <span class="tag" data-look="warn">{t("等您来补", "Waits for you")}</span> })}
                    <span class="tag">{format!("{done}/{} {}", case.tasks.len(), t("件事有结果", "items decided"))}</span>
                    {due.map(|due| view! { <span class="tag">{format!("{} {}", t("最晚", "By"), day_of(&due))}</span> })}
                </span>
            </a>
        }
    };
    cases.into_iter().map(card).collect_view()
}
