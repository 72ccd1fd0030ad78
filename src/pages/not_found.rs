//! A page that does not exist.

use crate::ui::dom::View;
use markup::view;

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
            </div>
        </div>
    }
}
