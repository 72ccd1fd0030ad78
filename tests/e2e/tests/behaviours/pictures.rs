//! The pictures of a question: their order, which draft they belong to, and which one an open viewer shows.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use e2e::pages::{Drafts, Guide, MAIN_BUTTON, Pictures, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, examples, in_browser};
use serde_json::json;

const OWNER: &str = "13807360001";
/// A right number that no register knows, so that the licence is asked for as a photograph.
const UNKNOWN_COMPANY: &str = "92430702MA0000058R";
const PHOTOGRAPHS: &str = "[data-field=licence-photo]";

#[test]
fn a_new_order_is_kept_after_a_reload() -> Result<()> {
    in_browser("picture-order", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "order", &example.answers).without_looking().begin_until("sign-pictures").await?;
        let pictures = Pictures::first_of(&Step::fields(&world).await?)?;
        for count in 1..=2 {
            pictures.choose(&world, count).await?;
            pictures.be_safe(&world, count).await?;
        }
        let mut wanted = pictures.order(&world).await?;
        pictures.open(&world, wanted.last().context("no picture")?).await?;
        accessibility::check_all_looks(&world, "picture").await?;
        Pictures::move_forward(&world).await?;
        wanted.reverse();
        let moved = pictures.order(&world).await?;
        ensure!(moved == wanted, "wanted {wanted:?}, they stand as {moved:?}");
        Step::be_saved(&world).await?;
        world.browser.refresh().await?;
        pictures.be_safe(&world, 2).await?;
        let kept = pictures.order(&world).await?;
        ensure!(kept == wanted, "wanted {wanted:?}, after a reload they stand as {kept:?}");
        Ok(())
    })
}

/// Opens the step that asks for a photograph of the licence.
async fn open_licence_step(world: &World, draft: &str) -> Result<Pictures> {
    world.open(&format!("{draft}/documents")).await?;
    Step::type_into(world, "credit-code", UNKNOWN_COMPANY).await?;
    world.see(PHOTOGRAPHS).await?;
    Step::be_saved(world).await?;
    licence_photographs(world).await
}

async fn licence_photographs(world: &World) -> Result<Pictures> {
    let fields = Step::fields(world).await?;
    Ok(Pictures::of(fields.iter().find(|place| place.field == "licence-photo").context("no photograph is asked for")?))
}

/// The address of the draft whose step is on the screen.
async fn draft_path(world: &World) -> Result<String> {
    world.see("[data-step]").await?;
    let path = world.path().await?;
    Ok(path.rsplit_once('/').context("no step")?.0.to_owned())
}

#[test]
#[invariant::invariant("files-know-their-draft")]
fn a_photograph_on_its_way_belongs_to_one_of_two_drafts() -> Result<()> {
    in_browser("two-drafts", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let first = draft_path(&world).await?;
        Guide::open(&world, "kitchen-sink").await?;
        world.press(".bottom-bar button:not([data-main])").await?;
        let second = draft_path(&world).await?;
        Phone::be_ready_for_no_network(&world).await?;
        // Both are on this phone from now on.
        open_licence_step(&world, &second).await?;
        let pictures = open_licence_step(&world, &first).await?;
        world.server.stop();
        pictures.choose(&world, 1).await?;
        pictures.be_kept(&world, 1).await?;
        world.open(&format!("{second}/documents")).await?;
        world.see(PHOTOGRAPHS).await?;
        ensure!(world.all("[data-sending]").await?.is_empty(), "the second draft shows the first one's photograph");
        world.server.come_back().await?;
        pictures_arrive_in(&world, &first).await?;
        let id = second.rsplit('/').next().unwrap_or_default();
        let other = world.server.read_as(&world.cookies().await?, &format!("/api/drafts/{id}")).await?;
        let photographs = &other["answers"]["licence-photo"];
        ensure!(photographs.is_null(), "the second draft has the first one's photograph: {photographs}");
        Ok(())
    })
}

async fn pictures_arrive_in(world: &World, draft: &str) -> Result<()> {
    world.open(&format!("{draft}/documents")).await?;
    world.see(PHOTOGRAPHS).await?;
    licence_photographs(world).await?.be_safe(world, 1).await?;
    Step::be_saved(world).await
}

#[test]
#[invariant::invariant("files-know-their-draft")]
fn an_open_viewer_deletes_what_it_shows_and_nothing_else() -> Result<()> {
    in_browser("viewer-by-id", Screen::Phone, async |world| {
        Guide::begin(&world, OWNER, "kitchen-sink").await?;
        let draft = draft_path(&world).await?;
        let pictures = open_licence_step(&world, &draft).await?;
        for count in 1..=2 {
            pictures.choose(&world, count).await?;
            pictures.be_safe(&world, count).await?;
        }
        Step::be_saved(&world).await?;
        let order = pictures.order(&world).await?;
        let [_, shown] = order.as_slice() else { anyhow::bail!("not two photographs: {order:?}") };
        pictures.open(&world, shown).await?;
        // An unsaved change here meets another phone's saved one, which has deleted the first photograph.
        Phone::cut_the_network(&world).await?;
        let type_beneath =
            "const field = document.querySelector('[name=resident-id]'); field.value = '43070319900307002X';
            field.dispatchEvent(new Event('input', { bubbles: true }));";
        world.browser.execute(type_beneath, Vec::new()).await?;
        let cookies = world.cookies().await?;
        let id = draft.rsplit('/').next().unwrap_or_default();
        let saved = world.server.read_as(&cookies, &format!("/api/drafts/{id}")).await?;
        let second = saved.pointer("/answers/licence-photo/1").context("no second photograph")?;
        world.server.change_as(&cookies, id, &json!({ "licence-photo": [second] })).await?;
        Phone::bring_the_network_back(&world).await?;
        pictures.be_safe(&world, 1).await?;
        ensure!(pictures.order(&world).await? == [shown.clone()], "another photograph stayed");
        world.press("[role=dialog] [data-look=danger]").await?;
        pictures.be_safe(&world, 0).await?;
        // The page is alive.
        world.see(MAIN_BUTTON).await?;
        Step::be_saved(&world).await
    })
}

/// How many photographs lie on the disk of this phone.
async fn kept_on_the_phone(world: &World) -> Result<usize> {
    let count = "const [done] = arguments; const opening = indexedDB.open('yijianshi'); opening.onsuccess = () => {
        const counting = opening.result.transaction('blobs').objectStore('blobs').count();
        counting.onsuccess = () => { opening.result.close(); done(counting.result); };
    };";
    Ok(world.browser.execute_async(count, Vec::new()).await?.convert()?)
}

#[test]
fn a_deleted_draft_leaves_no_photograph_on_the_phone() -> Result<()> {
    in_browser("deleted-draft", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, "13807360001", "shop-sign").await?;
        Walker::new(&world, "deleted-draft", &example.answers).without_looking().begin_until("sign-pictures").await?;
        Step::be_saved(&world).await?;
        let pictures = Pictures::first_of(&Step::fields(&world).await?)?;
        Phone::be_ready_for_no_network(&world).await?;
        world.server.stop();
        pictures.choose(&world, 1).await?;
        pictures.be_kept(&world, 1).await?;
        // Where nobody opens the draft, the photograph waits for its answers, sent or not.
        world.open("/drafts").await?;
        world.see(Drafts::DELETE).await?;
        world.server.come_back().await?;
        ensure!(kept_on_the_phone(&world).await? == 1, "the photograph is not on the phone");
        world.press(Drafts::DELETE).await?;
        Drafts::be_asked(&world).await?;
        Drafts::delete(&world).await?;
        let begun = Instant::now();
        while kept_on_the_phone(&world).await? > 0 {
            ensure!(begun.elapsed() < Duration::from_secs(12), "the photograph of a deleted draft stays");
        }
        Ok(())
    })
}
