//! The layers: `ui` knows neither API nor router nor Field, `store` knows no HTTP, `contract` touches nothing
//! outside itself, and only `api.rs` speaks HTTP in the app.

use super::rust_text::{code_lines, has_word};
use super::{Finding, is_test};

/// Files under `within`, except `except`, may not use any of `words`.
struct Layer {
    within: &'static str,
    except: &'static [&'static str],
    words: &'static [&'static str],
    says: &'static str,
}

const LAYERS: [Layer; 6] = [
    Layer {
        within: "src/ui/",
        except: &[],
        words: &["api", "paths", "Route", "Field", "FieldKind", "FieldError", "Form", "Step", "fields", "pages"],
        says: "ui is below fields and pages: it takes plain values and gives events",
    },
    Layer { within: "src/fields/", except: &[], words: &["pages"], says: "fields are below pages" },
    Layer {
        within: "src/",
        except: &["src/http.rs", "src/browser.rs", "src/local_store.rs"],
        words: &["gloo_net", "RequestInit", "XmlHttpRequest", "fetch_with_request", "fetch_with_str"],
        says: "requests are sent by http.rs",
    },
    Layer {
        within: "crates/server/src/store",
        except: &[],
        words: &["axum", "http", "hyper", "tower", "tower_http", "StatusCode"],
        says: "the store knows no HTTP",
    },
    Layer { within: "crates/server/src/routes", except: &[], words: &["sqlx"], says: "SQL belongs in store/" },
    Layer {
        within: "crates/contract/src",
        except: &[],
        words: &["SystemTime", "Instant", "now_utc", "now_local", "async", "tokio", "web_sys", "env", "fs", "net"],
        says: "contract has no clock, files, network, async or browser: what it needs is an argument",
    },
];

pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    if is_test(path) {
        return Vec::new();
    }
    LAYERS.iter().filter(|layer| applies(layer, path)).flat_map(|layer| broken(layer, text)).collect()
}

fn applies(layer: &Layer, path: &str) -> bool {
    path.starts_with(layer.within) && !layer.except.iter().any(|except| path.starts_with(except))
}

fn broken(layer: &Layer, text: &str) -> Vec<Finding> {
    let found = |code: &str| layer.words.iter().copied().find(|word| names_module_or_type(code, word));
    code_lines(text)
        .filter_map(|(line, code)| found(code).map(|word| Finding::new(line, format!("`{word}`: {}", layer.says))))
        .collect()
}

/// A lower-case word counts only as a path (`api::`, `::api`, `async fn`), since a variable may share its name.
fn names_module_or_type(code: &str, word: &str) -> bool {
    if !has_word(code, word) {
        return false;
    }
    let is_type = word.starts_with(char::is_uppercase) || word.contains('_');
    let as_path = [format!("{word}::"), format!("::{word}"), format!("{word} fn"), format!("{word} move")];
    is_type || as_path.iter().any(|path| has_word(code, path.trim_matches(':')) && code.contains(path.as_str()))
}

#[cfg(test)]
mod tests {
    use super::check;

    fn found(path: &str, text: &str) -> usize {
        check(path, text).len()
    }

    #[test]
    fn ui_that_knows_the_api_is_found() {
        assert_eq!(found("src/ui/button.rs", "use crate::api;\n"), 1);
        assert_eq!(found("src/ui/button.rs", "use crate::paths::Route;\n"), 1);
        assert_eq!(found("src/pages/home.rs", "use crate::api;\n"), 0);
    }

    #[test]
    fn ui_that_knows_a_field_is_found() {
        assert_eq!(found("src/ui/text_input.rs", "use contract::Field;\n"), 1);
        assert_eq!(found("src/ui/text_input.rs", "pub struct TextField;\n"), 0);
    }

    #[test]
    fn http_outside_the_api_is_found() {
        assert_eq!(found("src/pages/home.rs", "use gloo_net::http::Request;\n"), 1);
        assert_eq!(found("src/http.rs", "use gloo_net::http::Request;\n"), 0);
    }

    #[test]
    fn a_store_that_knows_http_is_found() {
        assert_eq!(found("crates/server/src/store/draft.rs", "use axum::Json;\n"), 1);
        assert_eq!(found("crates/server/src/store.rs", "use http::StatusCode;\n"), 1);
    }

    #[test]
    fn sql_in_a_route_is_found() {
        assert_eq!(found("crates/server/src/routes/drafts.rs", "sqlx::query(\"\")\n"), 1);
    }

    #[test]
    fn a_contract_that_reads_the_clock_is_found() {
        assert_eq!(found("crates/contract/src/date.rs", "OffsetDateTime::now_utc()\n"), 1);
        assert_eq!(found("crates/contract/src/load.rs", "std::fs::read(path)\n"), 1);
        assert_eq!(found("crates/contract/src/date.rs", "let net = 3;\n"), 0);
    }

    #[test]
    fn tests_may_do_as_they_like() {
        assert_eq!(found("crates/contract/tests/examples.rs", "std::fs::read(path)\n"), 0);
        assert_eq!(found("crates/contract/src/date.rs", "#[cfg(test)]\nmod tests { use std::fs::read; }\n"), 0);
    }
}
