//! What text and names may hold.

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

#[test]
fn a_person_name_is_chinese_characters_or_the_latin_letters_of_a_document() {
    let settings = json!({ "kind": "person-name" });
    judge(
        settings.clone(),
        &[
            (json!("刘建国"), "ok"),
            (json!("𬱖·阿依"), "ok"),
            (json!("𪚥𱁬"), "ok"),
            (json!("〇八"), "ok"),
            (json!("王"), "ok"),
            (json!("John Smith"), "ok"),
            (json!("O'NEILL-PÉREZ, María J."), "ok"),
            (json!("刘 Smith"), "not-han"),
            (json!("Smith2"), "not-han"),
            (json!("Smith  J"), "not-han"),
            (json!("'"), "not-han"),
            (json!("Sm\u{202e}ith"), "not-han"),
            (json!("刘1国"), "not-han"),
            (json!("·刘"), "not-han"),
            (json!("刘··国"), "not-han"),
            (json!("刘·"), "not-han"),
            (json!("刘\u{e863}"), "private-use-character"),
            (json!("刘".repeat(51)), "too-long"),
            (json!(true), "wrong-type"),
        ],
    );
    read(
        settings,
        &[
            ("阿卜杜•热合曼", "阿卜杜·热合曼"),
            ("阿卜杜．热合曼", "阿卜杜·热合曼"),
            (" 刘 建国 ", "刘建国"),
            (" O’Neill   Ｊ. ", "O'Neill J."),
        ],
    );
}
