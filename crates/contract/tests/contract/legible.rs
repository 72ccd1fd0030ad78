//! What text may hold.

use serde_json::json;

use crate::kinds::{judge, read};

#[test]
#[invariant::invariant("legible-text")]
fn text_holds_what_people_see() {
    let (one, many) = (json!({ "kind": "text" }), json!({ "kind": "long-text" }));
    for character in [
        "\u{0}",
        "\u{1b}",
        "\u{7f}",
        "\u{85}",
        "\u{ad}",
        "\u{200b}",
        "\u{200e}",
        "\u{202e}",
        "\u{2066}",
        "\u{2028}",
        "\u{feff}",
        "\u{e0041}",
        "\u{ffff}",
        "\t",
    ] {
        for settings in [&one, &many] {
            judge(settings.clone(), &[(json!(format!("刘{character}记")), "illegible-character")]);
        }
    }
    judge(one.clone(), &[(json!("刘\n记"), "illegible-character")]);
    judge(many.clone(), &[(json!("刘\n记"), "ok")]);
    for blank in [" ", "\u{3000}", "\u{200b}", "\u{200d}\u{fe0f}", "\u{2800}", "\u{3164}"] {
        for settings in [&one, &many] {
            judge(settings.clone(), &[(json!(blank), "missing")]);
        }
    }
    // Scripts that join letters, rare variants of characters, and pictures stay.
    judge(one.clone(), &[(json!("می\u{200c}خواهم 葛\u{e0100} ☕\u{fe0f} 𰻝"), "ok")]);
    read(one, &[("\u{feff}刘\t记\n卤\u{202e}味", "刘 记 卤味"), ("\u{200b}", "")]);
    read(many, &[(" 一\r\n二\u{0} ", "一\n二")]);
}
