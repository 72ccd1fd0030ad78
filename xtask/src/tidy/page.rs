//! Every style sheet is linked by a page, and no page holds a script or style of its own: the content security policy
//! forbids both.

use super::Finding;

/// `html` is the text of all pages, `styles` are the names of the files in `style/`.
pub(super) fn unlinked(html: &str, styles: &[&str]) -> Vec<Finding> {
    let unlinked = styles.iter().filter(|name| !html.contains(&format!("href=\"style/{name}\"")));
    unlinked.map(|name| Finding::new(1, format!("style/{name} is not linked: nobody sees it"))).collect()
}

pub(super) fn check(html: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in html.lines().enumerate() {
        let own_script = line.contains("<script") && !line.contains(" src=");
        let own_style = line.contains("<style") || line.contains(" style=\"");
        let own_handler = line.split(' ').any(|word| word.starts_with("on") && word.contains("=\""));
        if own_script || own_style || own_handler {
            findings.push(Finding::new(index + 1, "inline scripts and styles break the content security policy"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{check, unlinked};

    #[test]
    fn a_style_sheet_that_nobody_links_is_found() {
        let html = "<link data-trunk rel=\"css\" href=\"style/base.css\">";
        assert_eq!(unlinked(html, &["base.css"]).len(), 0);
        assert_eq!(unlinked(html, &["base.css", "card.css"]).len(), 1);
    }

    #[test]
    fn inline_code_is_found() {
        assert_eq!(check("<script>start()</script>").len(), 1);
        assert_eq!(check("<p style=\"color: red\">").len(), 1);
        assert_eq!(check("<button onclick=\"start()\">").len(), 1);
        assert_eq!(check("<script data-trunk type=\"module\" src=\"script/boot.js\"></script>").len(), 0);
    }
}
