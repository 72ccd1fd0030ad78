//! `cargo xtask new-field <kind>`: everything that a new kind of field touches, so that it compiles at once: its own
//! file, its module, the registry of kinds, its control in the app and the walker's hand for it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use lexopt::prelude::*;

use crate::new_service::is_kebab_case;
use crate::{process, project};

const KIND: &str = include_str!("../templates/kind.rs");

/// A line that goes in after the last one that begins like another.
struct Insertion {
    file: &'static str,
    after: &'static str,
    line: &'static str,
}

/// `{{kind}}` is `tea-leaf`, `{{module}}` `tea_leaf`, `{{Kind}}` `TeaLeaf`.
const INSERTIONS: [Insertion; 6] = [
    Insertion { file: "crates/contract/src/kinds.rs", after: "mod ", line: "mod {{module}};" },
    Insertion { file: "crates/contract/src/kinds.rs", after: "pub use ", line: "pub use {{module}}::{{Kind}};" },
    Insertion {
        file: "crates/contract/src/field.rs",
        after: "use crate::kinds::",
        line: "use crate::kinds::{{Kind}};",
    },
    Insertion {
        file: "crates/contract/src/field.rs",
        after: "    \"computed\" ",
        line: "    \"{{kind}}\" {{Kind}}({{Kind}}),",
    },
    Insertion {
        file: "src/fields.rs",
        after: "        FieldKind::Computed(",
        line: "        FieldKind::{{Kind}}(_) => input(field, Keyboard::Text),",
    },
    Insertion {
        file: "tests/e2e/src/walker/answer.rs",
        after: "        \"computed\" =>",
        line: "        \"{{kind}}\" => Step::type_into(world, &name, text(answer)?).await,",
    },
];

/// Writes and inserts, then formats what it touched.
pub(crate) fn new_field(mut parser: lexopt::Parser) -> Result<()> {
    let kind = match parser.next()? {
        Some(Value(kind)) => kind.string()?,
        _ => anyhow::bail!("say its name: cargo xtask new-field <kind>"),
    };
    ensure!(is_kebab_case(&kind), "`{kind}` is no name of a kind: use lower-case words with hyphens, such as tea-leaf");
    let own = project::root().join("crates/contract/src/kinds").join(format!("{}.rs", kind.replace('-', "_")));
    ensure!(!own.exists(), "{} exists already", own.display());
    fs::write(&own, named(KIND, &kind))?;
    for insertion in &INSERTIONS {
        insert(&project::root(), insertion, &kind)?;
    }
    process::run(&mut process::cargo(&["fmt", "--all"]))?;
    println!("The kind {kind} is there. Next: its settings and its check in {},", own.display());
    println!("its control in src/fields.rs, and a question of this kind in services/kitchen-sink.");
    Ok(())
}

fn insert(root: &Path, insertion: &Insertion, kind: &str) -> Result<()> {
    let path = root.join(insertion.file);
    let text = fs::read_to_string(&path)?;
    let changed = inserted(&text, insertion.after, &named(insertion.line, kind))
        .with_context(|| format!("{}: no line begins with `{}`", insertion.file, insertion.after))?;
    fs::write(path, changed)?;
    Ok(())
}

/// The text with one more line after the last line, or statement over several lines, that begins so.
fn inserted(text: &str, after: &str, line: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let begin = lines.iter().rposition(|existing| existing.starts_with(after))?;
    let ends = |existing: &&str| existing.trim_end().ends_with([';', ',']);
    let whole = if after.starts_with(' ') {
        0
    } else {
        lines[begin..].iter().position(|line| ends(line) && !line.starts_with("    "))?
    };
    lines.insert(begin + whole + 1, line);
    Some(lines.join("\n") + "\n")
}

fn named(template: &str, kind: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let type_name: String = kind.split('-').map(capital).collect();
    template.replace("{{kind}}", kind).replace("{{module}}", &kind.replace('-', "_")).replace("{{Kind}}", &type_name)
}

#[cfg(test)]
mod tests {
    use super::{INSERTIONS, inserted, named};

    #[test]
    fn every_place_of_a_kind_is_still_there() {
        for insertion in &INSERTIONS {
            let text = std::fs::read_to_string(crate::project::root().join(insertion.file)).unwrap();
            assert!(inserted(&text, insertion.after, "").is_some(), "{}: {}", insertion.file, insertion.after);
            // It compiles, since another kind does the same.
            let does = insertion.line.split_once("=> ").map_or("", |(_, does)| does);
            assert!(text.contains(does), "{}: no arm does `{does}`", insertion.file);
        }
    }

    #[test]
    fn names_follow_the_kind() {
        assert_eq!(named("{{kind}} {{module}} {{Kind}}", "tea-leaf"), "tea-leaf tea_leaf TeaLeaf");
    }

    #[test]
    fn a_line_goes_after_the_last_one_like_it() {
        assert_eq!(
            inserted("mod a;\nmod b;\nuse c;\n", "mod ", "mod d;").as_deref(),
            Some("mod a;\nmod b;\nmod d;\nuse c;\n")
        );
        let several = "use crate::kinds::{\n    A, B,\n};\nuse c;\n";
        assert_eq!(
            inserted(several, "use crate::kinds::", "use crate::kinds::D;").as_deref(),
            Some("use crate::kinds::{\n    A, B,\n};\nuse crate::kinds::D;\nuse c;\n")
        );
        assert_eq!(inserted("use c;\n", "mod ", "mod d;"), None);
    }
}
