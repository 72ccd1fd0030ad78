//! What comes next leads somewhere.

use crate::expect;

#[test]
#[invariant::invariant("proved-services")]
fn what_comes_next_leads_somewhere_by_a_day_that_exists() {
    let phone = "phone = \"12345\"\nuntil = \"12-31\"";
    for (code, place, from, to) in [
        ("next-leads-nowhere", "next.later.service", phone, "until = \"12-31\""),
        ("next-leads-nowhere", "next.later.service", phone, "service = \"small\"\nphone = \"12345\""),
        ("next-leads-nowhere", "next.later.url", phone, "url = \"http://example.org\""),
        ("no-day-of-the-year", "next.later.until", "until = \"12-31\"", "until = \"02-29\""),
        ("text-missing", "next.later.says.en", "Somewhere else.", ""),
        ("id-not-kebab", "next Later", "id = \"later\"", "id = \"Later\""),
        ("unknown-field", "next.later.when", phone, &format!("{phone}\nwhen = {{ field = \"nowhere\", is = true }}")),
    ] {
        expect(code, place, from, to);
    }
}
