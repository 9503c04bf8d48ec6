//! Shopify's fulfilments and the carrier's events on them.

use crate::{
    connect::{
        fields::Field,
        shops::{MOST_EXTRAS, MOST_LINES, add_pieces},
    },
    domain::normal::{MilestoneNews, News, ShipmentNews, ShipmentStatus},
};

/// A fulfilment as news of its own.
pub(super) fn fulfilment(body: &Field<'_>) -> Option<News> {
    let order = body.get("order_id").required(Field::id);
    Some(News::Shipment { order, shipment: shipment(body)? })
}

/// What a carrier told.
pub(super) fn event(body: &Field<'_>) -> Option<News> {
    let place: Vec<String> = ["city", "province", "country"].iter().filter_map(|part| body.get(part).name()).collect();
    Some(News::Milestone {
        order: body.get("order_id").required(Field::id),
        shipment: body.get("fulfillment_id").required(Field::id),
        milestone: MilestoneNews {
            external_id: body.get("id").required(Field::id),
            status: status(&body.get("status").required(Field::name)),
            at: body.get("happened_at").time().unwrap_or_else(|| body.get("created_at").required(Field::time)),
            place: Some(place.join(", ")).filter(|place| !place.is_empty()),
            message: body.get("message").note(),
            expected_at: body.get("estimated_delivery_at").time(),
        },
    })
}

/// A parcel. That a fulfilment succeeded says that it left, no more.
pub(super) fn shipment(body: &Field<'_>) -> Option<ShipmentNews> {
    let body = body.must(Field::object)?;
    let state = body.get("status").name();
    let told = body.get("shipment_status").name();
    let status = match state.as_deref() {
        Some("cancelled") => Some(ShipmentStatus::Cancelled),
        Some("failure" | "error") => None,
        Some("success") => Some(told.as_deref().map_or(ShipmentStatus::Unknown, self::status)),
        _ => told.as_deref().map(self::status),
    };
    let created_at = body.get("created_at").time();
    Some(ShipmentNews {
        external_id: body.get("id").required(Field::id),
        carrier: body.get("tracking_company").name(),
        numbers: one_or_more(&body, "tracking_number", Field::id),
        urls: one_or_more(&body, "tracking_url", Field::link),
        status,
        shipped_at: created_at.filter(|_| status.is_some_and(|status| status != ShipmentStatus::Cancelled)),
        updated_at: body
            .get("updated_at")
            .time()
            .or(created_at)
            .unwrap_or_else(|| body.get("updated_at").required(Field::time)),
        lines: pieces(&body.get("line_items")),
    })
}

/// The list called by the plural of `name`, else the one value.
fn one_or_more<'a>(body: &Field<'a>, name: &str, read: fn(&Field<'a>) -> Option<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let listed = body.get(&format!("{name}s")).items(MOST_EXTRAS);
    for value in listed.iter().filter_map(read).chain(read(&body.get(name))) {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

fn pieces(lines: &Field<'_>) -> Vec<(String, u32)> {
    let mut pieces = Vec::new();
    for line in lines.items(MOST_LINES) {
        let id = line.get("id").required(Field::id);
        let count = line.get("quantity").required(|quantity| quantity.pieces(0));
        if count > 0 {
            add_pieces(&mut pieces, id, count);
        }
    }
    pieces
}

/// Shopify's words for where a parcel is; a new word is unknown, never an error.
fn status(word: &str) -> ShipmentStatus {
    match word {
        "label_purchased" | "label_printed" | "confirmed" => ShipmentStatus::LabelCreated,
        "carrier_picked_up" => ShipmentStatus::Accepted,
        "in_transit" => ShipmentStatus::InTransit,
        "out_for_delivery" => ShipmentStatus::OutForDelivery,
        "ready_for_pickup" => ShipmentStatus::AvailableForPickup,
        "attempted_delivery" => ShipmentStatus::AttemptFailed,
        "delayed" => ShipmentStatus::Delayed,
        "failure" => ShipmentStatus::Exception,
        "delivered" | "picked_up" => ShipmentStatus::Delivered,
        _ => ShipmentStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::connect::fields::Reading;

    #[test]
    fn every_word_of_shopify_has_one_of_ours() {
        for (word, ours) in [
            ("label_purchased", "label_created"),
            ("label_printed", "label_created"),
            ("confirmed", "label_created"),
            ("carrier_picked_up", "accepted"),
            ("in_transit", "in_transit"),
            ("out_for_delivery", "out_for_delivery"),
            ("ready_for_pickup", "available_for_pickup"),
            ("picked_up", "delivered"),
            ("attempted_delivery", "attempt_failed"),
            ("delayed", "delayed"),
            ("delivered", "delivered"),
            ("failure", "exception"),
            ("teleported", "unknown"),
        ] {
            assert_eq!(status(word).as_str(), ours, "{word}");
        }
    }

    #[test]
    fn only_what_left_is_shown_as_shipped() {
        let made = |state: &str, told: Option<&str>| {
            let at = "2026-11-20T10:00:00Z";
            let body = json!({"id": 1, "status": state, "shipment_status": told, "created_at": at, "updated_at": at});
            let reading = Reading::lenient();
            let shipment = shipment(&reading.root(&body));
            let shipment = reading.finish(shipment).unwrap();
            (shipment.status, shipment.shipped_at.is_some())
        };
        assert_eq!(made("success", None), (Some(ShipmentStatus::Unknown), true));
        assert_eq!(made("success", Some("in_transit")), (Some(ShipmentStatus::InTransit), true));
        assert_eq!(made("pending", None), (None, false));
        assert_eq!(made("open", Some("delivered")), (Some(ShipmentStatus::Delivered), true));
        assert_eq!(made("failure", Some("in_transit")), (None, false));
        assert_eq!(made("error", None), (None, false));
        assert_eq!(made("cancelled", Some("in_transit")), (Some(ShipmentStatus::Cancelled), false));
    }
}
