//! The copy engine: every table of a source into an empty place, those that others refer to first. A table is written in one
//! transaction and read back from where it was written before that is kept. Killed in the middle, the same copy goes on: tables
//! that are there and equal to the source's are left, the first that is not and all after it are made anew.

use super::{progress::Progress, say};
use crate::{
    error::Result,
    store::copying::{Apart, Place, Row, Table, Tally},
};

/// What rows are copied out of.
pub trait Source {
    /// Its tables, those that others refer to first.
    ///
    /// # Errors
    /// When it cannot be read.
    fn tables(&mut self) -> Result<Vec<Table>>;

    /// How many rows a table has, and the hash of them all as [`Tally`] reckons it.
    ///
    /// # Errors
    /// When it cannot be read.
    fn sum(&mut self, table: &Table) -> Result<(u64, [u8; 32])>;

    /// The rows of a table, in the order of its key. Tables are asked for in their order, and each at most once.
    ///
    /// # Errors
    /// When it cannot be read, or what `each` answers.
    fn rows(&mut self, table: &Table, each: &mut dyn FnMut(Vec<Row>) -> Result<()>) -> Result<()>;
}

impl Source for Place {
    fn tables(&mut self) -> Result<Vec<Table>> {
        Self::tables(self)
    }

    fn sum(&mut self, table: &Table) -> Result<(u64, [u8; 32])> {
        let tally = self.tally(table)?;
        Ok((tally.rows(), tally.hash()))
    }

    fn rows(&mut self, table: &Table, each: &mut dyn FnMut(Vec<Row>) -> Result<()>) -> Result<()> {
        self.read(table, each)
    }
}

/// Copies every table; how many rows there are now. The target has the source's schema.
///
/// # Errors
/// When either side fails, or something does not read back as it was written.
pub fn copy(source: &mut dyn Source, target: &mut Place, progress: &mut Progress) -> Result<u64> {
    let tables = source.tables()?;
    same_tables(&tables, &target.tables()?)?;
    let (mut rows, mut equal) = (0, true);
    for (place, table) in tables.iter().enumerate() {
        if equal {
            let there = target.tally(table)?;
            if (there.rows(), there.hash()) == source.sum(table)? {
                source.rows(table, &mut |rows| {
                    progress.step(&table.name, rows.len() as u64);
                    Ok(())
                })?;
                rows += there.rows();
                continue;
            }
            target.empty(tables.get(place..).unwrap_or_default())?;
            equal = false;
        }
        rows += copy_table(source, target, table, progress)?.rows();
    }
    Ok(rows)
}

fn copy_table(source: &mut dyn Source, target: &mut Place, table: &Table, progress: &mut Progress) -> Result<Tally> {
    let spreads = target.is_sqlite();
    target.fill(table, |insert| {
        let (mut sent, mut apart) = (Tally::default(), Apart::default());
        source.rows(table, &mut |mut rows| {
            if spreads {
                apart.spread(table, &mut rows);
            }
            sent.add(&rows);
            insert(&rows)?;
            progress.step(&table.name, rows.len() as u64);
            Ok(())
        })?;
        Ok(sent)
    })
}

/// Both sides have the same tables: else something would be left behind.
fn same_tables(from: &[Table], to: &[Table]) -> Result<()> {
    let missing = |here: &[Table], there: &[Table]| {
        here.iter().find(|table| there.iter().all(|other| other.name != table.name)).map(|table| table.name.clone())
    };
    match missing(from, to).or_else(|| missing(to, from)) {
        None => Ok(()),
        Some(name) => Err(say(format!("one side has a table {name} and the other has none: nothing was copied"))),
    }
}
