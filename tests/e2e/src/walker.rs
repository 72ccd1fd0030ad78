//! Walks through any service with a set of example answers, as a person would: reads what is on the screen, answers it,
//! presses the main button. Knows kinds of fields, never a service.

mod answer;
mod compare;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};

use crate::accessibility;
use crate::pages::{Guide, Place, Receipt, Review, Step};
use crate::world::World;

pub use compare::differences;

/// No form is longer; a walk that is goes in circles.
const STEPS_MAXIMUM: usize = 60;
/// A step shows more questions as it is answered, but not for ever.
const LOOKS_MAXIMUM: usize = 40;

/// Someone who fills in an application.
pub struct Walker<'a> {
    world: &'a World,
    answers: &'a Map<String, Value>,
    /// Whether axe looks at each screen.
    checks_access: bool,
    /// Begins the names of pictures.
    title: String,
}

impl<'a> Walker<'a> {
    pub fn new(world: &'a World, title: &str, answers: &'a Map<String, Value>) -> Self {
        Self { world, answers, checks_access: true, title: title.to_owned() }
    }

    /// From the guide to the receipt; returns the reference.
    pub async fn finish(&self, service: &str) -> Result<String> {
        Guide::open(self.world, service).await?;
        self.look("guide").await?;
        Guide::start(self.world).await?;
        self.steps().await?;
        self.look("review").await?;
        Review::submit(self.world).await?;
        let reference = Receipt::reference(self.world).await?;
        self.look("receipt").await?;
        Ok(reference)
    }

    /// From the step on the screen to the review.
    pub async fn steps(&self) -> Result<()> {
        for _ in 0..STEPS_MAXIMUM {
            if Review::is_here(self.world).await? {
                return Ok(());
            }
            let step = Step::id(self.world).await?;
            self.answer_step().await.with_context(|| format!("step {step}"))?;
            self.look(&step).await?;
            Step::go_on(self.world).await.with_context(|| format!("step {step}"))?;
            self.leave(&step).await?;
        }
        anyhow::bail!("no review after {STEPS_MAXIMUM} steps")
    }

    /// Answers everything that is asked on this step, also what appears while one answers.
    pub async fn answer_step(&self) -> Result<()> {
        let mut answered: Vec<Place> = Vec::new();
        for _ in 0..LOOKS_MAXIMUM {
            let fields = Step::fields(self.world).await?;
            let Some(next) = fields.into_iter().find(|place| !answered.contains(place)) else { return Ok(()) };
            if let Some(answer) = self.answer_of(&next) {
                answer::give(self.world, &next, answer)
                    .await
                    .with_context(|| format!("field {} ({})", next.control(), next.kind))?;
            }
            answered.push(next);
        }
        anyhow::bail!("this step goes on asking")
    }

    /// The answer of the example; `None` where a person leaves the field as it is.
    fn answer_of(&self, place: &Place) -> Option<&Value> {
        match (place.field.split_once('.'), place.row) {
            (Some((group, inner)), Some(row)) => self.answers.get(group)?.get(row)?.get(inner),
            _ => self.answers.get(&place.field),
        }
    }

    /// The next screen is there when the step is another one or the review is reached.
    async fn leave(&self, step: &str) -> Result<()> {
        let left = format!(
            "location.pathname.endsWith('/review') || (document.querySelector('[data-step]') && document.querySelector('[data-step]').dataset.step !== '{step}')"
        );
        self.world.until(&left, "the next screen").await
    }

    async fn look(&self, screen: &str) -> Result<()> {
        self.world.picture(&format!("{}-{screen}", self.title)).await?;
        if self.checks_access {
            accessibility::check_all_looks(self.world, screen).await?;
        }
        let overflow = "document.documentElement.scrollWidth > window.innerWidth + 1";
        let wide = self.world.browser.execute(format!("return {overflow};"), Vec::new()).await?.convert::<bool>()?;
        ensure!(!wide, "{screen} is wider than the phone");
        Ok(())
    }
}
