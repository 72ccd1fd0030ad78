//! Where an answer stands in a form.

/// `sign.height` in row 0, `shop-name` in none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FieldPlace {
    pub(super) field: String,
    pub(super) row: Option<usize>,
}

impl FieldPlace {
    /// `sign.height#0`.
    pub(super) fn name(&self) -> String {
        self.row.map_or_else(|| self.field.clone(), |row| format!("{}#{row}", self.field))
    }
}
