//! A newborn's name: characters of 通用规范汉字表 only, as the birth certificate wants them (no letters, digits, signs or
//! mixing), with `·` between the parts of a name that has them.

mod standard;

use serde::Serialize;
use serde_json::Value;

use super::on_text;
use super::person_name::{self, PersonName};
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewbornName {}

readable! {
    NewbornName {}
}

impl Kind for NewbornName {
    fn read(&self, typed: &str) -> String {
        PersonName {}.read(typed)
    }

    fn check(&self, value: &Value) -> Vec<Problem> {
        on_text(value, |name| {
            person_name::problem(name).or_else(|| {
                let strange = name.chars().find(|character| *character != '·' && !standard::has(*character));
                let strange = strange.map(|character| Problem::NotAStandardCharacter { character });
                // A surname and a given name (Civil Code §1015).
                strange.or_else(|| (name.chars().count() < 2).then_some(Problem::TooShort { min: 2 }))
            })
        })
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        let named = near.words.iter().filter(|word| self.check(&Value::from(word.as_str())).is_empty());
        let known = ["王安", "刘念慈", "刘𬱖", "阿依努尔·艾力"].into_iter().chain(named.map(String::as_str));
        Probe::of_texts(Face::Text, known)
    }
}

impl NewbornName {
    /// Characters that are allowed but that many phones and printers do not know: those outside the first block of
    /// Unicode.
    pub fn rare(name: &str) -> impl Iterator<Item = char> + '_ {
        name.chars().filter(|character| !standard::is_common(*character) && standard::has(*character))
    }
}
