//! CSS as these checks read it: blocks with their selectors and declarations. No value is understood.

/// A rule or at-rule: what stands before its brace, what it stands in, and its declarations.
pub(super) struct Block {
    pub(super) line: usize,
    pub(super) prelude: String,
    pub(super) within: Vec<String>,
    pub(super) declarations: Vec<Declaration>,
}

pub(super) struct Declaration {
    pub(super) line: usize,
    pub(super) property: String,
    pub(super) value: String,
}

/// All blocks of a style sheet, comments left out. Statements such as `@import` become blocks without declarations.
pub(super) fn blocks(css: &str) -> Vec<Block> {
    let css = blank_comments(css);
    let mut open: Vec<Block> = Vec::new();
    let mut closed = Vec::new();
    let mut text = String::new();
    let mut line = 1;
    for character in css.chars() {
        match character {
            '{' => {
                let within = open.iter().map(|block| block.prelude.clone()).collect();
                open.push(Block { line, prelude: taken(&mut text), within, declarations: Vec::new() });
            }
            ';' | '}' => {
                end_statement(taken(&mut text), line, &mut open, &mut closed);
                if character == '}' {
                    closed.extend(open.pop());
                }
            }
            other => text.push(other),
        }
        line += usize::from(character == '\n');
    }
    closed
}

fn end_statement(statement: String, line: usize, open: &mut [Block], closed: &mut Vec<Block>) {
    match (open.last_mut(), statement.split_once(':')) {
        (Some(block), Some((property, value))) => block.declarations.push(Declaration {
            line,
            property: property.trim().to_owned(),
            value: value.trim().to_owned(),
        }),
        _ if !statement.is_empty() => {
            closed.push(Block { line, prelude: statement, within: Vec::new(), declarations: Vec::new() });
        }
        _ => {}
    }
}

fn taken(text: &mut String) -> String {
    std::mem::take(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Comments become spaces, so that lines keep their numbers.
fn blank_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, remaining) = after.split_once("*/").unwrap_or((after, ""));
        kept.push_str(before);
        kept.extend(comment.chars().filter(|character| *character == '\n'));
        rest = remaining;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn blocks_know_where_they_stand() {
        let found = blocks("/* a\nb */\n@media print {\n  .card { color: red; gap: 4px }\n}\n");
        assert_eq!(found[0].prelude, ".card");
        assert_eq!(found[0].within, ["@media print"]);
        assert_eq!(found[0].line, 4);
        assert_eq!(found[0].declarations[1].property, "gap");
    }
}
