//! The API's description, guarded by a snapshot: `UPDATE_EXPECT=1 cargo test -p server openapi` writes it anew.

use expect_test::expect_file;

use crate::world::World;

#[tokio::test]
#[invariant::invariant("described-api")]
async fn the_description_changes_only_on_purpose() {
    let world = World::new().await;
    let document = world.get("/api/openapi.json").await.expect(200).json();
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    expect_file!["../../openapi.json"].assert_eq(&text);
}
