//! Each rule about style finds what it forbids and lets its fallback pass.

use super::check;

#[track_caller]
fn refused(css: &str) {
    assert_ne!(check("style/card.css", css).len(), 0, "should be refused: {css}");
}

#[track_caller]
fn accepted(css: &str) {
    assert_eq!(check("style/card.css", css), [], "should be accepted: {css}");
}

#[test]
fn colours_live_in_tokens() {
    refused(".card { color: #fff; }");
    refused(".card { box-shadow: 0 1px rgba(0, 0, 0, 0.1); }");
    accepted(".card { color: var(--text); }");
    assert_eq!(check("style/tokens.css", ":root { --text: #1b2422; }"), []);
}

#[test]
fn layers_and_nesting_strip_the_page() {
    refused("@layer base { .card { margin: 0; } }");
    refused("@layer base, blocks;");
    refused(".card { .title { margin: 0; } }");
    refused(".card { &:hover { margin: 0; } }");
    accepted("@media (min-width: 600px) { .card { margin: 0; } }");
    accepted("@keyframes turn { from { opacity: 0; } to { opacity: 1; } }");
}

#[test]
fn new_selectors_drop_their_rule() {
    refused(".card:where(.big) { margin: 0; }");
    refused(".card:has(img) { margin: 0; }");
    refused(".card:is(.a, .b) { margin: 0; }");
    refused(".card:hover, .card:focus-visible { margin: 0; }");
    accepted(".card:focus-visible { margin: 0; }");
}

#[test]
fn flex_gap_is_no_gap_in_2020() {
    refused(".row { display: flex; gap: 8px; }");
    accepted(".row { display: grid; gap: 8px; }");
    accepted(".row > * + * { margin-left: 8px; }");
}

#[test]
fn shorthands_need_a_fallback() {
    refused(".cover { inset: 0; }");
    accepted(".cover { top: 0; right: 0; bottom: 0; left: 0; inset: 0; }");
    refused(".picture { aspect-ratio: 1; }");
    accepted(".picture { padding-bottom: 100%; aspect-ratio: 1; }");
    accepted("@supports (aspect-ratio: 1) { .picture { aspect-ratio: 1; } }");
    refused(".page { min-height: 100dvh; }");
    accepted(".page { min-height: 100vh; min-height: 100dvh; }");
}

#[test]
fn media_ranges_are_unknown() {
    refused("@media (width >= 600px) { .card { margin: 0; } }");
}
