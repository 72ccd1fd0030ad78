//! Which language a request asks for, and texts as pages show them.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use contract::Lang;

/// Chinese unless English is wanted more.
pub(crate) fn asked(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if weight(wanted, "en") > weight(wanted, "zh") { Lang::En } else { Lang::Zh }
}

pub(crate) fn say<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Somebody's words within a page.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The highest `q` among the language's tags; 0 where it is not named.
fn weight(wanted: &str, language: &str) -> f32 {
    let tags = wanted.split(',').filter_map(|tag| {
        let mut parts = tag.split(';').map(str::trim);
        let is_it = parts.next()?.split('-').next()?.eq_ignore_ascii_case(language);
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
        is_it.then(|| weight.unwrap_or(1.0))
    });
    tags.fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_comes_first_unless_english_is_wanted_more() {
        for (wanted, expected) in [
            ("", Lang::Zh),
            ("en", Lang::En),
            ("en-GB,en;q=0.9", Lang::En),
            ("zh-CN,zh;q=0.9,en;q=0.8", Lang::Zh),
            ("en;q=0.5, zh;q=0.4", Lang::En),
            ("fr", Lang::Zh),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, wanted.parse().unwrap())]);
            assert_eq!(asked(&headers), expected, "{wanted}");
        }
    }
}
