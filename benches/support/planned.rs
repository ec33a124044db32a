//! The plan of a list, with all rules as they are without a flag.

use std::path::Path;

use incs_import::domain::rules::{DateRules, PhoneRules};
use incs_import::input::{Options, open};
use incs_import::plan::{Context, Defaults, InputFile, LayoutRules, Plan, plan};

pub(crate) fn planned(list: &Path) -> Plan {
    let context = Context {
        today: jiff::civil::date(2026, 11, 22),
        phone: PhoneRules::default(),
        decimal: None,
        date: DateRules::default(),
        total: None,
        hidden: None,
        fill_down: false,
        require: Vec::new(),
        defaults: Defaults {
            auth_id: Some(1),
            module_id: "019d3dcd-0000-7000-8000-000000000000".to_owned(),
            ..Defaults::default()
        },
        limit: None,
    };
    let name = list.file_name().unwrap().to_string_lossy().into_owned();
    let source = open(list, &name, &Options::default());
    let file = InputFile { name, source, role: None, sheet: None };
    plan(&mut [file], &LayoutRules::default(), &context).unwrap()
}
