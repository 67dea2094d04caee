//! How entries and groups are found: texts with gaps that must come out as filters and names.

use signin::ldap::{Find, Groups, Template, is_below, is_filter};

use crate::config::reader::Reader;

use super::Said;

pub(super) fn find(
    reader: &mut Reader<'_>,
    said: &Said,
    base: &str,
    (uid, mail): (&str, &str),
) -> Option<Find> {
    if let Some(text) = &said.bind_template {
        let name = "MOOT_LDAP_BIND_TEMPLATE";
        let template = template(reader, name, text.trim(), &["uid"], "uid")?;
        if !is_below(&template.fill(&[("uid", "somebody")]), base) {
            reader.error(format!(
                "{name} must end with LDAP_BASE, such as uid=%{{uid}},{base}"
            ));
            return None;
        }
        return Some(Find::Template(template));
    }
    let name = "LDAP_SEARCH_FILTER";
    let template = template(
        reader,
        name,
        said.search_filter.trim(),
        &["uid", "mail", "email"],
        "email",
    )?;
    if !is_filter(&template.fill(&[("uid", uid), ("mail", mail), ("email", "somebody")])) {
        reader.error(format!(
            "{name} is no filter; write one such as (%{{uid}}=%{{email}})"
        ));
        return None;
    }
    Some(Find::Search(template))
}

pub(super) fn groups(reader: &mut Reader<'_>, said: &Said) -> Option<Groups> {
    let Some(base) = said.group_base.as_ref().map(|base| base.trim().to_owned()) else {
        if said.sets_group_filter {
            reader.error("MOOT_LDAP_GROUP_FILTER needs MOOT_LDAP_GROUP_BASE, the name below which groups are");
        }
        return None;
    };
    let name = "MOOT_LDAP_GROUP_FILTER";
    let text = said.group_filter.trim();
    let gaps = ["dn", "uid"];
    let filter = Template::parse(text, &gaps)
        .map_err(|error| reader.error(format!("{name} {error}")))
        .ok()?;
    let is_of_somebody = gaps.iter().any(|gap| filter.has(gap));
    if !is_of_somebody || !is_filter(&filter.fill(&[("dn", "somebody"), ("uid", "somebody")])) {
        reader.error(format!(
            "{name} must be a filter with %{{dn}} or %{{uid}}, such as (member=%{{dn}})"
        ));
        return None;
    }
    Some(Groups { base, filter })
}

pub(super) fn template(
    reader: &mut Reader<'_>,
    name: &str,
    text: &str,
    gaps: &[&str],
    needed: &str,
) -> Option<Template> {
    let template = Template::parse(text, gaps)
        .map_err(|error| reader.error(format!("{name} {error}")))
        .ok()?;
    if !template.has(needed) {
        reader.error(format!(
            "{name} must have %{{{needed}}} where the name goes"
        ));
        return None;
    }
    Some(template)
}
