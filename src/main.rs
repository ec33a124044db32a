//! The binary: hands its arguments over and returns the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    incs_import::cli::main(std::env::args_os())
}
