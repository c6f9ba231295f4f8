/// Somebody on the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: u64,
    pub(crate) login: &'static str,
    pub(crate) name: &'static str,
    /// Session name of the role `ReleaseApprover`.
    pub(crate) session: &'static str,
    pub(crate) slack_id: &'static str,
}

/// The owner of the accepted credentials.
pub(crate) const DANA: Person = Person {
    id: 4_108_211,
    login: "dana-whitfield",
    name: "Dana Whitfield",
    session: "dana.whitfield",
    slack_id: "U00SIMDANA",
};
/// Of the ETL team: opens the pull requests.
pub(crate) const PRIYA: Person = Person {
    id: 7_330_954,
    login: "priya-raman",
    name: "Priya Raman",
    session: "priya.raman",
    slack_id: "U00SIMPRIYA",
};
/// Of the ETL team: reviews them.
pub(crate) const TOMAS: Person = Person {
    id: 5_920_117,
    login: "tomas-herrera",
    name: "Tomás Herrera",
    session: "tomas.herrera",
    slack_id: "U00SIMTOMAS",
};
/// Gave the approval last week.
pub(crate) const MARCUS: Person = Person {
    id: 2_871_640,
    login: "marcus-oyelaran",
    name: "Marcus Oyelaran",
    session: "marcus.oyelaran",
    slack_id: "U00SIMMARCUS",
};

pub(crate) const PEOPLE: [Person; 4] = [DANA, PRIYA, TOMAS, MARCUS];

impl Person {
    /// Login of GitHub itself, which makes the commits of merges on its pages.
    pub(crate) const GITHUB: &str = "web-flow";

    pub(crate) fn named(login: &str) -> Option<&'static Person> {
        PEOPLE.iter().find(|person| person.login == login)
    }

    pub(crate) fn arn(&self) -> String {
        format!(
            "arn:aws:sts::418295017734:assumed-role/ReleaseApprover/{}",
            self.session
        )
    }
}
