//! The phone keeps nothing: storage is blocked, does not answer, is full, or is taken away. Everything goes on from
//! memory and server, and the screen says so.

use anyhow::{Result, ensure};
use e2e::fault_proxy::{Fault, FaultProxy};
use e2e::pages::{Guide, Pictures, Receipt, Review, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, accessibility, environment, examples, in_browser};

const OWNER: &str = "13807360001";
const IS_ON_THE_DISK: &str = "document.querySelector('.top-bar-note').textContent.includes('已存在本机')";

/// As a browser answers that forbids it.
const BLOCKED: &str = "IDBFactory.prototype.open = () => { throw new DOMException('blocked', 'SecurityError'); };";
/// As some webviews do after they were asleep.
const HANGING: &str = "IDBFactory.prototype.open = () => ({});";

/// The program that keeps people's data, wherever it runs.
const PROGRAM: &str = "start-local-data";

/// Types, photographs and sends where pages and workers begin with this script.
async fn everything_works_after(world: &World, script: &'static str, name: &str) -> Result<()> {
    let program = environment::app_file(PROGRAM)?;
    let proxy = FaultProxy::before(world.server.port(), program, Fault::Script(script)).await?;
    Phone::begin_every_page_with(world, script).await?;
    everything_works(&world.through(&proxy), name).await
}

/// Types, photographs and sends, from the guide to the receipt.
async fn everything_works(world: &World, name: &str) -> Result<()> {
    let example = examples::one("shop-sign", "minimal")?;
    Guide::begin(world, OWNER, "shop-sign").await?;
    says_so(world, "存不了东西").await?;
    let walker = Walker::new(world, name, &example.answers).without_looking();
    walker.steps_until("contact").await?;
    Step::be_saved(world).await?;
    accessibility::check_all_looks(world, name).await?;
    walker.steps().await?;
    says_so(world, "存不了东西").await?;
    Review::submit(world).await?;
    Receipt::reference(world).await?;
    world.browser.execute("localStorage.language = 'en';", Vec::new()).await?;
    world.open("/drafts").await?;
    says_so(world, "Nothing can be kept on this phone").await
}

async fn says_so(world: &World, words: &str) -> Result<()> {
    let said = format!("(document.querySelector('#unkept') || {{ textContent: '' }}).textContent.includes('{words}')");
    world.until(&said, "the line that says that nothing is kept").await
}

#[test]
#[invariant::invariant("kept-or-told")]
fn where_storage_is_blocked_everything_works_and_the_screen_says_so() -> Result<()> {
    in_browser("storage-blocked", Screen::Phone, async |world| {
        everything_works_after(&world, BLOCKED, "storage-blocked").await
    })
}

#[test]
#[invariant::invariant("kept-or-told")]
fn where_storage_never_answers_everything_works_and_the_screen_says_so() -> Result<()> {
    in_browser("storage-hanging", Screen::Phone, async |world| {
        everything_works_after(&world, HANGING, "storage-hanging").await
    })
}

/// As on pages without https.
const WITHOUT_KEYS: &str = "Object.defineProperty(crypto, 'subtle', { value: undefined });";

#[test]
#[invariant::invariant("kept-or-told")]
fn where_nothing_can_be_sealed_nothing_is_kept_and_the_screen_says_so() -> Result<()> {
    in_browser("no-keys", Screen::Phone, async |world| everything_works_after(&world, WITHOUT_KEYS, "no-keys").await)
}

#[test]
#[invariant::invariant("kept-or-told")]
fn on_a_full_disk_everything_works_and_the_screen_says_so() -> Result<()> {
    in_browser("storage-full", Screen::Phone, async |world| {
        Phone::leave_space_for(&world, 2_000).await?;
        everything_works(&world, "storage-full").await
    })
}

/// Goes to the pictures, everything saved.
async fn go_to_the_pictures(world: &World, name: &str) -> Result<Pictures> {
    let example = examples::one("shop-sign", "minimal")?;
    Guide::begin(world, OWNER, "shop-sign").await?;
    Walker::new(world, name, &example.answers).without_looking().begin_until("sign-pictures").await?;
    Step::be_saved(world).await?;
    Pictures::first_of(&Step::fields(world).await?)
}

#[test]
#[invariant::invariant("kept-or-told")]
fn a_photograph_for_which_there_is_no_space_arrives_all_the_same() -> Result<()> {
    in_browser("no-space", Screen::Phone, async |world| {
        // Room for words, however often they were saved, and not for a picture; the app's own files take none of it.
        Phone::begin_every_page_with(&world, NO_WORKERS).await?;
        Phone::leave_space_for(&world, 2_000_000).await?;
        let pictures = go_to_the_pictures(&world, "no-space").await?;
        // On a slow phone the database may open late; then it was said, and taken back.
        world.until("!document.querySelector('#unkept')", "the phone to keep what was typed").await?;
        pictures.choose(&world, 1).await?;
        says_so(&world, "存不了东西").await?;
        pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await?;
        world.picture("no-space").await
    })
}

#[test]
#[invariant::invariant("kept-or-told")]
fn a_database_that_the_system_takes_away_is_opened_again() -> Result<()> {
    in_browser("database-closed", Screen::Phone, async |world| {
        let pictures = go_to_the_pictures(&world, "database-closed").await?;
        world.server.stop();
        pictures.choose(&world, 1).await?;
        pictures.be_kept(&world, 1).await?;
        Phone::lose_the_database(&world).await?;
        pictures.choose(&world, 2).await?;
        pictures.be_kept(&world, 2).await?;
        world.browser.execute("indexedDB.deleteDatabase('yijianshi');", Vec::new()).await?;
        pictures.choose(&world, 3).await?;
        pictures.be_kept(&world, 3).await?;
        world.server.come_back().await?;
        pictures.be_safe(&world, 3).await?;
        Step::be_saved(&world).await?;
        ensure!(world.all("#unkept").await?.is_empty(), "it could be kept all the time");
        Ok(())
    })
}

#[test]
#[invariant::invariant("kept-or-told")]
fn what_is_typed_after_the_system_took_the_database_away_is_kept() -> Result<()> {
    in_browser("database-lost", Screen::Phone, async |world| {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "database-lost", &example.answers).without_looking().begin_until("contact").await?;
        Step::be_saved(&world).await?;
        world.server.stop();
        Step::type_into(&world, "contact-name", "王先").await?;
        world.until(IS_ON_THE_DISK, "the phone to keep it").await?;
        Phone::lose_the_database(&world).await?;
        Step::type_into(&world, "contact-name", "王后").await?;
        world.until(IS_ON_THE_DISK, "the phone to keep it again").await?;
        world.server.come_back().await?;
        Step::be_saved(&world).await
    })
}

/// A worker that has lost all its copies once it is there.
const WORKER_WITHOUT_COPIES: &str = "
const lose = () => { caches.open = caches.match = () => Promise.reject(new DOMException('lost', 'UnknownError')); };
if (registration.active) lose();
addEventListener('activate', lose);";

#[test]
#[invariant::invariant("kept-or-told")]
fn a_worker_that_has_lost_its_copies_does_not_stop_the_app() -> Result<()> {
    in_browser("copies-lost", Screen::Phone, async |world| {
        let proxy = FaultProxy::before(world.server.port(), "/worker.js", Fault::Script(WORKER_WITHOUT_COPIES)).await?;
        for visit in 0..2 {
            world.browser.goto(proxy.url("/")).await?;
            world.see("a[href='/services/shop-sign']").await?;
            if visit == 0 {
                Phone::be_ready_for_no_network(&world).await?;
            }
        }
        Ok(())
    })
}

#[test]
#[invariant::invariant("kept-or-told")]
fn a_server_in_trouble_does_not_take_away_what_was_read_before() -> Result<()> {
    in_browser("server-in-trouble", Screen::Phone, async |world| {
        let proxy = FaultProxy::before(world.server.port(), "/api/services", Fault::Nothing).await?;
        let home = proxy.url("/");
        world.browser.goto(&home).await?;
        Phone::be_ready_for_no_network(&world).await?;
        world.browser.goto(&home).await?;
        world.see("a[href='/services/shop-sign']").await?;
        proxy.inject(Fault::Status(503));
        world.browser.goto(&home).await?;
        world.see("a[href='/services/shop-sign']").await?;
        Ok(())
    })
}

/// As in a webview whose workers cannot draw.
const CANNOT_DRAW_IN_WORKERS: &str = "delete window.OffscreenCanvas;";

#[test]
#[invariant::invariant("kept-or-told")]
fn where_workers_cannot_draw_the_page_keeps_and_sends_photographs() -> Result<()> {
    in_browser("no-drawing", Screen::Phone, async |world| {
        Phone::begin_every_page_with(&world, CANNOT_DRAW_IN_WORKERS).await?;
        let pictures = go_to_the_pictures(&world, "no-drawing").await?;
        world.server.stop();
        pictures.choose(&world, 1).await?;
        pictures.be_kept(&world, 1).await?;
        ensure!(world.all("script[src*='start-local-data']").await?.len() == 1, "the program does not run in the page");
        world.server.come_back().await?;
        pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await
    })
}

/// Browsers without cookies forbid even to look.
const NO_WORKERS: &str = "Object.defineProperty(navigator, 'serviceWorker', { get() { throw new DOMException('blocked', 'SecurityError'); } });";

#[test]
#[invariant::invariant("kept-or-told")]
fn where_no_worker_is_allowed_the_app_works() -> Result<()> {
    in_browser("no-worker", Screen::Phone, async |world| {
        Phone::begin_every_page_with(&world, NO_WORKERS).await?;
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(&world, OWNER, "shop-sign").await?;
        Walker::new(&world, "no-worker", &example.answers).without_looking().steps_until("contact").await?;
        Step::be_saved(&world).await
    })
}
