//! {{Kind}}: what is asked, and what a right answer looks like.

use serde::Serialize;
use serde_json::Value;

use super::on_text;
use crate::field::Kind;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct {{Kind}} {
    pub max_chars: usize,
}

readable! {
    {{Kind}} { max_chars = 50 }
}

impl Kind for {{Kind}} {
    fn check(&self, value: &Value) -> Vec<Problem> {
        let max = self.max_chars;
        on_text(value, |text| (text.chars().count() > max).then_some(Problem::TooLong { max }))
    }

    #[cfg(feature = "load")]
    fn probe(&self, near: &Near) -> Probe {
        Probe::new(Face::Text, near.words(1, self.max_chars))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_too_long_is_told() {
        let kind = {{Kind}} { max_chars: 3 };
        assert_eq!(kind.check(&"123".into()), vec![]);
        assert_eq!(kind.check(&"1234".into()), vec![Problem::TooLong { max: 3 }]);
    }
}
