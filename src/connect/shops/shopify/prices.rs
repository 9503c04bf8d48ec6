//! Shopify's money: always in the shop's own currency, never in the one it was shown in.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::{
    connect::{fields::Field, shops::sum},
    domain::money::{Currency, Money},
};

/// The amount called `name`: of its `_set` in the shop's money, or plain as it was before there were sets.
pub(super) fn price(object: &Field<'_>, name: &str, currency: Currency) -> Option<Money> {
    let shop_money = object.get(&format!("{name}_set")).get("shop_money").get("amount");
    let field = if shop_money.is_missing() { object.get(name) } else { shop_money };
    field.amount(currency)
}

/// The sum of what `name` is in each element of the list.
pub(super) fn total_of(list: &Field<'_>, name: &str, currency: Currency) -> Money {
    let items = list.items(crate::connect::shops::MOST_LINES);
    sum(list, items.iter().filter_map(|item| price(item, name, currency)), currency)
}

/// A payment's amount in the shop's `currency`. One that was made in the shopper's currency is converted by the rate that
/// one of `sets` (an amount told in both) shows.
pub(super) fn paid(transaction: &Field<'_>, currency: Currency, sets: &[Field<'_>]) -> Option<Money> {
    let amount = transaction.get("amount");
    let made_in = transaction.get("currency").currency().unwrap_or(currency);
    if made_in == currency {
        return amount.must(|amount| amount.amount(currency));
    }
    let paid = amount.must(|amount| amount.amount(made_in))?;
    let converted = sets.iter().find_map(|set| rate(set, made_in, currency)).and_then(|(shop, shown)| {
        let exact = paid.decimal().checked_mul(shop)?.checked_div(shown)?;
        let rounded = exact.round_dp_with_strategy(currency.exponent(), RoundingStrategy::MidpointAwayFromZero);
        Money::from_decimal(rounded, currency).ok()
    });
    if converted.is_none() {
        transaction.get("currency").wrong(&format!("is not {currency}, and no amount shows the rate"));
    }
    converted
}

/// The shop's amount and the shown amount of a set, when it is in these currencies and not nothing.
fn rate(set: &Field<'_>, shown_in: Currency, currency: Currency) -> Option<(Decimal, Decimal)> {
    let side = |name: &str, expected: Currency| {
        let money = set.get(name).object()?;
        let code = money.get("currency_code").name().or_else(|| money.get("currency").name())?;
        let amount = money.get("amount").decimal()?;
        Some(amount).filter(|amount| code == expected.code() && !amount.is_zero())
    };
    Some((side("shop_money", currency)?, side("presentment_money", shown_in)?))
}
