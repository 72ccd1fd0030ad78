//! Changde's counties and zones with their towns and street offices: our own list, so that no client names a place
//! wrongly.

mod remedies;

use std::collections::BTreeMap;

use contract::address::Division;
use contract::api::DivisionName;
use contract::field::{Field, FieldKind};
use contract::kinds::Group;
use contract::service::{CITY, Service};
use contract::{Answers, Text};
use serde_json::Value;

use crate::pinyin_keys;
pub(crate) use remedies::Remedies;

const LIST: &str = include_str!("../data/divisions/changde.csv");
const COUNTY_DIGITS: usize = 6;
const CITY_MARK: &str = "常";

/// The list, by parent code.
pub(crate) struct Divisions {
    by_parent: BTreeMap<String, Vec<Division>>,
    names: BTreeMap<String, String>,
    /// Of counties and zones.
    english: BTreeMap<String, String>,
    /// Of counties and zones: how the numbers begin of what they issue.
    marks: BTreeMap<String, String>,
    remedies: BTreeMap<String, Remedies>,
}

impl Divisions {
    pub(crate) fn load() -> Result<Self, String> {
        let mut divisions = Self {
            by_parent: BTreeMap::new(),
            names: BTreeMap::new(),
            english: BTreeMap::new(),
            marks: BTreeMap::new(),
            remedies: Remedies::load()?,
        };
        for line in LIST.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut cells = line.split(',');
            let (Some(code), Some(name)) = (cells.next(), cells.next()) else {
                return Err(format!("no line of the list: {line}"));
            };
            let parent = if code.len() == COUNTY_DIGITS { &code[..4] } else { &code[..COUNTY_DIGITS] };
            let division = Division { code: code.to_owned(), name: name.to_owned(), keys: pinyin_keys::keys(name) };
            divisions.by_parent.entry(parent.to_owned()).or_default().push(division);
            divisions.names.insert(code.to_owned(), name.to_owned());
            if let Some(english) = cells.nth(1) {
                divisions.english.insert(code.to_owned(), english.to_owned());
            }
            if let Some(mark) = cells.next() {
                divisions.marks.insert(code.to_owned(), mark.to_owned());
            }
        }
        Ok(divisions)
    }

    /// The divisions below a city or county; `None` for a code that is not in the list.
    pub(crate) fn below(&self, parent: &str) -> Option<&[Division]> {
        self.by_parent.get(parent).map(Vec::as_slice)
    }

    /// The counties and zones, by code.
    pub(crate) fn counties(&self) -> Vec<DivisionName> {
        let name = |(code, _): (&String, _)| Some(DivisionName { name: self.title(code)?, code: code.as_str().into() });
        self.english.iter().filter_map(name).collect()
    }

    /// The name of a county or zone.
    pub(crate) fn title(&self, code: &str) -> Option<Text> {
        Some(Text::new(self.names.get(code)?, self.english.get(code)?))
    }

    /// How the number begins of what a division issues; the city's, where it has no mark of its own.
    pub(crate) fn mark(&self, code: &str) -> &str {
        self.marks.get(code).map_or(CITY_MARK, String::as_str)
    }

    /// Who reviews what an office of a county, a zone or the city decided.
    pub(crate) fn remedies(&self, code: &str) -> Option<&Remedies> {
        self.remedies.get(code)
    }

    /// The county or zone of a code, or of a text that names one.
    pub(crate) fn county_of(&self, place: &str) -> Option<String> {
        if self.english.contains_key(place) {
            return Some(place.to_owned());
        }
        // 澧县 stands in 临澧县 too: the longest name is meant.
        let named = self.english.keys().filter_map(|code| Some((code, self.names.get(code)?)));
        let found = named.filter(|(_, name)| place.contains(name.as_str())).max_by_key(|(_, name)| name.len());
        found.map(|(code, _)| code.clone())
    }

    /// Whether residents may apply there: in a county, a zone, or the city itself.
    pub(crate) fn serves(&self, code: &str) -> bool {
        code == CITY || code.len() == COUNTY_DIGITS && self.names.contains_key(code)
    }

    /// The names of county and street, or nothing where the street does not lie in the county.
    fn place(&self, division: &str, street: &str) -> String {
        match (self.names.get(division), self.names.get(street)) {
            (Some(county), Some(town)) if street.starts_with(division) => format!("{county}{town}"),
            _ => String::new(),
        }
    }

    /// Writes the names of places into addresses, rows included.
    pub(crate) fn name_places(&self, service: &Service, answers: &mut Answers) {
        for (_, field) in service.fields() {
            let name = field.kind.rows().map_or(&field.id, |group| group.answered_as(&field.id));
            let Some(value) = answers.0.get_mut(&**name) else { continue };
            match field.kind.rows() {
                Some(group) => self.name_rows(group, value),
                None => self.name_place(field, value),
            }
        }
    }

    fn name_rows(&self, group: &Group, value: &mut Value) {
        for row in value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            for field in &group.fields {
                if let Some(value) = row.get_mut(&*field.id) {
                    self.name_place(field, value);
                }
            }
        }
    }

    fn name_place(&self, field: &Field, value: &mut Value) {
        let Some(place) = value.as_object_mut().filter(|_| matches!(field.kind, FieldKind::Address(_))) else { return };
        let code = |key: &str| place.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let names = self.place(&code("division"), &code("street"));
        if names.is_empty() {
            // A street that we do not know is no street: the check then asks for it again.
            place.insert("street".to_owned(), Value::from(""));
        }
        place.insert("place".to_owned(), Value::from(names));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_counties_and_six_zones_have_streets() {
        let divisions = Divisions::load().unwrap();
        let counties = divisions.below("4307").unwrap();
        assert_eq!(counties.len(), 15);
        for county in counties {
            assert!(divisions.below(&county.code).is_some_and(|streets| !streets.is_empty()), "{}", county.name);
        }
    }

    #[test]
    fn a_county_is_known_by_its_code_and_in_an_address() {
        let divisions = Divisions::load().unwrap();
        for place in ["430793", "湖南省常德市西湖管理区西湖镇沙河路26号"] {
            assert_eq!(divisions.county_of(place).as_deref(), Some("430793"));
        }
        assert_eq!(divisions.county_of("湖南省常德市临澧县安福街道").as_deref(), Some("430724"));
        for nowhere in ["", "430102", "湖南省长沙市岳麓区"] {
            assert_eq!(divisions.county_of(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn every_county_and_zone_has_who_reviews_its_decisions() {
        let divisions = Divisions::load().unwrap();
        let codes = divisions.below("4307").unwrap().iter().map(|county| county.code.as_str());
        for code in codes.chain([CITY]) {
            let remedies = divisions.remedies(code).unwrap_or_else(|| panic!("{code}"));
            assert!(remedies.authority.ends_with("人民政府") && remedies.court.ends_with("人民法院"), "{remedies:?}");
        }
    }

    #[test]
    fn a_street_of_another_county_names_no_place() {
        let divisions = Divisions::load().unwrap();
        assert_eq!(divisions.place("430702", "430702001"), "武陵区启明街道");
        assert_eq!(divisions.place("430703", "430702001"), "");
        assert_eq!(divisions.place("430702", "430702999"), "");
    }
}
