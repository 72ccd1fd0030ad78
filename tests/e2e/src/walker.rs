//! Walks through any service with a set of example answers, as a person would: reads what is on the screen, answers it,
//! presses the main button. Knows kinds of fields, never a service.

mod answer;
mod compare;
mod elsewhere;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};

use crate::accessibility;
use crate::pages::{Guide, Place, Receipt, Review, Step};
use crate::world::World;

pub use compare::differences;

/// No form is longer; a walk that is goes in circles.
const STEPS_MAXIMUM: usize = 60;
/// The last screen calls itself a step too.
const REVIEW: &str = "review";
/// A step shows more questions as it is answered, but not for ever.
const LOOKS_MAXIMUM: usize = 40;

/// Titles, questions, reasons, choices and buttons that have Chinese characters in them.
const CHINESE: &str = "
const said = 'h1, h2, .page-title, .control-label, .control-help, .control-why, .control-error, .notice, .consent-body, summary, [data-main], .bottom-bar a';
return Array.from(document.querySelectorAll(said)).map((each) => each.innerText).filter((text) => /\\p{Script=Han}/u.test(text));";

/// Someone who fills in an application.
pub struct Walker<'a> {
    world: &'a World,
    answers: &'a Map<String, Value>,
    /// Whether pictures are taken and axe looks at each screen.
    looks: bool,
    /// Whether another screen of the same person has answered what is answered in words.
    elsewhere: bool,
    /// Whether what the app says must be English; answers, certificates and places stay as they are.
    english: bool,
    /// Begins the names of pictures.
    title: String,
}

impl<'a> Walker<'a> {
    pub fn new(world: &'a World, title: &str, answers: &'a Map<String, Value>) -> Self {
        Self { world, answers, looks: true, elsewhere: false, english: false, title: title.to_owned() }
    }

    /// Takes no pictures and asks axe nothing: for stories that other walks have looked at.
    pub fn without_looking(self) -> Self {
        Self { looks: false, ..self }
    }

    /// As [`Walker::without_looking`], and types no words: for stories that only need what was sent.
    pub fn typed_elsewhere(self) -> Self {
        Self { looks: false, elsewhere: true, ..self }
    }

    /// Reads every screen in English instead; types no words.
    pub fn in_english(self) -> Self {
        Self { looks: false, english: true, elsewhere: true, ..self }
    }

    /// From the guide to the receipt; returns the reference.
    pub async fn finish(&self, service: &str) -> Result<String> {
        Guide::open(self.world, service).await?;
        self.look("guide").await?;
        Guide::start(self.world).await?;
        if self.elsewhere {
            elsewhere::answer(self.world, self.answers, REVIEW).await?;
        }
        self.steps().await?;
        self.look("review").await?;
        Review::submit(self.world).await?;
        let reference = Receipt::reference(self.world).await?;
        self.look("receipt").await?;
        Ok(reference)
    }

    /// From the first step to another, which is left unanswered; what is answered in words before it was answered on
    /// another screen.
    pub async fn begin_until(&self, goal: &str) -> Result<()> {
        elsewhere::answer(self.world, self.answers, goal).await?;
        self.steps_until(goal).await
    }

    /// From the step on the screen to the review.
    pub async fn steps(&self) -> Result<()> {
        self.steps_until(REVIEW).await
    }

    /// From the guide to the way out of a gate; returns the gate.
    pub async fn leave_early(&self, service: &str) -> Result<String> {
        Guide::open(self.world, service).await?;
        Guide::start(self.world).await?;
        for _ in 0..STEPS_MAXIMUM {
            let step = Step::id(self.world).await?;
            ensure!(step != REVIEW, "no gate stopped these answers");
            self.answer_step().await.with_context(|| format!("step {step}"))?;
            Step::go_on(self.world).await.with_context(|| format!("step {step}"))?;
            let left = format!("document.querySelector('[data-exit], [data-step]:not([data-step=\"{step}\"])')");
            self.world.until(&left, "the next screen").await?;
            if let Some(exit) = self.world.all("[data-exit]").await?.pop() {
                return exit.attr("data-exit").await?.context("a way out without a name");
            }
        }
        anyhow::bail!("no way out after {STEPS_MAXIMUM} steps")
    }

    /// From the step on the screen to another, which is left unanswered.
    pub async fn steps_until(&self, goal: &str) -> Result<()> {
        for _ in 0..STEPS_MAXIMUM {
            let step = Step::id(self.world).await?;
            if step == goal {
                return Ok(());
            }
            ensure!(step != REVIEW, "the review came before {goal}");
            self.answer_step().await.with_context(|| format!("step {step}"))?;
            self.look(&step).await?;
            Step::go_on(self.world).await.with_context(|| format!("step {step}"))?;
            self.leave(&step).await?;
        }
        anyhow::bail!("no {goal} after {STEPS_MAXIMUM} steps")
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

    /// The next screen is there when it calls itself otherwise.
    async fn leave(&self, step: &str) -> Result<()> {
        let left = format!(
            "(document.querySelector('[data-step]') || {{ dataset: {{ step: '{step}' }} }}).dataset.step !== '{step}'"
        );
        self.world.until(&left, "the next screen").await
    }

    async fn look(&self, screen: &str) -> Result<()> {
        if self.english {
            self.world.picture(&format!("{}-{screen}", self.title)).await?;
            let found = self.world.browser.execute(CHINESE, Vec::new()).await?.convert::<Vec<String>>()?;
            ensure!(found.is_empty(), "{screen} is not all English: {found:?}");
        }
        if !self.looks {
            return Ok(());
        }
        accessibility::check_all_looks(self.world, &format!("{}-{screen}", self.title)).await?;
        let overflow = "return document.documentElement.scrollWidth > window.innerWidth + 1;";
        let wide = self.world.browser.execute(overflow, Vec::new()).await?.convert::<bool>()?;
        ensure!(!wide, "{screen} is wider than the phone");
        Ok(())
    }
}
