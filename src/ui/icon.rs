//! Line drawings, in the colour of the text around them.

use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(crate) enum Icon {
    Back,
    Calendar,
    Check,
    Close,
    Search,
}

#[component]
pub(crate) fn LineIcon(icon: Icon) -> impl IntoView {
    let path = match icon {
        Icon::Back => "M15 5l-7 7 7 7",
        Icon::Calendar => "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
        Icon::Check => "M4 12l6 6L20 7",
        Icon::Close => "M5 5l14 14M19 5L5 19",
        Icon::Search => "M11 4a7 7 0 100 14 7 7 0 000-14zM16.5 16.5L21 21",
    };
    view! {
        <svg
            width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
        >
            <path d=path></path>
        </svg>
    }
}
