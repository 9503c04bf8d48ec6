//! Nudges as a few words, for the wire between nodes: a letter for what it is, then its ids, with dots between.

use std::str::FromStr;

use super::{Nudge, Sign, Viewer, Writer};

impl Nudge {
    /// This nudge in words; none for what concerns the node alone.
    pub fn in_words(&self) -> Option<String> {
        Some(match self {
            Self::Thread(merchant, thread) => format!("t.{merchant}.{thread}"),
            Self::Marks(merchant, thread) => format!("m.{merchant}.{thread}"),
            Self::Writing(merchant, thread, Writer::Shopper) => format!("w.{merchant}.{thread}"),
            Self::Writing(merchant, thread, Writer::Agent { agent, note }) => {
                format!("w.{merchant}.{thread}.{agent}.{}", if *note { "note" } else { "reply" })
            }
            Self::Viewing(merchant, thread, Viewer { agent, page, sign }) => {
                let sign = match sign {
                    Sign::Opened => "opened",
                    Sign::Here => "here",
                    Sign::Gone => "gone",
                };
                format!("v.{merchant}.{thread}.{agent}.{page}.{sign}")
            }
            // Each node looks for deliveries by itself, and one of them makes each.
            Self::Delivery => return None,
            Self::Connectors(merchant) => format!("c.{merchant}"),
            Self::SignedOut(merchant, agent) => format!("s.{merchant}.{agent}"),
        })
    }

    /// Reads it again; none for what is none, such as a word of a newer version.
    pub fn from_words(words: &str) -> Option<Self> {
        let parts: Vec<&str> = words.split('.').collect();
        Some(match parts.as_slice() {
            ["t", merchant, thread] => Self::Thread(id(merchant)?, id(thread)?),
            ["m", merchant, thread] => Self::Marks(id(merchant)?, id(thread)?),
            ["w", merchant, thread] => Self::Writing(id(merchant)?, id(thread)?, Writer::Shopper),
            ["w", merchant, thread, agent, what @ ("note" | "reply")] => {
                let writer = Writer::Agent { agent: id(agent)?, note: *what == "note" };
                Self::Writing(id(merchant)?, id(thread)?, writer)
            }
            ["v", merchant, thread, agent, page, sign] => {
                let sign = match *sign {
                    "opened" => Sign::Opened,
                    "here" => Sign::Here,
                    "gone" => Sign::Gone,
                    _ => return None,
                };
                Self::Viewing(id(merchant)?, id(thread)?, Viewer { agent: id(agent)?, page: id(page)?, sign })
            }
            ["c", merchant] => Self::Connectors(id(merchant)?),
            ["s", merchant, agent] => Self::SignedOut(id(merchant)?, id(agent)?),
            _ => return None,
        })
    }
}

fn id<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AgentId, MerchantId, ThreadId};

    #[test]
    fn what_is_told_another_node_is_what_it_hears() {
        let (merchant, thread) = (MerchantId::from_bytes([1; 16]), ThreadId::from_bytes([2; 16]));
        let agent = AgentId::from_bytes([3; 16]);
        let viewing = |sign| Nudge::Viewing(merchant, thread, Viewer { agent, page: u64::MAX, sign });
        let mut longest = 0;
        for nudge in [
            Nudge::Thread(merchant, thread),
            Nudge::Marks(merchant, thread),
            Nudge::Writing(merchant, thread, Writer::Shopper),
            Nudge::Writing(merchant, thread, Writer::Agent { agent, note: true }),
            Nudge::Writing(merchant, thread, Writer::Agent { agent, note: false }),
            viewing(Sign::Opened),
            viewing(Sign::Here),
            viewing(Sign::Gone),
            Nudge::Connectors(merchant),
            Nudge::SignedOut(merchant, agent),
        ] {
            let words = nudge.in_words().unwrap();
            assert_eq!(Nudge::from_words(&words), Some(nudge), "{words}");
            assert!(
                words.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte))
            );
            longest = longest.max(words.len());
        }
        assert!(longest <= 150, "{longest}");
        assert_eq!(Nudge::Delivery.in_words(), None, "every node looks for itself");
    }

    #[test]
    fn what_is_no_nudge_is_not_heard() {
        let words = Nudge::Thread(MerchantId::from_bytes([1; 16]), ThreadId::from_bytes([2; 16])).in_words().unwrap();
        for bad in
            ["", ".", "t", "x.1", &words[1..], &format!("{words}.more"), &words.replace("thr_", "mer_"), "c.mer_"]
        {
            assert_eq!(Nudge::from_words(bad), None, "{bad}");
        }
    }
}
