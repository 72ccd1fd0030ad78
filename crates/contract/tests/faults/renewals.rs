//! What is applied for again is there, ends, and begins with answers that may be taken along.

use crate::expect;

#[test]
#[invariant::invariant("proved-services")]
fn a_renewal_is_of_a_certificate_that_ends_and_keeps_what_lasts() {
    let early = "from_days_before = \"early-days\"";
    let with = |more: &str| format!("{early}\n{more}");
    for (code, place, from, to) in [
        ("unknown-item", "renews.item", "[renews]\nitem = \"item\"", "[renews]\nitem = \"next-item\""),
        ("validity-without-term", "renews.item", "valid_for = { years = \"item-years\" }\n", ""),
        ("unknown-limit", "renews", "from_days_before = \"early-days\"", "from_days_before = \"other\""),
        ("unknown-field", "renews.keeps", "keeps = [\"start\"]", "keeps = [\"start\", \"other\"]"),
        ("cannot-be-kept", "renews.keeps", "keeps = [\"start\"]", "keeps = [\"start\", \"check\"]"),
        ("unknown-option", "renews.sets", early, &with("sets = { track = \"slower\" }")),
        ("unknown-field", "renews.sets", early, &with("sets = { name = \"slow\" }")),
        ("unknown-field", "renews.picks", early, &with("picks = \"track\"")),
        ("text-missing", "renews.says.en", "It is there already.", ""),
    ] {
        expect(code, place, from, to);
    }
}
