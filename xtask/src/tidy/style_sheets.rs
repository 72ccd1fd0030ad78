//! Style that a webview of 2020 (Chromium 80) reads, and colours that live in `tokens.css` alone.

use super::Finding;
use super::stylesheet_text::{Block, Declaration, blocks};

/// What drops a whole block or a whole page on Chromium 80, with the version that learnt it.
const SELECTORS: [(&str, &str); 4] =
    [(":where(", "Chromium 88"), (":is(", "Chromium 88"), (":has(", "Chromium 105"), ("&", "Chromium 112 (nesting)")];
const AT_RULES: [(&str, &str); 3] =
    [("@layer", "Chromium 99"), ("@container", "Chromium 105"), ("@import", "Trunk does not follow it")];
/// Declarations that are dropped alone: allowed after another declaration that stands in for them.
const PROPERTIES: [(&str, &str, &[&str]); 9] = [
    ("aspect-ratio", "Chromium 88", &["height", "min-height", "padding-top", "padding-bottom"]),
    ("inset", "Chromium 87", &["top", "bottom"]),
    ("inset-inline", "Chromium 87", &["left", "right"]),
    ("margin-inline", "Chromium 87", &["margin", "margin-left"]),
    ("margin-block", "Chromium 87", &["margin", "margin-top"]),
    ("padding-inline", "Chromium 87", &["padding", "padding-left"]),
    ("padding-block", "Chromium 87", &["padding", "padding-top"]),
    ("translate", "Chromium 104", &["transform"]),
    ("scale", "Chromium 104", &["transform"]),
];
const VIEWPORT_UNITS: [&str; 3] = ["dvh", "svh", "lvh"];
const COLOUR_FUNCTIONS: [&str; 4] = ["rgb(", "rgba(", "hsl(", "hsla("];
const NEW_COLOUR_FUNCTIONS: [&str; 3] = ["color-mix(", "oklch(", "light-dark("];

pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    let is_tokens = path.ends_with("/tokens.css");
    blocks(text).iter().flat_map(|block| check_block(block, is_tokens)).collect()
}

fn check_block(block: &Block, is_tokens: bool) -> Vec<Finding> {
    let guarded = block.within.iter().any(|outer| outer.starts_with("@supports"));
    let mut findings = Vec::new();
    if !guarded {
        findings.extend(check_prelude(block));
    }
    for (index, declaration) in block.declarations.iter().enumerate() {
        let earlier = &block.declarations[..index];
        findings.extend(check_colour(declaration, is_tokens));
        if !guarded {
            findings.extend(check_declaration(declaration, earlier, block));
        }
    }
    findings
}

fn check_prelude(block: &Block) -> Vec<Finding> {
    let prelude = &block.prelude;
    let too_new = |(word, since): &(&str, &str)| {
        prelude.contains(word).then(|| Finding::new(block.line, format!("`{word}` needs {since}")))
    };
    let mut findings: Vec<_> = AT_RULES.iter().chain(&SELECTORS).filter_map(too_new).collect();
    let is_rule = |text: &String| !text.starts_with('@');
    if block.within.iter().any(is_rule) && is_rule(prelude) && !findings.iter().any(|found| found.says.contains('&')) {
        findings.push(Finding::new(block.line, "nested rules need Chromium 112"));
    }
    if prelude.contains(":focus-visible") && prelude.contains(',') {
        let says = "`:focus-visible` needs Chromium 86 and drops the whole list before: give it a rule of its own";
        findings.push(Finding::new(block.line, says));
    }
    if prelude.starts_with("@media") && prelude.contains(['<', '>']) {
        findings.push(Finding::new(block.line, "ranges in media queries need Chromium 104: write min-width"));
    }
    findings
}

fn check_declaration(declaration: &Declaration, earlier: &[Declaration], block: &Block) -> Option<Finding> {
    let has_before = |names: &[&str]| earlier.iter().any(|other| names.contains(&&*other.property));
    let property = declaration.property.as_str();
    if let Some((_, since, stand_ins)) = PROPERTIES.iter().find(|(name, ..)| *name == property)
        && !has_before(stand_ins)
    {
        let says = format!("`{property}` needs {since}: put one of {} before it", stand_ins.join(", "));
        return Some(Finding::new(declaration.line, says));
    }
    if matches!(property, "gap" | "column-gap" | "row-gap") && !lays_out_without_flex(block) {
        let says = "flex `gap` needs Chromium 84: use margins, or display: grid in the same rule";
        return Some(Finding::new(declaration.line, says));
    }
    let unit = VIEWPORT_UNITS.iter().find(|unit| declaration.value.contains(*unit))?;
    (!has_before(&[property]))
        .then(|| Finding::new(declaration.line, format!("`{unit}` needs Chromium 108: declare it after one in vh")))
}

fn lays_out_without_flex(block: &Block) -> bool {
    let lays_out = |declaration: &Declaration| declaration.property == "display" && declaration.value.contains("grid");
    let has_columns = |declaration: &Declaration| declaration.property.starts_with("column");
    block.declarations.iter().any(lays_out)
        || block.declarations.iter().filter(|declaration| declaration.property != "column-gap").any(has_columns)
}

fn check_colour(declaration: &Declaration, is_tokens: bool) -> Option<Finding> {
    let value = &declaration.value;
    if let Some(function) = NEW_COLOUR_FUNCTIONS.iter().find(|function| value.contains(*function)) {
        return Some(Finding::new(declaration.line, format!("`{function}` is unknown to webviews of 2020")));
    }
    let is_raw = has_hex_colour(value) || COLOUR_FUNCTIONS.iter().any(|function| value.contains(function));
    (is_raw && !is_tokens).then(|| Finding::new(declaration.line, "raw colours live in tokens.css only"))
}

fn has_hex_colour(value: &str) -> bool {
    value.split('#').skip(1).any(|after| {
        let digits = after.chars().take_while(char::is_ascii_hexdigit).count();
        matches!(digits, 3 | 4 | 6 | 8) && !value.contains("url(")
    })
}

#[cfg(test)]
mod tests;
