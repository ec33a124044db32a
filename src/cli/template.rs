//! `template`.
use super::args::TemplateArgs;
use super::console::Console;
use super::refusal::Refusal;

pub(super) fn run(arguments: &TemplateArgs, console: &Console) -> Result<u8, Refusal> {
    console.say(arguments.out.display());
    Ok(0)
}
