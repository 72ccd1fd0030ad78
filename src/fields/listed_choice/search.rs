//! Which entries of a list what was typed finds.

use contract::kinds::Choosable;

/// Places of the entries that are found; those whose name or key begins so come first.
pub(super) fn found(options: &[Choosable], typed: &str) -> Vec<usize> {
    let wanted = typed.trim().to_ascii_lowercase();
    let begins = |option: &Choosable| {
        let words = [&option.id.0, &option.label.zh, &option.label.en].into_iter().map(String::as_str);
        words.chain(option.keys.split(' ')).any(|word| word.to_ascii_lowercase().starts_with(&wanted))
    };
    let has = |option: &Choosable| {
        option.label.zh.contains(&wanted) || option.label.en.to_ascii_lowercase().contains(&wanted)
    };
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for (at, option) in options.iter().enumerate() {
        if begins(option) {
            first.push(at);
        } else if has(option) {
            then.push(at);
        }
    }
    first.append(&mut then);
    first
}
