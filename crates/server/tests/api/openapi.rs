//! The API's description, guarded by a snapshot: `UPDATE_EXPECT=1 cargo test -p server openapi` writes it anew.

use expect_test::expect_file;
use serde_json::Value;

use crate::world::World;

#[tokio::test]
#[invariant::invariant("described-api")]
async fn the_description_changes_only_on_purpose() {
    let world = World::new().await;
    let document = world.get("/api/openapi.json").await.expect(200).json();
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    expect_file!["../../openapi.json"].assert_eq(&text);
}

#[tokio::test]
async fn the_description_tells_two_words_of_one_name_apart_and_what_a_refusal_is() {
    let document = World::new().await.get("/api/openapi.json").await.expect(200).json();
    let schema = |value: &Value| match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap().clone(),
        None => value.clone(),
    };
    let words = |shape: &str, field: &str| {
        schema(&document["components"]["schemas"][shape]["properties"][field])["enum"].to_string()
    };
    for (shape, field, word) in [
        ("Decision", "action", "return"),
        ("EventView", "by", "applicant"),
        ("GrievanceStep", "action", "hand-over"),
        ("GrievanceEventView", "by", "grievance-desk"),
    ] {
        assert!(words(shape, field).contains(&format!("\"{word}\"")), "{shape}.{field}: {}", words(shape, field));
    }
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap().iter().filter(|(_, one)| one.is_object()) {
            for (status, response) in operation["responses"].as_object().unwrap() {
                if status.starts_with(['4', '5']) {
                    let types: Vec<_> = response["content"].as_object().unwrap().keys().collect();
                    assert_eq!(types, ["application/problem+json"], "{method} {path} {status}");
                }
            }
        }
    }
}
