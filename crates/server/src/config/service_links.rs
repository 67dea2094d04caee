//! Kubernetes tells every container of every service beside it, by variables named after the service: one named `moot`
//! brings `MOOT_PORT=tcp://10.0.0.7:3000`, one named `redis` brings `REDIS_PORT=tcp://…`. Nobody has set these, and read
//! as settings they would stop the start.
//! <https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables>

use std::collections::BTreeMap;

/// Takes them out of an environment that is Kubernetes' own; leaves any other as it is.
pub(super) fn remove(environment: &mut BTreeMap<String, String>) {
    if environment.contains_key("KUBERNETES_SERVICE_HOST") {
        environment.retain(|name, value| !is_link(name, value));
    }
}

fn is_link(name: &str, value: &str) -> bool {
    let names_an_address = value.starts_with("tcp://") || value.starts_with("udp://");
    let is_detail = name.rsplit_once("_PORT_").is_some_and(|(_, rest)| {
        let mut parts = rest.split('_');
        parts.next().is_some_and(|port| port.parse::<u16>().is_ok())
            && matches!(parts.next(), Some("TCP" | "UDP"))
    });
    is_detail
        || (name.ends_with("_PORT") && names_an_address)
        || name.ends_with("_SERVICE_HOST")
        || name.ends_with("_SERVICE_PORT")
        || name.contains("_SERVICE_PORT_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(pairs: &[(&str, &str)]) -> Vec<String> {
        let mut environment = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        remove(&mut environment);
        environment
            .into_keys()
            .filter(|name| !name.starts_with("KUBERNETES"))
            .collect()
    }

    #[test]
    fn what_kubernetes_says_of_services_is_not_taken_for_settings() {
        let settings = [
            ("KUBERNETES_SERVICE_HOST", "10.0.0.1"),
            ("MOOT_SERVICE_HOST", "10.0.0.7"),
            ("MOOT_SERVICE_PORT", "3000"),
            ("MOOT_SERVICE_PORT_HTTP", "3000"),
            ("MOOT_PORT", "tcp://10.0.0.7:3000"),
            ("MOOT_PORT_3000_TCP", "tcp://10.0.0.7:3000"),
            ("MOOT_PORT_3000_TCP_ADDR", "10.0.0.7"),
            ("REDIS_PORT", "tcp://10.0.0.8:6379"),
            ("DB_PORT", "5432"),
            ("MOOT_PROFILE", "production"),
        ];

        assert_eq!(kept(&settings), ["DB_PORT", "MOOT_PROFILE"]);
    }

    #[test]
    fn elsewhere_such_a_name_is_somebodys_mistake() {
        assert_eq!(kept(&[("MOOT_PORT", "tcp://10.0.0.7:3000")]), ["MOOT_PORT"]);
    }
}
