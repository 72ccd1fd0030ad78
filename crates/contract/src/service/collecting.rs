//! How the result of one item comes, and when it can be collected. The hours stand in one place of a definition: with the
//! delivery, or with the window; the option that chooses the delivery tells them too.

use super::{Delivery, Item, Service};
use crate::condition::{Comparison, Scope, Test};
use crate::field::FieldKind;
use crate::id::DivisionCode;
use crate::text::Text;

impl Delivery {
    pub fn covers(&self, item: &Item) -> bool {
        self.items.is_empty() || self.items.contains(&item.id)
    }

    /// The field and the option that choose it, where it is chosen by one.
    pub(crate) fn chosen_by(&self) -> Option<(&str, &str)> {
        match &self.when.test {
            Test::Compare { field, with: Comparison::Is(option) } => Some((field, option.as_str()?)),
            _ => None,
        }
    }
}

impl Service {
    /// How the result of an item comes.
    pub fn delivery_of(&self, item: &Item, scope: &Scope<'_>) -> Option<&Delivery> {
        self.deliveries.iter().find(|delivery| delivery.covers(item) && delivery.when.holds(scope))
    }

    /// When it can be collected in a division.
    pub fn hours_of(&self, delivery: &Delivery, division: &DivisionCode) -> Option<Text> {
        let window = self.window(division).filter(|_| delivery.at_window);
        delivery.hours.clone().or_else(|| window.map(|window| window.hours.clone()))
    }

    /// The service with the hours of a division beside the options that choose a delivery.
    pub(crate) fn with_hours(mut self, division: &DivisionCode) -> Self {
        let mut told: Vec<(String, String, Text)> = Vec::new();
        for delivery in &self.deliveries {
            let (Some((field, option)), Some(hours)) = (delivery.chosen_by(), self.hours_of(delivery, division)) else {
                continue;
            };
            let one = (field.to_owned(), option.to_owned(), hours);
            if !told.contains(&one) {
                told.push(one);
            }
        }
        for (field, option, hours) in told {
            self.tell_hours(&field, &option, &hours);
        }
        self
    }

    fn tell_hours(&mut self, field: &str, option: &str, hours: &Text) {
        let mut fields = self.steps.iter_mut().flat_map(|step| &mut step.fields);
        let Some(FieldKind::Choice(choice)) = fields.find(|one| one.id == *field).map(|one| &mut one.kind) else {
            return;
        };
        let Some(chosen) = choice.options.iter_mut().find(|one| one.id == *option) else { return };
        chosen.help = Some(match &chosen.help {
            Some(help) => Text::new(format!("{}；{}", help.zh, hours.zh), format!("{}; {}", help.en, hours.en)),
            None => hours.clone(),
        });
    }
}
