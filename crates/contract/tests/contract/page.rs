//! What the checker writes about a service: its diagram and the work of an example.

use contract::id::DivisionCode;
use contract::load::Definition;
use contract::proof::{Example, Figures, diagram, figures};

fn small() -> Definition {
    Definition::parse(include_str!("../small/service.toml")).unwrap()
}

#[test]
fn the_diagram_shows_steps_ways_past_them_and_exits() {
    let text =
        include_str!("../small/service.toml").replace("id = \"more\"", "id = \"more\"\nshow_when = \"is-very-fast\"");
    let service = Definition::parse(&text).unwrap().service(&DivisionCode::from("430701")).unwrap();
    let expected = r#"flowchart TD
  subgraph section_only["唯一<br/>The only one"]
    step_start["开始<br/>Start"]
    step_more["还有<br/>More"]
    step_end["最后<br/>At last"]
  end
  review(["核对并提交<br/>Review and send"])
  step_start -->|"track is fast"| step_more
  step_start --> step_end
  step_more --> step_end
  step_end --> review
  exit_too_young(["请和家长来<br/>Come with a parent"])
  step_start -.->|"adult is false"| exit_too_young
"#;
    assert_eq!(diagram(&service), expected);
}

#[test]
fn the_work_of_an_example_counts_keys_taps_and_files() {
    let service = small().service(&DivisionCode::from("430702")).unwrap();
    let work = |json: &str| figures(&service, &Example::parse(json).unwrap());
    // Keys: 18 of the code, 3 of the height, 8 of the day, 13 of the door. Taps: 3 steps and the last button, yes, the
    // track, 4 for the address, 2 for the consent.
    let minimal = Figures { steps: 3, fields: 8, acts: 1, typed: 4, prefilled: 1, keys: 42, taps: 12, files: 0 };
    assert_eq!(work(include_str!("../small/minimal.json")), minimal);
    let seconds = minimal.seconds();
    assert!((seconds - (42.0 * 0.28 + 12.0 * 1.1 + 11.0 * 1.35)).abs() < 1e-9, "{seconds}");
    // The register did not know the name: it is typed, and a picture takes the place of the check.
    let maximal = work(include_str!("../small/maximal.json"));
    assert_eq!((maximal.prefilled, maximal.files, maximal.typed), (0, 1, 8));
}
