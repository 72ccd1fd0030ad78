//! The second child of a family: what is shared is there, and both applications know of each other.

use anyhow::{Context, Result, ensure};
use e2e::examples::{self, Branch};
use e2e::pages::{Receipt, Review, SignIn};
use e2e::walker::{Walker, differences};
use e2e::{Screen, World, in_browser};

fn branch(id: &str) -> Result<Branch> {
    let found = examples::branches("newborn")?.into_iter().find(|branch| branch.id == id);
    found.with_context(|| format!("no branch {id}"))
}

fn read(walker: Walker<'_>, english: bool) -> Walker<'_> {
    if english { walker.in_english() } else { walker.typed_elsewhere() }
}

/// The elder, then the younger from the elder's receipt.
async fn both(world: &World, english: bool) -> Result<()> {
    let (elder, younger) = (branch("twins")?, branch("twins-second")?);
    SignIn::sign_in_as(world, elder.applicant.as_deref().context("nobody applies")?).await?;
    let first = read(Walker::new(world, "newborn-twins", &elder.answers), english).finish("newborn").await?;
    world.picture(if english { "newborn-twins-receipt-en" } else { "newborn-twins-receipt" }).await?;
    world.press("[data-begins]").await?;
    world.see("[data-step]").await?;
    read(Walker::new(world, "newborn-twins-second", &younger.answers), english).begin_until("review").await?;
    Review::submit(world).await?;
    let second = Receipt::reference(world).await?;
    ensure!(world.text().await?.contains(&first), "the second does not know of the first");
    let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{second}")).await?;
    let differences = differences(&younger.answers, &case["answers"]);
    ensure!(differences.is_empty(), "the office received something else:\n{}", differences.join("\n"));
    ensure!(case["siblings"] == serde_json::json!([first]), "not of one family: {}", case["siblings"]);
    Ok(())
}

#[test]
fn twins_are_two_applications_of_one_family() -> Result<()> {
    in_browser("twins", Screen::Phone, async |world| both(&world, false).await)
}

#[test]
fn twins_are_applied_for_in_english() -> Result<()> {
    in_browser("twins-en", Screen::Phone, async |world| {
        world.open("/").await?;
        world.browser.execute("localStorage.setItem('language', 'en');", Vec::new()).await?;
        both(&world, true).await
    })
}
