//! What is different after somebody else was faster: state, officer, answers, and the steps that were taken.

use contract::Service;
use contract::api::TaskDetail;

use crate::agency::wording;
use crate::words::{say, t, time_of};

pub(super) struct Changes<'a> {
    pub(super) before: &'a TaskDetail,
    pub(super) now: &'a TaskDetail,
    pub(super) service: &'a Service,
}

impl Changes<'_> {
    /// One sentence a difference.
    pub(super) fn say(&self) -> Vec<String> {
        [self.status(), self.officer()].into_iter().flatten().chain(self.steps()).chain(self.answers()).collect()
    }

    fn status(&self) -> Option<String> {
        let ((_, before), (_, now)) = (wording::status(self.before.status), wording::status(self.now.status));
        (before != now).then(|| format!("{} {before} → {now}", t("状态：", "State:")))
    }

    fn officer(&self) -> Option<String> {
        let name = |task: &TaskDetail| task.officer.clone().unwrap_or_else(|| t("没有人", "nobody").to_owned());
        (self.before.officer != self.now.officer)
            .then(|| format!("{} {} → {}", t("承办人：", "Officer:"), name(self.before), name(self.now)))
    }

    fn steps(&self) -> impl Iterator<Item = String> {
        self.now.history.iter().filter(|event| !self.before.history.contains(event)).map(|event| {
            let who = if event.name.is_empty() { wording::actor(event.by) } else { &event.name };
            format!("{} · {who} · {}", time_of(&event.at), wording::action(event.action))
        })
    }

    fn answers(&self) -> Vec<String> {
        let changed = |id: &str| self.before.answers.get(id) != self.now.answers.get(id);
        let labels = self.service.fields().filter(|(_, field)| changed(&field.id)).map(|(_, field)| say(&field.label));
        labels.map(|label| format!("{}{label}", t("改了：", "Changed: "))).collect()
    }
}
