//! How the directory is set up, and who is in it at first.

use std::{fmt::Write as _, path::Path};

use super::{ADMIN, ADMINS_PASSWORD, BASE, Options, PEOPLE, SEARCHER, SEARCHERS_PASSWORD};

pub(super) fn configuration(folder: &Path, options: &Options) -> String {
    let folder = folder.display();
    let first = |folders: &[&'static str], file: &str| {
        let found = folders
            .iter()
            .find(|folder| Path::new(folder).join(file).exists());
        *found.expect("slapd is installed")
    };
    let modules = first(
        &["/usr/lib/ldap", "/usr/lib/openldap", "/usr/lib64/openldap"],
        "memberof.so",
    );
    let schemas = first(&["/etc/ldap/schema", "/etc/openldap/schema"], "core.schema");
    let tls = options.certificate.map_or_else(String::new, |name| {
        format!(
            "TLSCACertificateFile {folder}/ca.pem\nTLSCertificateFile {folder}/{name}.pem\n\
                 TLSCertificateKeyFile {folder}/{name}.key\nTLSVerifyClient never\n"
        )
    });
    format!(
        "include {schemas}/core.schema\ninclude {schemas}/cosine.schema\ninclude {schemas}/nis.schema\n\
             include {schemas}/inetorgperson.schema\nmodulepath {modules}\nmoduleload back_mdb\n\
             moduleload memberof\nmoduleload ppolicy\npidfile {folder}/slapd.pid\nargsfile {folder}/slapd.args\n\
             allow bind_anon_cred bind_anon_dn\nsizelimit {size_limit}\n{tls}\
             database mdb\nsuffix \"{BASE}\"\nrootdn \"{ADMIN}\"\nrootpw \"{ADMINS_PASSWORD}\"\n\
             directory {folder}/db\nmaxsize 67108864\ndbnosync\nindex objectClass,uid,mail,entryUUID eq\n\
             overlay memberof\noverlay ppolicy\nppolicy_default \"cn=default,ou=policies,{BASE}\"\n\
             access to attrs=userPassword by self write by anonymous auth by * none\naccess to * by * read\n",
        size_limit = options.size_limit,
    )
}

/// The name of a person's entry.
pub(crate) fn person(uid: &str) -> String {
    format!("uid={uid},{PEOPLE}")
}

pub(super) fn person_lines(uid: &str, password: &str) -> String {
    format!(
        "objectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}\nuserPassword: {password}\n"
    )
}

pub(super) fn first_entries(options: &Options) -> String {
    let mut ldif = format!(
        "dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: club\no: Club\n\n"
    );
    for unit in ["people", "groups", "services", "policies", "others"] {
        let _ = writeln!(
            ldif,
            "dn: ou={unit},{BASE}\nobjectClass: organizationalUnit\nou: {unit}\n"
        );
    }
    let _ = writeln!(
        ldif,
        "dn: cn=default,ou=policies,{BASE}\nobjectClass: device\nobjectClass: pwdPolicy\ncn: default\n\
         pwdAttribute: userPassword\npwdLockout: TRUE\npwdMaxFailure: {}\n",
        options.failures_until_locked
    );
    let _ = writeln!(
        ldif,
        "dn: {SEARCHER}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: moot\n\
         userPassword: {SEARCHERS_PASSWORD}\n"
    );
    let _ = writeln!(
        ldif,
        "dn: ou=elsewhere,{PEOPLE}\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\n\
         ref: ldap://127.0.0.1:1/ou=elsewhere,{BASE}\n"
    );
    for (uid, more) in [
        (
            "alice",
            "mail: alice@club.example\ndisplayName: Alice Liddell\n",
        ),
        ("bob", ""),
        ("tweedledum", "mail: twins@club.example\n"),
        ("tweedledee", "mail: twins@club.example\n"),
        ("white.rabbit-jr", "mail: rabbit@club.example\n"),
    ] {
        let _ = writeln!(
            ldif,
            "dn: {}\n{}{more}",
            person(uid),
            person_lines(uid, &password(uid))
        );
    }
    let _ = writeln!(
        ldif,
        "dn: uid=eve,ou=others,{BASE}\n{}",
        person_lines("eve", &password("eve"))
    );
    ldif
}

/// The password that somebody begins with.
pub(crate) fn password(uid: &str) -> String {
    format!("{uid}'s own")
}
