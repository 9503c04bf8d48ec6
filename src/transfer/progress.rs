//! How far a copy is: a bar that moves on a terminal, else a line now and then.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

const WIDTH: u64 = 30;

#[derive(Debug)]
pub struct Progress {
    total: u64,
    done: u64,
    told: Option<Instant>,
    terminal: bool,
}

impl Progress {
    /// Of so many rows or bytes.
    pub fn of(total: u64) -> Self {
        Self { total, done: 0, told: None, terminal: std::io::stderr().is_terminal() }
    }

    /// So many more are done, of what `what` names.
    pub fn step(&mut self, what: &str, more: u64) {
        self.done += more;
        let pause = Duration::from_millis(if self.terminal { 100 } else { 10_000 });
        match self.told {
            // Without a terminal what is quickly done is done without a word.
            None if !self.terminal => self.told = Some(Instant::now()),
            Some(told) if told.elapsed() < pause => {}
            _ => {
                self.told = Some(Instant::now());
                self.tell(what);
            }
        }
    }

    fn tell(&self, what: &str) {
        let line = line(self.done, self.total, what);
        let mut out = std::io::stderr();
        // Whoever cannot read it misses nothing that matters.
        let _ = if self.terminal { write!(out, "\r\x1b[K{line}") } else { writeln!(out, "{line}") };
        let _ = out.flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.terminal && self.told.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn line(done: u64, total: u64, what: &str) -> String {
    let full = (done.min(total) * WIDTH).checked_div(total).unwrap_or(WIDTH);
    let percent = (done.min(total) * 100).checked_div(total).unwrap_or(100);
    let (full, rest) = ("#".repeat(usize::try_from(full).unwrap_or(0)), WIDTH - full);
    format!("[{full}{}] {percent:>3} %  {what}", " ".repeat(usize::try_from(rest).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_bar_is_full_when_all_is_done_and_never_more() {
        assert_eq!(line(0, 10, "orders"), format!("[{}]   0 %  orders", " ".repeat(30)));
        assert_eq!(line(5, 10, "orders"), format!("[{}{}]  50 %  orders", "#".repeat(15), " ".repeat(15)));
        assert_eq!(line(12, 10, "orders"), format!("[{}] 100 %  orders", "#".repeat(30)));
        assert_eq!(line(0, 0, "nothing"), format!("[{}] 100 %  nothing", "#".repeat(30)));
    }
}
