//! The state machine of proposals, written a second time, from the guidelines and not from the code: small enough to be
//! read at once, and slow where slow is simpler.

use std::collections::{BTreeMap, BTreeSet};

/// A person, by name.
pub(super) type Name = &'static str;

/// What can be proposed here, about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    Limit,
    Unlimit,
    Freeze,
    Unfreeze,
    Sensitive,
    Suspend,
    Unsuspend,
    DeleteData,
}

impl Thing {
    /// The field it sets, and whether it sets or clears it.
    fn change(self) -> (&'static str, bool) {
        match self {
            Self::Limit => ("limited", true),
            Self::Unlimit => ("limited", false),
            Self::Freeze => ("frozen", true),
            Self::Unfreeze => ("frozen", false),
            Self::Sensitive => ("sensitive", true),
            Self::Suspend => ("suspended", true),
            Self::Unsuspend => ("suspended", false),
            Self::DeleteData => ("erased", true),
        }
    }

    fn makes_useless(self, other: Self) -> bool {
        self == other
            || (self == Self::Suspend
                && matches!(other, Self::Limit | Self::Freeze | Self::Sensitive))
    }

    fn alone(self) -> bool {
        matches!(
            self,
            Self::Limit | Self::Freeze | Self::Sensitive | Self::Suspend
        )
    }
}

/// How far a proposal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Open,
    Cooling,
    InForce,
    Done,
    Rejected,
    Expired,
    Withdrawn,
    Useless,
    TakenBack,
}

/// Yes, no, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Yes,
    No,
    Neither,
}

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub thing: Thing,
    pub about: Name,
    pub stage: Stage,
    pub revision: i32,
    pub by: Name,
    pub words: BTreeMap<Name, Word>,
    pub aside: BTreeSet<Name>,
    /// Hours since the beginning.
    pub ends: i64,
    pub acts: Option<i64>,
    pub ratify: Option<i64>,
    /// What it set, if it did: field and whether it was set before.
    pub did: Option<(&'static str, bool)>,
    taken_back_at: Option<i64>,
}

/// Who sits where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chair {
    pub holder: Name,
    pub away: bool,
}

/// Everything.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    pub hour: i64,
    pub chairs: BTreeMap<i16, Chair>,
    pub cases: Vec<Case>,
    /// What is set, and by which case.
    pub set: BTreeMap<(Name, &'static str), usize>,
}

/// It was refused.
#[derive(Debug)]
pub(super) struct No;

impl World {
    fn present(&self, who: Name) -> bool {
        self.chairs
            .values()
            .any(|chair| chair.holder == who && !chair.away)
    }

    fn voters(&self, case: &Case) -> Vec<Name> {
        self.chairs
            .values()
            .filter(|chair| !chair.away && chair.holder != case.about)
            .map(|chair| chair.holder)
            .filter(|name| !case.aside.contains(name))
            .collect()
    }

    fn may(&self, who: Name, case: &Case) -> bool {
        self.voters(case).contains(&who)
    }

    fn same(&self, thing: Thing, about: Name) -> bool {
        self.cases.iter().any(|case| {
            case.thing == thing
                && case.about == about
                && matches!(case.stage, Stage::Open | Stage::Cooling | Stage::InForce)
        })
    }

    /// Whether a thing can still be done to somebody, as they are now.
    fn fits(&self, thing: Thing, about: Name) -> bool {
        let (field, sets) = thing.change();
        if self.set.contains_key(&(about, "erased")) {
            return false;
        }
        let is_set = self.set.contains_key(&(about, field));
        if thing == Thing::DeleteData {
            return !is_set && self.set.contains_key(&(about, "suspended"));
        }
        is_set != sets
    }

    fn new_case(&self, who: Name, thing: Thing, about: Name) -> Case {
        Case {
            thing,
            about,
            stage: Stage::Open,
            revision: 1,
            by: who,
            words: BTreeMap::new(),
            aside: BTreeSet::new(),
            ends: self.hour + 7 * 24,
            acts: None,
            ratify: None,
            did: None,
            taken_back_at: None,
        }
    }

    pub(super) fn propose(&mut self, who: Name, thing: Thing, about: Name) -> Result<(), No> {
        let mut case = self.new_case(who, thing, about);
        if !self.may(who, &case) || self.same(thing, about) {
            return Err(No);
        }
        case.words.insert(who, Word::Yes);
        self.cases.push(case);
        self.count(self.cases.len() - 1);
        Ok(())
    }

    pub(super) fn alone(&mut self, who: Name, thing: Thing, about: Name) -> Result<(), No> {
        let mut case = self.new_case(who, thing, about);
        let in_office = self.chairs.values().any(|chair| chair.holder == about);
        let tried = self.cases.iter().any(|case| {
            case.by == who
                && case.about == about
                && case
                    .taken_back_at
                    .is_some_and(|hour| self.hour - hour < 7 * 24)
        });
        let refused = !self.may(who, &case)
            || !thing.alone()
            || (in_office && thing != Thing::Freeze)
            || tried
            || !self.fits(thing, about);
        if refused {
            return Err(No);
        }
        let (field, sets) = thing.change();
        self.write(self.cases.len(), about, field, sets);
        case.did = Some((field, !sets));
        case.stage = Stage::InForce;
        case.ratify = Some(self.hour + 24);
        case.words.insert(who, Word::Yes);
        self.cases.push(case);
        self.count(self.cases.len() - 1);
        Ok(())
    }

    pub(super) fn say(&mut self, who: Name, index: usize, word: Word) -> Result<(), No> {
        let case = self.cases.get(index).ok_or(No)?;
        if !matches!(case.stage, Stage::Open | Stage::InForce) || !self.may(who, case) {
            return Err(No);
        }
        self.cases[index].words.insert(who, word);
        self.count(index);
        Ok(())
    }

    pub(super) fn step_aside(&mut self, who: Name, index: usize) -> Result<(), No> {
        let case = self.cases.get(index).ok_or(No)?;
        if !self.present(who) || (case.about == who && case.by != who) {
            return Err(No);
        }
        self.cases[index].aside.insert(who);
        if matches!(self.cases[index].stage, Stage::Open | Stage::InForce) {
            self.count(index);
        }
        Ok(())
    }

    pub(super) fn withdraw(&mut self, who: Name, index: usize) -> Result<(), No> {
        let case = self.cases.get(index).ok_or(No)?;
        if case.by != who || case.stage != Stage::Open || !self.present(who) {
            return Err(No);
        }
        self.cases[index].stage = Stage::Withdrawn;
        Ok(())
    }

    pub(super) fn amend(&mut self, who: Name, index: usize, thing: Thing) -> Result<(), No> {
        let case = self.cases.get(index).ok_or(No)?;
        if case.stage != Stage::Open || case.by != who || !self.may(who, case) {
            return Err(No);
        }
        let case = &mut self.cases[index];
        case.thing = thing;
        case.by = who;
        case.revision += 1;
        case.words = BTreeMap::from([(who, Word::Yes)]);
        self.count(index);
        Ok(())
    }

    pub(super) fn stop(&mut self, who: Name, index: usize) -> Result<(), No> {
        let case = self.cases.get(index).ok_or(No)?;
        if case.stage != Stage::Cooling || !self.may(who, case) {
            return Err(No);
        }
        self.again(index);
        Ok(())
    }

    /// Somebody leaves their chair, takes one, goes away or returns: every count may come out otherwise.
    pub(super) fn seat(&mut self, no: i16, chair: Option<Chair>) {
        match chair {
            Some(chair) => self.chairs.insert(no, chair),
            None => self.chairs.remove(&no),
        };
        self.look();
    }

    pub(super) fn wait(&mut self, hours: i64) {
        self.hour += hours;
        self.look();
    }

    /// Everything whose time has come, in the order in which it was opened; then every count.
    pub(super) fn look(&mut self) {
        for index in 0..self.cases.len() {
            let case = &self.cases[index];
            match case.stage {
                Stage::Open if case.ends <= self.hour => self.cases[index].stage = Stage::Expired,
                Stage::Cooling if case.acts.is_some_and(|hour| hour <= self.hour) => {
                    if self.yes(index) >= 2 {
                        self.act(index);
                    } else {
                        self.cases[index].stage = Stage::Open;
                        self.cases[index].acts = None;
                        self.count(index);
                    }
                }
                Stage::InForce if case.ratify.is_some_and(|hour| hour <= self.hour) => {
                    self.count(index);
                }
                _ => {}
            }
        }
        for index in 0..self.cases.len() {
            if matches!(self.cases[index].stage, Stage::Open | Stage::InForce) {
                self.count(index);
            }
        }
    }

    pub(super) fn yes(&self, index: usize) -> usize {
        self.said(index, |word| word == Word::Yes)
    }

    fn said(&self, index: usize, is_meant: impl Fn(Word) -> bool) -> usize {
        let case = &self.cases[index];
        let voters = self.voters(case);
        case.words
            .iter()
            .filter(|(who, word)| voters.contains(who) && is_meant(**word))
            .count()
    }

    fn count(&mut self, index: usize) {
        let voters = self.voters(&self.cases[index]).len();
        let against = self.said(index, |word| word != Word::Yes);
        let case = &self.cases[index];
        let is_late = case.ratify.is_some_and(|hour| hour <= self.hour);
        if case.stage == Stage::Open && case.ends <= self.hour {
            self.cases[index].stage = Stage::Expired;
        } else if case.stage == Stage::InForce && is_late {
            self.take_back(index);
        } else if self.yes(index) >= 2 {
            if case.stage == Stage::InForce {
                // What was undone by a later decision cannot be ratified.
                let (field, _) = case.thing.change();
                if self.set.get(&(case.about, field)) == Some(&index) {
                    self.cases[index].stage = Stage::Done;
                    self.clear_away(index);
                } else {
                    self.cases[index].stage = Stage::Useless;
                }
            } else if case.thing == Thing::DeleteData && case.acts.is_none() {
                self.cases[index].stage = Stage::Cooling;
                self.cases[index].acts = Some(self.hour + 24);
            } else {
                self.act(index);
            }
        } else if voters >= 2 && voters - against < 2 {
            if case.stage == Stage::InForce {
                self.take_back(index);
            } else {
                self.cases[index].stage = Stage::Rejected;
            }
        }
    }

    fn act(&mut self, index: usize) {
        let case = self.cases[index].clone();
        if !self.fits(case.thing, case.about) {
            self.again(index);
            return;
        }
        let (field, sets) = case.thing.change();
        self.write(index, case.about, field, sets);
        self.cases[index].did = Some((field, !sets));
        self.cases[index].stage = Stage::Done;
        self.clear_away(index);
    }

    /// Back to open: everybody votes anew.
    fn again(&mut self, index: usize) {
        let case = &mut self.cases[index];
        case.stage = Stage::Open;
        case.revision += 1;
        case.words.clear();
        case.acts = None;
        case.ends = self.hour + 7 * 24;
    }

    fn take_back(&mut self, index: usize) {
        let case = self.cases[index].clone();
        if let Some((field, false)) = case.did
            && self.set.get(&(case.about, field)) == Some(&index)
        {
            self.set.remove(&(case.about, field));
        }
        self.cases[index].stage = Stage::TakenBack;
        self.cases[index].taken_back_at = Some(self.hour);
    }

    fn clear_away(&mut self, done: usize) {
        let (thing, about) = (self.cases[done].thing, self.cases[done].about);
        for (index, other) in self.cases.iter_mut().enumerate() {
            if index != done
                && other.stage == Stage::Open
                && other.about == about
                && thing.makes_useless(other.thing)
            {
                other.stage = Stage::Useless;
            }
        }
    }

    fn write(&mut self, by: usize, about: Name, field: &'static str, sets: bool) {
        if sets {
            self.set.insert((about, field), by);
        } else {
            self.set.remove(&(about, field));
        }
    }
}
