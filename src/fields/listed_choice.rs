//! One of a long list: a combobox (ARIA 1.2) that one types at by name, pinyin, initials or code, or opens and picks from.

mod search;

use contract::field::Kind;
use contract::kinds::{Choice, Choosable};
use leptos::html::Ul;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use search::found;

use super::lookup::is_locked;
use crate::api::ApiError;
use crate::draft_session::BoundField;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{tr, tr_text};
use crate::ui::control::described_by;
use crate::ui::notice::Failure;

/// More at once nobody reads: who types narrows them down.
const MOST_SHOWN: usize = 80;

/// Fetches the list when the question is met, and asks it then.
#[component]
pub(super) fn ListedChoiceField(field: BoundField, choice: &'static Choice) -> impl IntoView {
    let list = view_resource(move || {
        let field = field.clone();
        async move {
            let fetched = field.session.fetch_list(choice).await;
            // Without the list a name is typed.
            fetched.or_else(|error| if choice.others { Ok(()) } else { Err(error) })?;
            Ok(ViewFn::from(move || {
                let state = Combobox::new(field.clone(), choice);
                view! { <ComboboxView state /> }
            }))
        }
    });
    let failed =
        |error: ApiError, retry: Callback<()>| view! { <Failure message=error.message() on_retry=retry /> }.into_any();
    view! { <Fetched resource=list heights=&[48] failed /> }
}

#[derive(Clone, Copy)]
struct Combobox {
    field: StoredValue<BoundField>,
    choice: &'static Choice,
    /// What was typed since it was entered.
    typed: RwSignal<Option<String>>,
    is_open: RwSignal<bool>,
    /// The place of the option that Enter takes, among those found.
    active: RwSignal<usize>,
    /// Places in the list.
    found: Memo<Vec<usize>>,
}

impl Combobox {
    fn new(field: BoundField, choice: &'static Choice) -> Self {
        let typed = RwSignal::new(None::<String>);
        let found =
            Memo::new(move |_| typed.with(|typed| found(choice.options(), typed.as_deref().unwrap_or_default())));
        let (is_open, active) = (RwSignal::new(false), RwSignal::new(0));
        Self { field: StoredValue::new(field), choice, typed, is_open, active, found }
    }

    /// The chosen code; tracked.
    fn chosen(self) -> String {
        self.field.with_value(BoundField::value).as_str().unwrap_or_default().to_owned()
    }

    /// What stands in the input; tracked.
    fn text(self) -> String {
        self.typed.get().unwrap_or_else(|| {
            let chosen = self.chosen();
            let option = self.choice.options().iter().find(|option| option.id == *chosen);
            option.map_or(chosen, |option| tr_text(&option.label))
        })
    }

    /// A register has answered it; tracked.
    fn is_locked(self) -> bool {
        self.field.with_value(is_locked)
    }

    fn open(self) {
        if self.is_open.get_untracked() || untrack(|| self.is_locked()) {
            return;
        }
        let chosen = untrack(|| self.chosen());
        let is_chosen = |at: &usize| self.choice.options().get(*at).is_some_and(|option| option.id == *chosen);
        self.active.set(self.found.with_untracked(|found| found.iter().position(is_chosen).unwrap_or_default()));
        self.is_open.set(true);
    }

    fn type_text(self, text: String) {
        self.typed.set(Some(text));
        self.active.set(0);
        self.is_open.set(true);
    }

    fn pick(self, option: &Choosable) {
        self.field.with_value(|field| field.set(Value::from(option.id.0.as_str())));
        self.close();
    }

    fn close(self) {
        self.is_open.set(false);
        self.typed.set(None);
    }

    fn move_by(self, step: isize) {
        self.open();
        let count = self.found.with_untracked(|found| found.len().min(MOST_SHOWN));
        self.active.update(|active| *active = active.saturating_add_signed(step).min(count.saturating_sub(1)));
    }

    fn active_option(self) -> Option<&'static Choosable> {
        let at = self.found.with_untracked(|found| found.get(self.active.get_untracked()).copied())?;
        self.choice.options().get(at)
    }

    fn press(self, event: &KeyboardEvent) {
        // An input method takes Enter and the arrows for itself.
        if event.is_composing() {
            return;
        }
        let is_open = self.is_open.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if !is_open => self.open(),
            "ArrowDown" => self.move_by(1),
            "ArrowUp" => self.move_by(-1),
            "Enter" if is_open => {
                if let Some(option) = self.active_option() {
                    self.pick(option);
                }
            }
            "Escape" if is_open => self.close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// What was typed and means one entry is taken; nothing typed takes the answer back; else it stays as it was, or is
    /// the answer where others are right.
    fn leave(self) {
        let typed = self.typed.get_untracked();
        match typed.as_deref().map(str::trim) {
            None => {}
            Some("") => self.field.with_value(|field| field.set(Value::Null)),
            Some(typed) => {
                if let Some(option) = self.meant(typed) {
                    self.pick(option);
                } else if self.choice.others {
                    self.field.with_value(|field| field.set(self.choice.read(typed).into()));
                }
            }
        }
        if typed.is_some() {
            self.field.with_value(BoundField::touch);
        }
        self.close();
    }

    fn meant(self, typed: &str) -> Option<&'static Choosable> {
        let options = self.choice.options();
        let is_it = |option: &&Choosable| {
            let names = [&option.id.0, &option.label.zh, &option.label.en];
            names.iter().any(|name| name.eq_ignore_ascii_case(typed))
        };
        let only = || self.found.with_untracked(|found| if let [at] = found[..] { options.get(at) } else { None });
        // Of a name that may be another's the list's own is not guessed.
        let may_guess = !self.choice.others || typed.is_ascii();
        options.iter().find(is_it).or_else(|| only().filter(|_| may_guess))
    }
}

#[component]
fn ComboboxView(state: Combobox) -> impl IntoView {
    let (id, name) = state.field.with_value(|field| (field.id(), field.name()));
    let list_id = format!("{id}-list");
    let described = described_by(&id);
    let is_invalid = move || state.field.with_value(BoundField::is_invalid).to_string();
    let is_open = move || state.is_open.get();
    let active_id = {
        let id = id.clone();
        move || is_open().then(|| format!("{id}-{}", state.active.get()))
    };
    let options = {
        let (id, list_id) = (id.clone(), list_id.clone());
        move || is_open().then(|| view! { <Options state id=id.clone() list_id=list_id.clone() /> })
    };
    let placeholder = tr("输入名称或拼音，例如 hz", "Type a name");
    view! {
        <div class="input" data-invalid=is_invalid>
            <input
                id=id
                name=name
                type="text"
                role="combobox"
                autocomplete="off"
                readonly=move || state.is_locked()
                spellcheck="false"
                placeholder=placeholder
                aria-autocomplete="list"
                aria-expanded=move || is_open().to_string()
                aria-controls=list_id
                aria-activedescendant=active_id
                aria-describedby=described
                aria-invalid=is_invalid
                prop:value=move || state.text()
                on:click=move |_| state.open()
                on:input=move |event| state.type_text(event_target_value(&event))
                on:keydown=move |event| state.press(&event)
                on:blur=move |_| state.leave()
            />
            <span class="input-unit" aria-hidden="true">"▾"</span>
        </div>
        {options}
    }
}

#[component]
fn Options(state: Combobox, id: String, list_id: String) -> impl IntoView {
    let list = NodeRef::<Ul>::new();
    Effect::new(move || {
        let at = state.active.get();
        state.found.track();
        if let Some(list) = list.get() {
            let options = list.children();
            let option = u32::try_from(at).ok().and_then(|at| options.item(at));
            show_inside(&list, option.and_then(|option| option.dyn_into().ok()));
        }
    });
    let option = move |(at, place): (usize, &usize)| {
        let option = state.choice.options().get(*place)?;
        let is_active = move || (state.active.get() == at).to_string();
        Some(view! {
            <li
                id=format!("{id}-{at}")
                role="option"
                class="options-item"
                data-code=option.id.0.clone()
                aria-selected=is_active
                // The input keeps the focus.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| {
                    state.pick(option);
                    state.field.with_value(BoundField::touch);
                }
            >
                {tr_text(&option.label)}
            </li>
        })
    };
    let items = move || {
        state.found.with(|found| {
            found.iter().take(MOST_SHOWN).enumerate().filter_map(&option).map(IntoAny::into_any).collect_view()
        })
    };
    let note = move || {
        state.found.with(|found| match found.len() {
            0 if state.choice.others => tr("没有我要的，就按写的填", "Not in the list: it stays as you type it"),
            0 => tr("没有找到，换个字试试", "Nothing by that name, try another"),
            count if count > MOST_SHOWN => tr("还有更多，继续输入可以缩小范围", "There are more: go on typing"),
            _ => "",
        })
    };
    view! {
        <ul class="options" id=list_id role="listbox" aria-label=tr("可选项", "Options") node_ref=list>
            {items}
        </ul>
        <p class="options-note" role="status">{note}</p>
    }
}

/// Scrolls the list and nothing else.
fn show_inside(list: &HtmlElement, option: Option<HtmlElement>) {
    let Some(option) = option else { return };
    let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}
