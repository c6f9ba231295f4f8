//! The table.

use super::{Find, address, assignment, header, long, token};

/// One kind of secret.
#[derive(Debug)]
pub struct Rule {
    /// What it is.
    pub what: &'static str,
    pub(super) find: Find,
    /// A line with one.
    pub example: &'static str,
    /// The same line, masked.
    pub masked: &'static str,
    /// Lines that look like it and are left as they are.
    pub near: &'static [&'static str],
    /// The page that tells what it looks like.
    pub source: &'static str,
}

/// All kinds. Private keys, which go over several lines, are masked by [`Masker`](super::Masker).
pub const RULES: &[Rule] = &[
    Rule {
        what: "a token that its first letters give away",
        find: token::find,
        example: concat!(
            "remote: ghp_",
            "0123456789abcdefghijABCDEFGHIJ456789 is used"
        ),
        masked: "remote: [masked] is used",
        near: &[
            "ghp_ is how they begin",
            "AKIA is a prefix",
            "the package npm_config_registry",
            "eyJ.a.b",
            "xoxb-",
        ],
        source: "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    },
    Rule {
        what: "a value that is assigned to a secret's name",
        find: assignment::find,
        example: "export DB_PASSWORD=hunter2",
        masked: "export DB_PASSWORD=[masked]",
        near: &[
            "password:",
            "Enter password: ",
            "token_count=5",
            "PWD=/codebuild/output/src418",
            "password=$DB_PASSWORD",
            "SyntaxError: unexpected token: else in line 4",
            "docker login --username AWS --password-stdin",
            "docker build --secret id=npmrc,src=.npmrc .",
            "if token == other:",
            "arn:aws:secretsmanager:us-east-2:418295017734:secret:prod/db-a1B2c3",
            "Access denied for user 'etl'@'db' (using password: YES)",
            "image: registry/etl-secret:latest",
            "password = read_password(\"db\")",
            "export TOKEN=$(aws ssm get-parameter --name token)",
            "TOKEN=\"${GITHUB_TOKEN}\"",
            "TOKEN: ${{ secrets.TOKEN }}",
            "password=<your-password>",
            "# PASS:  12",
            "PASS: test_login",
            "first_pass=3 bypass=on compass: north",
            "mysql -u etl -p -P 3306",
            "docker run --name mysql -p3306:3306 mysql:8",
            "the user is identified by 12 digits",
            "mkdir -p /var/lib/mysql/data",
        ],
        source: "https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html",
    },
    Rule {
        what: "an authorization that is sent along",
        find: header::find,
        example: "> Authorization: Bearer abc.def-123456",
        masked: "> Authorization: Bearer [masked]",
        near: &[
            "www-authenticate: Bearer realm=\"https://registry\"",
            "the bearer of good news",
            "Authorization: ",
        ],
        source: "https://www.rfc-editor.org/rfc/rfc6750#section-2.1",
    },
    Rule {
        what: "who signs in, in an address",
        find: address::find,
        example: "DATABASE_URL is postgres://etl:hunter2@db.findbuyers.com/etl",
        masked: "DATABASE_URL is postgres://etl:[masked]@db.findbuyers.com/etl",
        near: &[
            "https://github.com/gitMLS/etl",
            "git@github.com:gitMLS/etl.git",
            "https://registry.npmjs.org:443/@types/node",
            "ssh://git@github.com/gitMLS/etl",
            "postgres://db.findbuyers.com:5432/etl",
        ],
        source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
    },
    Rule {
        what: "an AWS secret access key by itself",
        find: long::find,
        example: concat!("wJalrXUtnFEMI/K7MDENG", "/bPxRfiCYEXAMPLEKEY"),
        masked: "[masked]",
        near: &[
            "4be19d2c0ffee00ddba11feedfacecafebeef012",
            "sha256:5b1cf2a7c34f9b0c4c1c6f0bfb5b3b9f5b1cf2a7c34f9b0c4c1c6f0bfb5b3b9f",
            "/usr/local/lib/python3.13/site-packages/",
        ],
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    },
];
