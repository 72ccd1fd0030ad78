//! Random answers and what the contract says to them, as one number. Two builds that agree on the number agree on ten
//! thousand journeys, checks and lists of documents a service. The native build looks at ten times as many for states
//! that nobody gets out of.

mod answers;

use answers::Chance;
use contract::load::Definition;
use contract::proof::{Example, Examples};
use contract::service::Item;
use contract::{Answers, Context, FieldError, Service};
use serde_json::{Map, Value, json};

include!(concat!(env!("OUT_DIR"), "/services.rs"));

/// Answer sets a service, in both builds and in the native one.
pub const COUNT: u32 = 10_000;
pub const MANY: u32 = 100_000;

/// The number of all services, or what is wrong with the data.
pub fn verdict() -> Result<String, String> {
    let mut hash = FNV_OFFSET;
    let mut judged = 0;
    for cases in services()? {
        let mut chance = Chance::new();
        for _ in 0..COUNT {
            let case = chance.one_of(&cases).ok_or("a service without examples")?;
            let other = chance.one_of(&cases).ok_or("a service without examples")?;
            let judgement = case.judge(chance.varied(&case.answers, &other.answers));
            hash = judgement.bytes().fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME));
            judged += 1;
        }
    }
    Ok(format!("{judged} answer sets, {hash:016x}"))
}

/// Looks for answers that neither leave through a gate, nor need something named, nor can be sent.
pub fn dead_ends() -> Result<String, String> {
    let mut judged = 0;
    for cases in services()? {
        let mut chance = Chance::new();
        for _ in 0..MANY {
            let case = chance.one_of(&cases).ok_or("a service without examples")?;
            let other = chance.one_of(&cases).ok_or("a service without examples")?;
            let answers = chance.varied(&case.answers, &other.answers);
            if let Some(why) = case.dead_end(answers.clone()) {
                return Err(format!("{}: {why} after {}", case.service.id, Value::Object(answers)));
            }
            judged += 1;
        }
    }
    Ok(format!("{judged} answer sets, no dead end"))
}

/// The examples and branches of each service.
pub fn services() -> Result<Vec<Vec<Case>>, String> {
    let read = |(definition, minimal, maximal, branches): &(&str, &str, &str, Option<&str>)| {
        let definition = Definition::parse(definition)?;
        let examples = Examples::read(minimal, maximal, *branches)?;
        let branches = examples.branches.0.into_iter().map(|branch| branch.example);
        [examples.minimal, examples.maximal].into_iter().chain(branches).map(|one| Case::of(&definition, one)).collect()
    };
    SERVICES.iter().map(read).collect()
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// An example with the service as it holds in its division.
pub struct Case {
    pub service: Service,
    context: Context,
    pub answers: Map<String, Value>,
}

impl Case {
    fn of(definition: &Definition, example: Example) -> Result<Self, String> {
        let service = definition.service(&example.division)?;
        Ok(Self { service, context: example.context(), answers: example.answers.0 })
    }

    /// Why nobody gets on from these answers, if it is so.
    fn dead_end(&self, answers: Map<String, Value>) -> Option<String> {
        let journey = self.service.journey(&Answers(answers), &self.context);
        let is_held_up = self.service.check(&journey).iter().any(FieldError::blocks);
        if journey.exit.is_some() || is_held_up {
            return None;
        }
        let scope = journey.scope(&self.service);
        let missing = self.service.asked_materials(&journey).into_iter().find(|asked| !asked.given);
        let holds = |item: &&Item| item.show_when.as_ref().is_none_or(|when| when.holds(&scope));
        let items: Vec<&Item> = self.service.items.iter().filter(holds).collect();
        let deliveries = &self.service.deliveries;
        let wrong_ways = |item: &Item| {
            let electronic = item.issues.as_ref().and_then(|issue| issue.electronic.as_ref());
            let is_electronic = electronic.is_some_and(|when| when.holds(&scope));
            let ways = deliveries.iter().filter(|one| one.covers(item) && one.when.holds(&scope)).count();
            (ways > 1 || ways == 0 && !is_electronic).then(|| format!("{ways} deliveries of {}", item.id))
        };
        match missing {
            Some(asked) => Some(format!("{} is missing and nothing asks for it", asked.material.id)),
            None if items.is_empty() => Some("it applies for nothing".to_owned()),
            None if deliveries.is_empty() => None,
            None => items.into_iter().filter(|item| item.after_check.is_none()).find_map(wrong_ways),
        }
    }

    /// Everything that a phone and the server derive from answers.
    pub fn judge(&self, answers: Map<String, Value>) -> String {
        let journey = self.service.journey(&Answers(answers), &self.context);
        let steps: Vec<_> = journey.steps.iter().map(|step| &step.step.id).collect();
        let exit = journey.exit.map(|gate| &gate.id);
        let errors = self.service.check(&journey);
        let materials = self.service.asked_materials(&journey);
        let materials: Vec<_> = materials.iter().map(|asked| (&asked.material.id, asked.mode, asked.given)).collect();
        json!([steps, exit, errors, materials, journey.answers]).to_string()
    }
}
