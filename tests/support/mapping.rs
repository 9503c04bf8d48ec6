//! What a small subscriber in Medusa and a small plugin in Vendure do: their native event into a body of the generic hook.

use comptoir::domain::money::{Currency, Money};
use serde_json::{Map, Value, json};

/// Medusa's `order.*` events; the order is loaded whole beside the event.
pub(crate) fn medusa_order(event: &Value) -> Value {
    let order = &event["data"]["order"];
    let currency = upper(&order["currency_code"]);
    let money = |amount: &Value| json!({"amount": amount, "currency": currency});
    let items = list(&order["items"]);
    let lines: Vec<Value> = items.iter().map(|item| medusa_line(item, &money)).collect();
    let cancelled = !order["canceled_at"].is_null();
    let mut data = json!({
        "external_id": order["id"],
        "number": format!("#{}", order["display_id"]),
        "placed_at": order["created_at"],
        "updated_at": order["updated_at"],
        "currency": currency,
        "payment_state": medusa_payment(order),
        "placed": order["status"] != "draft",
        "draft": order["is_draft_order"],
        "fulfilment_state": medusa_fulfilment(&items),
        "customer": {
            "external_id": order["customer"]["id"],
            "name": medusa_name(order),
            "email": order["email"],
            "phone": order["shipping_address"]["phone"],
            "locale": order["locale"],
        },
        "lines": lines,
        "discount_total": money(&order["discount_total"]),
        "shipping_total": money(&order["shipping_total"]),
        "tax_total": money(&order["tax_total"]),
        "total": money(&order["total"]),
        "refunded_total": money(&order["summary"]["refunded_total"]),
        "cancelled_at": order["canceled_at"],
        "shipments": list(&order["fulfillments"]).iter().map(medusa_parcel).collect::<Vec<_>>(),
    });
    let address = &order["shipping_address"];
    if address.is_object() {
        data["ship_to"] = json!({
            "name": full_name(&address["first_name"], &address["last_name"]),
            "line1": address["address_1"],
            "line2": address["address_2"],
            "postcode": address["postal_code"],
            "city": address["city"],
            "country": address["country_code"],
        });
    }
    body(if cancelled { "order.cancelled" } else { "order.upserted" }, event, data)
}

/// Medusa's `shipment.created`, with the fulfilment loaded beside it.
pub(crate) fn medusa_shipment(event: &Value) -> Value {
    let fulfilment = &event["data"]["order"]["fulfillment"];
    let mut data = medusa_parcel(fulfilment);
    data["order_id"] = fulfilment["order"]["id"].clone();
    body("shipment.upserted", event, data)
}

/// Vendure's order events. The event's own time is the order's version: it fires before the order's row says so.
pub(crate) fn vendure_order(event: &Value) -> Value {
    let order = &event["data"]["order"];
    let currency = upper(&order["currencyCode"]);
    let money = |minor: i64| json!({"amount": major(minor, &currency), "currency": currency});
    let payments = list(&order["payments"]);
    let refunds: Vec<Value> = payments
        .iter()
        .flat_map(|payment| list(&payment["refunds"]))
        .filter(|refund| refund["state"] == "Settled")
        .collect();
    let lines = list(&order["lines"]).into_iter().filter(|line| line["quantity"] != 0);
    let data = json!({
        "external_id": order["id"],
        "number": order["code"],
        "placed_at": order["orderPlacedAt"],
        "updated_at": event["timestamp"],
        "currency": currency,
        "payment_state": vendure_payment(order, &payments, &refunds),
        "placed": true,
        "fulfilment_state": match order["state"].as_str() {
            Some("Shipped" | "Delivered") => "fulfilled",
            Some("PartiallyShipped" | "PartiallyDelivered") => "partial",
            _ => "none",
        },
        "customer": {
            "external_id": order["customer"]["id"],
            "name": full_name(&order["customer"]["firstName"], &order["customer"]["lastName"]),
            "email": order["customer"]["emailAddress"],
            "phone": order["customer"]["phoneNumber"],
            "locale": event["data"]["languageCode"],
        },
        "ship_to": {
            "name": order["shippingAddress"]["fullName"],
            "line1": order["shippingAddress"]["streetLine1"],
            "line2": order["shippingAddress"]["streetLine2"],
            "postcode": order["shippingAddress"]["postalCode"],
            "city": order["shippingAddress"]["city"],
            "country": order["shippingAddress"]["countryCode"],
        },
        "lines": lines.map(|line| vendure_line(&line, &money)).collect::<Vec<_>>(),
        "shipping_total": money(whole(&order["shippingWithTax"])),
        "tax_total": money(list(&order["taxSummary"]).iter().map(|tax| whole(&tax["taxTotal"])).sum()),
        "total": money(whole(&order["totalWithTax"])),
        "refunds": refunds.iter().map(|refund| json!({
            "external_id": refund["id"],
            "amount": money(whole(&refund["total"])),
            "reason": refund["reason"],
            "at": refund["updatedAt"],
        })).collect::<Vec<_>>(),
    });
    body("order.upserted", event, data)
}

/// Vendure's fulfilment events, which do not name their order: the plugin looks it up.
pub(crate) fn vendure_fulfilment(event: &Value, order: &str) -> Value {
    let fulfilment = &event["data"]["fulfillment"];
    let status = match fulfilment["state"].as_str() {
        Some("Shipped") => json!("unknown"),
        Some("Delivered") => json!("delivered"),
        Some("Cancelled") => json!("cancelled"),
        _ => Value::Null,
    };
    let numbers: Vec<&Value> = Some(&fulfilment["trackingCode"]).into_iter().filter(|code| !code.is_null()).collect();
    let lines = list(&fulfilment["lines"]);
    let data = json!({
        "order_id": order,
        "external_id": fulfilment["id"],
        "carrier": fulfilment["method"],
        "numbers": numbers,
        "status": status,
        "updated_at": event["timestamp"],
        "lines": lines.iter().map(|line| json!({"line": line["orderLineId"], "quantity": line["quantity"]})).collect::<Vec<_>>(),
    });
    body("shipment.upserted", event, data)
}

/// Vendure's settled refund.
pub(crate) fn vendure_refund(event: &Value) -> Value {
    let (order, refund) = (&event["data"]["order"], &event["data"]["refund"]);
    let currency = upper(&order["currencyCode"]);
    let data = json!({
        "order_id": order["id"],
        "external_id": refund["id"],
        "amount": {"amount": major(whole(&refund["total"]), &currency), "currency": currency},
        "reason": refund["reason"],
        "at": event["timestamp"],
    });
    body("refund.created", event, data)
}

fn body(kind: &str, event: &Value, data: Value) -> Value {
    json!({"type": kind, "timestamp": event["timestamp"], "data": without_nulls(data)})
}

fn medusa_line(item: &Value, money: &dyn Fn(&Value) -> Value) -> Value {
    let options = list(&item["variant"]["options"]);
    json!({
        "external_id": item["id"],
        "product_id": item["product_id"],
        "variant_id": item["variant_id"],
        "sku": item["variant_sku"],
        "title": item["title"],
        "options": options.iter().map(|o| json!({"name": o["option"]["title"], "value": o["value"]})).collect::<Vec<_>>(),
        "image": item["thumbnail"],
        "quantity": item["quantity"],
        "fulfilled_quantity": item["detail"]["fulfilled_quantity"],
        "refunded_quantity": item["detail"]["return_received_quantity"],
        "unit_price": money(&item["unit_price"]),
        "discount_total": money(&item["discount_total"]),
        "tax_total": money(&item["tax_total"]),
        "requires_shipping": item["requires_shipping"],
    })
}

fn medusa_parcel(fulfilment: &Value) -> Value {
    let labels = list(&fulfilment["labels"]);
    let told = |name: &str| labels.iter().map(|label| label[name].clone()).filter(Value::is_string).collect::<Vec<_>>();
    let is = |name: &str| !fulfilment[name].is_null();
    let status = match () {
        () if is("canceled_at") => json!("cancelled"),
        () if is("delivered_at") => json!("delivered"),
        () if is("shipped_at") => json!("unknown"),
        () => Value::Null,
    };
    let items = list(&fulfilment["items"]);
    json!({
        "external_id": fulfilment["id"],
        "numbers": told("tracking_number"),
        "urls": told("tracking_url"),
        "status": status,
        "shipped_at": fulfilment["shipped_at"],
        "updated_at": fulfilment["updated_at"],
        "lines": items.iter().map(|i| json!({"line": i["line_item_id"], "quantity": i["quantity"]})).collect::<Vec<_>>(),
    })
}

/// What the collections hold against what the order costs: an exchange adds a second, unpaid one.
fn medusa_payment(order: &Value) -> &'static str {
    let sum =
        |name: &str| list(&order["payment_collections"]).iter().filter_map(|paid| paid[name].as_f64()).sum::<f64>();
    let (captured, refunded, total) =
        (sum("captured_amount"), sum("refunded_amount"), order["total"].as_f64().unwrap_or_default());
    match () {
        () if refunded > 0.0 && refunded >= captured => "refunded",
        () if refunded > 0.0 => "partially_refunded",
        () if captured > 0.0 && captured >= total => "paid",
        () if captured > 0.0 => "partially_paid",
        () if sum("authorized_amount") > 0.0 => "authorized",
        () => "pending",
    }
}

fn medusa_fulfilment(items: &[Value]) -> &'static str {
    let sum = |name: &str| items.iter().map(|item| whole(&item["detail"][name])).sum::<i64>();
    match (sum("fulfilled_quantity"), sum("quantity")) {
        (0, _) => "none",
        (fulfilled, all) if fulfilled >= all => "fulfilled",
        _ => "partial",
    }
}

fn medusa_name(order: &Value) -> Value {
    let name = full_name(&order["customer"]["first_name"], &order["customer"]["last_name"]);
    if name.is_null() {
        return full_name(&order["shipping_address"]["first_name"], &order["shipping_address"]["last_name"]);
    }
    name
}

fn vendure_line(line: &Value, money: &dyn Fn(i64) -> Value) -> Value {
    let variant = &line["productVariant"];
    let named = |thing: &Value| thing["translations"][0]["name"].clone();
    let options = list(&variant["options"]);
    json!({
        "external_id": line["id"],
        "product_id": variant["productId"],
        "variant_id": line["productVariantId"],
        "sku": variant["sku"],
        "title": variant["name"],
        "options": options.iter().map(|o| json!({"name": named(&o["group"]), "value": named(o)})).collect::<Vec<_>>(),
        "image": line["featuredAsset"]["preview"],
        "quantity": line["quantity"],
        "unit_price": money(whole(&line["unitPrice"])),
        "tax_total": money(whole(&line["lineTax"])),
    })
}

fn vendure_payment(order: &Value, payments: &[Value], refunds: &[Value]) -> &'static str {
    let settled: i64 =
        payments.iter().filter(|paid| paid["state"] == "Settled").map(|paid| whole(&paid["amount"])).sum();
    let refunded: i64 = refunds.iter().map(|refund| whole(&refund["total"])).sum();
    match () {
        () if refunded > 0 && refunded >= settled => "refunded",
        () if refunded > 0 => "partially_refunded",
        () if settled > 0 && settled >= whole(&order["totalWithTax"]) => "paid",
        () if settled > 0 => "partially_paid",
        () if payments.iter().any(|paid| paid["state"] == "Authorized") => "authorized",
        () => "pending",
    }
}

fn full_name(first: &Value, last: &Value) -> Value {
    let parts: Vec<&str> = [first, last].into_iter().filter_map(Value::as_str).collect();
    if parts.is_empty() { Value::Null } else { json!(parts.join(" ")) }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn whole(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}

fn upper(code: &Value) -> String {
    code.as_str().unwrap_or_default().to_uppercase()
}

/// Minor units as the decimal that the generic hook takes.
fn major(minor: i64, currency: &str) -> String {
    let currency: Option<Currency> = currency.parse().ok();
    currency.map(|currency| Money::from_minor(minor, currency).to_string()).unwrap_or_default()
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, without_nulls(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
