#if Server
import Foundation
import GatehouseBase
import TestSupport
import Testing

/// The commands on records, on those that the demo leaves.
@Suite("gatehouse audit, webhooks and directory")
struct RecordsCommandTests {
    @Test("the demo's records can be reported, verified, replayed, explained and redacted")
    func demo() async throws {
        let folder = try TemporaryFolder()
        let store = "sqlite:" + folder.url.appending(path: "demo.db").path
        let demo = try await Tool.run("demo", "--once", "--records", folder.url.appending(path: "demo.db").path)
        #expect(demo.status == 0, "\(demo.output)\(demo.errors)")
        #expect(demo.lines.contains { $0.hasPrefix("POST /webhooks/clerk") && $0.contains("-> 200 (as expected)") })

        let verified = try await Tool.run("audit", "verify", "--store", store)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        #expect(verified.lines.count == 1 && verified.lines[0].contains(#""ok":true"#))

        let report = try await Tool.run("audit", "report", "--store", store, "--format", "json")
        let content = try value(report.lines.first ?? "")
        #expect(content["types"]?["organizationMembership.deleted"] == 1)
        let refused = demo.lines.filter { $0.contains("-> 403 (as expected)") }.count
        #expect(refused > 1 && content["denials"] == .number(JSONNumber(refused)))
        #expect(report.lines.first?.contains("the organization {organization}") == true)

        let csv = try await Tool.run("audit", "report", "--store", store, "--format", "csv").output
        #expect(csv.utf8.filter { $0 == 0x0A }.count == csv.utf8.filter { $0 == 0x0D }.count)
        #expect(csv.utf8.suffix(2).elementsEqual([0x0D, 0x0A]))

        let exported = try await Tool.run("audit", "export", "--store", store, "--type", "decision").lines.map {
            try value($0)
        }
        #expect(exported.count >= 3)
        let request = try #require(exported.first?["requestID"]?.string)
        let explained = try await Tool.run("audit", "explain", "--store", store, request)
        #expect(explained.status == 0)
        #expect(try value(explained.lines.first ?? "")["explanation"]?["allowed"] != nil)

        let policy = try folder.write(
            "gatehouse: 1\nroles:\n  org:member: { grants: [] }\n  org:admin: { inherits: [org:member] }\n",
            to: "policy.yaml"
        )
        let replay = try await Tool.run("audit", "replay", "--store", store, "--policy", policy)
        #expect(replay.status == 1, "\(replay.errors)")
        #expect(replay.lines.last?.contains(#""notReplayable":{}"#) == true)

        let unused = try await Tool.run("audit", "unused", "--store", store, "--since", "2020-01-01T00:00:00Z")
        #expect(unused.status == 0, "\(unused.errors)")
        let future = try await Tool.run("audit", "unused", "--store", store, "--since", "9999-01-01")
        #expect(future.status == 2 && future.errors.contains("future") && future.lines.isEmpty)
        let redacted = try await Tool.run("audit", "redact", "--store", store, "user_demo")
        #expect(redacted.status == 0)
        #expect(try await Tool.run("audit", "verify", "--store", store).status == 0)
        #expect(try await Tool.run("audit", "redact", "--store", store, "user_demo").status == 1)
    }

    @Test("webhooks are listed, shown and replayed")
    func webhooks() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "demo.db").path
        #expect(try await Tool.run("demo", "--once", "--records", path).status == 0)
        let list = try await Tool.run("webhooks", "list", "--store", "sqlite:" + path)
        let webhook = try value(list.lines.first ?? "")
        #expect(webhook["type"] == "organizationMembership.deleted" && webhook["state"] == "done")
        let id = try #require(webhook["id"]?.string)
        let shown = try await Tool.run("webhooks", "show", "--store", "sqlite:" + path, id)
        #expect(try value(shown.lines.first ?? "")["body"]?["type"] == "organizationMembership.deleted")
        #expect(try await Tool.run("webhooks", "replay", "--store", "sqlite:" + path, id).status == 0)
        #expect(
            try await Tool.run("webhooks", "list", "--store", "sqlite:" + path, "--state", "pending").lines.count == 1
        )
        #expect(try await Tool.run("webhooks", "replay", "--store", "sqlite:" + path, "msg_none").status == 1)
        let dead = try await Tool.run("webhooks", "replay", "--store", "sqlite:" + path, "--dead")
        #expect(dead.status == 0 && dead.lines.isEmpty && dead.errors.contains("no dead letter"))
        #expect(try await Tool.run("directory", "erase", "--store", "sqlite:" + path, "user_none").status == 1)
    }

    @Test("an export goes on behind a cursor, and its filters narrow it")
    func export() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "demo.db").path
        #expect(try await Tool.run("demo", "--once", "--records", path).status == 0)
        func export(_ options: String...) async throws -> [JSONValue] {
            let result = try await Tool.run(["audit", "export", "--store", "sqlite:" + path] + options)
            #expect(result.status == 0, "\(result.errors)")
            return try result.lines.map { try value($0) }
        }
        func cursor(_ line: JSONValue?) -> Int {
            if case .number(let number)? = line?["cursor"] { number.int ?? 0 } else { 0 }
        }
        let decisions = try await export("--type", "decision")
        #expect(decisions.count >= 3)
        var paged: [JSONValue] = []
        while true {
            let page = try await export("--type", "decision", "--limit", "2", "--after", "\(cursor(paged.last))")
            guard !page.isEmpty else { break }
            #expect(page.count <= 2)
            paged += page
        }
        #expect(paged == decisions)
        let denied = try await export("--type", "decision", "--outcome", "denied")
        #expect(denied == decisions.filter { $0["outcome"] == "denied" } && !denied.isEmpty)
        let first = try #require(decisions.first)
        let user = try #require(first["user"]?.string)
        #expect(
            try await export("--type", "decision", "--user", user) == decisions.filter { $0["user"] == first["user"] }
        )
        let organizations = decisions.compactMap { $0["organization"]?.string }
        let organization = try #require(organizations.first)
        #expect(
            try await export("--organization", organization, "--type", "decision")
                == decisions.filter { $0["organization"]?.string == organization }
        )
        let last = try #require(decisions.last)
        let time = try #require(last["time"]?.string)
        #expect(try await export("--since", time, "--type", "decision").last == last)
        #expect(try await export("--until", "2020-01-01T00:00:00Z").isEmpty)
        #expect(try await Tool.run("audit", "export", "--store", "sqlite:" + path, "--limit", "0").status == 2)
    }

    @Test("a resync against Clerk's API reports, repairs, and refuses another instance")
    func resync() async throws {
        let fake = try FakeClerkProcess()
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "records.db").path
        func resync(_ options: String..., from fake: FakeClerkProcess) async throws -> Tool.Result {
            try await Tool.run(["directory", "resync", "--store", "sqlite:" + path] + options + fake.instance)
        }
        #expect(try await Tool.run("demo", "--once", "--records", path).status == 0)
        let ann = try await fake.object("users", "create", "--email-address", "ann@example.com")
        let issuer = ["--issuer", "https://other.example"]
        func other(_ options: String..., from fake: FakeClerkProcess) async throws -> Tool.Result {
            try await Tool.run(["directory", "resync", "--store", "sqlite:" + path] + options + issuer + fake.instance)
        }
        let report = try await other("--report", from: fake)
        #expect(report.status == 1, "\(report.errors)")
        #expect(report.lines.first == #"{"kind":"user","id":"\#(ann["id"]?.string ?? "")","change":"missing"}"#)
        #expect(report.lines.last == #"{"compared":1,"differences":1,"repaired":false}"#)
        #expect(report.errors.contains("users: 1 of 1"))
        let repaired = try await other(from: fake)
        #expect(repaired.status == 0 && repaired.lines.last == #"{"compared":1,"differences":1,"repaired":true}"#)
        #expect(try await other("--report", from: fake).status == 0)
        let ambiguous = try await resync(from: fake)
        #expect(ambiguous.status == 2 && ambiguous.errors.contains("--issuer"))
        let wrong = try await other(from: FakeClerkProcess())
        #expect(wrong.status == 2 && wrong.errors.contains("another instance"))
    }

    @Test(
        "a checkpoint that was kept elsewhere shows lost records, and a checkpoint of another key is refused"
    )
    func checkpoint() async throws {
        let folder = try TemporaryFolder()
        let (path, other) = (folder.url.appending(path: "a.db").path, folder.url.appending(path: "b.db").path)
        for path in [path, other] { #expect(try await Tool.run("demo", "--once", "--records", path).status == 0) }
        let store = "sqlite:" + path
        func printed(_ options: String..., from store: String) async throws -> String {
            let result = try await Tool.run(["audit", "checkpoint", "--store", store] + options)
            #expect(result.status == 0, "\(result.errors)")
            return result.output
        }
        let (key, otherKey) = (
            try await printed("--public-key", from: store).split(separator: "\n").joined(),
            try await printed("--public-key", from: "sqlite:" + other).split(separator: "\n").joined()
        )
        #expect(key.hasPrefix("gatehouse+") && key != otherKey)
        let note = try folder.write(try await printed(from: store), to: "note")
        func verify(_ keys: String..., note: String, of store: String) async throws -> Tool.Result {
            let keys = keys.flatMap { ["--key", $0] }
            return try await Tool.run(["audit", "verify", "--store", store, "--checkpoint", note] + keys)
        }
        let whole = try await verify(key, note: note, of: store)
        #expect(whole.status == 0, "\(whole.output)\(whole.errors)")
        let several = try await verify(otherKey, key, note: note, of: store)
        #expect(several.status == 0 && several.output == whole.output, "\(several.output)\(several.errors)")
        // Another log stands there now.
        let replaced = try await verify(key, note: note, of: "sqlite:" + other)
        #expect(replaced.status == 1 && replaced.output.contains(#""damage":"#), "\(replaced.output)")
        let wrongKey = try await verify(otherKey, note: note, of: store)
        #expect(wrongKey.status == 1 && wrongKey.output.contains(#""damage":"signature""#), "\(wrongKey.output)")
        #expect(wrongKey.errors.contains("no given key signed the checkpoint at "), "\(wrongKey.errors)")
        #expect(wrongKey.errors.contains("which names “gatehouse”"))
        let malformed = try await verify("gatehouse", key, "x+y", note: note, of: store)
        #expect(malformed.status == 2 && malformed.errors.contains("“gatehouse”") && malformed.errors.contains("“x+y”"))
        let text = try folder.write("no note", to: "text")
        let none = try await verify(key, note: text, of: store)
        #expect(none.status == 2 && none.errors.contains("no checkpoint"), "\(none.errors)")
        // A date alone is its begin in UTC.
        let dated = try await Tool.run(
            ["audit", "report", "--store", store, "--format", "json", "--since", "2020-01-01", "--until", "2020-02-29"]
        )
        let report = try value(dated.lines.first ?? "")
        #expect(report["since"] == "2020-01-01T00:00:00Z" && report["until"] == "2020-02-29T00:00:00Z")
        #expect(report["total"] == 0)
        #expect(try await Tool.run("audit", "report", "--store", store, "--since", "2019-02-29").status == 2)
        let backwards = ["--since", "2026-01-02T00:00:00Z", "--until", "2026-01-02T01:00:00+01:00"]
        #expect(try await Tool.run(["audit", "report", "--store", store] + backwards).status == 2)
    }

    @Test("characters that would steer a terminal are escaped in every line")
    func escapes() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "demo.db").path
        #expect(try await Tool.run("demo", "--once", "--records", path).status == 0)
        let user = "\u{202E}\u{9B}2J\u{2028}\u{E0001}é"
        let result = try await Tool.run("audit", "redact", "--store", "sqlite:" + path, user)
        #expect(result.status == 1)
        #expect(result.lines == [#"{"user":"\u202e\u009b2J\u2028\udb40\udc01é","records":0}"#])
        #expect(try value(result.lines.first ?? "")["user"] == .string(user))
    }

    @Test("a missing or malformed store exits with 2 and the name", arguments: ["sqlite:/none.db", "file.db"])
    func missing(_ store: String) async throws {
        let result = try await Tool.run("audit", "verify", "--store", store)
        #expect(result.status == 2)
        #expect(result.errors.contains("none.db") || result.errors.contains("sqlite:FILE"))
    }

    @Test(
        "a password in an argument is a usage error that does not repeat it",
        arguments: [
            "postgresql://gatehouse:hush@127.0.0.1/gatehouse", "postgresql://127.0.0.1/gatehouse?password=hush",
            "postgresql://127.0.0.1/gatehouse?p%61ssword=hush",
        ]
    )
    func password(_ store: String) async throws {
        for command in [["audit", "verify"], ["webhooks", "list"], ["directory", "erase", "user_1"]] {
            let result = try await Tool.run(command + ["--store", store])
            #expect(result.status == 2)
            #expect(result.errors.contains("PGPASSWORD"))
            #expect(!result.errors.contains("hush") && result.output.isEmpty)
        }
    }

    @Test("a database that does not answer exits with 2")
    func silent() async throws {
        let result = try await Tool.run("audit", "verify", "--store", "postgresql://gatehouse@127.0.0.1:1/gatehouse")
        #expect(result.status == 2)
        #expect(result.errors.contains("PostgreSQL"))
    }

    private func value(_ line: String) throws -> JSONValue {
        JSONValue(try JSONDocument(parsing: Array(line.utf8), maximumDepth: 256).root)
    }
}
#endif
