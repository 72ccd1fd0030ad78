//! Names survive as they are written: rare characters, dots, one character and fifty.

use anyhow::{Result, ensure};
use e2e::pages::{Guide, Step};
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};

const OWNER: &str = "13807360001";

async fn keep(world: &World, field: &str, name: &str) -> Result<()> {
    let draft = world.path().await?.split('/').nth(2).unwrap_or_default().to_owned();
    Step::paste_into(world, field, name).await?;
    Step::be_saved(world).await?;
    let draft = world.server.read_as(&world.cookies().await?, &format!("/api/drafts/{draft}")).await?;
    ensure!(draft["answers"][field] == name, "the server keeps {}", draft["answers"][field]);
    world.browser.refresh().await?;
    let control = world.see(&format!("[name=\"{field}\"]")).await?;
    let shown = control.value().await?.unwrap_or_default();
    ensure!(shown == name, "{name} came back as {shown}");
    Ok(())
}

#[test]
fn rare_characters_dots_and_long_names_survive() -> Result<()> {
    let example = examples::one("kitchen-sink", "minimal")?;
    in_browser("names", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let walker = Walker::new(&world, "names", &example.answers).without_looking();
        walker.begin_until("words").await?;
        let fifty = "阿".repeat(48) + "·" + "依";
        for name in ["丁", "王𬱖", "李㛃", "阿依努尔·卡迪尔", &fifty] {
            keep(&world, "name", name).await?;
        }
        // A child has a surname and a given name.
        walker.steps_until("birth").await?;
        for name in ["王𬱖", "李㛃", "阿依努尔·艾力"] {
            keep(&world, "baby-name", name).await?;
        }
        Step::paste_into(&world, "baby-name", "王国國").await?;
        world
            .until("document.body.innerText.includes('“國”')", "the character that is not in the table to be named")
            .await
    })
}
