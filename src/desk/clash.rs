//! The same answer was changed here and elsewhere: both are shown, and the resident chooses.

use contract::merge::Clash;
use markup::view;

use super::Desk;
use crate::fields::Slot;
use crate::settings;
use crate::ui::dom::View;
use crate::ui::live::{on, shows};
use crate::ui::sheet::Sheet;
use crate::words::{say, t};

/// One question at a time, above whatever is open, as long as there is one.
pub(crate) fn sheet(desk: Desk) -> View {
    shows(move || desk.clashes.read().first().cloned().map(|clash| question(desk, clash)))
}

fn question(desk: Desk, clash: Clash) -> View {
    let Some(field) = desk.service.field(&clash.field) else { return View::none() };
    let kind = field.kind.kind();
    let shown = |value| match kind.show(value, settings::language().get_untracked()) {
        empty if empty.is_empty() => t("（空）", "(empty)").to_owned(),
        text => text,
    };
    let (ours, theirs) = (shown(&clash.ours), shown(&clash.theirs));
    let take = move |_| {
        Slot::new(desk, field, desk.group_of(&clash.field).zip(clash.row.clone())).set(clash.theirs.clone());
        settle(desk);
    };
    view! {
        <Sheet title=t("这一项，别处也改过", "This was changed elsewhere too") must_choose=true>
            <p>{t("同一份申请在另一个页面或手机上也改了。请选对的那个：", "Another page or phone changed the same application. Please choose the right one:")}</p>
            <h3>{say(&field.label)}</h3>
            <div class="sheet-actions">
            <button type="button" class="button" data-look="quiet" data-clash="ours" on:click=on(move |_| settle(desk))>{format!("{}{ours}", t("这里填的：", "Entered here: "))}</button>
            <button type="button" class="button" data-look="quiet" data-clash="theirs" on:click=on(take)>{format!("{}{theirs}", t("别处填的：", "Entered elsewhere: "))}</button>
            </div>
        </Sheet>
    }
}

/// Ours stands: it is sent with the next change, which is now.
fn settle(desk: Desk) {
    let Some(clash) = desk.clashes.get_untracked().first().cloned() else { return };
    desk.clashes.update(|all| {
        all.remove(0);
    });
    desk.mark_dirty(clash.field.split('.').next().unwrap_or_default());
}
