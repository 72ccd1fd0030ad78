//! One person, two windows of one browser: a photograph is sent once, by whichever window is there.

use anyhow::{Context, Result, ensure};
use e2e::fault_proxy::{Fault, FaultProxy};
use e2e::pages::{Guide, Pictures, Step};
use e2e::phone::Phone;
use e2e::walker::Walker;
use e2e::{Screen, World, examples, in_browser};
use serde_json::Value;
use thirtyfour::WindowHandle;

/// Bytes a second. A photograph, which is made small to some 150 KB, then takes some six seconds.
const SLOW: u32 = 25_000;
/// And now longer than it takes to open another window and to close this one.
const VERY_SLOW: u32 = 8_000;

/// Two windows on the pictures of one draft.
struct Windows {
    pictures: Pictures,
    first: WindowHandle,
    second: WindowHandle,
    path: String,
    /// Uploads that the log of earlier runs speaks of.
    created_before: usize,
}

impl Windows {
    /// Opens the first, and leaves the second empty. The first is in front.
    async fn open(world: &World, name: &str) -> Result<Self> {
        let example = examples::one("shop-sign", "minimal")?;
        Guide::begin(world, "13807360001", "shop-sign").await?;
        Walker::new(world, name, &example.answers).without_looking().begin_until("sign-pictures").await?;
        Step::be_saved(world).await?;
        let pictures = Pictures::first_of(&Step::fields(world).await?)?;
        let (first, path) = (world.browser.window().await?, world.path().await?);
        let second = world.browser.new_tab().await?;
        world.browser.switch_to_window(first.clone()).await?;
        let created_before = uploads_created(world)?;
        Ok(Self { pictures, first, second, path, created_before })
    }

    /// Brings the second to the front, on the same step.
    async fn to_second(&self, world: &World) -> Result<()> {
        world.browser.switch_to_window(self.second.clone()).await?;
        world.open(&self.path).await?;
        world.see("[data-step]").await?;
        Ok(())
    }

    /// The first sends a photograph as slowly as this, and both show how far it is. The second is in front, and what
    /// begins to be sent from now on is sent fast.
    async fn both_watch_one(&self, world: &World, line: &FaultProxy, speed: u32) -> Result<()> {
        line.inject(Fault::Slow(speed));
        self.pictures.choose(world, 1).await?;
        self.pictures.be_part_way(world).await?;
        self.to_second(world).await?;
        self.pictures.be_part_way(world).await?;
        line.inject(Fault::Nothing);
        Ok(())
    }

    /// Every photograph went to the server once, and stands in the draft once.
    async fn were_sent_once(&self, world: &World, count: usize) -> Result<()> {
        let draft = self.path.split('/').nth(2).context("no draft")?;
        let draft = world.server.read_as(&world.cookies().await?, &format!("/api/drafts/{draft}")).await?;
        let files =
            draft.pointer("/answers/sign/0/before-photos").and_then(Value::as_array).context("no photographs")?;
        ensure!(files.len() == count, "not {count} photographs: {files:?}");
        let created = uploads_created(world)? - self.created_before;
        ensure!(created == count, "{created} uploads of {count} photographs");
        Ok(())
    }
}

fn uploads_created(world: &World) -> Result<usize> {
    world.server.times_asked("POST", "/api/uploads")
}

#[test]
#[invariant::invariant("sent-once")]
fn a_photograph_that_one_window_sends_is_watched_by_the_other() -> Result<()> {
    in_browser("two-windows", Screen::Phone, async |world| {
        let line = FaultProxy::before(world.server.port(), "", Fault::Nothing).await?;
        let world = world.through(&line);
        let windows = Windows::open(&world, "two-windows").await?;
        windows.both_watch_one(&world, &line, SLOW).await?;
        windows.pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await?;
        world.browser.switch_to_window(windows.first.clone()).await?;
        windows.pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await?;
        windows.were_sent_once(&world, 1).await
    })
}

#[test]
#[invariant::invariant("sent-once")]
fn a_window_goes_on_with_what_a_closed_one_was_sending() -> Result<()> {
    in_browser("closed-window", Screen::Phone, async |world| {
        let line = FaultProxy::before(world.server.port(), "", Fault::Nothing).await?;
        let world = world.through(&line);
        let windows = Windows::open(&world, "closed-window").await?;
        windows.both_watch_one(&world, &line, VERY_SLOW).await?;
        world.browser.switch_to_window(windows.first.clone()).await?;
        world.browser.close_window().await?;
        world.browser.switch_to_window(windows.second.clone()).await?;
        windows.pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await?;
        windows.were_sent_once(&world, 1).await
    })
}

#[test]
#[invariant::invariant("sent-once")]
fn a_window_goes_on_with_what_a_killed_one_was_sending() -> Result<()> {
    in_browser("killed-window", Screen::Phone, async |world| {
        let line = FaultProxy::before(world.server.port(), "", Fault::Nothing).await?;
        let world = world.through(&line);
        let windows = Windows::open(&world, "killed-window").await?;
        windows.both_watch_one(&world, &line, VERY_SLOW).await?;
        world.browser.switch_to_window(windows.first.clone()).await?;
        Phone::kill_the_page(&world).await?;
        windows.pictures.be_safe(&world, 1).await?;
        Step::be_saved(&world).await?;
        windows.were_sent_once(&world, 1).await
    })
}

#[test]
#[invariant::invariant("sent-once")]
fn photographs_that_waited_in_two_windows_for_a_network_are_sent_once() -> Result<()> {
    in_browser("waiting-windows", Screen::Phone, async |world| {
        let windows = Windows::open(&world, "waiting-windows").await?;
        windows.to_second(&world).await?;
        world.browser.switch_to_window(windows.first.clone()).await?;
        world.server.stop();
        for number in 1..=3 {
            windows.pictures.choose(&world, number).await?;
        }
        windows.pictures.be_kept(&world, 3).await?;
        world.browser.switch_to_window(windows.second.clone()).await?;
        windows.pictures.be_sending(&world, 3).await?;
        world.server.come_back().await?;
        windows.pictures.be_safe(&world, 3).await?;
        Step::be_saved(&world).await?;
        world.browser.switch_to_window(windows.first.clone()).await?;
        windows.pictures.be_safe(&world, 3).await?;
        Step::be_saved(&world).await?;
        windows.were_sent_once(&world, 3).await
    })
}
