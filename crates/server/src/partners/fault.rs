//! The switch that makes a demonstration partner misbehave, so that failure paths are seen by hand and in tests.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::PartnerError;
use crate::store::Store;

/// The partners that have a switch.
pub(crate) const FAULTY_PARTNERS: [&str; 11] = [
    BUSINESS_REGISTER,
    POPULATION_REGISTER,
    HOUSEHOLD_REGISTER,
    NAME_REGISTER,
    HOSPITAL_RECORDS,
    INSURANCE_REGISTER,
    CERTIFICATES,
    IDENTITY,
    SMS,
    NUMBERS,
    PAYMENT,
];
/// Those that are asked by a number or a name.
pub(super) const REGISTERS: [&str; 6] =
    [BUSINESS_REGISTER, POPULATION_REGISTER, HOUSEHOLD_REGISTER, NAME_REGISTER, HOSPITAL_RECORDS, INSURANCE_REGISTER];
pub(crate) const BUSINESS_REGISTER: &str = "business-register";
pub(crate) const POPULATION_REGISTER: &str = "population-register";
pub(crate) const HOUSEHOLD_REGISTER: &str = "household-register";
/// How many people bear a name (同名查询).
pub(crate) const NAME_REGISTER: &str = "name-register";
pub(crate) const HOSPITAL_RECORDS: &str = "hospital-records";
/// Who is in the basic medical insurance, and whether the premium is paid.
pub(crate) const INSURANCE_REGISTER: &str = "insurance-register";
pub(crate) const CERTIFICATES: &str = "certificate-library";
pub(crate) const IDENTITY: &str = "identity";
pub(crate) const SMS: &str = "sms-gateway";
/// Gives out the numbers of what is issued.
pub(crate) const NUMBERS: &str = "number-register";
pub(crate) const PAYMENT: &str = "payment";

/// Longer than people like to wait, shorter than our timeouts for partners.
const SLOWNESS: Duration = Duration::from_secs(3);

/// How a partner behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FaultMode {
    #[default]
    Ok,
    Slow,
    Fails,
    /// Answers, but about somebody else.
    Wrong,
    /// Never answers.
    Hangs,
}

impl FaultMode {
    pub(crate) const ALL: [Self; 5] = [Self::Ok, Self::Slow, Self::Fails, Self::Wrong, Self::Hangs];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Slow => "slow",
            Self::Fails => "fails",
            Self::Wrong => "wrong",
            Self::Hangs => "hangs",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|mode| mode.name() == name).unwrap_or_default()
    }
}

/// Simulates the fault that the partner's switch is set to. True when the partner's answer is to be wrong.
pub(super) async fn simulate_fault(store: &dyn Store, partner: &'static str) -> Result<bool, PartnerError> {
    let mode = store.demo_fault(partner).await.map_err(|_| PartnerError(partner))?;
    match mode.map(|mode| FaultMode::named(&mode)).unwrap_or_default() {
        FaultMode::Ok => Ok(false),
        FaultMode::Slow => {
            tokio::time::sleep(SLOWNESS).await;
            Ok(false)
        }
        FaultMode::Fails => Err(PartnerError(partner)),
        FaultMode::Wrong => Ok(true),
        FaultMode::Hangs => std::future::pending().await,
    }
}
