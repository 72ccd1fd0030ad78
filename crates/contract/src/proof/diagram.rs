//! The form as a Mermaid diagram: sections, steps in their order, what leads past a step, and the exits.

use std::fmt::Write;

use crate::condition::{Condition, Test};
use crate::service::{Service, Step};
use crate::text::Text;

/// A flowchart for a Markdown page, Chinese with English under it.
pub fn diagram(service: &Service) -> String {
    let mut lines = vec!["flowchart TD".to_owned()];
    for section in &service.sections {
        lines.push(format!("  subgraph {}[\"{}\"]", node("section", &section.id), both(&section.title)));
        for step in service.steps.iter().filter(|step| step.section == section.id) {
            lines.push(format!("    {}[\"{}\"]", node("step", &step.id), both(&step.title)));
        }
        lines.push("  end".to_owned());
    }
    lines.push("  review([\"核对并提交<br/>Review and send\"])".to_owned());
    for (at, step) in service.steps.iter().enumerate() {
        lines.extend(ways_on(service, step, &service.steps[at + 1..]));
    }
    for gate in &service.gates {
        let exit = node("exit", &gate.id);
        lines.push(format!("  {exit}([\"{}\"])", both(&gate.exit.title)));
        let when = words(service, &gate.stops_when);
        lines.push(format!("  {} -.->|\"{when}\"| {exit}", node("step", &gate.step)));
    }
    lines.join("\n") + "\n"
}

/// To the next step and, where that one can be left out, past it to the first that cannot.
fn ways_on(service: &Service, step: &Step, later: &[Step]) -> Vec<String> {
    let from = node("step", &step.id);
    let mut ways = Vec::new();
    for next in later {
        let to = node("step", &next.id);
        match &next.show_when {
            Some(when) => ways.push(format!("  {from} -->|\"{}\"| {to}", words(service, when))),
            None => {
                ways.push(format!("  {from} --> {to}"));
                return ways;
            }
        }
    }
    ways.push(format!("  {from} --> review"));
    ways
}

fn node(kind: &str, id: &str) -> String {
    format!("{kind}_{}", id.replace('-', "_"))
}

fn both(text: &Text) -> String {
    format!("{}<br/>{}", quoted(&text.zh), quoted(&text.en))
}

/// Quotes would end the label.
fn quoted(text: &str) -> String {
    text.replace('"', "'")
}

/// A condition in ids: short, and the same in both languages.
fn words(service: &Service, condition: &Condition) -> String {
    match &condition.test {
        Test::Named(name) => service.conditions.get(name).map(|named| words(service, named)).unwrap_or_default(),
        Test::All(parts) => joined(service, parts, " and "),
        Test::Any(parts) => joined(service, parts, " or "),
        Test::Not(inner) => format!("not {}", words(service, inner)),
        Test::Rows { group, every, holds } => {
            format!("{} {group}: {}", if *every { "every" } else { "no" }, words(service, holds))
        }
        Test::Compare { field, with } => {
            let (operator, value) = with.clone().written();
            let mut text = format!("{field} {}", operator.replace('_', " "));
            let _ = write!(text, " {}", quoted(&value.to_string()).replace(['{', '}', '[', ']', '\''], ""));
            text
        }
    }
}

fn joined(service: &Service, parts: &[Condition], with: &str) -> String {
    let one = |part: &Condition| match resolved(service, part) {
        Test::All(_) | Test::Any(_) => format!("({})", words(service, part)),
        Test::Named(_) | Test::Not(_) | Test::Rows { .. } | Test::Compare { .. } => words(service, part),
    };
    parts.iter().map(one).collect::<Vec<_>>().join(with)
}

/// What a name stands for.
fn resolved<'a>(service: &'a Service, condition: &'a Condition) -> &'a Test {
    match &condition.test {
        Test::Named(name) => service.conditions.get(name).map_or(&condition.test, |named| resolved(service, named)),
        other => other,
    }
}
