//! The back door: what leaves the house. The worker takes deliveries that are due, has them written and sends them: to the
//! mail server, or as files where there is none.

mod clocks;
pub mod email;
pub mod erasing;
pub mod letters;
pub mod smtp;
mod sweeping;
mod tidying;
pub mod worker;
pub mod writing;
