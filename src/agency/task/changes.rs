//! What is different after somebody else was faster: status, officer, the steps that were taken, answers.

use contract::Service;
use contract::api::TaskDetail;

use super::history::kind_of;
use crate::agency::wording;
use crate::i18n::{format_time, tr, tr_text};

pub(super) struct Changes<'a> {
    pub(super) before: &'a TaskDetail,
    pub(super) now: &'a TaskDetail,
    pub(super) service: &'a Service,
}

impl Changes<'_> {
    /// One sentence a difference.
    pub(super) fn sentences(&self) -> Vec<String> {
        [self.status(), self.officer()].into_iter().flatten().chain(self.steps()).chain(self.answers()).collect()
    }

    fn status(&self) -> Option<String> {
        let (_, before) = wording::status_label(self.before.status, self.before.kind);
        let (_, now) = wording::status_label(self.now.status, self.now.kind);
        (before != now).then(|| format!("{} {before} → {now}", tr("状态：", "State:")))
    }

    fn officer(&self) -> Option<String> {
        let name = |task: &TaskDetail| task.officer.clone().unwrap_or_else(|| tr("没有人", "nobody").to_owned());
        (self.before.officer != self.now.officer)
            .then(|| format!("{} {} → {}", tr("承办人：", "Officer:"), name(self.before), name(self.now)))
    }

    fn steps(&self) -> impl Iterator<Item = String> {
        self.now.history.iter().filter(|event| !self.before.history.contains(event)).map(|event| {
            let actor = if event.name.is_empty() { wording::actor_label(event.by) } else { &event.name };
            format!(
                "{} · {actor} · {}",
                format_time(&event.at),
                wording::action_label(event.action, kind_of(self.now, event))
            )
        })
    }

    fn answers(&self) -> impl Iterator<Item = String> {
        let is_changed = |id: &str| self.before.answers.get(id) != self.now.answers.get(id);
        let changed = self.service.fields().filter(move |(_, field)| is_changed(&field.id));
        changed.map(|(_, field)| format!("{}{}", tr("改了：", "Changed: "), tr_text(&field.label)))
    }
}
