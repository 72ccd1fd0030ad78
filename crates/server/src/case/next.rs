//! What comes next for the applicant of a case.

use contract::api::NextView;
use contract::service::NextStep;
use contract::{Text, date};
use time::Date;

use super::OpenCase;

impl OpenCase {
    /// What the definition offers to whoever gave these answers.
    pub(super) fn next_steps(&self) -> Vec<NextView> {
        self.service.next_steps(&self.scope()).into_iter().map(|step| view(step, self.today)).collect()
    }

    /// The same, once everything has ended and something was granted: until then, people wait for the result.
    pub(super) fn next_steps_at_the_end(&self) -> Vec<NextView> {
        let tasks = &self.record.tasks;
        let is_over =
            tasks.iter().all(|task| task.status.is_end()) && tasks.iter().any(|task| task.status.is_granted());
        if is_over { self.next_steps() } else { Vec::new() }
    }
}

fn view(step: &NextStep, today: Date) -> NextView {
    NextView {
        id: step.id.clone(),
        title: step.title.clone(),
        says: step.says.clone(),
        until: step
            .last_day(today)
            .map(date::print)
            .map(|day| Text::new(format!("最近的截止日是 {day}"), format!("The next last day is {day}"))),
        service: step.service.clone(),
        url: step.url.clone(),
        phone: step.phone.clone(),
    }
}
