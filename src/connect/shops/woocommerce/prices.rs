//! WooCommerce's money: decimal text without tax, with as many digits as it was reckoned with.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::{
    connect::fields::{Field, explain},
    domain::money::{Currency, Money},
};

/// An amount, rounded to what the currency can pay; it may be negative.
pub(super) fn signed(field: &Field<'_>, currency: Currency) -> Option<Money> {
    let exact = field.decimal()?;
    rounded(field, exact, currency, RoundingStrategy::MidpointAwayFromZero)
}

/// An amount; one that is missing or negative is nothing.
pub(super) fn price(field: &Field<'_>, currency: Currency) -> Money {
    signed(field, currency).filter(|amount| !amount.is_negative()).unwrap_or(Money::zero(currency))
}

/// What is called `name`, with its tax where prices are told with tax.
pub(super) fn gross(object: &Field<'_>, name: &str, tax: &str, with_tax: bool, currency: Currency) -> Money {
    let net = object.get(name);
    let amount = price(&net, currency);
    let tax = if with_tax { price(&object.get(tax), currency) } else { Money::zero(currency) };
    amount.plus(tax).unwrap_or_else(|problem| {
        net.wrong(&explain(problem, currency));
        amount
    })
}

/// The price of one of `pieces` that cost `all`: never less than its share, so that the line's discount makes up for what
/// was rounded and the line adds up.
pub(super) fn share(field: &Field<'_>, all: Money, pieces: u32) -> Option<Money> {
    let exact = all.decimal().checked_div(Decimal::from(pieces))?;
    rounded(field, exact, all.currency(), RoundingStrategy::AwayFromZero)
}

fn rounded(field: &Field<'_>, exact: Decimal, currency: Currency, how: RoundingStrategy) -> Option<Money> {
    match Money::from_decimal(exact.round_dp_with_strategy(currency.exponent(), how), currency) {
        Ok(amount) => Some(amount),
        Err(problem) => {
            field.wrong(&explain(problem, currency));
            None
        }
    }
}
