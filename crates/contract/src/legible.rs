//! What text may hold: characters that people see, and blanks. Characters that cannot be seen, turn the text around or
//! control a screen let one thing be read and another be kept. The categories are Unicode's.

use serde::{Deserialize, Deserializer};

/// How many lines a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    One,
    Many,
}

/// The first character that may not stand in such a text.
pub fn illegible(text: &str, lines: Lines) -> Option<char> {
    text.chars().find(|character| !may_stand(*character, lines))
}

/// Whether there is nothing to see.
pub fn is_blank(text: &str) -> bool {
    !text.chars().any(is_visible)
}

/// The text as it was meant: line breaks and tabs become what such a text has of them, what may not stand goes, and so
/// do blanks at both ends.
pub fn legible(text: &str, lines: Lines) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        match character {
            // The second half of a line break.
            '\n' if before == '\r' => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => kept.push(if lines == Lines::Many { '\n' } else { ' ' }),
            '\t' => kept.push(' '),
            other if may_stand(other, lines) => kept.push(other),
            _ => {}
        }
        before = character;
    }
    if is_blank(&kept) { String::new() } else { kept.trim().to_owned() }
}

/// Reads words of several lines, for shapes of the API.
pub fn read_lines<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(legible(&String::deserialize(deserializer)?, Lines::Many))
}

fn may_stand(character: char, lines: Lines) -> bool {
    match character {
        '\n' => lines == Lines::Many,
        // Hold letters of several scripts together or apart, and choose the picture of a character.
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => true,
        _ => !character.is_control() && !is_format(character) && !is_noncharacter(character),
    }
}

/// General category Cf, without the two joiners: direction, width zero, tags, annotations; and the two separators Zl
/// and Zp.
fn is_format(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}'
    )
}

fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe
}

/// Blanks, joiners and fillers alone show nothing.
fn is_visible(character: char) -> bool {
    let is_filler = matches!(
        character,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'
            ..='\u{180d}' | '\u{180f}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
    );
    let chooses = matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{200c}' | '\u{200d}');
    !character.is_whitespace() && !is_filler && !chooses && may_stand(character, Lines::One)
}
