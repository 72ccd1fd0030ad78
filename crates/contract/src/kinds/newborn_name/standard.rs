//! The characters of 通用规范汉字表, as bits. Made while compiling, so that the phone gets three kilobytes and people a
//! table that they can read.

const WRITTEN: &[u8] = include_bytes!("../../../data/standard-characters.txt");

/// CJK Unified Ideographs without extensions.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;
const BYTES: usize = ((LAST - FIRST + 1) / 8) as usize;
/// Those of the extensions, in the order of the table.
const OTHERS: usize = count_others();

static COMMON: [u8; BYTES] = common();
static EXTENDED: [u32; OTHERS] = extended();

pub(super) fn has(character: char) -> bool {
    let code = u32::from(character);
    if !is_common(character) {
        return EXTENDED.contains(&code);
    }
    let at = code - FIRST;
    COMMON[(at / 8) as usize] >> (at % 8) & 1 == 1
}

pub(super) fn is_common(character: char) -> bool {
    (FIRST..=LAST).contains(&u32::from(character))
}

/// Reads one character of UTF-8 and says where the next one begins.
const fn decode(at: usize) -> (u32, usize) {
    let (length, mut code) = match WRITTEN[at] {
        lead @ 0xf0.. => (4, (lead & 0x07) as u32),
        lead @ 0xe0.. => (3, (lead & 0x0f) as u32),
        lead => (1, lead as u32),
    };
    let mut next = 1;
    while next < length {
        code = code << 6 | (WRITTEN[at + next] & 0x3f) as u32;
        next += 1;
    }
    (code, at + length)
}

const fn is_other(code: u32) -> bool {
    code > 0x7f && (code < FIRST || code > LAST)
}

const fn count_others() -> usize {
    let (mut at, mut count) = (0, 0);
    while at < WRITTEN.len() {
        let (code, next) = decode(at);
        if is_other(code) {
            count += 1;
        }
        at = next;
    }
    count
}

const fn common() -> [u8; BYTES] {
    let mut bits = [0; BYTES];
    let mut at = 0;
    while at < WRITTEN.len() {
        let (code, next) = decode(at);
        if code >= FIRST && code <= LAST {
            bits[((code - FIRST) / 8) as usize] |= 1 << ((code - FIRST) % 8);
        }
        at = next;
    }
    bits
}

const fn extended() -> [u32; OTHERS] {
    let mut others = [0; OTHERS];
    let (mut at, mut count) = (0, 0);
    while at < WRITTEN.len() {
        let (code, next) = decode(at);
        if is_other(code) {
            others[count] = code;
            count += 1;
        }
        at = next;
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_8105_characters() {
        let common: u32 = COMMON.iter().map(|byte| byte.count_ones()).sum();
        assert_eq!(common as usize + OTHERS, 8105);
    }

    #[test]
    fn rare_characters_are_in_and_others_are_not() {
        for character in "王安念𬱖㛃䶮".chars() {
            assert!(has(character), "{character}");
        }
        // Traditional, variant, Japanese and not Chinese at all.
        for character in "國凪囍〇ａA1·".chars() {
            assert!(!has(character), "{character}");
        }
    }
}
