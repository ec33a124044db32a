//! `check --fix` and `fix.xlsx`.
