//! Every service can be finished with each of its examples, and the office receives what was given.

use anyhow::{Context, Result, ensure};
use contract::Answers;
use e2e::examples::Example;
use e2e::pages::SignIn;
use e2e::walker::{Walker, differences};
use e2e::{Screen, World, accessibility, examples, in_browser, photograph};
use serde_json::{Map, Value};

/// The demonstration's people have numbers that begin so.
const PEOPLE: &str = "1380736";
const OWNER: &str = "13807360001";
/// More than an officer can see on a screen.
const LONGEST_SIDE_STORED: u32 = 4096;

/// The phone of the person whose number the example contains.
fn phone_in(answers: &Map<String, Value>) -> &str {
    let numbers = answers.values().filter_map(Value::as_str);
    numbers.into_iter().find(|text| text.starts_with(PEOPLE)).unwrap_or(OWNER)
}

async fn walk(world: &World, example: &Example) -> Result<()> {
    SignIn::sign_in(world, phone_in(&example.answers)).await?;
    let title = format!("{}-{}", example.service, example.name);
    let walker = Walker::new(world, &title, &example.answers);
    let reference = walker.finish(&example.service).await?;
    let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
    let differences = differences(&example.answers, case.get("answers").context("a case without answers")?);
    ensure!(differences.is_empty(), "the office received something else:\n{}", differences.join("\n"));
    check_pictures(world, &case).await?;
    look_at_case(world, &title, &reference).await
}

/// The screens that there are only after something was sent.
async fn look_at_case(world: &World, title: &str, reference: &str) -> Result<()> {
    for (name, path) in [("case", format!("/cases/{reference}")), ("cases", "/cases".to_owned())] {
        world.open(&path).await?;
        world.see(".card").await?;
        accessibility::check_all_looks(world, &format!("{title}-{name}")).await?;
    }
    Ok(())
}

/// Upright, small enough to travel, and without the place where they were taken.
async fn check_pictures(world: &World, case: &Value) -> Result<()> {
    let answers = case.get("answers").cloned().unwrap_or_default();
    let answers: Answers = serde_json::from_value(answers)?;
    for file in answers.files() {
        let picture = world.server.bytes_as(&world.cookies().await?, &format!("/api/attachments/{file}")).await?;
        ensure!(!photograph::has_notes(&picture), "attachment {file} still carries notes of the camera");
        let (width, height) = photograph::size(&picture)?;
        ensure!(height > width, "attachment {file} lies on its side: {width} × {height}");
        ensure!(height <= LONGEST_SIDE_STORED, "attachment {file} is {height} pixels high");
    }
    Ok(())
}

/// From the guide to the receipt, reading everything in English.
async fn read_in_english(world: &World, example: &Example) -> Result<()> {
    world.open("/").await?;
    world.browser.execute("localStorage.setItem('language', 'en');", Vec::new()).await?;
    SignIn::sign_in(world, phone_in(&example.answers)).await?;
    let title = format!("{}-{}-en", example.service, example.name);
    Walker::new(world, &title, &example.answers).in_english().finish(&example.service).await?;
    Ok(())
}

#[test]
#[invariant::invariant("for-everyone")]
fn every_service_can_be_finished_in_english() -> Result<()> {
    let mut failures = Vec::new();
    for example in examples::all()? {
        let title = format!("{}-{}-en", example.service, example.name);
        let walked = in_browser(&title, Screen::Phone, async |world| read_in_english(&world, &example).await);
        failures.extend(walked.err().map(|error| format!("{title}: {error:?}")));
    }
    ensure!(failures.is_empty(), "{}", failures.join("\n\n"));
    Ok(())
}

fn walk_all(name: &str) -> Result<()> {
    let examples: Vec<_> = examples::all()?.into_iter().filter(|example| example.name == name).collect();
    ensure!(!examples.is_empty(), "no service has an example {name}");
    let mut failures = Vec::new();
    for example in examples {
        let title = format!("{}-{name}", example.service);
        let walked = in_browser(&title, Screen::Phone, async |world| walk(&world, &example).await);
        failures.extend(walked.err().map(|error| format!("{title}: {error:?}")));
    }
    ensure!(failures.is_empty(), "{}", failures.join("\n\n"));
    Ok(())
}

#[test]
#[invariant::invariant("clean-files")]
#[invariant::invariant("for-everyone")]
fn every_service_can_be_finished_with_the_fewest_answers() -> Result<()> {
    walk_all("minimal")
}

#[test]
#[invariant::invariant("clean-files")]
#[invariant::invariant("for-everyone")]
fn every_service_can_be_finished_with_the_most_answers() -> Result<()> {
    walk_all("maximal")
}
