//! Random answers and what the contract says to them, as one number. Two builds that agree on the number agree on ten
//! thousand journeys, checks and lists of documents a service.

mod answers;

use answers::Chance;
use contract::id::DivisionCode;
use contract::load::Definition;
use contract::{Answers, Context, Service, date};
use serde_json::{Map, Value, json};

include!(concat!(env!("OUT_DIR"), "/services.rs"));

/// Answer sets a service.
pub const COUNT: u32 = 10_000;

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

/// The examples of each service.
pub fn services() -> Result<Vec<Vec<Case>>, String> {
    let read = |(definition, examples): &(&str, &[&str])| {
        let definition = Definition::parse(definition)?;
        examples.iter().map(|text| Case::read(&definition, text)).collect()
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
    fn read(definition: &Definition, text: &str) -> Result<Self, String> {
        let example: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let said = |key: &str| example.get(key).and_then(Value::as_str).unwrap_or_default();
        let division = DivisionCode::from(said("division"));
        let today = date::parse(said("today")).ok_or("an example without its day")?;
        let answers = example.get("answers").and_then(Value::as_object).cloned().unwrap_or_default();
        Ok(Self { service: definition.service(&division)?, context: Context { today, division }, answers })
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
