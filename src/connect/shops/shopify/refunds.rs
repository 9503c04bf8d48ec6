//! Shopify's refunds: what went back is what its successful transactions say, whatever lines came back.

use super::prices::paid;
use crate::{
    connect::{
        fields::Field,
        shops::{MOST_EXTRAS, MOST_LINES, add_pieces, sum},
    },
    domain::{
        money::Currency,
        normal::{News, RefundNews},
    },
};

/// A refund as news of its own, in the currency that its own sets are in, else in the shop's.
pub(super) fn created(body: &Field<'_>, hint: Option<Currency>) -> Option<News> {
    let own = sets(body).iter().find_map(|set| set.get("shop_money").get("currency_code").currency());
    let paid_in =
        || body.get("transactions").items(MOST_EXTRAS).iter().find_map(|paid| paid.get("currency").currency());
    let currency = own.or(hint).or_else(paid_in);
    if currency.is_none() {
        body.get("transactions").wrong("name no currency");
    }
    let order = body.get("order_id").required(Field::id);
    Some(News::Refund { order, refund: refund(body, currency?, &[])? })
}

/// The refunds inside an order.
pub(super) fn of_order(order: &Field<'_>, currency: Currency) -> Vec<RefundNews> {
    let rate = [order.get("total_price_set")];
    order.get("refunds").items(MOST_LINES).iter().filter_map(|item| refund(item, currency, &rate)).collect()
}

fn refund(body: &Field<'_>, currency: Currency, rates: &[Field<'_>]) -> Option<RefundNews> {
    let body = body.must(Field::object)?;
    let sets: Vec<Field<'_>> = sets(&body).into_iter().chain(rates.iter().cloned()).collect();
    let transactions = body.get("transactions");
    let amounts = transactions.items(MOST_EXTRAS).into_iter().filter(went_back);
    let amounts: Vec<_> = amounts.filter_map(|transaction| paid(&transaction, currency, &sets)).collect();
    let mut lines = Vec::new();
    for item in body.get("refund_line_items").items(MOST_LINES) {
        let line = item.get("line_item_id").required(Field::id);
        let count = item.get("quantity").required(|quantity| quantity.pieces(0));
        if count > 0 {
            add_pieces(&mut lines, line, count);
        }
    }
    Some(RefundNews {
        external_id: body.get("id").required(Field::id),
        amount: sum(&transactions, amounts, currency),
        reason: body.get("note").note(),
        at: body.get("processed_at").time().unwrap_or_else(|| body.get("created_at").required(Field::time)),
        lines,
    })
}

fn went_back(transaction: &Field<'_>) -> bool {
    let is = |name: &str, word: &str| transaction.get(name).name().as_deref() == Some(word);
    is("kind", "refund") && is("status", "success")
}

/// The amounts of a refund that are told both in the shop's money and in the shopper's.
fn sets<'a>(refund: &Field<'a>) -> Vec<Field<'a>> {
    let lines = refund.get("refund_line_items").items(MOST_LINES);
    let adjustments = refund.get("order_adjustments").items(MOST_EXTRAS);
    let of_lines = lines.iter().map(|line| line.get("subtotal_set"));
    let of_adjustments = adjustments.iter().map(|adjustment| adjustment.get("amount_set"));
    of_lines.chain(of_adjustments).chain([refund.get("total_duties_set")]).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::connect::{ReadError, fields::Reading};

    fn amount(transactions: &Value, subtotal_set: &Value) -> Result<String, ReadError> {
        let body = json!({"id": 1, "order_id": 2, "created_at": "2026-11-20T10:00:00Z", "transactions": transactions,
            "refund_line_items": [{"line_item_id": 3, "quantity": 1, "subtotal_set": subtotal_set}]});
        let reading = Reading::lenient();
        let news = created(&reading.root(&body), None);
        reading.finish(news).map(|news| match news {
            News::Refund { refund, .. } => format!("{} {}", refund.amount, refund.amount.currency()),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn only_successful_refund_transactions_count() {
        let made = |kind: &str, status: &str, amount: &str| json!({"kind": kind, "status": status, "amount": amount, "currency": "EUR"});
        let transactions = json!([
            made("refund", "success", "10.00"),
            made("refund", "success", "2.50"),
            made("refund", "pending", "100.00"),
            made("refund", "failure", "100.00"),
            made("void", "success", "100.00"),
        ]);
        assert_eq!(amount(&transactions, &Value::Null).as_deref(), Ok("12.50 EUR"));
        assert!(amount(&json!([]), &Value::Null).is_err());
    }

    #[test]
    fn what_was_paid_in_the_shoppers_currency_is_told_in_the_shops() {
        let transactions = json!([{"kind": "refund", "status": "success", "amount": "11.00", "currency": "USD"}]);
        let set = |shown_in: &str| {
            json!({"shop_money": {"amount": "20.00", "currency_code": "EUR"},
            "presentment_money": {"amount": "22.00", "currency_code": shown_in}})
        };
        assert_eq!(amount(&transactions, &set("USD")).as_deref(), Ok("10.00 EUR"));
        assert!(amount(&transactions, &set("GBP")).is_err());
    }
}
