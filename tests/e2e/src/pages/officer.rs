//! The officers' side: signing in, the queue, one task and its steps.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use thirtyfour::prelude::*;

use crate::world::World;

/// Longer than a code lasts.
const NEXT_CODE: std::time::Duration = std::time::Duration::from_secs(40);

/// The officers' pages.
pub struct Officer;

impl Officer {
    /// Opens the page and signs in as one of the demonstration's officers.
    pub async fn sign_in(world: &World, agency: &str, division: &str) -> Result<()> {
        world.open("/agency").await?;
        Self::fill_in(world, &Self::on_demonstration(world, agency, division).await?).await?;
        world.see("[data-officer]").await?;
        Ok(())
    }

    /// Signs in above what lies open. A code opens one session only, so the next one is waited for.
    pub async fn fill_in_again(world: &World, agency: &str, division: &str) -> Result<()> {
        let used = Self::on_demonstration(world, agency, division).await?;
        let begun = std::time::Instant::now();
        loop {
            let officer = Self::on_demonstration(world, agency, division).await?;
            if officer["code"] != used["code"] {
                return Self::fill_in(world, &officer).await;
            }
            ensure!(begun.elapsed() < NEXT_CODE, "no new code came");
            tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        }
    }

    async fn on_demonstration(world: &World, agency: &str, division: &str) -> Result<Value> {
        let officers = world.server.read("/demo/officers").await?;
        let is_it = |one: &&Value| one["agency"] == agency && one["division"] == division;
        officers.as_array().and_then(|all| all.iter().find(is_it)).context("no such officer").cloned()
    }

    async fn fill_in(world: &World, officer: &Value) -> Result<()> {
        for name in ["name", "password", "code"] {
            let typed = officer[name].as_str().context("an officer without a name, password or code")?;
            world.see(&format!("input[name={name}]")).await?.send_keys(typed).await?;
        }
        world.see("input[name=code]").await?.send_keys(Key::Enter + "").await?;
        Ok(())
    }

    /// Gives a task back without this page hearing of it.
    pub async fn release_elsewhere(world: &World, reference: &str, item: &str) -> Result<()> {
        let release = "const [task, done] = arguments;
            fetch(task).then((found) => fetch(task + '/release', { method: 'POST', headers: { 'If-Match': found.headers.get('etag') } }))
              .then((answer) => done(answer.status));";
        let task = Value::from(format!("/api/agency/tasks/{reference}/{item}"));
        let status = world.browser.execute_async(release, vec![task]).await?.convert::<u16>()?;
        ensure!(status == 200, "releasing answered {status}");
        Ok(())
    }

    /// Claims a task from its line in the queue.
    pub async fn claim(world: &World, reference: &str) -> Result<()> {
        world.press(&format!("[data-task=\"{reference}\"] [data-claim]")).await?;
        world.see(&format!("[data-task=\"{reference}\"] [data-mine]")).await?;
        Ok(())
    }

    /// Opens the task whose line has the focus, by keyboard.
    pub async fn open_focused(world: &World, reference: &str) -> Result<()> {
        let focused = format!("document.activeElement.textContent === '{reference}'");
        world.until(&focused, "the focus on the line").await?;
        world.browser.active_element().await?.send_keys(Key::Enter + "").await?;
        world.see(&format!(".task[data-task=\"{reference}\"]")).await?;
        Ok(())
    }

    /// Claims a task of the queue and takes it as far as its review.
    pub async fn review(world: &World, reference: &str) -> Result<()> {
        Self::claim(world, reference).await?;
        Self::open_focused(world, reference).await?;
        Self::take(world, "accept", "accepted").await?;
        Self::take(world, "review", "in-review").await
    }

    /// Takes a step that needs no words.
    pub async fn take(world: &World, action: &str, status: &str) -> Result<()> {
        world.press(&format!("[data-action={action}]")).await?;
        Self::be_in(world, status).await
    }

    /// Opens the panel of a step.
    pub async fn begin(world: &World, action: &str) -> Result<()> {
        world.press(&format!("[data-action={action}]")).await?;
        world.see(&format!("[data-decision={action}]")).await?;
        Ok(())
    }

    /// Confirms what the panel shows.
    pub async fn confirm(world: &World, status: &str) -> Result<()> {
        world.press("[data-confirm]").await?;
        Self::be_in(world, status).await
    }

    /// Waits until the task stands there.
    pub async fn be_in(world: &World, status: &str) -> Result<()> {
        let is_there = format!("document.querySelector('.task-state [data-status={status}]')");
        world.until(&is_there, &format!("the task to be {status}")).await
    }

    /// Marks an answer for correction, with the first ready-made words.
    pub async fn mark(world: &World, place: &str) -> Result<()> {
        let fact = format!("[data-fact=\"{place}\"]");
        world.press(&format!("{fact} [data-mark]")).await?;
        world.press(&format!("{fact} .ready")).await?;
        Ok(())
    }

    /// The text that the panel says the applicant will read.
    pub async fn preview(world: &World) -> Result<String> {
        Ok(world.see(".decision-preview").await?.text().await?)
    }

    /// Opens the first picture of an answer and lays its partner beside it.
    pub async fn look_at_pictures(world: &World, place: &str) -> Result<()> {
        world.press(&format!("[data-fact=\"{place}\"] .thumbnail")).await?;
        world.see("[data-pane=right]").await?;
        let loaded =
            "[...document.querySelectorAll('.viewer img')].every((each) => each.complete && each.naturalWidth > 0)";
        world.until(loaded, "both pictures").await?;
        world.until("document.activeElement.matches('.viewer')", "the focus on the pictures").await?;
        world.browser.active_element().await?.send_keys("++").await?;
        world.until("document.querySelector('.viewer-panes').dataset.zoom === '200'", "a larger picture").await
    }

    /// Leaves the pictures by keyboard.
    pub async fn leave_pictures(world: &World) -> Result<()> {
        world.browser.active_element().await?.send_keys(Key::Escape + "").await?;
        world.until("!document.querySelector('.viewer')", "the pictures to close").await
    }

    /// The status of a task in the applicant's own view.
    pub async fn status_for_the_applicant(world: &World, reference: &str) -> Result<String> {
        let case = world.server.read_as(&world.cookies().await?, &format!("/api/cases/{reference}")).await?;
        let status = case["tasks"][0]["status"].as_str().map(str::to_owned);
        ensure!(status.is_some(), "a case without tasks: {case}");
        status.context("no state")
    }
}
