//! The same answer was changed here and elsewhere: both are shown, and the resident chooses.

use contract::merge::Clash;
use leptos::prelude::*;

use crate::draft_session::{BoundField, DraftSession, group_of};
use crate::i18n::{self, tr, tr_text};
use crate::ui::sheet::Sheet;

/// One question at a time, above whatever is open, as long as there is one.
#[component]
pub(crate) fn ConflictSheet(session: DraftSession) -> impl IntoView {
    move || session.conflicts.with(|all| all.first().cloned()).map(|clash| question(session, clash))
}

fn question(session: DraftSession, clash: Clash) -> Option<impl IntoView> {
    let field = session.service.field(&clash.field)?;
    let kind = field.kind.kind();
    let shown = |value| match kind.show(value, i18n::language()) {
        empty if empty.is_empty() => tr("（空）", "(empty)").to_owned(),
        text => text,
    };
    let (ours, theirs) = (shown(&clash.ours), shown(&clash.theirs));
    let keep_ours = move |_| session.resolve_first_conflict();
    let take_theirs = move |_| {
        let row = group_of(session, &clash.field).zip(clash.row.clone());
        BoundField::new(session, field, row).set(clash.theirs.clone());
        session.resolve_first_conflict();
    };
    Some(view! {
        <Sheet title=tr("这一项，别处也改过", "This was changed elsewhere too") must_choose=true>
            <p>
                {tr(
                    "同一份申请在另一个页面或手机上也改了。请选对的那个：",
                    "Another page or phone changed the same application. Please choose the right one:",
                )}
            </p>
            <h3>{tr_text(&field.label)}</h3>
            <div class="sheet-actions">
                <button type="button" class="button" data-look="quiet" data-clash="ours" on:click=keep_ours>
                    {format!("{}{ours}", tr("这里填的：", "Entered here: "))}
                </button>
                <button type="button" class="button" data-look="quiet" data-clash="theirs" on:click=take_theirs>
                    {format!("{}{theirs}", tr("别处填的：", "Entered elsewhere: "))}
                </button>
            </div>
        </Sheet>
    })
}
