//! The demonstration's registers of numbers and its payment service: the same order gets the same answer.

use async_trait::async_trait;
use contract::kinds::ResidentId;
use contract::service::NumberRule;
use time::Date;

use super::demonstration::Demonstration;
use super::fault::{NUMBERS, PAYMENT, simulate_fault};
use super::{NumberOrder, NumberRegister, PartnerError, Payment};

/// Below are those of invented people in our data.
const FIRST_RESIDENT: u32 = 100;

#[async_trait]
impl NumberRegister for Demonstration {
    async fn number(&self, order: &NumberOrder) -> Result<String, PartnerError> {
        // A wrong answer of a register of numbers is about somebody else, and of no use.
        if simulate_fault(&*self.store, NUMBERS).await? {
            return Err(PartnerError(NUMBERS));
        }
        let count = |series: String| async move {
            self.store.demo_number(&series, &order.key).await.map_err(|_| PartnerError(NUMBERS))
        };
        match order.rule {
            NumberRule::BirthCertificate => Ok(birth_certificate(count("birth-certificate".to_owned()).await?)),
            NumberRule::ResidentId => {
                let born = order.born.ok_or(PartnerError(NUMBERS))?;
                let order_of_day = count(format!("{}-{born}-{}", order.division, order.is_male)).await?;
                Ok(resident_id(&order.division, born, order.is_male, order_of_day))
            }
            NumberRule::Serial | NumberRule::Same => {
                let pattern = order.pattern.replace("{year}", &order.year.to_string());
                let serial = count(pattern.clone()).await?;
                Ok(pattern.replace("{serial}", &format!("{serial:04}")))
            }
        }
    }
}

/// `U` is the series since 2022; 43 is Hunan.
fn birth_certificate(count: u32) -> String {
    format!("U43{count:07}")
}

fn resident_id(division: &str, born: Date, is_male: bool, count: u32) -> String {
    let order = 2 * (FIRST_RESIDENT + count) + u32::from(is_male);
    ResidentId::of(division, born, order)
}

#[async_trait]
impl Payment for Demonstration {
    async fn charge(&self, order: &str, cents: i64) -> Result<String, PartnerError> {
        // Wrong, for a payment service: the charge is made and the answer is lost.
        let wrong = simulate_fault(&*self.store, PAYMENT).await?;
        let charged = self.store.demo_charge(order, cents, self.clock.seconds()).await;
        let number = charged.map_err(|_| PartnerError(PAYMENT))?;
        if wrong { Err(PartnerError(PAYMENT)) } else { Ok(format!("P{number:08}")) }
    }

    async fn refund(&self, order: &str, cents: i64) -> Result<Option<String>, PartnerError> {
        let wrong = simulate_fault(&*self.store, PAYMENT).await?;
        let refunded = self.store.demo_refund(order, cents, self.clock.seconds()).await;
        let number = refunded.map_err(|_| PartnerError(PAYMENT))?;
        if wrong { Err(PartnerError(PAYMENT)) } else { Ok(number.map(|number| format!("R{number:08}"))) }
    }
}

#[cfg(test)]
mod tests {
    use contract::field::Kind;
    use contract::kinds::BirthCertificateNumber;
    use serde_json::json;
    use time::macros::date;

    use super::*;

    #[test]
    fn numbers_pass_the_checks_of_their_kind() {
        let certificate = birth_certificate(1);
        assert_eq!(BirthCertificateNumber {}.check(&json!(certificate)), []);
        for is_male in [true, false] {
            let number = resident_id("430722", date!(2026 - 11 - 20), is_male, 1);
            assert_eq!(ResidentId {}.check(&json!(number)), [], "{number}");
            assert_eq!(number.as_bytes()[16] % 2 == 1, is_male, "{number}");
        }
    }
}
