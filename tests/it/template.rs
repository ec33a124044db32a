//! `template`: an empty list that is one.
