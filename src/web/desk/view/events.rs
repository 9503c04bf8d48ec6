//! What happened, as one line of a conversation: the drawing and the sentence for each public name of a change.
//! Messages and notes are no lines; they are drawn themselves.

use crate::i18n::{Words, key};

/// What is said when somebody assigns a thread to themselves.
pub const TAKEN: &str = "thread.taken";

/// The drawing and sentence for a change by its public name (`case.approved`). `who` is a name; `detail` is what the
/// sentence is about: for `thread.assigned` a name, for `case.*` the kind of request in words (or what is swapped),
/// for `shipment.moved` the new headline, for `payment.*` and `refund.*` an amount. Both may be empty where the
/// sentence does without. `None` for what is no line.
pub fn line(t: &Words, change: &str, who: &str, detail: &str) -> Option<(&'static str, String)> {
    let (icon, sentence) = words(change, detail)?;
    Some((icon, t.two(sentence, "who", who, "detail", detail)))
}

fn words(change: &str, detail: &str) -> Option<(&'static str, &'static str)> {
    Some(match change {
        "order.placed" => ("box", key("desk-event-order-placed")),
        "order.updated" => ("edit", key("desk-event-order-updated")),
        "order.cancelled" => ("x", key("desk-event-order-cancelled")),
        "thread.assigned" if detail.is_empty() => ("user", key("desk-event-unassigned")),
        TAKEN => ("user", key("desk-event-taken")),
        "thread.assigned" => ("user", key("desk-event-assigned")),
        "thread.snoozed" => ("moon", key("desk-event-snoozed")),
        "thread.woken" => ("clock", key("desk-event-woken")),
        "thread.spam_marked" => ("x", key("desk-event-spam")),
        "thread.spam_cleared" => ("refresh", key("desk-event-not-spam")),
        "thread.resolved" => ("done", key("desk-event-resolved")),
        "thread.reopened" => ("refresh", key("desk-event-reopened")),
        "thread.labelled" => ("tag", key("desk-event-labelled")),
        "thread.unlabelled" => ("tag", key("desk-event-unlabelled")),
        "shipment.moved" => ("truck", key("desk-event-shipment")),
        "delivery.confirmed" => ("done", key("desk-event-all-well")),
        "mail.refused" => ("mail", key("desk-event-mail-refused")),
        "mail.readdressed" => ("mail", key("desk-event-mail-readdressed")),
        "shopper.erased" => ("shield", key("desk-event-erased")),
        other => return case(other).or_else(|| money(other)),
    })
}

fn case(change: &str) -> Option<(&'static str, &'static str)> {
    Some(match change {
        "case.requested" => ("swap", key("desk-event-case-requested")),
        "case.proposed" => ("swap", key("desk-event-case-proposed")),
        "case.countered" => ("swap", key("desk-event-case-countered")),
        "case.approved" => ("check", key("desk-event-case-approved")),
        "case.declined" => ("x", key("desk-event-case-declined")),
        "case.cancelled" => ("x", key("desk-event-case-cancelled")),
        "case.expired" => ("clock", key("desk-event-case-expired")),
        "case.moved" => ("arrow", key("desk-event-case-moved")),
        "case.completed" => ("done", key("desk-event-case-completed")),
        _ => return None,
    })
}

fn money(change: &str) -> Option<(&'static str, &'static str)> {
    Some(match change {
        "payment.requested" => ("card", key("desk-event-payment-requested")),
        "payment.paid" => ("wallet", key("desk-event-payment-paid")),
        "payment.failed" => ("alert", key("desk-event-payment-failed")),
        "refund.submitted" => ("bank", key("desk-event-refund-submitted")),
        "refund.succeeded" => ("wallet", key("desk-event-refund-succeeded")),
        "refund.failed" => ("alert", key("desk-event-refund-failed")),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_change_that_can_be_seen_has_a_sentence_in_every_language() {
        let seen = "order.placed order.updated order.cancelled thread.assigned thread.snoozed thread.woken \
            thread.spam_marked thread.spam_cleared thread.resolved \
            thread.reopened thread.labelled thread.unlabelled shipment.moved case.requested case.proposed \
            case.countered case.approved case.declined \
            case.cancelled case.expired case.moved case.completed payment.requested payment.paid payment.failed \
            refund.submitted refund.succeeded refund.failed delivery.confirmed mail.refused mail.readdressed \
            shopper.erased";
        for lang in Lang::all() {
            let t = Words::new(lang, chrono_tz::Europe::Paris, chrono::Utc::now());
            for change in seen.split_whitespace() {
                let (icon, text) = line(&t, change, "Inès", "Théo").unwrap();
                assert!(!icon.is_empty() && !text.contains("desk-event") && !text.contains('{'), "{change}: {text}");
            }
        }
    }

    #[test]
    fn what_is_drawn_itself_is_no_line() {
        let t = Words::new(Lang::default(), chrono_tz::UTC, chrono::Utc::now());
        assert_eq!(line(&t, "message.posted", "Inès", ""), None);
        assert!(line(&t, "thread.assigned", "Inès", "").unwrap().1.contains("Inès"));
    }
}
