//! The house keeps its own rules: who may know whom, one catalogue entry for each sentence, no script or style inside a
//! page, tables as the migrations make them, papers that name what there is. These tests read the sources.

#[cfg(test)]
mod catalogues;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod templates;

#[cfg(test)]
mod sources {
    use std::{fs, path::Path};

    /// Every file below `folder` (from the project's root) whose name ends so, with its text.
    pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = Vec::new();
        collect(root, &root.join(folder), ending, &mut found);
        found.sort();
        assert!(!found.is_empty(), "nothing under {folder} ends in {ending}");
        found
    }

    fn collect(root: &Path, folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
}
