//! Random secrets and digests: the store keeps only digests, which open nothing.

mod pseudonyms;
mod slow_hash;

use sha2::{Digest, Sha256};

pub(crate) use pseudonyms::Pseudonyms;
pub(crate) use slow_hash::{NOBODYS, is_hash_of, slow_hash};

/// Crockford's: without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LETTERS: usize = 16;

/// The server cannot go on with this request.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SecretError {
    #[error("too many wait for a slow hash")]
    Busy,
    /// No randomness, or no digest.
    #[error("{0}")]
    Failed(String),
}

/// 256 random bits in hex.
pub(crate) fn token() -> Result<String, SecretError> {
    Ok(hex(&random::<32>()?))
}

/// Six random digits.
pub(crate) fn digits() -> Result<String, SecretError> {
    // 2^32 is not a multiple of a million: the bias of the plain remainder is below one in four thousand million.
    let random = u32::from_le_bytes(random()?);
    Ok(format!("{:06}", random % 1_000_000))
}

/// 80 random bits, to be read from paper and typed: no letter looks like a digit.
pub(crate) fn code_on_paper() -> Result<String, SecretError> {
    let bytes: [u8; CODE_LETTERS] = random()?;
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(byte % 32)]);
    Ok(spelled(&bytes.iter().map(letter).collect::<String>()))
}

/// A code as it stands on paper, however it was typed.
pub(crate) fn spelled(typed: &str) -> String {
    let letters: Vec<char> = typed.chars().filter(char::is_ascii_alphanumeric).map(meant).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

fn meant(letter: char) -> char {
    match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    }
}

/// SHA-256 in hex.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The bytes of hex digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(pair).collect()
}

fn random<const BYTES: usize>() -> Result<[u8; BYTES], SecretError> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| SecretError::Failed(error.to_string()))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let code = code_on_paper().unwrap();
        assert_eq!((code.len(), spelled(&code)), (19, code.clone()));
        for typed in
            [code.replace('-', ""), code.to_lowercase(), format!(" {} ", code.replace('-', " ").replace('0', "o"))]
        {
            assert_eq!(spelled(&typed), code, "{typed}");
        }
    }
}
