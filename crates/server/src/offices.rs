//! Who decides an item: the division and the office that the answers name, and how people call them. Offices stand below
//! an agency of a division: a hospital, a police station.

use contract::service::{Agency, CITY, Item, Route, Service};
use contract::{Answers, Text};

use crate::divisions::Divisions;

const LIST: &str = include_str!("../data/offices.csv");

/// The known offices.
pub(crate) struct Offices(Vec<Office>);

/// An office with officers of its own.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub(crate) code: String,
    pub(crate) agency: String,
    pub(crate) division: String,
    pub(crate) name: Text,
    /// Where it is, in Chinese: it is read to people on the way.
    pub(crate) address: String,
    pub(crate) phone: String,
}

/// Where a task goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    pub(crate) division: String,
    /// The office's code; empty where the agency of the division decides itself.
    pub(crate) office: String,
}

/// How the decider of a task is called and reached.
#[derive(Clone, Debug)]
pub(crate) struct Decider {
    pub(crate) name: Text,
    pub(crate) phone: String,
}

impl Offices {
    pub(crate) fn load() -> Result<Self, String> {
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).skip(1);
        let offices = lines.map(|line| read(line).ok_or_else(|| format!("no line of the list: {line}")));
        offices.collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn of_code(&self, code: &str) -> Option<&Office> {
        self.0.iter().find(|office| office.code == code)
    }

    #[cfg(test)]
    pub(crate) fn of_name(&self, name: &str) -> Option<&Office> {
        self.0.iter().find(|office| office.name.zh == name)
    }

    /// An office by its code or name. Where several bear the name, the one in the division.
    fn named(&self, route: &Route, division: Option<&str>) -> Option<&Office> {
        let is_it = |office: &&Office| {
            office.code == route.office || office.name.zh == route.office || office.name.zh == route.office_name
        };
        let mut named = self.0.iter().filter(is_it).filter(|_| !route.office.is_empty());
        let first = named.next()?;
        let here = [first].into_iter().chain(named).find(|office| Some(&*office.division) == division);
        Some(here.unwrap_or(first))
    }

    /// Where the task of an item goes. An office of another agency still says which division it is: the vaccination
    /// record follows the hospital. What the answers do not name stays with the division of the application.
    pub(crate) fn destination(
        &self,
        divisions: &Divisions,
        (service, item): (&Service, &Item),
        answers: &Answers,
        applied_in: &str,
    ) -> Destination {
        let (office, place) = self.routed(divisions, (service, item), answers);
        let own = office.filter(|office| office.agency == *item.agency);
        let division = office.map(|office| office.division.clone()).or(place).unwrap_or_else(|| applied_in.to_owned());
        Destination { division, office: own.map(|office| office.code.clone()).unwrap_or_default() }
    }

    /// The office that the answers name, of whatever agency: there one collects.
    pub(crate) fn of_answers(
        &self,
        divisions: &Divisions,
        of: (&Service, &Item),
        answers: &Answers,
    ) -> Option<&Office> {
        self.routed(divisions, of, answers).0
    }

    fn routed(
        &self,
        divisions: &Divisions,
        (service, item): (&Service, &Item),
        answers: &Answers,
    ) -> (Option<&Office>, Option<String>) {
        let route = service.route(item, answers);
        let place = divisions.county_of(&route.place);
        (self.named(&route, place.as_deref()), place)
    }

    /// As people call it: the office; the agency of the division, where the answers chose that; the agency otherwise.
    pub(crate) fn decider(
        &self,
        divisions: &Divisions,
        (item, agency): (&Item, &Agency),
        destination: &Destination,
    ) -> Decider {
        if let Some(office) = self.of_code(&destination.office) {
            return Decider { name: office.name.clone(), phone: office.phone.clone() };
        }
        let is_routed = item.division_of.is_some() || item.office_of.is_some();
        let division = divisions.title(&destination.division).filter(|_| is_routed && destination.division != CITY);
        let name = match division {
            Some(division) => {
                Text::new(format!("{}{}", division.zh, agency.name.zh), format!("{}, {}", agency.name.en, division.en))
            }
            None => agency.name.clone(),
        };
        Decider { name, phone: agency.phone.clone() }
    }
}

fn read(line: &str) -> Option<Office> {
    let mut cells = line.split(',').map(str::to_owned);
    Some(Office {
        code: cells.next()?,
        agency: cells.next()?,
        division: cells.next()?,
        name: Text { zh: cells.next()?, en: cells.next()? },
        address: cells.next()?,
        phone: cells.next().filter(|phone| phone.chars().any(|character| character.is_ascii_digit()))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_office_lies_in_a_division_and_has_a_code_of_its_own() {
        let (offices, divisions) = (Offices::load().unwrap(), Divisions::load().unwrap());
        for office in &offices.0 {
            assert!(divisions.title(&office.division).is_some(), "{office:?}");
            assert_eq!(offices.0.iter().filter(|other| other.code == office.code).count(), 1, "{office:?}");
        }
    }
}
