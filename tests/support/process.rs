//! A program that was started and is ended by its own id, with its output kept in files.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a program gets to stop by itself.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    out: PathBuf,
    errors: PathBuf,
}

impl Process {
    /// Starts `command`, its output appended to `name.out` and `name.log` in `folder`.
    pub(crate) fn start(mut command: Command, folder: &Path, name: &str) -> Self {
        let out = folder.join(format!("{name}.out"));
        let errors = folder.join(format!("{name}.log"));
        let child = command
            .stdin(Stdio::null())
            .stdout(append(&out))
            .stderr(append(&errors))
            .spawn()
            .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        Self { child, out, errors }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it printed on standard output, over all starts in this folder.
    pub(crate) fn printed(&self) -> String {
        std::fs::read_to_string(&self.out).unwrap_or_default()
    }

    /// The last lines of output and log, to be shown with a failure.
    pub(crate) fn tail(&self) -> String {
        let errors = std::fs::read_to_string(&self.errors).unwrap_or_default();
        [last_lines(&self.printed(), 20), last_lines(&errors, 60)].concat()
    }

    /// Panics with the log when the program has ended by itself.
    pub(crate) fn must_be_running(&mut self) {
        if let Ok(Some(status)) = self.child.try_wait() {
            panic!("the program ended by itself with {status}:\n{}", self.tail());
        }
    }

    /// Power off: no chance to finish anything.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to stop (SIGTERM) and waits; true when it stopped by itself, with success, in time.
    pub(crate) fn stop(&mut self) -> bool {
        let _ = Command::new("sh").arg("-c").arg(format!("kill -TERM {}", self.child.id())).status();
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Ok(Some(status)) = self.child.try_wait() {
                return status.success();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.kill();
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port nobody listens on now.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("the loopback can be listened on");
    listener.local_addr().expect("a listener has an address").port()
}

fn append(path: &Path) -> File {
    File::options().create(true).append(true).open(path).expect("a log file can be written")
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].iter().map(|line| format!("  | {line}\n")).collect()
}

#[test]
fn a_program_that_listens_to_sigterm_stops_and_one_that_does_not_is_killed_with_its_value() {
    let folder = tempfile::tempdir().unwrap();
    let mut polite = Command::new("sh");
    polite.args(["-c", "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done"]);
    let mut polite = Process::start(polite, folder.path(), "polite");
    while !polite.printed().contains("ready") {
        std::thread::sleep(Duration::from_millis(10));
    }
    polite.must_be_running();
    assert!(polite.stop(), "it stopped by itself");

    let mut deaf = Command::new("sleep");
    deaf.arg("600");
    let deaf = Process::start(deaf, folder.path(), "deaf");
    let id = deaf.id();
    drop(deaf);
    assert!(!Path::new(&format!("/proc/{id}")).exists(), "it is gone");
}
