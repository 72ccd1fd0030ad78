//! Decimal numbers as text. Written by hand because the standard library's reading and printing of every float there is
//! costs the phone some 20 KB, most of it tables; what people type into forms needs none of them.

/// Reads `-12.50`: digits, perhaps a sign in front and digits after a point, nothing else. Exact to 15 digits.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let append = |amount: f64, byte: u8| amount * 10.0 + f64::from(byte - b'0');
    // Both are whole and exact, so one division rounds once.
    let amount = whole.bytes().chain(fraction.bytes()).fold(0.0, append);
    let scale = fraction.bytes().fold(1.0, |scale: f64, _| scale * 10.0);
    let number = if digits.len() < text.len() { -(amount / scale) } else { amount / scale };
    Some(number).filter(|number| number.is_finite())
}

/// The shortest spelling: `3`, `0.1`.
pub(crate) fn print(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return (number as i64).to_string();
    }
    serde_json::Number::from_f64(number).map(|number| number.to_string()).unwrap_or_default()
}

/// Two decimals at most, without zeros at the end.
pub(crate) fn print_hundredths(number: f64) -> String {
    let hundredths = (number * 100.0).round_ties_even() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let text = format!("{sign}{whole}.{rest:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_are_read() {
        for (text, number) in [
            ("0", Some(0.0)),
            ("007", Some(7.0)),
            ("-12.50", Some(-12.5)),
            ("0.1", Some(0.1)),
            ("123456789.123456", Some(123_456_789.123_456)),
            ("", None),
            ("-", None),
            (".5", None),
            ("5.", None),
            ("1e5", None),
            ("inf", None),
            ("１", None),
        ] {
            assert_eq!(parse(text), number, "{text}");
        }
    }

    #[test]
    fn every_hundredth_is_read_and_printed_as_the_standard_library_does() {
        for hundredths in 0..200_000_u32 {
            let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            let number = text.parse::<f64>().unwrap();
            assert_eq!(parse(&text), Some(number), "{text}");
            assert_eq!(print(number), number.to_string(), "{text}");
            let short = text.trim_end_matches('0').trim_end_matches('.');
            assert_eq!(print_hundredths(number), short, "{text}");
        }
    }

    #[test]
    fn what_lies_between_two_hundredths_goes_to_the_nearer() {
        assert_eq!(print_hundredths(1.0 / 3.0), "0.33");
        assert_eq!(print_hundredths(2.0 / 3.0), "0.67");
        assert_eq!(print_hundredths(-0.004), "0");
        assert_eq!(print_hundredths(-2.5), "-2.5");
    }
}
