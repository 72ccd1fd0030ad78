//! The number of a case, for people.

use crate::id::Reference;

impl Reference {
    /// `CD` year month `-` running number `-` check digit: short enough to read over the phone, and one wrong digit
    /// shows.
    pub fn new(year: i32, month: u8, number: u32) -> Self {
        let body = format!("{:02}{month:02}{number:04}", year.rem_euclid(100));
        let check = luhn_digit(&body);
        Self(format!("CD{}-{}-{check}", &body[..4], &body[4..]))
    }

    /// Whether it could be one: the form and the check digit.
    pub fn is_valid(&self) -> bool {
        let digits: String = self.0.chars().filter(char::is_ascii_digit).collect();
        let parts: Vec<&str> = self.0.split('-').collect();
        let form = matches!(parts[..], [head, number, check] if head.len() == 6 && head.starts_with("CD") && number.len() >= 4 && check.len() == 1);
        form && digits.len() >= 9 && digits.ends_with(&luhn_digit(&digits[..digits.len() - 1]).to_string())
    }
}

/// The digit that makes the Luhn sum of body and digit a multiple of ten.
fn luhn_digit(body: &str) -> u32 {
    let weighed = body.bytes().rev().enumerate().map(|(at, byte)| {
        let digit = u32::from(byte.wrapping_sub(b'0')) * if at % 2 == 0 { 2 } else { 1 };
        digit / 10 + digit % 10
    });
    (10 - weighed.sum::<u32>() % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_with_one_wrong_digit_is_not_valid() {
        let reference = Reference::new(2026, 11, 427);
        assert_eq!(reference.0, "CD2611-0427-7");
        assert!(reference.is_valid());
        for wrong in ["CD2611-0427-8", "CD2611-0428-7", "CD2161-0427-7", "", "CD-", "CD2611-0427", "ＣＤ2611-0427-9"]
        {
            assert!(!Reference::from(wrong).is_valid(), "{wrong}");
        }
    }
}
