#if Server
import Foundation
import GatehouseBase
import Testing

/// The commands on records, on those that the demo leaves.
@Suite("gatehouse audit, webhooks and directory")
struct RecordsCommandTests {
    @Test("the demo's records can be reported, verified, replayed, explained and redacted")
    func demo() throws {
        let folder = try Folder()
        let store = "sqlite:" + folder.url.appending(path: "demo.db").path
        let demo = try Tool.run("demo", "--once", "--records", folder.url.appending(path: "demo.db").path)
        #expect(demo.status == 0, "\(demo.output)\(demo.errors)")
        #expect(demo.lines.contains { $0.hasPrefix("POST /webhooks/clerk") && $0.contains("-> 200 (as expected)") })

        let verified = try Tool.run("audit", "verify", "--store", store)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        #expect(verified.lines.count == 1 && verified.lines[0].contains(#""ok":true"#))

        let report = try Tool.run("audit", "report", "--store", store, "--format", "json")
        let content = try value(report.lines.first ?? "")
        #expect(content["types"]?["organizationMembership.deleted"] == 1)
        #expect(content["denials"] == 1)

        let exported = try Tool.run("audit", "export", "--store", store, "--type", "decision").lines.map {
            try value($0)
        }
        #expect(exported.count >= 3)
        let request = try #require(exported.first?["requestID"]?.string)
        let explained = try Tool.run("audit", "explain", "--store", store, request)
        #expect(explained.status == 0)
        #expect(try value(explained.lines.first ?? "")["explanation"]?["allowed"] != nil)

        let policy = try folder.file(
            "policy.yaml",
            Array("gatehouse: 1\nroles:\n  org:member: { grants: [] }\n  org:admin: { inherits: [org:member] }\n".utf8)
        )
        let replay = try Tool.run("audit", "replay", "--store", store, "--policy", policy.path)
        #expect(replay.status == 1, "\(replay.errors)")
        #expect(replay.lines.last?.contains(#""notReplayable":{}"#) == true)

        let unused = try Tool.run("audit", "unused", "--store", store, "--since", "2020-01-01T00:00:00Z")
        #expect(unused.status == 0, "\(unused.errors)")
        let redacted = try Tool.run("audit", "redact", "--store", store, "user_demo")
        #expect(redacted.status == 0)
        #expect(try Tool.run("audit", "verify", "--store", store).status == 0)
        #expect(try Tool.run("audit", "redact", "--store", store, "user_demo").status == 1)
    }

    @Test("webhooks are listed, shown and replayed")
    func webhooks() throws {
        let folder = try Folder()
        let path = folder.url.appending(path: "demo.db").path
        #expect(try Tool.run("demo", "--once", "--records", path).status == 0)
        let list = try Tool.run("webhooks", "list", "--store", "sqlite:" + path)
        let webhook = try value(list.lines.first ?? "")
        #expect(webhook["type"] == "organizationMembership.deleted" && webhook["state"] == "done")
        let id = try #require(webhook["id"]?.string)
        let shown = try Tool.run("webhooks", "show", "--store", "sqlite:" + path, id)
        #expect(try value(shown.lines.first ?? "")["body"]?["type"] == "organizationMembership.deleted")
        #expect(try Tool.run("webhooks", "replay", "--store", "sqlite:" + path, id).status == 0)
        #expect(try Tool.run("webhooks", "list", "--store", "sqlite:" + path, "--state", "pending").lines.count == 1)
        #expect(try Tool.run("webhooks", "replay", "--store", "sqlite:" + path, "msg_none").status == 1)
        #expect(try Tool.run("directory", "erase", "--store", "sqlite:" + path, "user_none").status == 1)
    }

    @Test("an export goes on behind a cursor, and its filters narrow it")
    func export() throws {
        let folder = try Folder()
        let path = folder.url.appending(path: "demo.db").path
        #expect(try Tool.run("demo", "--once", "--records", path).status == 0)
        func export(_ options: String...) throws -> [JSONValue] {
            let result = try Tool.run(["audit", "export", "--store", "sqlite:" + path] + options)
            #expect(result.status == 0, "\(result.errors)")
            return try result.lines.map { try value($0) }
        }
        func cursor(_ line: JSONValue?) -> Int {
            if case .number(let number)? = line?["cursor"] { number.int ?? 0 } else { 0 }
        }
        let decisions = try export("--type", "decision")
        #expect(decisions.count >= 3)
        var paged: [JSONValue] = []
        while true {
            let page = try export("--type", "decision", "--limit", "2", "--after", "\(cursor(paged.last))")
            guard !page.isEmpty else { break }
            #expect(page.count <= 2)
            paged += page
        }
        #expect(paged == decisions)
        let denied = try export("--type", "decision", "--outcome", "denied")
        #expect(denied == decisions.filter { $0["outcome"] == "denied" } && !denied.isEmpty)
        let first = try #require(decisions.first)
        let user = try #require(first["user"]?.string)
        #expect(try export("--type", "decision", "--user", user) == decisions.filter { $0["user"] == first["user"] })
        let organizations = decisions.compactMap { $0["organization"]?.string }
        let organization = try #require(organizations.first)
        #expect(
            try export("--organization", organization, "--type", "decision")
                == decisions.filter { $0["organization"]?.string == organization }
        )
        let last = try #require(decisions.last)
        let time = try #require(last["time"]?.string)
        #expect(try export("--since", time, "--type", "decision").last == last)
        #expect(try export("--until", "2020-01-01T00:00:00Z").isEmpty)
        #expect(try Tool.run("audit", "export", "--store", "sqlite:" + path, "--limit", "0").status == 2)
    }

    @Test("a resync against Clerk's API reports, repairs, and refuses another instance")
    func resync() throws {
        let fake = try FakeClerkProcess()
        let folder = try Folder()
        let path = folder.url.appending(path: "records.db").path
        func resync(_ options: String..., from fake: FakeClerkProcess) throws -> Tool.Result {
            try Tool.run(["directory", "resync", "--store", "sqlite:" + path] + options + fake.instance)
        }
        #expect(try Tool.run("demo", "--once", "--records", path).status == 0)
        let ann = try fake.object("users", "create", "--email-address", "ann@example.com")
        let issuer = ["--issuer", "https://other.example"]
        func other(_ options: String..., from fake: FakeClerkProcess) throws -> Tool.Result {
            try Tool.run(["directory", "resync", "--store", "sqlite:" + path] + options + issuer + fake.instance)
        }
        let report = try other("--report", from: fake)
        #expect(report.status == 1, "\(report.errors)")
        #expect(report.lines.first == #"{"kind":"user","id":"\#(ann["id"]?.string ?? "")","change":"missing"}"#)
        #expect(report.lines.last == #"{"compared":1,"differences":1,"repaired":false}"#)
        #expect(report.errors.contains("users: 1 of 1"))
        let repaired = try other(from: fake)
        #expect(repaired.status == 0 && repaired.lines.last == #"{"compared":1,"differences":1,"repaired":true}"#)
        #expect(try other("--report", from: fake).status == 0)
        let ambiguous = try resync(from: fake)
        #expect(ambiguous.status == 2 && ambiguous.errors.contains("--issuer"))
        let wrong = try other(from: FakeClerkProcess())
        #expect(wrong.status == 2 && wrong.errors.contains("another instance"))
    }

    @Test("a store that is not there, or no store, is exit 2 with the name", arguments: ["sqlite:/none.db", "file.db"])
    func missing(_ store: String) throws {
        let result = try Tool.run("audit", "verify", "--store", store)
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
    func password(_ store: String) throws {
        for command in [["audit", "verify"], ["webhooks", "list"], ["directory", "erase", "user_1"]] {
            let result = try Tool.run(command + ["--store", store])
            #expect(result.status == 2)
            #expect(result.errors.contains("PGPASSWORD"))
            #expect(!result.errors.contains("hush") && result.output.isEmpty)
        }
    }

    @Test("a database that does not answer is exit 2")
    func silent() throws {
        let result = try Tool.run("audit", "verify", "--store", "postgresql://gatehouse@127.0.0.1:1/gatehouse")
        #expect(result.status == 2)
        #expect(result.errors.contains("PostgreSQL"))
    }

    private func value(_ line: String) throws -> JSONValue {
        JSONValue(try JSONDocument(parsing: Array(line.utf8), maximumDepth: 256).root)
    }
}
#endif
