//! The binary: runtime and exit code, nothing else.

fn main() {}
