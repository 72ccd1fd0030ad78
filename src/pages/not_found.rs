//! A page that does not exist, and things that are not there for this person: always with ways on.

use crate::ui::dom::View;
use markup::view;

use super::tell::tell_row;
use crate::paths::Route;
use crate::ui::notice::Empty;
use crate::ui::page::{Title, TopBar};
use crate::words::t;

pub(crate) fn view() -> View {
    view! {
        <div class="page">
            <TopBar title=t("一件事", "One thing") back=Route::Home.url() />
            <div class="page-body">
                <Title title=t("没有这一页", "There is no such page") />
                <Empty says=t("网址可能抄错了。从首页可以找到要办的事。", "The address may be mistyped. You find everything from the start page.")>
                    <a class="button" data-look="main" href=Route::Home.url()>{t("去首页", "Start page")}</a>
                </Empty>
                {tell_row(t("办不成事？", "Cannot get it done?"), String::new())}
            </div>
        </div>
    }
}

/// It was finished or deleted, or it is somebody else's: trying again would not help.
pub(crate) fn missing(title: &'static str, says: &'static str) -> View {
    view! {
        <Title title />
        <Empty says>
            <a class="button" data-look="main" href=Route::Cases.url()>{t("看我的办件", "See my cases")}</a>
            <a class="button" href=Route::Home.url()>{t("回首页", "Start page")}</a>
        </Empty>
        {tell_row(t("办不成事？", "Cannot get it done?"), title.to_owned())}
    }
}
