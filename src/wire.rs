//! Our own JSON at the border: what programs are answered and what they may ask, one struct a thing. The OpenAPI document
//! is made from these types, so their words are its words. The domain knows nothing of them; nothing is decided in here.

pub mod agents;
pub mod audit;
pub mod canned;
pub mod cases;
pub mod events;
pub mod export;
pub mod files;
pub mod hours;
pub mod labels;
pub mod list;
pub mod messages;
pub mod money;
pub mod orders;
pub mod people;
pub mod products;
pub mod reading;
pub mod search;
pub mod shipments;
pub mod threads;

pub use list::{Cursor, Limit, List};
pub use money::MoneyOut;
pub use reading::{body, query};

#[cfg(test)]
mod tests;
