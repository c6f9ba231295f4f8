//! What is masked in a log, and what is left as it is.

use proptest::prelude::*;
use slipway_core::log::masking::{MASK, Masker, RULES, mask, mask_all};
use slipway_core::log::{Cleaner, LONGEST_LINE, tail};

use crate::table;

/// A text as long as a token's, which is none.
fn body(length: usize) -> String {
    "a1B2c3D4e5".chars().cycle().take(length).collect()
}

#[test]
fn each_kind_is_masked_and_what_looks_like_it_is_not() {
    let examples = RULES.iter().map(|rule| {
        let is = mask(rule.example.to_owned());
        (
            format!("{}: {}", rule.what, rule.example),
            is,
            rule.masked.to_owned(),
        )
    });
    table::check(examples);
    let near = RULES.iter().flat_map(|rule| rule.near);
    table::check(near.map(|line| {
        (
            (*line).to_owned(),
            mask((*line).to_owned()),
            (*line).to_owned(),
        )
    }));
    for rule in RULES {
        assert!(rule.source.starts_with("https://"), "{}", rule.what);
    }
}

#[test]
fn tokens_are_known_by_how_they_begin() {
    let begin = [
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "xoxa-",
        "xoxb-",
        "xoxp-",
        "xoxe.",
        "xapp-",
        "dckr_pat_",
        "npm_",
        "pypi-",
        "glpat-",
    ];
    let mut rows: Vec<(String, String)> = begin
        .iter()
        .map(|begin| (format!("{begin}{}", body(60)), MASK.to_owned()))
        .collect();
    let capital = body(16).to_uppercase();
    for begin in ["AKIA", "ASIA"] {
        rows.push((format!("{begin}{capital}"), MASK.to_owned()));
    }
    let jwt = format!("eyJ{}.{}.{}", body(20), body(30), body(20));
    rows.push((jwt, MASK.to_owned()));
    table::check(rows.into_iter().flat_map(|(token, masked)| {
        [
            (token.clone(), mask(token.clone()), masked.clone()),
            (
                format!("in a line: {token}, and on"),
                mask(format!("in a line: {token}, and on")),
                format!("in a line: {masked}, and on"),
            ),
            // Within a longer word it is none.
            (
                format!("X{token}"),
                mask(format!("X{token}")),
                format!("X{token}"),
            ),
        ]
    }));
}

#[test]
fn what_is_assigned_to_a_secrets_name_is_masked_however_it_is_written() {
    let rows = [
        ("password=hunter2", "password=[masked]"),
        ("PGPASSWORD=x psql -h db", "PGPASSWORD=[masked] psql -h db"),
        (
            "export API_TOKEN='a b'; run",
            "export API_TOKEN='[masked]'; run",
        ),
        (
            "AWS_SECRET_ACCESS_KEY=abc/def+1",
            "AWS_SECRET_ACCESS_KEY=[masked]",
        ),
        (
            "\"secretAccessKey\": \"abc\", \"x\": 1",
            "\"secretAccessKey\": \"[masked]\", \"x\": 1",
        ),
        ("{'client_secret':'abc'}", "{'client_secret':'[masked]'}"),
        (
            r#"{\"password\":\"hunter2\",\"a\":1}"#,
            r#"{\"password\":\"[masked]\",\"a\":1}"#,
        ),
        ("  password: correct", "  password: [masked]"),
        ("#8 0.412 password: correct", "#8 0.412 password: [masked]"),
        ("- api-key: abc", "- api-key: [masked]"),
        (
            "using token: a1b2c3d4 for it",
            "using token: [masked] for it",
        ),
        (
            "GET /x?access_token=abc&page=2",
            "GET /x?access_token=[masked]&page=2",
        ),
        (
            "Server=db;User Id=sa;Password=abc;Encrypt=true",
            "Server=db;User Id=sa;Password=[masked];Encrypt=true",
        ),
        (
            "AccountName=x;AccountKey=abc==;",
            "AccountName=x;AccountKey=[masked];",
        ),
        (
            "mysql --password=abc --host=db",
            "mysql --password=[masked] --host=db",
        ),
        (
            "tool --token abc --verbose",
            "tool --token [masked] --verbose",
        ),
        (
            "docker login -u AWS -p abc 1.dkr.ecr",
            "docker login -u AWS -p [masked] 1.dkr.ecr",
        ),
        (
            "curl -u etl:abc https://x",
            "curl -u etl:[masked] https://x",
        ),
        ("ENV NPM_TOKEN abc", "ENV NPM_TOKEN [masked]"),
        (
            "config['password'] = 'abc'",
            "config['password'] = '[masked]'",
        ),
        (":secret => \"abc\"", ":secret => \"[masked]\""),
        ("DB_PWD=abc", "DB_PWD=[masked]"),
        (
            "//registry.npmjs.org/:_authToken=abc",
            "//registry.npmjs.org/:_authToken=[masked]",
        ),
        ("password=pässwörd ok", "password=[masked] ok"),
        ("token=a token=b", "token=[masked] token=[masked]"),
        (
            "password:passwordpassword=[masked]",
            "password:passwordpassword=[masked]",
        ),
        ("DB_PASSWORD='x(9fK2'", "DB_PASSWORD='[masked]'"),
        ("DB_PASSWORD=x(9fK2", "DB_PASSWORD=[masked]"),
        ("DB_PASSWORD='f(x)'", "DB_PASSWORD='[masked]'"),
        ("DB_PASSWORD='$ecret'", "DB_PASSWORD='[masked]'"),
        ("DB_PASSWORD=$9fK2!x", "DB_PASSWORD=[masked]"),
        ("DB_PASSWORD=\"$x-9f\"", "DB_PASSWORD=\"[masked]\""),
        ("DB_PASSWORD=$(9fK2", "DB_PASSWORD=[masked]"),
        ("DB_PASSWORD=<9fK2>", "DB_PASSWORD=[masked]"),
        ("DB_PASSWORD=\"<9fK2\"", "DB_PASSWORD=\"[masked]\""),
        ("postgres://u:$9f(K@h/db", "postgres://u:[masked]@h/db"),
        ("DB_PASS=hunter2", "DB_PASS=[masked]"),
        ("PASS=hunter2", "PASS=[masked]"),
        ("  pass: hunter2", "  pass: [masked]"),
        ("{\"smtp_pass\": \"abc\"}", "{\"smtp_pass\": \"[masked]\"}"),
        ("SECRET_KEY_BASE=abc", "SECRET_KEY_BASE=[masked]"),
        (
            "CREATE USER etl IDENTIFIED BY 'abc';",
            "CREATE USER etl IDENTIFIED BY '[masked]';",
        ),
        (
            "alter user etl identified with caching_sha2_password by \"abc\"",
            "alter user etl identified with caching_sha2_password by \"[masked]\"",
        ),
        (
            "sshpass -p abc ssh etl@db",
            "sshpass -p [masked] ssh etl@db",
        ),
        ("sshpass -pabc ssh etl@db", "sshpass -p[masked] ssh etl@db"),
        (
            "/usr/bin/mysql -u etl -pabc -h db",
            "/usr/bin/mysql -u etl -p[masked] -h db",
        ),
        ("mysqldump -p'a b' etl", "mysqldump -p'[masked]' etl"),
        (
            "Authorization: Basic dXNlcjpwYXNz",
            "Authorization: Basic [masked]",
        ),
        (
            "-H 'Authorization: token abc'",
            "-H 'Authorization: token [masked]'",
        ),
        (
            "curl -H \"authorization: abc\"",
            "curl -H \"authorization: [masked]\"",
        ),
        ("sent Bearer a1b2c3d4e5", "sent Bearer [masked]"),
        (
            "https://x-access-token:abc@github.com/o/r",
            "https://x-access-token:[masked]@github.com/o/r",
        ),
        (
            "mongodb+srv://u:p/w@host/db",
            "mongodb+srv://u:[masked]@host/db",
        ),
        (
            "redis://:abc@cache:6379/0",
            "redis://:[masked]@cache:6379/0",
        ),
        (
            concat!("POST https://hooks.slack.com/", "services/T0/B0/abc done"),
            "POST https://hooks.slack.com/services/[masked] done",
        ),
    ];
    table::check(
        rows.map(|(line, should)| (line.to_owned(), mask(line.to_owned()), should.to_owned())),
    );
}

#[test]
fn what_people_read_a_log_for_is_left() {
    let left = [
        "[Container] 2026/11/24 20:01:02.123456 Running command docker build --tag $REPOSITORY_URI:latest .",
        "#8 [5/6] RUN python -m compileall -q etl",
        "latest: digest: sha256:5b1cf2a7c34f9b0c4c1c6f0bfb5b3b9f size: 1784",
        "HEAD is now at 4be19d2 Merge pull request #412 from gitMLS/maintenance-2026-11-24",
        "Successfully installed pandas-2.2.2 psycopg2-binary-2.9.9 tokenizers-0.19.1",
        "AWS_DEFAULT_REGION=us-east-2",
        "AWS_ACCESS_KEY_ID=",
        "password_policy=strict max_tokens=4096 token_type=bearer",
        "ERROR: denied: requested access to the resource is denied",
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
        "error: no basic auth credentials",
        "The password must have 12 characters",
        "secret: not found, is it in /run/secrets?",
        "2026-11-24T20:01:02Z INFO http://localhost:8080/health 200",
        "npm http fetch GET 200 https://registry.npmjs.org/@babel%2fcore 48ms",
        "OLDPWD=/root",
        "token = lexer.next()",
        "password: ****",
        "TOKEN=${GITHUB_TOKEN}",
        "integrity sha512-a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3==",
        "",
    ];
    table::check(left.map(|line| (line.to_owned(), mask(line.to_owned()), line.to_owned())));
}

#[test]
fn a_private_key_is_masked_over_its_lines() {
    let mut cleaner = Cleaner::default();
    let begin = "-----BEGIN RSA PRIVATE KEY-----";
    let end = "-----END RSA PRIVATE KEY-----";
    let written = [
        "cat key.pem",
        begin,
        "Proc-Type: 4,ENCRYPTED\n\nMIIEowIBAAKCAQEA7v\n#8 0.41 q83vEjRWeJCrze8SNFZ4",
        end,
        "done: here it goes on",
    ];
    let shown: Vec<String> = written.iter().flat_map(|it| cleaner.lines(it)).collect();
    let expected = [
        "cat key.pem",
        begin,
        MASK,
        "",
        MASK,
        "#8 0.41 [masked]",
        end,
        "done: here it goes on",
    ];
    assert_eq!(shown, expected);

    let mut masker = Masker::default();
    let one = format!("KEY={begin}\\nMIIEow\\n{end} and on");
    assert_eq!(masker.mask(one), format!("KEY={begin}{MASK}{end} and on"));
    assert_eq!(
        masker.mask("MIIEowIBAAKCAQEA7v".into()),
        "MIIEowIBAAKCAQEA7v"
    );
    let public = ["-----BEGIN PUBLIC KEY-----", "MIIEowIBAAKCAQEA7v"];
    for line in public {
        assert_eq!(masker.mask(line.into()), line);
    }
    // One that never ends does not take the rest of the log with it.
    let _ = masker.mask(begin.into());
    assert_eq!(
        masker.mask("Step 4/9: RUN make it all".into()),
        "Step 4/9: RUN make it all"
    );
    assert_eq!(masker.mask("MIIEow".into()), "MIIEow");
}

#[test]
fn a_private_key_is_masked_whatever_stands_before_its_lines_and_between_them() {
    let line = body(64);
    for before in ["[INFO] ", "web_1 | ", "Nov 30 20:00 ", "#8 0.41 ", "key: "] {
        let mut masker = Masker::default();
        let written = [
            format!("{before}-----BEGIN PRIVATE KEY-----"),
            format!("{before}{line}"),
            "worker_1 | Step 4/9: RUN make it all".to_owned(),
            "-----END CERTIFICATE-----".to_owned(),
            format!("{before}{line}"),
            format!("{before}q83vEjRW"),
            format!("{before}-----END PRIVATE KEY-----"),
            format!("{before}{line}"),
        ];
        let shown = written.clone().map(|it| masker.mask(it));
        let masked = format!("{before}{MASK}");
        let [begin, _, between, other, _, _, _, after] = written;
        let expected = [
            begin,
            masked.clone(),
            between,
            other,
            masked.clone(),
            masked,
        ];
        assert_eq!(shown[..6], expected);
        assert!(
            shown[6].ends_with("-----END PRIVATE KEY-----"),
            "{}",
            shown[6]
        );
        assert_eq!(shown[7], after);
    }
    // One that never ends is looked for no longer than a key is long.
    let mut masker = Masker::default();
    let _ = masker.mask("-----BEGIN PRIVATE KEY-----".into());
    for _ in 0..400 {
        assert_eq!(masker.mask("all is well".into()), "all is well");
    }
    assert_eq!(masker.mask(line.clone()), line);
}

#[test]
fn the_last_lines_may_show_neither_the_beginning_nor_the_end_of_a_key() {
    let all = |lines: &[String]| {
        let mut lines = lines.to_vec();
        mask_all(&mut lines);
        lines
    };
    let key = vec![format!("web_1 | {}", body(64)); 5];
    let rest = ["web_1 | q83v/w==".to_owned(), "web_1 | done".to_owned()];
    let shown = all(&[&key[..], &rest[..]].concat());
    let masked = format!("web_1 | {MASK}");
    assert_eq!(shown, [vec![masked; 6], vec![rest[1].clone()]].concat());

    let cut = [&key[..3], &["-----END PRIVATE KEY-----".to_owned()][..]].concat();
    assert!(
        all(&cut)[..3]
            .iter()
            .all(|it| it == &format!("web_1 | {MASK}"))
    );

    let begin = ["-----BEGIN CERTIFICATE-----".to_owned()];
    let end = ["q83v==".to_owned(), "-----END CERTIFICATE-----".to_owned()];
    let digests = vec!["5b1cf2a7c34f9b0c".repeat(4); 9];
    for left in [
        key[..4].to_vec(),
        [&begin[..], &key[..]].concat(),
        [&key[..], &end[..]].concat(),
        digests,
    ] {
        assert_eq!(all(&left), left);
    }
}

#[test]
fn the_last_lines_may_begin_within_a_key() {
    let mut lines: Vec<String> = [
        "Running: cat key",
        "MIIEow",
        "q83v==",
        "-----END PRIVATE KEY-----",
        "ok",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    mask_all(&mut lines);
    assert_eq!(
        lines,
        [
            "Running: cat key",
            MASK,
            MASK,
            "-----END PRIVATE KEY-----",
            "ok"
        ]
    );
    let shown = tail(
        &[(1, "a\u{1b}[31mb\r\n"), (2, "TOKEN=abc\nlast"), (3, "\n")],
        6,
    );
    let expected = [(1, "ab"), (2, "TOKEN…"), (2, "last"), (3, "")];
    assert_eq!(shown, expected.map(|(at, text)| (at, text.to_owned())));
}

#[test]
fn a_secret_that_is_cut_or_hidden_is_masked_all_the_same() {
    let mut cleaner = Cleaner::default();
    let token = format!("ghp_{}", body(36));
    let hidden = format!(
        "gh\u{200b}p_{}\u{1b}[0m{}",
        body(10),
        body(36).split_at(10).1
    );
    assert_eq!(cleaner.lines(&hidden), [MASK]);
    let long = format!("{} {token}", " x".repeat((LONGEST_LINE - 6) / 2));
    let shown = cleaner.lines(&long);
    assert_eq!(shown[0].chars().count(), LONGEST_LINE);
    assert!(
        !shown[0].contains("gh"),
        "{}",
        &shown[0][LONGEST_LINE - 10..]
    );
}

proptest! {
    #[test]
    fn any_line_is_masked_once_and_for_all(line in "(password|token|Bearer|://|=|:|@| |\"|'|\\\\|-p|a1B2c3|é|\\PC){0,40}") {
        let once = mask(line);
        prop_assert_eq!(mask(once.clone()), once);
    }

    #[test]
    fn any_text_becomes_lines_that_are_plain_and_short(text in "(\u{1b}|\\[|\r|\n|m|\\PC|\\p{Cc}){0,200}") {
        for line in Cleaner::default().lines(&text) {
            prop_assert!(slipway_core::text::is_plain(&line));
            prop_assert!(!line.contains('\n') && line.chars().count() <= LONGEST_LINE);
        }
    }
}
