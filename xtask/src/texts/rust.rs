//! Texts in Rust source: a Chinese literal and the English one that follows it in the same call, `tr("首页", "Home")`.

use super::{FoundText, has_han};

/// A piece of source: a string literal, or any other character that is no space.
enum Token {
    Text(usize, String),
    Mark(char),
}

/// The texts of a file, up to its test module.
pub(super) fn texts(file: &str, source: &str) -> Vec<FoundText> {
    let source = source.split("\n#[cfg(test)]").next().unwrap_or_default();
    let tokens = tokens(source);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Text(line, zh) = token else { continue };
        if has_han(zh) {
            let en = partner(&tokens[at + 1..]);
            found.push(FoundText { file: file.to_owned(), place: line.to_string(), zh: zh.clone(), en });
        }
    }
    found
}

/// The English beside a Chinese literal: the next literal, behind a comma and before the end of the statement.
fn partner(rest: &[Token]) -> Option<String> {
    let mut has_comma = false;
    for token in rest {
        match token {
            Token::Text(_, text) => return Some(text.clone()).filter(|text| has_comma && !has_han(text)),
            Token::Mark(',') => has_comma = true,
            Token::Mark(';' | '=' | '}' | '{') => return None,
            Token::Mark(_) => {}
        }
    }
    None
}

fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = source;
    let line_of = |rest: &str| source[..source.len() - rest.len()].matches('\n').count() + 1;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if let Some((text, end)) = raw_literal(rest).or_else(|| literal(rest)) {
            tokens.push(Token::Text(line_of(rest), text));
            rest = &rest[end..];
        } else if let Some(end) = character(rest) {
            rest = &rest[end..];
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Mark(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

/// `"…"` with its end; escapes are left as they are written, but for line ends.
fn literal(rest: &str) -> Option<(String, usize)> {
    let inner = rest.strip_prefix('"')?;
    let mut escaped = false;
    for (at, character) in inner.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((unbroken(&inner[..at]), at + 2)),
            _ => {}
        }
    }
    None
}

/// `r#"…"#` with its end.
fn raw_literal(rest: &str) -> Option<(String, usize)> {
    let hashes = rest.strip_prefix('r')?.chars().take_while(|character| *character == '#').count();
    let inner = rest[1 + hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = inner.find(&close)?;
    Some((inner[..end].to_owned(), 2 + hashes + end + close.len()))
}

/// `'"'` and the like, which open no text. A lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    let escape = inner.strip_prefix('\\').map(|inner| inner.find('\'').map(|end| end + 3));
    escape.unwrap_or_else(|| {
        let first = inner.chars().next()?;
        inner[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
    })
}

/// A literal that goes on in the next line is one line.
fn unbroken(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| text + line.trim_start())
}

#[cfg(test)]
mod tests {
    use super::texts;

    fn found(source: &str) -> Vec<(String, String, String)> {
        texts("a.rs", source)
            .into_iter()
            .map(|one| (one.place, one.zh, one.en.unwrap_or_else(|| "-".to_owned())))
            .collect()
    }

    #[test]
    fn a_pair_is_one_text_however_it_is_written() {
        let pair = |line: &str, zh: &str, en: &str| (line.to_owned(), zh.to_owned(), en.to_owned());
        assert_eq!(found("tr(\"首页\", \"Home\")"), [pair("1", "首页", "Home")]);
        assert_eq!(
            found("\n// 注释 \"不算\"\nText::new(\n format!(\"{n} 件\"),\n format!(\"{n} cases\"))"),
            [pair("4", "{n} 件", "{n} cases")]
        );
        assert_eq!(found("f('\"', \"趟\", \"\")"), [pair("1", "趟", "")]);
        assert_eq!(found("tr(\"首页\", \"The start \\\n   page\")"), [pair("1", "首页", "The start page")]);
    }

    #[test]
    fn one_that_stands_alone_has_no_english() {
        assert_eq!(found("format!(\"已退款\"); f(\"Refunded\")")[0].2, "-");
        assert_eq!(found("match a { A => \"甲\", B => \"乙\" }").len(), 2);
        assert!(found("let a = \"x\";\n#[cfg(test)]\nmod tests { const A: &str = \"测试\"; }").is_empty());
    }
}
