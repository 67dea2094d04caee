//! The machine that was measured on, in general words.

use std::fs;

use serde::Serialize;

/// Its size.
#[derive(Serialize)]
pub(crate) struct Machine {
    cores: usize,
    processor: String,
    memory_gib: f64,
}

impl Machine {
    /// This one.
    pub(crate) fn this() -> Self {
        let line = |path: &str, name: &str| {
            let text = fs::read_to_string(path).unwrap_or_default();
            let found = text.lines().find(|line| line.starts_with(name));
            found
                .and_then(|line| line.split_once(':'))
                .map_or_else(String::new, |(_, value)| value.trim().to_owned())
        };
        let memory = line("/proc/meminfo", "MemTotal");
        Self {
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            processor: line("/proc/cpuinfo", "model name"),
            memory_gib: memory
                .trim_end_matches(" kB")
                .parse()
                .map_or(0.0, |kib: f64| kib / 1024.0 / 1024.0),
        }
    }

    /// A phrase.
    pub(crate) fn describe(&self) -> String {
        format!(
            "{} cores ({}), {:.0} GiB of memory",
            self.cores, self.processor, self.memory_gib
        )
    }
}
