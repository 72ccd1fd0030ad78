//! The two fonts of a notice, and whether they have every character of it.

use std::path::Path;

use typst::foundations::Bytes;
use typst::text::Font;

use crate::Failure;
use crate::facts::Facts;

/// Where Debian, Arch and openSUSE put them.
const FOLDERS: [&str; 3] = ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/truetype"];
/// Regular and bold; the third font of each file is that for mainland China.
const FILES: [&str; 2] = ["NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"];
const SIMPLIFIED_CHINESE: u32 = 2;
const WORDS_AROUND: usize = 8;

pub(crate) struct Fonts(pub(crate) Vec<Font>);

impl Fonts {
    pub(crate) fn load(folder: Option<&Path>) -> Result<Self, Failure> {
        let folders: Vec<&Path> = match folder {
            Some(folder) => vec![folder],
            None => FOLDERS.iter().map(Path::new).collect(),
        };
        let font = |file: &str| {
            let bytes = folders.iter().find_map(|folder| std::fs::read(folder.join(file)).ok())?;
            Font::new(Bytes::new(bytes), SIMPLIFIED_CHINESE)
        };
        FILES.into_iter().map(font).collect::<Option<_>>().map(Self).ok_or_else(|| Failure::FontsMissing {
            says: String::from("the fonts Noto Serif CJK are missing: install the package fonts-noto-cjk"),
        })
    }

    /// Names the first character that would be a box on paper. The export to PDF/A refuses such a document too, but
    /// says only in which line.
    pub(crate) fn must_have(&self, facts: &Facts) -> Result<(), Failure> {
        facts.texts().try_for_each(|text| match text.char_indices().find(|(_, character)| !self.have(*character)) {
            Some((at, character)) => Err(unprintable(text, at, character)),
            None => Ok(()),
        })
    }

    fn have(&self, character: char) -> bool {
        character == '\n' || self.0.iter().all(|font| font.info().coverage.contains(character.into()))
    }
}

fn unprintable(text: &str, at: usize, character: char) -> Failure {
    let before: Vec<char> = text.get(..at).unwrap_or_default().chars().rev().take(WORDS_AROUND).collect();
    let after = text.get(at..).unwrap_or_default().chars().take(WORDS_AROUND + 1);
    Failure::Unprintable {
        character: character.to_string(),
        name: format!("U+{:04X}", u32::from(character)),
        text: before.into_iter().rev().chain(after).collect(),
    }
}
