//! A page that does not exist, and things that are not there for this person: always with ways on.

use leptos::prelude::*;

use super::grievance_link::GrievanceRow;
use crate::i18n::tr;
use crate::paths::Route;
use crate::ui::notice::Empty;
use crate::ui::page::{Title, TopBar};

#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let message = tr(
        "网址可能抄错了。从首页可以找到要办的事。",
        "The address may be mistyped. You find everything from the start page.",
    );
    view! {
        <div class="page">
            <TopBar title=tr("一件事", "One thing") back=Route::Home.url() />
            <div class="page-body">
                <Title title=tr("没有这一页", "There is no such page") />
                <Empty message>
                    <a class="button" data-look="main" href=Route::Home.url()>
                        {tr("去首页", "Start page")}
                    </a>
                </Empty>
                <GrievanceRow label=tr("办不成事？", "Report a problem") />
            </div>
        </div>
    }
}

/// It was finished or deleted, or it is somebody else's: trying again would not help.
#[component]
pub(crate) fn Missing(title: &'static str, message: &'static str) -> impl IntoView {
    view! {
        <Title title />
        <Empty message>
            <a class="button" data-look="main" href=Route::Cases.url()>
                {tr("看我的办件", "See my cases")}
            </a>
            <a class="button" href=Route::Home.url()>
                {tr("回首页", "Start page")}
            </a>
        </Empty>
        <GrievanceRow label=tr("办不成事？", "Report a problem") about=title />
    }
}
