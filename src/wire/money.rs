//! Money as programs see it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::money::Money;

/// An amount of money, exact: never a float.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Money)]
pub struct MoneyOut {
    /// In the currency's major unit, with as many digits as the currency has (JPY 0, EUR 2, KWD 3).
    #[schema(example = "4.00")]
    pub amount: String,
    /// ISO 4217.
    #[schema(example = "EUR", min_length = 3, max_length = 3)]
    pub currency: &'static str,
}

impl From<Money> for MoneyOut {
    fn from(money: Money) -> Self {
        Self { amount: money.to_string(), currency: money.currency().code() }
    }
}
