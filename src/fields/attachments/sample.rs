//! What a good picture looks like: a small drawing and one line. It stays, so that nothing jumps when a picture has
//! arrived.

use contract::kinds::Sample;
use leptos::prelude::*;

use crate::i18n::tr;

#[component]
pub(super) fn SampleHint(sample: Sample) -> impl IntoView {
    let path = match sample {
        Sample::Card => "M6 18h60v40H6zM14 30h14v18H14zM36 30h22M36 39h22M36 48h12",
        Sample::Page => "M14 4h44v64H14zM22 16h28M22 25h28M22 34h28M48 46a8 8 0 100 16 8 8 0 000-16z",
        Sample::Book => "M4 12h32v48H4zM36 12h32v48H36zM12 24h16M12 33h16M44 24h16M44 33h16M44 42h10",
        Sample::Receipt => "M14 4h44v62l-7-5-8 5-7-5-8 5-7-5-7 5zM22 16h28M22 25h28M22 34h28M38 47h12",
        Sample::Portrait => "M12 4h48v64H12zM36 16a11 13 0 100 26 11 13 0 000-26zM16 68c2-16 10-20 20-20s18 4 20 20",
        Sample::Front => "M6 10h60v14H6zM10 24v40h52V24M18 32h16v32H18zM42 34h14v14H42z",
    };
    let advice = match sample {
        Sample::Portrait => tr("白底、正脸、睁眼，不戴帽子", "White background, face to the front, eyes open, no hat"),
        Sample::Front => tr("站远一点，整个门面都拍进去", "Step back until the whole front is in the picture"),
        Sample::Card | Sample::Page | Sample::Book | Sample::Receipt => {
            tr("四个角都拍进去，字看得清，不反光", "All four corners, every word readable, no glare")
        }
    };
    view! {
        <p class="upload-sample">
            <svg
                width="72"
                height="72"
                viewBox="0 0 72 72"
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linejoin="round"
                aria-hidden="true"
            >
                <path d=path></path>
            </svg>
            <span>{advice}</span>
        </p>
    }
}
