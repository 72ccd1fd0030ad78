//! Time-based one-time passwords, RFC 6238 with the usual parameters: SHA-1, 30 seconds, six digits. Authenticator apps
//! know no others.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

const STEP_SECONDS: i64 = 30;
const DIGITS: u32 = 1_000_000;

/// The code of a time step.
pub(crate) fn code(secret: &[u8], step: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 0x0f);
    let bytes: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
    Some(format!("{:06}", (u32::from_be_bytes(bytes) & 0x7fff_ffff) % DIGITS))
}

pub(crate) fn step_of(now: i64) -> i64 {
    now.div_euclid(STEP_SECONDS)
}

/// The time step whose code this is: now, or one step off for clocks that differ.
pub(crate) fn matching_step(secret: &[u8], typed: &str, now: i64) -> Option<i64> {
    let typed: String = typed.chars().filter(|character| !character.is_whitespace()).collect();
    let now = step_of(now);
    [now, now - 1, now + 1].into_iter().find(|step| code(secret, *step).as_deref() == Some(typed.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, the last six of its eight digits.
        let secret = b"12345678901234567890";
        for (time, expected) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(code(secret, step_of(time)).as_deref(), Some(expected), "{time}");
        }
    }

    #[test]
    fn a_code_holds_for_its_step_and_its_neighbours() {
        let secret = b"12345678901234567890";
        assert_eq!(matching_step(secret, " 287 082", 59), Some(1));
        assert_eq!(matching_step(secret, "287082", 89), Some(1));
        assert_eq!(matching_step(secret, "287082", 120), None);
    }
}
