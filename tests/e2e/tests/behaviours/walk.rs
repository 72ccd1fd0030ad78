//! Every service can be finished with each of its examples, and the office receives what was given.

use anyhow::{Context, Result, ensure};
use e2e::examples::Example;
use e2e::pages::SignIn;
use e2e::walker::{Walker, differences};
use e2e::{Screen, World, examples, in_browser};

const PHONE: &str = "13800000001";

async fn walk(world: &World, example: &Example) -> Result<()> {
    SignIn::sign_in(world, PHONE).await?;
    let title = format!("{}-{}", example.service, example.name);
    let walker = Walker::new(world, &title, &example.answers)?;
    let reference = walker.finish(&example.service).await?;
    let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
    let differences = differences(&example.answers, case.get("answers").context("a case without answers")?);
    ensure!(differences.is_empty(), "the office received something else:\n{}", differences.join("\n"));
    Ok(())
}

fn walk_all(name: &str) -> Result<()> {
    let examples: Vec<_> = examples::all()?.into_iter().filter(|example| example.name == name).collect();
    ensure!(!examples.is_empty(), "no service has an example {name}");
    for example in examples {
        let title = format!("{}-{name}", example.service);
        in_browser(&title, Screen::Phone, |world| async move { walk(&world, &example).await })?;
    }
    Ok(())
}

#[test]
fn every_service_can_be_finished_with_the_fewest_answers() -> Result<()> {
    walk_all("minimal")
}

#[test]
fn every_service_can_be_finished_with_the_most_answers() -> Result<()> {
    walk_all("maximal")
}
