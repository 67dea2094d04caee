//! Which addresses may be reached: only those that the whole world can reach too.
//!
//! S18: in other servers the list of private networks was walked round again and again, by writing an inner address
//! in the clothes of an outer one. So an address is undressed first (IPv4 inside IPv6, in all the ways there are) and
//! judged then.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The form in which an address is judged: an IPv4 address that an IPv6 one carries is taken out.
pub(crate) fn canonical(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(wide) => embedded(wide).map_or(address, IpAddr::V4),
    }
}

/// The IPv4 address inside an IPv6 one: mapped (`::ffff:0:0/96`), compatible (`::/96`), translated (RFC 6052
/// `64:ff9b::/96`, RFC 2765 `::ffff:0:0:0/96`) or 6to4 (`2002::/16`).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let s = address.segments();
    let last = || Ipv4Addr::from((u32::from(s[6]) << 16) | u32::from(s[7]));
    match s {
        // `::` and `::1` are themselves.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, _, _]
        | [0, 0, 0, 0, 0xffff, 0, _, _]
        | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => Some(last()),
        [0x2002, high, low, ..] => Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        _ => None,
    }
}

/// Whether anybody in the world can reach this address, so that reaching it from here gives no one a view
/// inside. Ranges as in the IANA registries of special-purpose addresses.
pub(crate) fn is_global(address: IpAddr) -> bool {
    match canonical(address) {
        IpAddr::V4(narrow) => !BLOCKED_V4
            .iter()
            .any(|range| range.contains(IpAddr::V4(narrow))),
        IpAddr::V6(wide) => {
            // Only 2000::/3 is handed out as global unicast.
            wide.segments()[0] & 0xe000 == 0x2000
                && !BLOCKED_V6
                    .iter()
                    .any(|range| range.contains(IpAddr::V6(wide)))
        }
    }
}

/// A range of addresses, such as `10.1.0.0/16` or a single one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressRange {
    network: IpAddr,
    prefix: u8,
}

/// The text names no range of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an address nor a range such as 10.1.0.0/16")]
pub struct NotARange(pub String);

impl AddressRange {
    /// Whether the address, in its canonical form, lies in the range.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.network, canonical(address)) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX
                    .checked_shl(32 - u32::from(self.prefix))
                    .unwrap_or(0);
                u32::from(network) & mask == u32::from(address) & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX
                    .checked_shl(128 - u32::from(self.prefix))
                    .unwrap_or(0);
                u128::from(network) & mask == u128::from(address) & mask
            }
            _ => false,
        }
    }
}

impl FromStr for AddressRange {
    type Err = NotARange;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || NotARange(text.chars().take(100).collect());
        let (address, prefix) = match text.trim().split_once('/') {
            Some((address, prefix)) => {
                (address, Some(prefix.parse::<u8>().map_err(|_| refused())?))
            }
            None => (text.trim(), None),
        };
        let network: IpAddr = address.parse().map_err(|_| refused())?;
        let widest = if network.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(widest);
        if prefix > widest {
            return Err(refused());
        }
        Ok(Self { network, prefix })
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix)
    }
}

const fn v4(a: u8, b: u8, c: u8, prefix: u8) -> AddressRange {
    AddressRange {
        network: IpAddr::V4(Ipv4Addr::new(a, b, c, 0)),
        prefix,
    }
}

const fn v6(a: u16, b: u16, prefix: u8) -> AddressRange {
    AddressRange {
        network: IpAddr::V6(Ipv6Addr::new(a, b, 0, 0, 0, 0, 0, 0)),
        prefix,
    }
}

const BLOCKED_V4: [AddressRange; 15] = [
    v4(0, 0, 0, 8),
    v4(10, 0, 0, 8),
    v4(100, 64, 0, 10),
    v4(127, 0, 0, 8),
    v4(169, 254, 0, 16),
    v4(172, 16, 0, 12),
    v4(192, 0, 0, 24),
    v4(192, 0, 2, 24),
    v4(192, 88, 99, 24),
    v4(192, 168, 0, 16),
    v4(198, 18, 0, 15),
    v4(198, 51, 100, 24),
    v4(203, 0, 113, 24),
    v4(224, 0, 0, 4),
    v4(240, 0, 0, 4),
];

/// Inside `2000::/3`; everything outside it is refused anyway. `2002::/16` stands here although it is unwrapped, and the
/// first line takes in all of `2001::/23` (Teredo, benchmarking, ORCHID and what is yet to come).
const BLOCKED_V6: [AddressRange; 4] = [
    v6(0x2001, 0, 23),
    v6(0x2001, 0xdb8, 32),
    v6(0x2002, 0, 16),
    v6(0x3fff, 0, 20),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn global(text: &str) -> bool {
        is_global(text.parse().unwrap())
    }

    #[test]
    fn no_address_of_a_special_range_is_global() {
        let inner = [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "2001:2::1",
            "2001:db8::1",
            "3fff::1",
            "fec0::1",
            "5f00::1",
        ];
        for address in inner {
            assert!(!global(address), "{address} was taken for global");
        }
    }

    #[test]
    fn ordinary_addresses_are_global() {
        for address in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "198.20.0.1",
            "2606:4700::1",
            "2a00:1450:4001::1",
        ] {
            assert!(global(address), "{address} was refused");
        }
    }

    #[test]
    fn a_range_holds_what_its_prefix_says() {
        let range: AddressRange = "10.1.0.0/16".parse().unwrap();
        assert!(range.contains("10.1.255.255".parse().unwrap()));
        assert!(range.contains("::ffff:10.1.0.1".parse().unwrap()));
        assert!(!range.contains("10.2.0.0".parse().unwrap()));

        let all: AddressRange = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains("8.8.8.8".parse().unwrap()));
        assert!(!all.contains("::1".parse().unwrap()));
        assert!("10.0.0.0/33".parse::<AddressRange>().is_err());
        assert!("club.example".parse::<AddressRange>().is_err());
    }

    proptest! {
        /// S18: whatever the clothes, the verdict is the one of the address inside.
        #[test]
        fn every_notation_of_an_address_gets_the_verdict_of_its_canonical_form(bits: u32) {
            let inside = Ipv4Addr::from(bits);
            let [a, b, c, d] = inside.octets();
            let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            let verdict = is_global(IpAddr::V4(inside));

            let mut dressed = vec![
                inside.to_ipv6_mapped(),
                Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
                Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, high, low),
            ];
            if bits > 1 {
                dressed.push(inside.to_ipv6_compatible());
            }
            for address in dressed {
                prop_assert_eq!(is_global(IpAddr::V6(address)), verdict, "{} of {}", address, inside);
            }
        }

        /// S18: numbers, octal and hexadecimal in a URL are the same host as the dotted form.
        #[test]
        fn every_spelling_in_a_url_is_the_same_address(bits: u32) {
            let [a, b, c, d] = bits.to_be_bytes();
            let inside = Ipv4Addr::from(bits);
            for spelling in [
                format!("{bits}"), format!("0x{bits:x}"), format!("0{bits:o}"), format!("0{a:o}.0x{b:x}.{c}.{d}"),
                format!("{a}.{}", bits & 0x00ff_ffff), format!("{a}.{b}.{}", bits & 0xffff),
            ] {
                let url = url::Url::parse(&format!("https://{spelling}/")).unwrap();
                prop_assert_eq!(url.host(), Some(url::Host::Ipv4(inside)), "{}", spelling);
            }
        }
    }
}
